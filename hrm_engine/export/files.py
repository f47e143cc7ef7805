"""Tensor files: safetensors only, never pickles; damage becomes one clear error."""

from __future__ import annotations

from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from hrm_engine.errors import CheckpointError


def save_tensors(tensors: dict[str, Tensor], path: Path) -> None:
    """Write `tensors` by name. Each gets its own storage, as the format wants."""
    save_file({n: t.detach().cpu().contiguous().clone() for n, t in tensors.items()}, path)


def load_tensors(path: Path) -> dict[str, Tensor]:
    """The tensors in a file, on the CPU. Raises CheckpointError when it is missing or damaged."""
    try:
        tensors: dict[str, Tensor] = load_file(path)
    except FileNotFoundError:
        raise CheckpointError(f"no file {path}") from None
    except (SafetensorError, OSError) as error:
        raise CheckpointError(f"{path} is truncated or no safetensors file: {error}") from None
    return tensors
