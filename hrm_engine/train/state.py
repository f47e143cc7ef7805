"""The state of a run on disk: all that an exact resume needs, written whole or not at all.

    <run>/state/0000001200/state.safetensors    weights, average, optimiser, generator
    <run>/state/0000001200/state.json           step, place in the data, settings, losses

A folder is written under another name and renamed at the end; the newest two are kept.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from torch import Tensor

from hrm_engine.errors import CheckpointError, ConfigError
from hrm_engine.export.files import load_tensors, save_tensors

KEPT = 2


@dataclass
class RunState:
    """Where a run stands.

    losses: those since the last line of metrics, so that a resumed run logs the same means.
    settings: the run's own, to notice a resume under others.
    places: pool and batch of each process, in a run of several.
    """

    step: int = 0
    pool: int = 0
    batch: int = 0
    updates: int = 0
    seconds: float = 0.0
    tokens: int = 0
    losses: list[float] = field(default_factory=list)
    scaler: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    places: list[list[int]] = field(default_factory=list)


def save_state(run: Path, state: RunState, tensors: dict[str, Tensor]) -> Path:
    """Write a state folder, then drop all but the newest two."""
    folder = run / "state" / f"{state.step:010d}"
    partial = folder.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    save_tensors(tensors, partial / "state.safetensors")
    (partial / "state.json").write_text(json.dumps(vars(state), indent=1) + "\n")
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)
    for old in _saved(run)[:-KEPT]:
        shutil.rmtree(old)
    return folder


def newest(run: Path) -> Path | None:
    """The newest complete state of a run, None when there is none."""
    saved = _saved(run)
    return saved[-1] if saved else None


def load_state(folder: Path) -> tuple[RunState, dict[str, Tensor]]:
    """A saved state and its tensors. Raises CheckpointError when they are damaged."""
    tensors = load_tensors(folder / "state.safetensors")
    try:
        state = RunState(**json.loads((folder / "state.json").read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise CheckpointError(
            f"{folder}/state.json is damaged: {error}",
            hint=f"delete {folder}; the state before it is used then",
        ) from None
    return state, tensors


def _saved(run: Path) -> list[Path]:
    return sorted(p for p in (run / "state").glob("*") if p.name.isdigit())


def tagged(tag: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """`tensors` with "tag/" in front of each name."""
    return {f"{tag}/{name}": tensor for name, tensor in tensors.items()}


def untagged(tag: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The part of `tensors` that `tagged(tag, ...)` made."""
    start = f"{tag}/"
    return {n.removeprefix(start): t for n, t in tensors.items() if n.startswith(start)}


def compare(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """One line for each setting that changed between two parts of a run.

    Raises ConfigError where the saved weights cannot go on at all: another model or seed.
    """
    names = sorted(n for n in before.keys() | now.keys() if before.get(n) != now.get(n))
    lines = [f"changed: {name} {before.get(name)} -> {now.get(name)}" for name in names]
    fixed = [
        line
        for name, line in zip(names, lines, strict=True)
        # A switch that the saved run did not know yet was off.
        if name == "seed" or (name.startswith("model.") and name in before)
    ]
    if fixed:
        raise ConfigError(
            "this run was begun with other settings\n  " + "\n  ".join(fixed),
            hint="set them back, or choose another folder: --set train.out=...",
        )
    return lines
