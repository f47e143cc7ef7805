"""Checkpoints: what is saved is loaded; damage of any kind is a clear error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from hrm_engine.errors import CheckpointError
from hrm_engine.export import checkpoint
from hrm_engine.export.checkpoint import load_checkpoint, save_checkpoint, shards, shipped
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.sequence import SequenceModel

VOCABULARY = ["a", "b", "∫", "end"]


@pytest.fixture
def model() -> SequenceModel:
    torch.manual_seed(0)
    return build_model(
        ModelConfig.model_validate(
            {"preset": "hrm_text", "vocab": 4, "width": 8, "heads": 2, "layers": 1, "ff": 8}
        )
    )


@pytest.fixture
def saved(model: SequenceModel, tmp_path: Path) -> Path:
    return save_checkpoint(
        tmp_path / "toy", model, vocabulary=VOCABULARY, recipe={"seed": 1}, card="# Toy\n"
    )


def rewrite(path: Path, change: Any) -> None:
    """Change a JSON file and make its digest right again: a forger, or a newer program."""
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    digests = path.parent / "sha256.json"
    if path != digests:
        known = json.loads(digests.read_text())
        digests.write_text(json.dumps(known | {path.name: checkpoint.digest(path)}))


def test_what_is_saved_is_loaded(model: SequenceModel, saved: Path) -> None:
    loaded = load_checkpoint(saved)
    assert loaded.config == model.config
    assert loaded.vocabulary == VOCABULARY
    assert (loaded.recipe, loaded.card) == ({"seed": 1}, "# Toy\n")
    assert loaded.tokenizer_file is None
    assert not loaded.model.training
    tokens = torch.tensor([[0, 1, 2]])
    assert torch.equal(loaded.model(tokens), model.eval()(tokens))


def test_saving_again_replaces_the_old_checkpoint_and_leaves_nothing_else(
    model: SequenceModel, saved: Path
) -> None:
    (saved / "stale.txt").write_text("old")
    save_checkpoint(saved, model, vocabulary=VOCABULARY, recipe={"seed": 2}, card="")
    assert load_checkpoint(saved).recipe == {"seed": 2}
    assert not (saved / "stale.txt").exists()
    assert [p.name for p in saved.parent.iterdir()] == ["toy"]


def test_a_tokenizer_travels_with_the_weights(model: SequenceModel, tmp_path: Path) -> None:
    (tmp_path / "bpe.json").write_text("{}")
    folder = save_checkpoint(
        tmp_path / "toy",
        model,
        vocabulary=VOCABULARY,
        recipe={},
        card="",
        tokenizer=tmp_path / "bpe.json",
    )
    assert load_checkpoint(folder).tokenizer_file == folder / "tokenizer.json"


def test_large_weights_are_cut_into_shards_and_put_together_again(
    model: SequenceModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint, "SHARD_BYTES", 1000)
    folder = save_checkpoint(tmp_path / "big", model, vocabulary=VOCABULARY, recipe={}, card="")
    names = sorted(p.name for p in folder.glob("*.safetensors"))
    assert len(names) > 2
    assert names[0] == f"model-00001-of-{len(names):05d}.safetensors"
    state = load_checkpoint(folder).model.state_dict()
    assert all(torch.equal(state[n], t) for n, t in model.state_dict().items())


def test_a_shard_holds_no_more_than_its_limit_unless_one_tensor_does() -> None:
    tensors = {name: torch.zeros(size) for name, size in zip("abcde", (2, 2, 9, 1, 1), strict=True)}
    assert [list(part) for part in shards(tensors, 16)] == [["a", "b"], ["c"], ["d", "e"]]


def test_the_shipped_limit_fits_small_file_hosts() -> None:
    assert checkpoint.SHARD_BYTES <= 15 * 2**20


@pytest.mark.requirement("EN-2")
def test_a_truncated_file_is_refused(saved: Path) -> None:
    weights = saved / "model-00001-of-00001.safetensors"
    weights.write_bytes(weights.read_bytes()[:-10])
    with pytest.raises(CheckpointError, match="truncated or altered"):
        load_checkpoint(saved)


def test_a_truncated_file_with_a_matching_digest_is_refused_too(saved: Path) -> None:
    weights = saved / "model-00001-of-00001.safetensors"
    weights.write_bytes(weights.read_bytes()[:-10])
    rewrite(saved / "sha256.json", lambda d: d | {weights.name: checkpoint.digest(weights)})
    with pytest.raises(CheckpointError, match="truncated or no safetensors"):
        load_checkpoint(saved)


def test_one_altered_byte_is_refused(saved: Path) -> None:
    weights = saved / "model-00001-of-00001.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(CheckpointError, match="altered"):
        load_checkpoint(saved)


@pytest.mark.parametrize(
    "name", ["model-00001-of-00001.safetensors", "vocabulary.json", "sha256.json"]
)
def test_a_missing_file_is_named(saved: Path, name: str) -> None:
    (saved / name).unlink()
    with pytest.raises(CheckpointError, match=f"{name} is missing"):
        load_checkpoint(saved)


def test_json_cut_short_is_refused(saved: Path) -> None:
    (saved / "config.json").write_text('{"format": "hrm-ch')
    with pytest.raises(CheckpointError, match="truncated or damaged"):
        load_checkpoint(saved)


@pytest.mark.parametrize("content", ['{"model_type": "qwen3"}', "[1]"])
def test_a_foreign_checkpoint_is_refused(saved: Path, content: str) -> None:
    (saved / "config.json").write_text(content)
    with pytest.raises(CheckpointError, match="not one of ours"):
        load_checkpoint(saved)


def test_a_newer_format_says_to_upgrade(saved: Path) -> None:
    rewrite(saved / "config.json", lambda c: c | {"format_version": 2})
    with pytest.raises(CheckpointError, match=r"format version 2[\s\S]*--upgrade"):
        load_checkpoint(saved)


@pytest.mark.parametrize(
    "change",
    [lambda c: {k: v for k, v in c.items() if k != "model"}, lambda c: c | {"model": {"width": 3}}],
)
def test_a_configuration_that_describes_no_model_is_refused(saved: Path, change: Any) -> None:
    rewrite(saved / "config.json", change)
    with pytest.raises(CheckpointError, match="describes no model"):
        load_checkpoint(saved)


def test_weights_of_another_shape_are_refused(saved: Path) -> None:
    rewrite(saved / "config.json", lambda c: c | {"model": c["model"] | {"ff": 16}})
    with pytest.raises(CheckpointError, match=r"do not fit its config.json"):
        load_checkpoint(saved)


def test_a_vocabulary_of_another_length_is_refused(saved: Path) -> None:
    rewrite(saved / "vocabulary.json", lambda v: v[:-1])
    with pytest.raises(CheckpointError, match="weights for 4 tokens and a vocabulary of 3"):
        load_checkpoint(saved)


def test_a_file_that_is_not_listed_is_not_loaded(saved: Path) -> None:
    (saved / "model-00000-of-00001.safetensors").write_bytes(b"planted")
    load_checkpoint(saved)


def test_a_model_for_other_tokens_is_refused_with_the_first_difference(saved: Path) -> None:
    loaded = load_checkpoint(saved)
    loaded.require_vocabulary(tuple(VOCABULARY))
    with pytest.raises(CheckpointError, match="first difference at 1: 'b', 'c'"):
        loaded.require_vocabulary(["a", "c", "∫", "end"])
    with pytest.raises(CheckpointError, match="trained on 4 tokens, 3 are expected"):
        loaded.require_vocabulary(["a", "b", "∫"])


def test_an_unknown_name_lists_what_is_shipped(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint, "PRETRAINED", saved.parent)
    assert shipped() == ["toy"]
    assert load_checkpoint("toy").folder == saved
    with pytest.raises(CheckpointError, match=r"no checkpoint `other`\n  hint: shipped: toy"):
        load_checkpoint("other")
