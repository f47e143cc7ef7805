"""Weights of the published HRM and TRM, loaded into our model.

Their state dicts carry the prefixes of wrappers (`_orig_mod.` of torch.compile, `model.inner.`
of the loss and halting heads), weights in bfloat16, and a table with a row a puzzle that grows
with the data set. A published file is a `torch.save` of such a dict: give its path, and it is
read with `weights_only=True`, which builds tensors and runs no code; or give safetensors.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from pickle import UnpicklingError

import torch
import torch.nn.functional as F
from torch import Tensor

from hrm_engine.errors import CheckpointError, ConfigError
from hrm_engine.export.files import load_tensors
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import GridModel

PREFIXES = ("_orig_mod.", "module.", "model.", "inner.")
IGNORED = (
    "rotary_emb.cos_cached",
    "rotary_emb.sin_cached",
    "puzzle_emb.local_weights",
    "puzzle_emb.local_ids",
)
"""Buffers that follow from the configuration or hold the last batch."""
TABLE = "puzzle_emb.weights"
OUTSIDE = {
    "embedding.weight": "embed_tokens.embedding_weight",
    "head.weight": "lm_head.weight",
    "q_head.weight": "q_head.weight",
    "q_head.bias": "q_head.bias",
    "z_h": "H_init",
    "z_l": "L_init",
    "puzzle_table.weight": TABLE,
}
INSIDE = {
    "attention.qkv.weight": "self_attn.qkv_proj.weight",
    "attention.out.weight": "self_attn.o_proj.weight",
    "attention.mix.gate_up.weight": "mlp_t.gate_up_proj.weight",
    "attention.mix.down.weight": "mlp_t.down_proj.weight",
    "ff.gate_up.weight": "mlp.gate_up_proj.weight",
    "ff.down.weight": "mlp.down_proj.weight",
}
LEVELS = {"low": "L_level", "high": "H_level"}


def load_published(source: Mapping[str, Tensor] | str | Path, config: ModelConfig) -> GridModel:
    """The published weights as a model of ours, in evaluation mode and float32.

    source: a state dict or the path of one. config: which model it is, for example
    `size("trm_mlp")`; its `puzzles` is overruled by the rows of the table in the source.
    Raises CheckpointError for a file that is none, and names the weights that are missing,
    unexpected or of another shape; ConfigError for a config of a sequence model.
    """
    if config.form != "grid":
        raise ConfigError(
            f"preset {config.preset} is over sequences, the published models are over grids",
            hint="use a size such as hrm_v1, trm_att or trm_mlp",
        )
    found = {_stripped(name): tensor for name, tensor in _read(source).items()}
    found = {name: tensor for name, tensor in found.items() if name not in IGNORED}
    rows = len(found[TABLE]) if TABLE in found else 0
    config = ModelConfig.model_validate(config.model_dump() | {"puzzles": rows})
    if rows:
        found[TABLE] = _widened(found[TABLE], config.width)
    model = GridModel(config)
    wanted = published_state(model)
    _compare(wanted, found)
    with torch.no_grad():
        for name, tensor in wanted.items():
            tensor.copy_(found[name])
    return model.eval()


def published_state(model: GridModel) -> dict[str, Tensor]:
    """Our weights and kept buffers under their published names; they share memory with ours."""
    # A network that is both levels counts once.
    own: dict[str, Tensor] = dict(model.named_parameters())
    own |= {name: model.get_buffer(name) for name in ("z_h", "z_l")}
    return {theirs(name): tensor for name, tensor in own.items()}


def theirs(name: str) -> str:
    """The published name of one of our weights."""
    if name in OUTSIDE:
        return OUTSIDE[name]
    level, _, number, inside = name.split(".", 3)
    return f"{LEVELS[level]}.layers.{number}.{INSIDE[inside]}"


def _read(source: Mapping[str, Tensor] | str | Path) -> Mapping[str, Tensor]:
    if isinstance(source, Mapping):
        return source
    path = Path(source)
    if path.suffix == ".safetensors":
        return load_tensors(path)
    if not path.is_file():
        raise CheckpointError(f"no file {path}")
    if not zipfile.is_zipfile(path):  # what torch.save has written since version 1.6
        raise CheckpointError(f"{path} was not written by torch.save")
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (UnpicklingError, RuntimeError) as error:
        reason = str(error).partition("\n")[0]
        raise CheckpointError(f"{path} is no state dict of tensors: {reason}") from None
    if not isinstance(state, dict) or not all(isinstance(t, Tensor) for t in state.values()):
        raise CheckpointError(
            f"{path} holds something else than a state dict",
            hint="save it with torch.save(model.state_dict(), PATH)",
        )
    return state


def _stripped(name: str) -> str:
    """A published name without the prefixes of wrappers."""
    while prefix := next((p for p in PREFIXES if name.startswith(p)), ""):
        name = name[len(prefix) :]
    return name


def _widened(table: Tensor, width: int) -> Tensor:
    """The table with zeros behind rows that are narrower than a token, as published."""
    missing = width - table.shape[-1]
    return F.pad(table, (0, missing)) if missing > 0 else table


def _compare(wanted: Mapping[str, Tensor], found: Mapping[str, Tensor]) -> None:
    """Raise CheckpointError unless names and shapes are the same."""
    complaints = {
        "missing": sorted(wanted.keys() - found.keys()),
        "unexpected": sorted(found.keys() - wanted.keys()),
        "of another shape": [
            f"{name} {list(found[name].shape)} instead of {list(tensor.shape)}"
            for name, tensor in wanted.items()
            if name in found and found[name].shape != tensor.shape
        ],
    }
    if any(complaints.values()):
        parts = [f"{what}: {_few(names)}" for what, names in complaints.items() if names]
        raise CheckpointError(
            f"these are not the weights of that configuration; {'; '.join(parts)}",
            hint="check vocab, grid, width, layers, puzzle_tokens and the preset",
        )


def _few(names: list[str], most: int = 6) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
