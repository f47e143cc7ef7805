"""Flat ONNX nodes put together into one graph with two loops: the assembly behind `onnx.py`.

A `Part` is what lies between one input of a flat graph and the results that need it. `place`
copies it to where it is used, under new names; what it weighs stays in the graph around,
once, wherever and however often it is used. `segments` is the whole algorithm of
`model/recursion.py` in ONNX.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hrm_engine.model.config import ModelConfig

if TYPE_CHECKING:
    from onnx import GraphProto, NodeProto, TensorProto, ValueInfoProto


@dataclass(frozen=True)
class Part:
    """The nodes between one input of the flat graph and its results; constants are global."""

    nodes: list[NodeProto]
    constants: frozenset[str]
    source: str
    results: list[str]

    def place(self, where: str, source: str, *targets: str) -> list[NodeProto]:
        """A copy that reads `source` and gives `targets`; `where` makes its names unique."""
        fixed = {name: name for name in self.constants}
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


def between(graph: GraphProto, source: str, results: list[str]) -> Part:
    """The part that `results` need; `source` is its only input."""
    needed = set(results)
    nodes = []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            needed.update(node.input)
            nodes.append(node)
    constants = frozenset(tensor.name for tensor in graph.initializer)
    return Part(nodes[::-1], constants, source, results)


def _rename(names: Any, new: Mapping[str, str]) -> None:
    """Change a node's names in place."""
    changed = [new.get(name, name) for name in names]
    del names[:]
    names.extend(changed)


def segments(
    config: ModelConfig, weights: Iterable[TensorProto], parts: Mapping[str, Part]
) -> GraphProto:
    """The whole graph from the parts embed, low, high (if it is another stack) and read."""
    from onnx import TensorProto, helper

    state: list[str | int] = ["batch", config.puzzle_tokens + config.cells, config.width]
    cycles = {"h_cycles": config.h_cycles, "l_cycles": config.l_cycles}
    counts = [helper.make_tensor(n, TensorProto.INT64, [], [v]) for n, v in cycles.items()]
    return helper.make_graph(
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
        [*weights, *counts],
    )


def _slow_loop(parts: Mapping[str, Part]) -> NodeProto:
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
