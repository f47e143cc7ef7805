"""A grid network as one ONNX file whose graph holds the recursion.

    tokens ─► embed ─► x                 Loop, segments * h_cycles times:
    z_h, z_l ──────────────────────►       Loop, l_cycles times:  z_L ← low(z_L + (z_H + x))
    segments                               z_H ← high(z_H + z_L)
                                         read ─► logits, halt, z_h_out, z_l_out

The batch is dynamic and `segments` an input: with 1 a caller sees every answer, stops, and
drops the rows that are done; with 16 all of it runs in the graph. Torch exports the parts,
`_assemble` puts them into two ONNX loops. A stack that is both L and H is stored once.

`int8` quantises the matrices of the stacks: weights ahead of time, with a scale for each
output column; inputs as they arrive (ONNX Runtime's dynamic quantisation), so there is
nothing to calibrate. Embedding and heads stay float32. A stack is quantised before it is
put into a loop, where the quantiser would have to be talked into looking.

Shapes: B batch, S cells, T = puzzle tokens + cells, D width, V vocabulary. A model with a
puzzle table is exported for problems of no known puzzle (row 0), as the solver runs it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import torch
from torch import Tensor, nn

from hrm_engine.errors import ConfigError, ExportError, MissingExtraError
from hrm_engine.model.build import Model
from hrm_engine.model.grid import GridModel

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto

Quantisation = Literal["none", "int8"]
FILES: dict[str, str] = {"none": "model.onnx", "int8": "model-int8.onnx"}
VERSION = "1"
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


def onnx_model(model: Model, *, quantise: Quantisation = "none") -> ModelProto:
    """The graph in memory. Raises as `export_onnx` does."""
    if not isinstance(model, GridModel):
        raise ConfigError(
            f"preset {model.config.preset} is a sequence model; ONNX holds grid models",
            hint="`hrm export gguf` writes sequence models of preset transformer",
        )
    _require_packages()
    training = model.training
    model.eval()
    try:
        with torch.no_grad(), _quiet():
            parts = _parts(model, quantise)
    finally:
        model.train(training)
    return _assemble(model, parts, quantise)


def fingerprint(model: Model) -> str:
    """The sha256 of everything that the graph is made from: weights, settings, `VERSION`."""
    found = hashlib.sha256(f"{VERSION} {OPSET} {model.config.model_dump_json()}".encode())
    for name, tensor in sorted(model.state_dict().items()):
        found.update(name.encode())
        found.update(tensor.detach().float().cpu().contiguous().numpy().tobytes())
    return found.hexdigest()


class _Embed(nn.Module):
    def __init__(self, model: GridModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, tokens: Tensor) -> Tensor:
        return self.model.embed(tokens)


class _Stack(nn.Module):
    def __init__(self, model: GridModel, stack: nn.Module) -> None:
        super().__init__()
        self.stack, self.scope = stack, model.scope()

    def forward(self, z: Tensor) -> Tensor:
        out: Tensor = self.stack(z, self.scope)
        return out


class _Read(nn.Module):
    def __init__(self, model: GridModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, z_h: Tensor) -> tuple[Tensor, Tensor]:
        logits, q = self.model.read(z_h)
        return logits, q[:, 0]


@dataclass(frozen=True)
class _Part:
    """A piece of the network as flat nodes; its constants have names of their own."""

    nodes: list[NodeProto]
    constants: list[TensorProto]
    source: str
    results: list[str]

    def place(self, where: str, source: str, *targets: str) -> list[NodeProto]:
        """A copy that reads `source` and gives `targets`; `where` makes its names unique."""
        fixed = {tensor.name: tensor.name for tensor in self.constants}
        fixed |= {"": "", self.source: source}  # "" is an input that is left out
        fixed |= zip(self.results, targets, strict=True)
        nodes = []
        for node in self.nodes:
            copy = type(node)()
            copy.CopyFrom(node)
            copy.name = f"{where}.{node.name}"
            for names in (copy.input, copy.output):
                _rename(names, {old: fixed.get(old, f"{where}.{old}") for old in names})
            nodes.append(copy)
        return nodes


def _parts(model: GridModel, quantise: Quantisation) -> dict[str, _Part]:
    """embed, low, read and, where it is another stack, high."""
    config = model.config
    z = torch.zeros(2, config.puzzle_tokens + config.cells, config.width)
    tokens = torch.zeros(2, config.cells, dtype=torch.int64)
    stacks = {"low": model.low} | ({} if model.high is model.low else {"high": model.high})
    found = {"embed": _part("embed", _export(_Embed(model), tokens))}
    for name, stack in stacks.items():
        proto = _export(_Stack(model, stack), z)
        found[name] = _part(name, _int8(proto) if quantise == "int8" else proto)
    return found | {"read": _part("read", _export(_Read(model), z))}


def _export(part: nn.Module, example: Tensor) -> ModelProto:
    """What torch makes of one part, the batch left open."""
    batch = torch.export.Dim("batch")
    try:
        program = torch.onnx.export(
            part.eval(),
            (example,),
            dynamo=True,
            opset_version=OPSET,
            dynamic_shapes=({0: batch},),
            verbose=False,
        )
    except torch.onnx.OnnxExporterError as error:
        raise ExportError(
            f"torch {torch.__version__} cannot export {type(part).__name__}: {error}",
            hint="the engine `torch` runs every model",
        ) from error
    assert program is not None
    proto: ModelProto = program.model_proto
    return proto


def _int8(proto: ModelProto) -> ModelProto:
    """The same part with its constant matrices in eight bits."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Says that the graph is simplified already; the quantiser would advise it otherwise.
    onnx.helper.set_model_props(proto, {"onnx.quant.pre_process": "onnxruntime.quant"})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "part.onnx"
        quantize_dynamic(
            proto,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
        return onnx.load(path)


def _part(name: str, proto: ModelProto) -> _Part:
    graph = proto.graph
    own = {tensor.name: f"{name}.{tensor.name}" for tensor in graph.initializer}
    for tensor in graph.initializer:
        tensor.name = own[tensor.name]
    for node in graph.node:
        _rename(node.input, own)
    results = [value.name for value in graph.output]
    return _Part(list(graph.node), list(graph.initializer), graph.input[0].name, results)


def _rename(names: Any, new: Mapping[str, str]) -> None:
    """Change a node's names in place."""
    changed = [new.get(name, name) for name in names]
    del names[:]
    names.extend(changed)


def _assemble(model: GridModel, parts: Mapping[str, _Part], quantise: str) -> ModelProto:
    """The whole graph: embed, the two loops, read."""
    from onnx import TensorProto, helper

    config = model.config
    state: list[str | int] = ["batch", config.puzzle_tokens + config.cells, config.width]
    cycles = {"h_cycles": config.h_cycles, "l_cycles": config.l_cycles}
    constants = [tensor for part in parts.values() for tensor in part.constants]
    constants += [helper.make_tensor(n, TensorProto.INT64, [], [v]) for n, v in cycles.items()]
    graph = helper.make_graph(
        [
            *parts["embed"].place("embed", "tokens", "x"),
            helper.make_node("Mul", ["segments", "h_cycles"], ["cycles"]),
            _slow_loop(parts),
            *parts["read"].place("read", "z_h_out", "logits", "halt"),
        ],
        "segments",
        [
            _value("tokens", TensorProto.INT64, ["batch", config.cells]),
            _value("z_h", shape=state),
            _value("z_l", shape=state),
            _value("segments", TensorProto.INT64),
        ],
        [
            _value("logits", shape=["batch", config.cells, config.vocab]),
            _value("halt", shape=["batch"]),
            _value("z_h_out", shape=state),
            _value("z_l_out", shape=state),
        ],
        constants,
    )
    opsets = [helper.make_opsetid("", OPSET)]
    whole = helper.make_model(
        graph, producer_name="hrm", opset_imports=opsets, ir_version=IR_VERSION
    )
    described = {
        "config": config.model_dump_json(),
        "quantise": quantise,
        "fingerprint": fingerprint(model),
        "start": json.dumps([model.get_buffer(name).tolist() for name in ("z_h", "z_l")]),
    }
    helper.set_model_props(whole, described)
    return whole


def _slow_loop(parts: Mapping[str, _Part]) -> NodeProto:
    """All H updates; the L updates before each are a loop within."""
    from onnx import helper

    fast = [
        helper.make_node("Add", ["fast.z_l", "slow.given"], ["fast.sum"]),
        *parts["low"].place("fast.low", "fast.sum", "fast.z_l.next"),
    ]
    slow = [
        helper.make_node("Add", ["slow.z_h", "x"], ["slow.given"]),
        _loop("fast", "l_cycles", {"z_l": "slow.z_l"}, fast, ["slow.z_l.next"]),
        helper.make_node("Add", ["slow.z_h", "slow.z_l.next"], ["slow.sum"]),
        *parts.get("high", parts["low"]).place("slow.high", "slow.sum", "slow.z_h.next"),
    ]
    return _loop("slow", "cycles", {"z_h": "z_h", "z_l": "z_l"}, slow, ["z_h_out", "z_l_out"])


def _loop(
    name: str, times: str, states: Mapping[str, str], body: list[NodeProto], results: list[str]
) -> NodeProto:
    """Run `body` so many `times`.

    `states` says what each state begins as; in the body it is `name.state` and has to become
    `name.state.next`; the last ones are the `results`.
    """
    from onnx import TensorProto, helper

    go_on = helper.make_node("Identity", [f"{name}.on"], [f"{name}.on.next"])
    graph = helper.make_graph(
        [*body, go_on],
        name,
        [
            _value(f"{name}.number", TensorProto.INT64),
            _value(f"{name}.on", TensorProto.BOOL),
            *(_value(f"{name}.{state}", shape=None) for state in states),
        ],
        [
            _value(f"{name}.on.next", TensorProto.BOOL),
            *(_value(f"{name}.{state}.next", shape=None) for state in states),
        ],
    )
    return helper.make_node("Loop", [times, "", *states.values()], results, name=name, body=graph)


def _value(name: str, kind: int = 1, shape: Sequence[str | int] | None = ()) -> ValueInfoProto:
    """A named value: float32 unless said otherwise, a scalar unless it has a shape."""
    from onnx import helper

    return helper.make_tensor_value_info(name, kind, shape)


def _require_packages() -> None:
    try:
        import onnx
        import onnxruntime
        import onnxscript
    except ImportError as error:
        raise MissingExtraError(
            f"writing ONNX needs the package {error.name}",
            hint='pip install "hrm-coprocessor[onnx]"',
        ) from None
    _ = onnx, onnxruntime, onnxscript


@contextmanager
def _quiet() -> Iterator[None]:
    """Hold back what torch says of itself: packages it misses, its own deprecated calls."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        logger.setLevel(level)
