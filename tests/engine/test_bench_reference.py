"""The benchmark against the published code: it runs, and its peers compute what ours does."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from benchmarks import bench_reference
from benchmarks.reference_peers import Checkout, Transcription
from hrm_engine.model.presets import size

TINY = ["--tiny", "--threads", "1", "--batch", "2", "--task", "sudoku4", "--rounds", "2"]
BRIEF = ["--items", "4"]


def lines(capsys: pytest.CaptureFixture[str], *given: str) -> list[dict[str, Any]]:
    bench_reference.main([*TINY, *BRIEF, "--no-int8", *given])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.requirement("EN-3")
@pytest.mark.parametrize("model", ["hrm_v1", "trm_att", "trm_mlp"])
def test_training_is_compared_at_equal_loss(
    model: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    given = ["--parts", "training", "--steps", "4", "--models", model]
    (row,) = lines(capsys, *given, "--out", str(tmp_path / "rows.jsonl"))
    assert row["peer"] == f"tests/reference ({model})"
    assert row["loss_equal"]
    assert row["relative_loss_gap"]["widest"] < 1e-3
    assert row["ratio"]["p50"] > 0
    assert json.loads((tmp_path / "rows.jsonl").read_text()) == row


@pytest.mark.requirement("EN-3")
def test_inference_and_latency_are_compared_on_the_same_puzzles(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = lines(capsys, "--parts", "inference", "latency", "--models", "trm_mlp")
    assert [row["bench"] for row in rows] == ["reference_latency"] + 3 * ["reference_inference"]
    by_exit = {row["ours"]: row for row in rows[1:]}
    never = by_exit["hrm_engine (torch, exit by never early)"]
    assert never["exact"]["ours"] == never["exact"]["theirs"]  # the same weights, all segments
    assert never["segments"]["ours"] == never["segments"]["theirs"] == 4


@pytest.mark.slow
def test_memory_is_measured_in_processes_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = lines(capsys, "--parts", "memory", "--models", "trm_mlp")
    assert set(row["peak_mib"]) == {"ours", "theirs"}
    assert min(row["peak_mib"].values()) > 10


def test_the_work_of_a_step_is_that_of_its_calls() -> None:
    """TRM with an MLP across 97 tokens: 42.7 GFLOP a row, as counted by hand in 70 blocks."""
    block = 6 * 97 * 512 * 1536 + 6 * 97 * 512 * 512
    assert bench_reference.step_flops(size("trm_mlp")) == 70 * block
    assert round(bench_reference.step_flops(size("hrm_v1")) / 1e9, 1) == 36.7


class FakeCheckout:
    """A folder that looks like the published repository, with the transcription as its model."""

    MODEL = """
from dataclasses import dataclass
import torch
from torch import nn
from einops import rearrange
from flash_attn import flash_attn_func

class TinyRecursiveReasoningModel_ACTV1(nn.Module):
    def __init__(self, settings):
        super().__init__()
        self.settings = settings
        self.inner = nn.Module()
        x = torch.ones(1, 2, 3, 4)
        assert rearrange(x, "B S H D -> B H S D").shape == (1, 3, 2, 4)
        assert flash_attn_func(x, x, x, causal=False).shape == x.shape
        self.inner.only = nn.Parameter(torch.ones(2))
    def forward(self, carry, batch):
        count = carry + 1
        logits = self.inner.only.sum() * torch.ones(*batch["inputs"].shape, 3)
        return count, {"logits": logits}
"""
    LOSSES = """
from torch import nn

class ACTLossHead(nn.Module):
    def __init__(self, model, name):
        super().__init__()
        self.model = model
    def initial_carry(self, batch):
        return 0
    def forward(self, return_keys, carry, batch):
        carry, outputs = self.model(carry=carry, batch=batch)
        done = carry >= self.model.settings["halt_max_steps"]
        return carry, outputs["logits"].sum(), {}, outputs, done
"""

    def __init__(self, root: Path) -> None:
        (root / "models/recursive_reasoning").mkdir(parents=True)
        (root / "models/recursive_reasoning/trm.py").write_text(self.MODEL)
        (root / "models/losses.py").write_text(self.LOSSES)


def test_a_checkout_is_imported_from_where_the_user_has_it(tmp_path: Path) -> None:
    FakeCheckout(tmp_path)
    config = size("trm_att", vocab=3, grid=(2, 2), width=32, heads=2, segments=3)
    settings = {"batch": 2, "lr": 1e-4, "dtype": "float32"}
    peer = Checkout(tmp_path, config, {"only": torch.ones(2)}, **settings)
    grid = torch.zeros(2, 4, dtype=torch.int64)
    assert peer.step(grid, grid) == 2 * 3 * 4  # two weights of 1, three scores, four cells a row
    assert peer.solve(grid).shape == (2, 4)
    assert not [name for name in sys.modules if name.partition(".")[0] == "models"]
    with pytest.raises(RuntimeError, match="names its weights otherwise"):
        Checkout(tmp_path, config, {"other": torch.ones(2)}, **settings)


def test_without_a_checkout_that_holds_the_model_the_transcription_is_the_peer(
    tmp_path: Path,
) -> None:
    config = size("hrm_v1", vocab=3, grid=(2, 2), width=32, heads=2)
    args = bench_reference.arguments(["--reference", str(tmp_path)])
    model_weights = bench_reference.fresh(config)[1]
    assert isinstance(bench_reference.peer_for(config, model_weights, args, batch=1), Transcription)
