"""A trained model as a folder: weights, configuration, vocabulary, recipe and card.

    config.json                         the model's configuration and this format's version
    vocabulary.json                     the token strings by id
    tokenizer.json                      for texts, the tokeniser itself
    recipe.json, card.md                how it was trained; what a person should know
    model-00001-of-0000N.safetensors    at most 15 MiB each
    sha256.json                         the digest of every other file, checked on load

Nothing is unpickled, so a checkpoint cannot run code. Read `load_checkpoint` first.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from torch import Tensor

from hrm_engine.errors import CheckpointError
from hrm_engine.export.files import load_tensors, save_tensors
from hrm_engine.model.build import Model, build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import GridModel
from hrm_engine.model.sequence import SequenceModel

FORMAT = "hrm-checkpoint"
FORMAT_VERSION = 1
SHARD_BYTES = 15 * 2**20
PRETRAINED = Path(__file__).parent.parent / "pretrained"


@dataclass(frozen=True)
class Loaded:
    """A checkpoint in memory; the model is in evaluation mode, on the CPU, in float32."""

    model: Model
    config: ModelConfig
    vocabulary: list[str]
    recipe: dict[str, Any]
    card: str
    folder: Path

    @property
    def sequence(self) -> SequenceModel:
        """The model, which must be one over sequences. Raises CheckpointError."""
        if not isinstance(self.model, SequenceModel):
            raise CheckpointError(f"`{self.folder.name}` answers grids, not sequences")
        return self.model

    @property
    def grid(self) -> GridModel:
        """The model, which must be one over grids. Raises CheckpointError."""
        if not isinstance(self.model, GridModel):
            raise CheckpointError(f"`{self.folder.name}` answers sequences, not grids")
        return self.model

    def require_vocabulary(self, expected: Sequence[str]) -> None:
        """Raise CheckpointError unless the model was trained on exactly these tokens."""
        if self.vocabulary == list(expected):
            return
        pairs = enumerate(zip(self.vocabulary, expected, strict=False))
        differ = next(
            (f"; first difference at {i}: {a!r}, {b!r}" for i, (a, b) in pairs if a != b), ""
        )
        raise CheckpointError(
            f"`{self.folder.name}` was trained on {len(self.vocabulary)} tokens,"
            f" {len(expected)} are expected{differ}",
            hint="train it again, or use the version of the program that made it",
        )

    @property
    def tokenizer_file(self) -> Path | None:
        """The tokeniser's file, None for a model whose task has its own tokens."""
        found = self.folder / "tokenizer.json"
        return found if found.is_file() else None


def save_checkpoint(
    folder: Path,
    model: Model,
    *,
    vocabulary: Sequence[str],
    recipe: dict[str, Any],
    card: str,
    tokenizer: Path | None = None,
) -> Path:
    """Write `model` into `folder`, replacing a checkpoint that is there; whole or not at all."""
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    head = {"format": FORMAT, "format_version": FORMAT_VERSION, "model": model.config.model_dump()}
    _write_json(partial / "config.json", head)
    _write_json(partial / "vocabulary.json", list(vocabulary))
    _write_json(partial / "recipe.json", recipe)
    (partial / "card.md").write_text(card, encoding="utf-8")
    if tokenizer is not None:
        shutil.copyfile(tokenizer, partial / "tokenizer.json")
    again = _aliases(model)
    once = {n: tensor for n, tensor in model.state_dict().items() if n not in again}
    parts = shards(once, SHARD_BYTES)
    for number, part in enumerate(parts, start=1):
        save_tensors(part, partial / f"model-{number:05d}-of-{len(parts):05d}.safetensors")
    _write_json(partial / "sha256.json", {f.name: digest(f) for f in sorted(partial.iterdir())})
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)
    return folder


