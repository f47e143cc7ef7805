"""A grid network as one ONNX file whose graph holds the recursion.

    tokens ─► embed ─► x                 Loop, segments * h_cycles times:
    z_h, z_l ──────────────────────►       Loop, l_cycles times:  z_L ← low(z_L + (z_H + x))
    segments                               z_H ← high(z_H + z_L)
                                         read ─► logits, halt, z_h_out, z_l_out

The batch is dynamic and `segments` an input: with 1 a caller sees every answer, stops, and
drops the rows that are done; with 16 all of it runs in the graph. Torch exports the parts
side by side (`flat_graph`), `onnx_graph.py` puts them into two ONNX loops. A stack that is
both L and H is stored once.

`int8` quantises the matrices of the stacks: weights ahead of time, with a scale for each
output column; inputs as they arrive (ONNX Runtime's dynamic quantisation), so there is
nothing to calibrate. Embedding and heads stay float32. The stacks are quantised before they
are put into a loop, where the quantiser would have to be talked into looking.

Shapes: B batch, S cells, T = puzzle tokens + cells, D width, V vocabulary. A model with a
puzzle table is exported for problems of no known puzzle (row 0), as the solver runs it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import torch
from torch import Tensor, nn

from hrm_engine.errors import ConfigError, ExportError, MissingExtraError
from hrm_engine.export.onnx_graph import Part, between, segments
from hrm_engine.export.onnx_quiet import quiet
from hrm_engine.export.ort import INSTALL, onnxruntime
from hrm_engine.model.build import Model
from hrm_engine.model.grid import GridModel

if TYPE_CHECKING:
    from onnx import ModelProto

Quantisation = Literal["none", "int8"]
FILES: dict[str, str] = {"none": "model.onnx", "int8": "model-int8.onnx"}
VERSION = "2"
"""Of the graph's inputs and outputs; part of `fingerprint`, so an old graph is never read."""
IR_VERSION = 10
OPSET = 20  # 23 has attention as one operator, which is no faster here


def export_onnx(model: Model, folder: Path, *, quantise: Quantisation = "none") -> Path:
    """Write `model` into `folder` and return the file, self-contained.

    Inputs: tokens (B, S) int64; z_h, z_l (B, T, D); segments () int64. Outputs: logits
    (B, S, V) and halt (B,) after the last segment; z_h_out, z_l_out (B, T, D). The file's
    metadata: `config` of the model, `quantise`, `fingerprint` (see there), and `start`, the
    two vectors (D,) that z_h and z_l are everywhere before the first segment, as JSON.

    Raises ConfigError for a model that is not a grid's, MissingExtraError without the extra
    `onnx`, ExportError where this torch cannot do it.
    """
    return write_graph(onnx_model(model, quantise=quantise), folder, quantise)


def write_graph(proto: ModelProto, folder: Path, quantise: Quantisation) -> Path:
    """The file of a graph in `folder`, whole or not at all. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILES[quantise]
    partial = path.with_name(f"{path.name}.{os.getpid()}")  # others may be writing it, too
    partial.write_bytes(proto.SerializeToString())
    partial.replace(path)
    return path


def onnx_model(
    model: Model, *, quantise: Quantisation = "none", flat: ModelProto | None = None
) -> ModelProto:
    """The graph in memory; `flat` saves the tracing where it is done. Raises as `export_onnx`."""
    grid = _grid(model)
    flat = flat or flat_graph(grid)
    from onnx import helper  # flat_graph has said so if it is missing

    if quantise == "int8":
        flat = _int8(flat, _parts(flat, grid))
    whole = helper.make_model(
        segments(grid.config, flat.graph.initializer, _parts(flat, grid)),
        producer_name="hrm",
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )
    described = {
        "config": grid.config.model_dump_json(),
        "quantise": quantise,
        "fingerprint": fingerprint(grid),
        "start": json.dumps([grid.get_buffer(name).tolist() for name in ("z_h", "z_l")]),
    }
    helper.set_model_props(whole, described)
    return whole


def flat_graph(model: Model) -> ModelProto:
    """What torch makes of embed, low, high (where it is another stack) and read, side by side.

    They are traced together since the exporter takes seconds a call. Raises as `export_onnx`.
    """
    grid = _grid(model)
    _require_packages()
    training = grid.training
    try:
        with torch.no_grad(), quiet():
            return _trace(_SideBySide(grid).eval())
    finally:
        grid.train(training)


def fingerprint(model: Model) -> str:
    """The sha256 of everything that the graph is made from: weights, settings, `VERSION`."""
    found = hashlib.sha256(f"{VERSION} {OPSET} {model.config.model_dump_json()}".encode())
    for name, tensor in sorted(model.state_dict().items()):
        found.update(name.encode())
        found.update(tensor.detach().float().cpu().contiguous().numpy().tobytes())
    return found.hexdigest()


class _SideBySide(nn.Module):
    """The parts of a segment, none of which sees another's output."""

    def __init__(self, model: GridModel) -> None:
        super().__init__()
        self.model = model
        self.scope = model.scope()
        config = model.config
        tokens = torch.zeros(2, config.cells, dtype=torch.int64)
        z = torch.zeros(2, config.puzzle_tokens + config.cells, config.width)
        self.example = (tokens, z, [z.clone() for _ in self.stacks()])

    def stacks(self) -> dict[str, nn.Module]:
        """What can be found under low and, where it is another stack, under high."""
        low, high = self.model.low, self.model.high
        return {"low": low} if low is high else {"low": low, "high": high}

    def forward(self, tokens: Tensor, z_h: Tensor, zs: list[Tensor]) -> list[Tensor]:
        logits, q = self.model.read(z_h)
        through = [net(z, self.scope) for net, z in zip(self.stacks().values(), zs, strict=True)]
        return [self.model.embed(tokens), logits, q[:, 0], *through]


