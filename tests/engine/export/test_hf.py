"""Parity with the implementations in transformers, on random weights."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor

from hrm_engine.errors import CheckpointError, ConfigError
from hrm_engine.export.hf import from_hf, from_hf_config, hf_config, to_hf
from hrm_engine.inference.generate import generate
from hrm_engine.model.build import build_model
from hrm_engine.model.presets import size
from hrm_engine.model.sequence import SequenceModel

NAMES = ("hrm_text-tiny", "transformer-tiny")


def ours(name: str, **changes: Any) -> SequenceModel:
    torch.manual_seed(0)
    model = build_model(size(name, vocab=40, layers=2, **changes))
    with torch.no_grad():
        for name_, parameter in model.named_parameters():
            if "norm" in name_:  # fresh gains are all 1 and would hide a mix-up
                parameter.uniform_(0.5, 1.5)
    return model.eval()


def theirs(model: SequenceModel) -> Any:
    import transformers

    settings = hf_config(model.config)
    kinds = {
        "hrm_text": (transformers.HrmTextConfig, transformers.HrmTextForCausalLM),
        "qwen3": (transformers.Qwen3Config, transformers.Qwen3ForCausalLM),
    }
    config_class, model_class = kinds[settings.pop("model_type")]
    peer = model_class(config_class(**settings)).eval()
    peer.load_state_dict(to_hf(model.config, model.state_dict()), strict=True)
    return peer


def some_tokens(rows: int, length: int) -> Tensor:
    return torch.randint(0, 40, (rows, length), generator=torch.Generator().manual_seed(1))


@pytest.mark.requirement("EN-2")
@pytest.mark.parametrize("name", NAMES)
def test_transformers_computes_the_same_logits_from_our_weights(name: str) -> None:
    model, tokens = ours(name, rope_theta=500.0), some_tokens(2, 24)
    with torch.no_grad():
        expected = theirs(model)(tokens).logits
        torch.testing.assert_close(model(tokens), expected, rtol=1e-5, atol=1e-5)


@pytest.mark.requirement("EN-2")
@pytest.mark.parametrize("name", NAMES)
def test_transformers_generates_the_same_tokens(name: str) -> None:
    model, prompt = ours(name), some_tokens(1, 7)
    expected = theirs(model).generate(prompt, max_new_tokens=24, do_sample=False)
    (found,) = generate(model, prompt.tolist(), max_new=24, end_token=-1)
    assert found == expected[0, 7:].tolist()


@pytest.mark.requirement("EN-2")
def test_transformers_generates_the_same_tokens_after_a_bidirectional_prompt() -> None:
    model, prompt = ours("hrm_text-tiny"), some_tokens(1, 7)
    expected = theirs(model).generate(
        prompt, token_type_ids=torch.ones_like(prompt), max_new_tokens=24, do_sample=False
    )
    (found,) = generate(model, prompt.tolist(), max_new=24, end_token=-1, prefix_lm=True)
    (causal,) = generate(model, prompt.tolist(), max_new=24, end_token=-1)
    assert found == expected[0, 7:].tolist()
    assert found != causal


@pytest.mark.parametrize("name", NAMES)
def test_the_way_there_and_back_changes_nothing(name: str) -> None:
    model = ours(name)
    peer = theirs(model)
    assert from_hf_config(peer.config.to_dict()) == model.config
    back = from_hf(model.config, peer.state_dict())
    torch.testing.assert_close(back, dict(model.state_dict()), rtol=0, atol=0)


def test_an_untied_qwen3_goes_there_and_back() -> None:
    model = ours("transformer-tiny", tie_embeddings=False)
    back = from_hf(model.config, theirs(model).state_dict())
    torch.testing.assert_close(back["head.weight"], model.state_dict()["head.weight"])


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("hrm_text-tiny", {"gated": False}),
        ("hrm_text-tiny", {"kv_heads": 1}),
        ("transformer-tiny", {"qk_norm": False}),
    ],
)
def test_a_model_that_transformers_does_not_have_is_refused(
    name: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(ConfigError, match="transformers"):
        hf_config(size(name, vocab=40, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"model_type": "llama"},
        {"hidden_act": "gelu"},
        {"attention_bias": True},
        {"embedding_scale": 50.0},
        {"rope_parameters": {"rope_type": "yarn", "rope_theta": 1e4}},
    ],
)
def test_a_variant_that_we_do_not_have_is_refused(changes: dict[str, Any]) -> None:
    settings = hf_config(size("hrm_text-tiny", vocab=40))
    with pytest.raises(ConfigError):
        from_hf_config(settings | changes)


def test_missing_weights_are_named() -> None:
    model = ours("hrm_text-tiny")
    state = to_hf(model.config, model.state_dict())
    del state["model.H_module.layers.1.mlp.up_proj.weight"]
    with pytest.raises(CheckpointError, match=r"H_module\.layers\.1\.mlp\.up_proj"):
        from_hf(model.config, state)
