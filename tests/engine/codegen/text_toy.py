"""The smallest text model: a few lines of Python to learn, and a network of seconds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hrm_engine.codegen.text_model import HRMCodeGen
from hrm_engine.data.shards import Shard, convert_raw_to_bin

PROMPT = "Add 3 to a number.\n"


def records(count: int = 24) -> list[dict[str, str]]:
    """Requests with their functions."""
    return [
        {
            "prompt": f"Add {number} to a number.\n",
            "completion": f"def add(x):\n    return x + {number}\n",
        }
        for number in range(count)
    ]


def raw_json(folder: Path, count: int = 24) -> Path:
    """The records as a file."""
    path = folder / "raw.json"
    path.write_text(json.dumps(records(count), indent=1))
    return path


def shard(folder: Path, count: int = 24) -> Shard:
    """The records as tokens."""
    return convert_raw_to_bin(raw_json(folder, count), folder / "train.bin", vocabulary=320)


def toy_model(folder: Path, size: str = "transformer-tiny", **changes: Any) -> HRMCodeGen:
    """An untrained model with a tokeniser of its own in `folder`."""
    file = folder / "train.tokenizer.json"
    tokenizer = file if file.exists() else shard(folder).tokenizer_file
    return HRMCodeGen.untrained(size, tokenizer, **({"context": 96} | changes))


def settings(folder: Path, **train: Any) -> dict[str, Any]:
    """A run of a second."""
    given = {"steps": 20, "out": str(folder / "run"), "lr": 1e-2, "ema": 0.9, "eval_items": 2}
    return {"name": "toy", "train": given | train, "data": {"tokens": 256}}