def _trace(parts: _SideBySide) -> ModelProto:
    names = list(parts.stacks())
    tokens, read, *stacks = ({0: torch.export.Dim(f"batch_{i}")} for i in range(2 + len(names)))
    try:
        program = torch.onnx.export(
            parts,
            parts.example,
            dynamo=True,
            opset_version=OPSET,
            input_names=["tokens", "read_in", *(f"{name}_in" for name in names)],
            output_names=["embed_out", "logits", "halt", *(f"{name}_out" for name in names)],
            dynamic_shapes=(tokens, read, stacks),
            verbose=False,
        )
    except torch.onnx.OnnxExporterError as error:
        raise ExportError(
            f"torch {torch.__version__} cannot export this network: {error}",
            hint="the engine `torch` runs every network",
        ) from error
    assert program is not None
    proto: ModelProto = program.model_proto
    del proto.graph.value_info[:]  # notes on shapes, which the quantiser's own would contradict
    for node in proto.graph.node:
        del node.metadata_props[:]  # where in whose files each node comes from: half of the bytes
    return proto


def _int8(flat: ModelProto, parts: Mapping[str, Part]) -> ModelProto:
    """A copy of the flat graph with the constant matrices of its stacks in eight bits."""
    import onnx

    onnxruntime()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Heads stay as they are: they are small, and halting is decided by a sign.
    heads = [node.name for name in ("embed", "read") for node in parts[name].nodes]
    kept = heads + [f"{name}_MatMul" for name in heads]  # what the quantiser makes of a Gemm
    # Says that the graph is simplified already; the quantiser would advise it otherwise.
    onnx.helper.set_model_props(flat, {"onnx.quant.pre_process": "onnxruntime.quant"})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "flat.onnx"
        quantize_dynamic(  # works on a copy
            flat,
            path,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=kept,
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
        return onnx.load(path)


def _parts(proto: ModelProto, model: GridModel) -> dict[str, Part]:
    """embed, low, read and, where it is another stack, high."""
    found = {
        "embed": between(proto.graph, "tokens", ["embed_out"]),
        "read": between(proto.graph, "read_in", ["logits", "halt"]),
    }
    for name in _SideBySide(model).stacks():
        found[name] = between(proto.graph, f"{name}_in", [f"{name}_out"])
    return found


def _grid(model: Model) -> GridModel:
    if (
        isinstance(model, GridModel)
        and model.config.channels == 1
        and not any(model.config.answers)
    ):
        return model
    if isinstance(model, GridModel):
        raise ConfigError(
            "ONNX holds models with one token in every cell, in and out",
            hint="this one runs in torch",
        )
    raise ConfigError(
        f"preset {model.config.preset} is a sequence model; ONNX holds grid models",
        hint="`hrm export gguf` writes sequence models of preset transformer",
    )


def _require_packages() -> None:
    onnxruntime()  # first: the packages below may import it themselves
    for package in ("onnx", "onnxscript"):
        if find_spec(package) is None:
            raise MissingExtraError(f"writing ONNX needs the package {package}", hint=INSTALL)
