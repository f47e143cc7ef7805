"""Published weights load into our models, under whatever prefixes they were saved."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from hrm_engine.errors import CheckpointError, ConfigError
from hrm_engine.export.published import load_published
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.presets import size
from tests.reference import act
from tests.reference.layers import Weights
from tests.reference.sizes import Sizes, random_weights

SIZES = {
    "hrm_v1": Sizes(9, 6, 32, 2, 1, puzzles=4, kind="hrm"),
    "trm_att": Sizes(9, 6, 32, 2, 1, 3, 2, puzzle_tokens=3, puzzles=4, kind="trm_att"),
    "trm_mlp": Sizes(9, 6, 32, 2, 1, 3, 2, puzzle_tokens=3, puzzles=4, kind="trm_mlp"),
}
PREFIXES = ["", "_orig_mod.model.inner.", "model.inner.", "module._orig_mod.model.inner."]


def config_of(preset: str) -> ModelConfig:
    sizes = SIZES[preset]
    return ModelConfig(
        preset=preset,
        vocab=9,
        grid=(2, 3),
        width=32,
        heads=2,
        layers=1,
        h_cycles=sizes.h_cycles,
        l_cycles=sizes.l_cycles,
        puzzle_tokens=sizes.puzzle_tokens,
    )


def published(preset: str, prefix: str = "", **changes: int) -> Weights:
    """A state dict as the published code saves it, in float32."""
    sizes = SIZES[preset] if not changes else Sizes(**(vars(SIZES[preset]) | changes))
    weights = random_weights(sizes, seed=5, dtype=torch.float32)
    return {prefix + name: tensor for name, tensor in weights.items()}


def same_logits(state: Weights, preset: str, path: Path | None = None) -> None:
    """Our model from `state` (or its file) and the transcription answer the same, twice over."""
    sizes, plain = SIZES[preset], published(preset)
    model = load_published(path or state, config_of(preset))
    torch.manual_seed(1)
    tokens, puzzle = torch.randint(0, 9, (2, 6)), torch.tensor([3, 0])
    carry, ours = act.start(plain, sizes, 2), model.start(2)
    with torch.no_grad():
        for _ in range(2):
            carry, logits, halt, _ = act.segment(plain, sizes, carry, tokens, puzzle)
            segment = model(tokens, ours, puzzle=puzzle)
            ours = segment.carry
            torch.testing.assert_close(segment.logits, logits, rtol=1e-4, atol=1e-4)
            torch.testing.assert_close(segment.halt, halt, rtol=1e-4, atol=1e-4)


@pytest.mark.requirement("EN-1")
@pytest.mark.parametrize("preset", SIZES)
@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_published_state_dict_gives_the_published_logits(preset: str, prefix: str) -> None:
    same_logits(published(preset, prefix), preset)


@pytest.mark.requirement("EN-1")
def test_files_are_read_without_running_code(tmp_path: Path) -> None:
    state = published("trm_mlp", "_orig_mod.model.inner.")
    torch.save(state, tmp_path / "step_65104")
    save_file(state, tmp_path / "model.safetensors")
    same_logits(state, "trm_mlp", tmp_path / "step_65104")
    same_logits(state, "trm_mlp", tmp_path / "model.safetensors")

    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (tmp_path / "ran",)  # type: ignore[return-value]  # on purpose

    torch.save({"embed_tokens.embedding_weight": Bomb()}, tmp_path / "bomb.pt")
    with pytest.raises(CheckpointError, match="no state dict"):
        load_published(tmp_path / "bomb.pt", config_of("trm_mlp"))
    assert not (tmp_path / "ran").exists()


def test_tables_of_batches_and_positions_in_a_file_are_left_out() -> None:
    state = published("trm_att", "model.inner.")
    state["model.inner.rotary_emb.cos_cached"] = torch.zeros(9, 16)
    state["model.inner.puzzle_emb.local_weights"] = torch.zeros(2, 32)
    same_logits(state, "trm_att")


def test_the_puzzle_table_may_have_any_number_of_rows_or_be_absent() -> None:
    assert (
        load_published(published("hrm_v1", puzzles=999), config_of("hrm_v1")).config.puzzles == 999
    )
    state = published("hrm_v1")
    del state["puzzle_emb.weights"]
    assert load_published(state, config_of("hrm_v1")).puzzle_table is None


def test_a_table_narrower_than_a_token_is_filled_up_with_zeros() -> None:
    state = published("hrm_v1")
    narrow = state["puzzle_emb.weights"][:, :20].clone()
    state["puzzle_emb.weights"] = narrow
    table = load_published(state, config_of("hrm_v1")).puzzle_table
    assert table is not None
    assert torch.equal(table.weight[:, :20], narrow)
    assert not table.weight[:, 20:].any()


def test_without_a_puzzles_number_the_first_row_of_the_table_stands_for_it() -> None:
    model = load_published(published("hrm_v1"), config_of("hrm_v1"))
    tokens = torch.randint(0, 9, (2, 6))
    with torch.no_grad():
        unsaid = model(tokens, model.start(2)).logits
        first = model(tokens, model.start(2), puzzle=torch.zeros(2, dtype=torch.int64)).logits
    assert torch.equal(unsaid, first)


def test_states_saved_in_bfloat16_become_float32() -> None:
    state = {name: tensor.bfloat16() for name, tensor in published("trm_mlp").items()}
    model = load_published(state, config_of("trm_mlp"))
    assert {p.dtype for p in model.parameters()} == {torch.float32}
    assert torch.equal(model.get_buffer("z_h").bfloat16(), state["H_init"])
    assert not model.training


def broken(change: str) -> Weights:
    state: dict[str, Tensor] = published("trm_mlp", "model.inner.")
    if change == "missing":
        del state["model.inner.lm_head.weight"]
    elif change == "unexpected":
        state |= {f"model.inner.embed_pos_{i}": torch.zeros(2) for i in range(9)}
    else:
        state["model.inner.q_head.bias"] = torch.zeros(3)
    return state


@pytest.mark.requirement("EN-1")
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("missing", "missing: lm_head.weight"),
        ("unexpected", "unexpected: embed_pos_0, .* and 3 more"),
        ("shape", r"of another shape: q_head.bias \[3\] instead of \[2\]"),
    ],
)
def test_weights_that_do_not_fit_are_named(change: str, message: str) -> None:
    with pytest.raises(CheckpointError, match=message):
        load_published(broken(change), config_of("trm_mlp"))


def test_what_is_no_state_dict_is_refused(tmp_path: Path) -> None:
    torch.save([1, 2], tmp_path / "list.pt")
    (tmp_path / "text.pt").write_text("hello")
    for name, message in (
        ("list.pt", "something else than a state dict"),
        ("text.pt", "was not written by torch.save"),
        ("none.pt", "no file"),
    ):
        with pytest.raises(CheckpointError, match=message):
            load_published(tmp_path / name, config_of("trm_mlp"))


def test_a_sequence_model_has_no_published_grid_weights() -> None:
    with pytest.raises(ConfigError, match="over sequences"):
        load_published({}, size("hrm_text-tiny", vocab=9))
