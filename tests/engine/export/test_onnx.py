"""A grid model in ONNX is the same network: in float32 to 1e-4, in eight bits nearly."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from hrm_engine.errors import CheckpointError, ConfigError, ExportError, MissingExtraError
from hrm_engine.export.onnx import (
    FILES,
    Quantisation,
    export_onnx,
    fingerprint,
    flat_graph,
    onnx_model,
    write_graph,
)
from hrm_engine.export.ort import onnxruntime
from hrm_engine.inference.onnx_engine import OnnxEngine
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import GridModel
from hrm_engine.model.presets import size

# Together they have every part that there is: two stacks or one, attention with and without
# masks, rotation in one dimension and in two, both norms, both activations, the token MLP.
SETTINGS: dict[str, dict[str, Any]] = {
    "hrm_v1": {"preset": "hrm_v1", "layers": 1},
    "trm_mlp": {"preset": "trm_mlp", "layers": 2, "puzzles": 3},
    "trm_att": {
        "preset": "trm_att",
        "layers": 1,
        "heads": 4,
        "sight": "units",
        "box": (2, 2),
        "positions": "rotary_2d",
        "activation": "normed_swiglu",
        "norm": "pre",
        "puzzle_tokens": 0,
    },
}
Arrays = list[NDArray[np.float32]]


def network(name: str) -> GridModel:
    torch.manual_seed(0)
    sizes = {"vocab": 6, "width": 32, "heads": 2, "ff": 64, "grid": (4, 4)}
    model = build_model(ModelConfig(**(sizes | SETTINGS[name])))
    assert isinstance(model, GridModel)
    for parameters in (model.q_head, model.puzzle_table):
        if parameters is not None:
            torch.nn.init.normal_(parameters.weight, std=0.3)  # zero at first, which hides mix-ups
    return model.eval()


@cache
def flat(name: str) -> Any:
    return flat_graph(network(name))


@cache
def session(name: str, quantise: Quantisation) -> Any:
    proto = onnx_model(network(name), quantise=quantise, flat=flat(name))
    return onnxruntime().InferenceSession(proto.SerializeToString())


def boards(rows: int) -> NDArray[np.int64]:
    return np.random.default_rng(rows).integers(0, 6, (rows, 16))


def run_torch(name: str, tokens: NDArray[np.int64], segments: int = 1) -> Arrays:
    model = network(name).double()
    carry = model.start(len(tokens))
    with torch.inference_mode():
        for _ in range(segments):
            out = model(torch.from_numpy(tokens), carry)
            carry = out.carry
    return [t.numpy() for t in (out.logits, out.halt, carry.z_h, carry.z_l)]


def run_onnx(name: str, quantise: Quantisation, tokens: NDArray[np.int64], times: int) -> Arrays:
    carry = network(name).start(len(tokens))
    given = {"z_h": carry.z_h.contiguous().numpy(), "z_l": carry.z_l.contiguous().numpy()}
    given |= {"tokens": tokens, "segments": np.array(times)}
    found: Arrays = session(name, quantise).run(None, given)
    return found


def error(found: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    return float(np.abs(found - expected).max() / np.abs(expected).max())


def cosine(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    return float((a * b).sum() / np.linalg.norm(a) / np.linalg.norm(b))


@pytest.mark.requirement("EN-3", "EN-12")
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", SETTINGS)
def test_float32_gives_what_the_model_gives_in_float64_at_any_batch(name: str, rows: int) -> None:
    # One segment: untrained, the token MLP doubles a rounding error with every call.
    expected, found = run_torch(name, boards(rows)), run_onnx(name, "none", boards(rows), 1)
    assert [a.shape for a in found] == [a.shape for a in expected]
    assert max(error(a, b) for a, b in zip(found, expected, strict=True)) <= 1e-4


@pytest.mark.requirement("EN-3", "EN-12")
@pytest.mark.parametrize("name", ["hrm_v1", "trm_att"])
def test_eight_bits_stay_near_for_many_segments(name: str) -> None:
    expected, found = run_torch(name, boards(1), 4), run_onnx(name, "int8", boards(1), 4)
    assert cosine(found[2], expected[2]) >= 0.99
    assert not np.allclose(found[2], expected[2], rtol=1e-3)  # eight bits were at work


def test_segments_in_the_graph_are_segments_one_by_one() -> None:
    tokens = boards(2)
    once = run_onnx("hrm_v1", "none", tokens, 3)
    state = network("hrm_v1").start(2)
    z_h, z_l = state.z_h.contiguous().numpy(), state.z_l.contiguous().numpy()
    for _ in range(3):
        given = {"tokens": tokens, "z_h": z_h, "z_l": z_l, "segments": np.array(1)}
        logits, halt, z_h, z_l = session("hrm_v1", "none").run(None, given)
    for found, expected in zip((logits, halt, z_h, z_l), once, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)


def test_the_recursion_is_two_loops_and_weights_are_stored_once() -> None:
    proto = onnx_model(network("trm_mlp"), flat=flat("trm_mlp"))
    assert [node.op_type for node in proto.graph.node].count("Loop") == 1
    (body,) = (n.attribute[0].g for n in proto.graph.node if n.op_type == "Loop")
    assert [node.op_type for node in body.node].count("Loop") == 1
    weights = sum(p.numel() for p in network("trm_mlp").parameters())
    assert proto.ByteSize() < 4 * weights + 40_000


def test_eight_bits_take_a_quarter_of_the_room() -> None:
    wide = network("hrm_v1")
    matrices = sum(p.numel() for p in wide.parameters())
    sizes = {
        quantise: sum(
            len(t.raw_data)
            for t in onnx_model(wide, quantise=quantise, flat=flat("hrm_v1")).graph.initializer
        )
        for quantise in ("none", "int8")
    }
    assert sizes["none"] - sizes["int8"] > 2.5 * matrices


def test_heads_are_not_quantised() -> None:
    proto = onnx_model(network("hrm_v1"), quantise="int8", flat=flat("hrm_v1"))
    kinds = {node.op_type for node in proto.graph.node}
    assert "MatMulInteger" not in kinds
    assert "MatMul" in kinds


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    model = network("hrm_v1")
    path = write_graph(
        onnx_model(model, quantise="int8", flat=flat("hrm_v1")), tmp_path / "new", "int8"
    )
    assert path == tmp_path / "new" / "model-int8.onnx"
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    engine = OnnxEngine(path)
    assert engine.fingerprint == fingerprint(model)
    z_h, z_l = engine.start(2)
    assert np.array_equal(z_h, model.start(2).z_h.numpy())
    assert np.array_equal(z_l, model.start(2).z_l.numpy())


def test_exporting_leaves_the_model_as_it_was(tmp_path: Path) -> None:
    model = network("hrm_v1").train()
    before = fingerprint(model)
    assert export_onnx(model, tmp_path).name == FILES["none"]
    assert model.training
    assert fingerprint(model) == before


def test_another_weight_or_setting_is_another_fingerprint() -> None:
    first, second = network("hrm_v1"), network("hrm_v1")
    assert fingerprint(first) == fingerprint(second)
    with torch.no_grad():
        second.head.weight[0, 0] += 1e-6
    deeper = GridModel(first.config.model_copy(update={"h_cycles": 3})).eval()
    deeper.load_state_dict(first.state_dict())
    assert len({fingerprint(model) for model in (first, second, deeper)}) == 3


def test_sequence_models_are_refused_with_the_way_out(tmp_path: Path) -> None:
    model = build_model(size("transformer-tiny", vocab=8))
    with pytest.raises(ConfigError, match=r"sequence model[\s\S]*hrm export gguf"):
        export_onnx(model, tmp_path)


def test_a_failure_of_the_exporter_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise torch.onnx.OnnxExporterError("no such operator")

    monkeypatch.setattr(torch.onnx, "export", fails)
    with pytest.raises(ExportError, match=r"no such operator[\s\S]*engine `torch`"):
        flat_graph(network("hrm_v1"))


@pytest.mark.parametrize("package", ["onnx", "onnxscript", "onnxruntime"])
def test_a_missing_package_names_the_extra(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"{package}[\s\S]*hrm-coprocessor\[onnx\]"):
        flat_graph(network("hrm_v1"))


@pytest.mark.requirement("EN-3")
def test_running_a_graph_needs_no_torch_and_reports_to_nobody(tmp_path: Path) -> None:
    path = write_graph(onnx_model(network("hrm_v1"), flat=flat("hrm_v1")), tmp_path, "none")
    program = """
import pathlib, sys
import numpy as np
from hrm_engine.inference.onnx_engine import OnnxEngine
engine = OnnxEngine(pathlib.Path(sys.argv[1]))
engine.segment(np.ones((1, 16), np.uint8), engine.start(1))
assert "torch" not in sys.modules
"""
    home = tmp_path / "home"
    places = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    environment = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"} | places
    subprocess.run(
        [sys.executable, "-c", program, str(path)], env=environment, check=True, timeout=60
    )
    assert not list(home.rglob("*"))


@pytest.mark.parametrize("content", [b"", b"garbage" * 99])
def test_a_damaged_graph_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match=r"model\.onnx is truncated or no ONNX graph"):
        OnnxEngine(path)


def test_a_foreign_graph_is_refused() -> None:
    proto = onnx_model(network("hrm_v1"), flat=flat("hrm_v1"))
    del proto.metadata_props[:]
    with pytest.raises(CheckpointError, match="the graph in memory is no network of ours"):
        OnnxEngine(proto.SerializeToString())
