"""The ONNX engines: the contract of a grid engine, where graphs come from, which one is chosen."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from hrm_engine.errors import ConfigError, ExportError, TaskError
from hrm_engine.evaluation.engines import Comparison, EngineFigures, compare
from hrm_engine.evaluation.machine import machine
from hrm_engine.export.checkpoint import Loaded, load_checkpoint
from hrm_engine.export.onnx import fingerprint
from hrm_engine.inference import engine_choice, onnx_engine
from hrm_engine.inference.engine_choice import (
    choose,
    load_engines,
    record_file,
    remember,
    threads_for,
)
from hrm_engine.inference.grid_engine import Refined
from hrm_engine.inference.grid_solve import GridSolver
from hrm_engine.inference.grid_torch import TorchEngine
from hrm_engine.inference.load import load_grid_solver
from hrm_engine.inference.onnx_engine import cache_folder, open_onnx
from hrm_engine.tasks.sudoku import Sudoku4
from tests.engine.inference.grid_trained import save, sudoku4_puzzles, train_sudoku4

TASK = Sudoku4()
PUZZLES = [TASK.read({"input": text}) for text in sudoku4_puzzles(12)]
TOKENS = np.stack([TASK.inputs(problem) for problem in PUZZLES])


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trained network, and `cache` beside it with its graphs: they are made once."""
    home = tmp_path_factory.mktemp("trained")
    save(home / "toy", train_sudoku4(), TASK.vocabulary)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        open_onnx(load_checkpoint(home / "toy"), "int8")
    return home


@pytest.fixture
def home(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of it that a test may spoil, in a process that has opened no graph yet."""
    shutil.copytree(trained, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(onnx_engine, "_opened", {})
    return tmp_path


@pytest.fixture
def loaded(home: Path) -> Loaded:
    return load_checkpoint(home / "toy")


@pytest.fixture
def no_exporter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is answered now, no graph was made for it."""

    def fails(*_: Any, **__: Any) -> None:
        raise torch.onnx.OnnxExporterError("nothing is made here")

    monkeypatch.setattr(torch.onnx, "export", fails)


def graphs(home: Path) -> list[Path]:
    return sorted((home / "cache").rglob("*.onnx"))


def after(engine: Any, tokens: np.ndarray, segments: int, **start: Any) -> Refined:
    state = engine.start(len(tokens), **start)
    for _ in range(segments):
        refined = engine.segment(tokens, state)
        state = refined.state
    return refined


@pytest.mark.requirement("EN-3")
def test_float32_refines_as_torch_does(loaded: Loaded) -> None:
    noise = {"noise": 0.3, "seeds": range(12)}
    for start in ({}, noise):
        expected = after(TorchEngine(loaded.grid, "cpu"), TOKENS, 3, **start)
        found = after(open_onnx(loaded, "none"), TOKENS, 3, **start)
        for name in ("logits", "halt", "residual"):
            a, b = getattr(found, name), getattr(expected, name)
            assert a.dtype == np.float32
            np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-4)


@pytest.mark.requirement("EN-3")
@pytest.mark.parametrize("quantise", ["none", "int8"])
def test_rows_are_independent_of_their_batch(loaded: Loaded, quantise: Any) -> None:
    engine = open_onnx(loaded, quantise)
    together, alone = after(engine, TOKENS, 2), after(engine, TOKENS[3:4], 2)
    np.testing.assert_allclose(together.logits[3:4], alone.logits, rtol=1e-4, atol=1e-5)
    if quantise == "int8":  # there a scale that rows share would show at once
        assert np.array_equal(together.logits[3:4], alone.logits)


@pytest.mark.requirement("EN-3", "EN-12")
def test_eight_bits_stay_near_a_trained_network_to_its_last_segment(loaded: Loaded) -> None:
    depth = loaded.config.segments
    exact, near = (after(open_onnx(loaded, q), TOKENS, depth).state[0] for q in ("none", "int8"))
    assert (exact * near).sum() / np.linalg.norm(exact) / np.linalg.norm(near) >= 0.99


def test_states_can_be_taken_apart_and_put_together(loaded: Loaded) -> None:
    engine = open_onnx(loaded, "int8")
    whole = after(engine, TOKENS[:3], 1)
    first, rest = engine.select(whole.state, [2]), engine.select(whole.state, [0, 1])
    again = engine.segment(TOKENS[[2, 0, 1]], engine.join(first, rest))
    assert np.array_equal(again.logits[[1, 2, 0]], engine.segment(TOKENS[:3], whole.state).logits)


