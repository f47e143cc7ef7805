"""The recipes for a GPU, rehearsed on a CPU at toy size: start, stop, resume, evaluate, export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from hrm_engine.config import load_config
from hrm_engine.export.checkpoint import SHARD_BYTES, load_checkpoint, save_checkpoint
from hrm_engine.model.build import build_model
from hrm_engine.tasks.base import GridTask, load_task
from hrm_engine.train.run import train
from hrm_engine.train.settings import RunConfig

RECIPES = ("sudoku_gpu", "maze30_gpu")
TINY = {
    "train.device": "cpu",
    "train.precision": "fp32",
    "train.compile": "off",
    "train.threads": 1,
    "train.steps": 2,
    "train.warmup": 0,
    "train.log_every": 1,
    "data.batch": 2,
    "data.pool": 8,
    "data.workers": 0,
    "data.held_out": 2,
    "data.exclude": "[]",
    "model.width": 16,
    "model.head_dim": 8,
    "model.ff": 16,
    "model.h_cycles": 1,
    "model.l_cycles": 1,
    "model.segments": 2,
}


def rehearsal(name: str, folder: Path, **changes: Any) -> list[str]:
    """The overrides that make a recipe tiny."""
    values = {**TINY, "train.out": folder / "run"} | changes
    if name == "sudoku_gpu":
        values |= {"model.token_ff": 16, "data.puzzles": f"[{puzzles(folder)}]"}
    return [f"{key}={value}" for key, value in values.items()]


def puzzles(folder: Path) -> Path:
    """A file as `hrm data sudoku --import` writes it: puzzle, solution, rating."""
    task = load_task("sudoku")
    assert isinstance(task, GridTask)
    file = folder / "puzzles.txt"
    clues = Path(__file__).parents[3] / "benchmarks/data/sudoku_17.txt"
    lines = [
        text.split()[0] for text in clues.read_text().splitlines() if text[:1] in "0123456789."
    ]
    rows = [
        f"{line} {''.join(str(d) for d in task.baseline(task.read({'input': line})))} 1"
        for line in lines[:8]
    ]
    file.write_text("\n".join(rows) + "\n")
    return file


@pytest.mark.parametrize("name", RECIPES)
def test_a_gpu_recipe_starts_stops_resumes_and_leaves_a_checkpoint(
    tmp_path: Path, name: str
) -> None:
    torch.set_num_threads(1)
    slice_ = rehearsal(name, tmp_path, **{"train.max_minutes": 1e-9})
    assert train(name, slice_, resume=True)["stopped"] == "time is up"
    result = train(name, rehearsal(name, tmp_path), resume=True)
    assert (result["stopped"], result["step"]) == ("finished", 2)
    assert {"eval_exact", "eval_loss", "eval_token_accuracy"} <= result.keys()
    lines = (tmp_path / "run/metrics.jsonl").read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines if "grad_norm" in line] == [1, 2]
    loaded = load_checkpoint(result["checkpoint"])
    assert loaded.grid.config.grid == load_config(RunConfig, name, []).model.grid


@pytest.mark.parametrize(
    ("name", "block", "forward", "backward", "petaflop"),
    [
        ("sudoku_gpu", 6 * 81 * 256 * 512 + 6 * 512 * 1536 * 81, 42, 28, 192),
        ("maze30_gpu", 8 * 320 * 256 * 900 + 4 * 900**2 * 320 + 6 * 256 * 768 * 900, 30, 20, 138),
    ],
)
def test_the_arithmetic_in_the_comments_is_that_of_the_settings(
    name: str, block: int, forward: int, backward: int, petaflop: int
) -> None:
    config = load_config(RunConfig, name, [])
    model, cycle = config.model, config.model.layers * (config.model.l_cycles + 1)
    assert (model.h_cycles * cycle, 2 * cycle) == (forward, backward)
    inner = model.heads * model.head_dim
    mixing = 8 * inner * model.width * model.cells + 4 * model.cells**2 * inner
    if model.attention == "token_mlp":
        mixing = 6 * model.cells * model.token_ff * model.width
    assert mixing + 6 * model.width * model.ff * model.cells == block
    run = config.data.batch * config.train.steps * (forward + backward) * block
    assert round(run / 1e15) == petaflop
    text = Path(f"{Path(__file__).parents[3]}/configs/{name}.yaml").read_text()
    assert f"= {petaflop} PF" in text


def test_the_large_sudoku_network_is_exported_in_pieces_that_git_takes(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    config = load_config(RunConfig, "sudoku_gpu", []).sized(11).model
    model = build_model(config)
    assert sum(p.numel() for p in model.parameters()) == 4_855_298
    folder = save_checkpoint(tmp_path / "large", model, vocabulary=["x"] * 11, recipe={}, card="")
    pieces = sorted(folder.glob("*.safetensors"))
    assert len(pieces) == 2
    assert all(piece.stat().st_size <= SHARD_BYTES for piece in pieces)
    assert load_checkpoint(folder).grid.config == config
