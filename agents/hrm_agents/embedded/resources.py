"""The shipped weights of the embedded LLM, found and checked against their manifest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from hrm_agents.errors import ModelError

FOLDER = Path(__file__).parent.parent / "pretrained" / "copilot"
_HINT = "install the package again, or choose another model: hrm chat --model gguf:PATH"


@dataclass(frozen=True)
class Weights:
    """A GGUF file that is whole, and what its manifest says of it."""

    path: Path
    manifest: dict[str, Any]


@lru_cache(maxsize=4)
def weights(folder: Path = FOLDER) -> Weights:
    """The weights in `folder`. Raises ModelError when they are missing or altered."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        path = folder / str(manifest["file"])
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        expected = manifest["sha256"]
    except FileNotFoundError as error:
        raise ModelError(f"the embedded model is missing: {error.filename}", hint=_HINT) from None
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / 'manifest.json'} is damaged: {error}", hint=_HINT) from None
    if found != expected:
        raise ModelError(
            f"{path} is truncated or altered: its sha256 is not the one in manifest.json",
            hint=_HINT,
        )
    return Weights(path, manifest)