def test_a_segment_changes_no_state_that_it_was_given(loaded: Loaded) -> None:
    engine = open_onnx(loaded, "none")
    state = engine.start(2)
    before = [z.copy() for z in state]
    engine.segment(TOKENS[:2], state)
    assert all(np.array_equal(a, b) for a, b in zip(state, before, strict=True))


def test_another_canvas_is_refused(loaded: Loaded) -> None:
    engine = open_onnx(loaded, "none")
    with pytest.raises(TaskError, match="reads 16 cells, not 81"):
        engine.segment(np.ones((1, 81), np.uint8), engine.start(1))


@pytest.mark.requirement("EN-3")
def test_a_graph_is_made_once_and_found_again(
    loaded: Loaded, home: Path, no_exporter: None
) -> None:
    assert [path.name for path in graphs(home)] == ["model-int8.onnx", "model.onnx"]
    engine = open_onnx(loaded, "int8")
    assert engine.name == "onnx-int8"
    assert open_onnx(loaded, "int8") is engine
    assert open_onnx(loaded, "none").name == "onnx"


def test_a_graph_beside_the_checkpoint_comes_first(
    loaded: Loaded, home: Path, no_exporter: None
) -> None:
    shutil.move(graphs(home)[0], loaded.folder)
    shutil.rmtree(home / "cache")
    assert open_onnx(loaded, "int8").fingerprint == fingerprint(loaded.grid)