def load_checkpoint(name_or_folder: str | Path) -> Loaded:
    """The checkpoint in a folder, or the shipped one of that name.

    Raises CheckpointError when it is missing, truncated, altered, foreign or newer than this
    program.
    """
    folder = find_checkpoint(name_or_folder)
    head = _head(folder)
    names = _check_digests(folder)
    try:
        config = ModelConfig.model_validate(head["model"])
    except (KeyError, ValidationError) as error:
        raise CheckpointError(f"{folder}/config.json describes no model: {error}") from None
    weights: dict[str, Tensor] = {}
    for name in names:
        if name.endswith(".safetensors"):
            weights |= load_tensors(folder / name)
    model = build_model(config)
    weights |= {n: weights[first] for n, first in _aliases(model).items() if first in weights}
    try:
        model.load_state_dict(weights)
    except RuntimeError as error:
        raise CheckpointError(
            f"the weights in {folder} do not fit its config.json: {error}"
        ) from None
    vocabulary = _read_json(folder / "vocabulary.json")
    if len(vocabulary) != config.vocab:
        raise CheckpointError(
            f"{folder} has weights for {config.vocab} tokens and a vocabulary of {len(vocabulary)}"
        )
    return Loaded(
        model=model.eval(),
        config=config,
        vocabulary=vocabulary,
        recipe=_read_json(folder / "recipe.json"),
        card=(folder / "card.md").read_text(encoding="utf-8"),
        folder=folder,
    )


def find_checkpoint(name_or_folder: str | Path) -> Path:
    """The folder of a checkpoint: a path, or a name in `hrm_engine/pretrained`."""
    for folder in (Path(name_or_folder), PRETRAINED / name_or_folder):
        if (folder / "config.json").is_file():
            return folder
    raise CheckpointError(
        f"no checkpoint `{name_or_folder}`",
        hint=f"shipped: {', '.join(shipped()) or 'none'}; or give a folder with a config.json",
    )


def shipped() -> list[str]:
    """The names of the checkpoints that come with the package."""
    return sorted(path.parent.name for path in PRETRAINED.glob("*/config.json"))


def shards(tensors: dict[str, Tensor], limit: int) -> list[dict[str, Tensor]]:
    """`tensors` in order, cut into parts of at most `limit` bytes (one tensor at least)."""
    parts: list[dict[str, Tensor]] = [{}]
    room = limit
    for name, tensor in tensors.items():
        if parts[-1] and tensor.nbytes > room:
            parts.append({})
            room = limit
        parts[-1][name] = tensor
        room -= tensor.nbytes
    return parts


def _aliases(model: Model) -> dict[str, str]:
    """The second and further names of each tensor, with its first: of a network used twice."""
    first: dict[int, str] = {}
    names = {n: first.setdefault(id(t), n) for n, t in model.state_dict(keep_vars=True).items()}
    return {name: first_name for name, first_name in names.items() if name != first_name}


def digest(path: Path) -> str:
    """The sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _head(folder: Path) -> dict[str, Any]:
    """config.json, once it is known to be ours and not newer than we are."""
    head = _read_json(folder / "config.json")
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise CheckpointError(
            f"{folder}/config.json is not one of ours (no format {FORMAT})",
            hint="checkpoints of other programs must be converted first",
        )
    if head.get("format_version", 0) > FORMAT_VERSION:
        raise CheckpointError(
            f"{folder} has format version {head['format_version']},"
            f" this program knows up to {FORMAT_VERSION}",
            hint="pip install --upgrade hrm-coprocessor",
        )
    return head


def _check_digests(folder: Path) -> list[str]:
    """The names of the checkpoint's files, each found whole."""
    digests: dict[str, str] = _read_json(folder / "sha256.json")
    for name, expected in digests.items():
        path = folder / name
        if not path.is_file():
            raise CheckpointError(f"{path} is missing", hint="copy the whole folder again")
        if digest(path) != expected:
            raise CheckpointError(
                f"{path} is truncated or altered: its sha256 is not the one in sha256.json",
                hint="copy the whole folder again",
            )
    return list(digests)


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CheckpointError(f"{path} is missing", hint="copy the whole folder again") from None
    except ValueError as error:
        raise CheckpointError(f"{path} is truncated or damaged: {error}") from None
