"""Cells that hold several tokens, and cells that are answered by several."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from pydantic import ValidationError

from hrm_engine.config import load_config
from hrm_engine.errors import ConfigError
from hrm_engine.export.onnx import flat_graph
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import GridModel
from hrm_engine.model.presets import count_parameters
from hrm_engine.train.settings import RunConfig


def made(**changes: Any) -> GridModel:
    settings: dict[str, Any] = {
        "preset": "hrm_v1", "vocab": 9, "grid": (5, 1), "channels": 3, "answers": (2, 4),
        "positions": "none", "puzzle_tokens": 0, "q_continue": False, "width": 16, "heads": 2,
        "ff": 32, "layers": 1,
    }  # fmt: skip
    model = build_model(ModelConfig(**(settings | changes)))
    assert isinstance(model, GridModel)
    return model


def test_the_embeddings_of_a_cell_are_added_each_channel_with_its_own_table() -> None:
    model = made(scaled_embedding=False)
    tokens = torch.tensor([[4, 7, 2] + 12 * [0]])
    table = model.embedding.weight.view(3, 9, 16)
    wanted = table[0, 4] + table[1, 7] + table[2, 2]
    assert torch.allclose(model.embed(tokens)[0, 0], wanted, atol=1e-6)


def test_token_0_adds_nothing_and_is_not_learned() -> None:
    model = made()
    embedded = model.embed(torch.zeros(1, 15, dtype=torch.int64))
    assert not embedded.any()
    embedded.sum().backward()
    assert model.embedding.weight.grad is None or not model.embedding.weight.grad.any()


def test_the_last_cells_are_answered_by_several_tokens_each() -> None:
    model = made()
    segment = model(torch.ones(2, 15, dtype=torch.int64), model.start(2))
    assert segment.logits.shape == (2, 2 * 4, 9)
    z_h = torch.randn(2, 5, 16)
    logits, _ = model.read(z_h)
    z_h[:, :3] = 0  # what stands in the other cells is not read out
    assert torch.equal(model.read(z_h)[0], logits)
    assert torch.allclose(logits[:, 4:], model.head(z_h[:, -1]).view(2, 4, 9), atol=1e-6)


@pytest.mark.parametrize("changes", [{}, {"channels": 1}, {"answers": (0, 0)}])
def test_the_number_of_parameters_is_known_without_building(changes: dict[str, Any]) -> None:
    model = made(**changes)
    assert count_parameters(model.config) == sum(p.numel() for p in model.parameters())


@pytest.mark.parametrize("answers", [(6, 1), (2, 0), (0, 4)])
def test_answers_that_the_canvas_does_not_have_are_refused(answers: tuple[int, int]) -> None:
    with pytest.raises(ValidationError, match="answers"):
        made(answers=answers)


def test_such_a_model_is_no_onnx_file() -> None:
    with pytest.raises(ConfigError, match="one token in every cell"):
        flat_graph(made())


@pytest.mark.parametrize("change", ["train.given_weight=0.5", "data.reveal=0.5"])
def test_what_compares_a_cell_with_its_answer_needs_one_token_in_each(change: str) -> None:
    with pytest.raises(ConfigError, match="cells of one token"):
        load_config(RunConfig, "configs/program.yaml", [change])