@pytest.mark.requirement("EN-3")
def test_a_graph_of_other_weights_is_never_used(
    loaded: Loaded, home: Path, no_exporter: None, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copy(graphs(home)[0], loaded.folder)
    with torch.no_grad():
        loaded.grid.head.weight.add_(0.01)
    with pytest.raises(ExportError, match="nothing is made here"):
        open_onnx(loaded, "int8")
    assert "is of other weights than" in caplog.text


def test_a_damaged_graph_is_made_again(
    loaded: Loaded, home: Path, no_exporter: None, caplog: pytest.LogCaptureFixture
) -> None:
    graphs(home)[0].write_bytes(b"damaged")
    with pytest.raises(ExportError, match="nothing is made here"):
        open_onnx(loaded, "int8")
    assert "truncated or no ONNX graph" in caplog.text


def test_where_nothing_can_be_written_the_graph_is_kept_in_memory(
    loaded: Loaded, home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (home / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "file"))
    found = after(open_onnx(loaded, "int8"), TOKENS, 1)
    assert "are not kept" in caplog.text
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setattr(onnx_engine, "_opened", {})
    assert np.array_equal(found.logits, after(open_onnx(loaded, "int8"), TOKENS, 1).logits)


def test_without_a_cache_variable_it_is_in_the_home_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder("f" * 64) == tmp_path / ".cache" / "hrm" / "onnx" / ("f" * 32)


@pytest.mark.requirement("EN-3")
def test_what_eight_bits_fail_at_is_tried_again_in_float32(home: Path) -> None:
    solver = load_grid_solver(str(home / "toy"), "sudoku4", engine="onnx-int8")
    assert [engine.name for engine in solver.engines] == ["onnx-int8", "onnx"]
    blind = _Spoilt(solver.engines[0])
    alone = GridSolver("toy", TASK, [blind], solver.plan)
    both = GridSolver("toy", TASK, [blind, solver.engines[1]], solver.plan)
    exact = load_grid_solver(str(home / "toy"), "sudoku4", engine="torch")
    solved = [exact.solve(p, candidates=1).solution for p in PUZZLES]
    assert any(solved)
    assert [alone.solve(p, candidates=1).solution for p in PUZZLES] == [None] * len(PUZZLES)
    assert [both.solve(p, candidates=1).solution for p in PUZZLES] == solved


class _Spoilt:
    """An engine whose answers are all wrong, as quantisation could make them."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def segment(self, tokens: np.ndarray, state: Any) -> Refined:
        refined: Refined = self._engine.segment(tokens, state)
        return replace(refined, logits=np.roll(refined.logits, 1, axis=1))


def test_an_unknown_engine_lists_the_known_ones(loaded: Loaded) -> None:
    with pytest.raises(ConfigError, match="known engines: auto, torch, onnx, onnx-int8"):
        load_engines(loaded, "tpu")
    with pytest.raises(ConfigError, match="known engines: torch, onnx, onnx-int8"):
        remember(loaded, "auto", {})


def test_onnx_does_not_run_on_cuda(loaded: Loaded) -> None:
    with pytest.raises(ConfigError, match="run on the CPU, not on cuda"):
        load_engines(loaded, "onnx-int8", "cuda")
    assert choose(loaded, "cuda") == "torch"


@pytest.mark.requirement("EN-3")
def test_auto_is_what_was_found_fastest_for_this_model_on_this_machine(
    loaded: Loaded, home: Path
) -> None:
    assert choose(loaded) == "torch"  # unmeasured, and too small to be worth a graph
    assert remember(loaded, "onnx", {"n": 4}) == record_file() == home / "cache/hrm/engines.json"
    assert choose(loaded) == "onnx"
    assert [engine.name for engine in load_engines(loaded)] == ["onnx"]
    remember(loaded, "onnx-int8", {"n": 5})
    assert [engine.name for engine in load_engines(loaded)] == ["onnx-int8", "onnx"]
    kept = json.loads(record_file().read_text())[machine()][fingerprint(loaded.grid)]
    assert kept == {"engine": "onnx-int8", "model": "toy", "n": 5}
    with torch.no_grad():
        loaded.grid.head.weight.add_(0.01)
    assert choose(loaded) == "torch"


def test_auto_without_a_record_takes_eight_bits_for_large_networks(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_choice, "LARGE", 1_000)
    assert choose(loaded) == engine_choice.UNMEASURED
    monkeypatch.setattr(engine_choice, "PACKAGES", ("no_such_package",))
    assert choose(loaded) == "torch"


@pytest.mark.parametrize("content", ["{", "[1]"])
def test_a_damaged_record_is_no_record(
    content: str, loaded: Loaded, caplog: pytest.LogCaptureFixture
) -> None:
    record_file().parent.mkdir(parents=True, exist_ok=True)
    record_file().write_text(content)
    assert choose(loaded) == "torch"
    remember(loaded, "onnx", {})
    assert choose(loaded) == "onnx"


def test_auto_falls_back_to_torch_where_no_graph_can_be_made(
    loaded: Loaded, home: Path, no_exporter: None, caplog: pytest.LogCaptureFixture
) -> None:
    remember(loaded, "onnx", {})
    shutil.rmtree(home / "cache" / "hrm" / "onnx")
    with caplog.at_level(logging.WARNING):
        assert [engine.name for engine in load_engines(loaded)] == ["torch"]
    assert "torch runs it" in caplog.text
    with pytest.raises(ExportError):
        load_engines(loaded, "onnx")


@pytest.mark.requirement("EN-3", "EN-7")
def test_engines_are_compared_on_the_same_puzzles(loaded: Loaded) -> None:
    found = compare(loaded, TASK, PUZZLES, batches=(1, 4), repeats=2)
    assert found.n == len(PUZZLES)
    torch_, onnx, int8 = found.figures
    assert [f.engine for f in found.figures] == ["torch", "onnx", "onnx-int8"]
    assert torch_.faster == {1: 1.0, 4: 1.0}
    assert torch_.differ == 0
    assert torch_.solved == onnx.solved > 0.5
    assert int8.with_retry >= onnx.solved
    assert all(min(f.ms.values()) > 0 and f.ms_problem > 0 for f in found.figures)


def test_no_further_puzzle_is_begun_when_the_time_is_up(loaded: Loaded) -> None:
    found = compare(loaded, TASK, PUZZLES, batches=(1,), repeats=2, seconds=0)
    assert found.n == 8


def test_the_winner_takes_the_least_time_a_puzzle_not_a_segment() -> None:
    def figures(name: str, ms: float, ms_problem: float) -> EngineFigures:
        return EngineFigures(name, {1: ms}, {1: 1.0}, 0.5, 0.5, 0.0, ms_problem)

    rows = (figures("torch", 30, 300), figures("onnx", 20, 200), figures("onnx-int8", 9, 250))
    assert Comparison(rows, 1).winner == "onnx"


def test_failing_in_eight_bits_costs_the_time_of_both(loaded: Loaded) -> None:
    hopeless = TASK.read({"input": "11" + "." * 14})  # two ones in a row
    found = compare(loaded, TASK, [hopeless], batches=(1,), repeats=2, depth=2)
    _, onnx, int8 = found.figures
    assert (onnx.solved, int8.solved, int8.with_retry) == (0, 0, 0)
    assert onnx.ms_problem == pytest.approx(2 * onnx.ms[1])
    assert int8.ms_problem == pytest.approx(2 * int8.ms[1] + 2 * onnx.ms[1])


def test_a_small_network_has_one_thread_and_a_large_one_those_of_torch(
    home: Path, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        assert threads_for(loaded) == 1
        load_grid_solver(str(home / "toy"), "sudoku4")
        assert torch.get_num_threads() == 1
        torch.set_num_threads(2)
        monkeypatch.setattr(engine_choice, "LARGE", 1)
        assert threads_for(loaded) == 2
    finally:
        torch.set_num_threads(before)
