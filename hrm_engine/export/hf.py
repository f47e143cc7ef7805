"""Our models in the format of Hugging Face transformers: `hrm_text` and `qwen3`.

`to_hf` renames and splits our matrices (we keep all input projections of a layer in one),
`from_hf` does the reverse, `hf_config` and `from_hf_config` translate the settings. Only
dictionaries pass here: transformers itself is not needed.

| ours | transformers |
|---|---|
| preset hrm_text | model_type hrm_text: `L_module`, `H_module`, `z_L_init`, untied `lm_head` |
| preset transformer | model_type qwen3: tied embeddings |
| attention.qkv rows [q, k, v, gate] | self_attn.{q,k,v,gate}_proj |
| ff.gate_up rows [gate, up] | mlp.{gate,up}_proj |

Both use the same half-split rotary layout as we do, so no rows are permuted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

from hrm_engine.errors import CheckpointError, ConfigError
from hrm_engine.model.config import PRESETS, ModelConfig

_SWITCHES = ("gated", "qk_norm", "norm_gain", "tie_embeddings", "scaled_embedding")
_HINT = "models that differ from both architectures can only be stored as our own checkpoints"


def hf_config(config: ModelConfig) -> dict[str, Any]:
    """The contents of transformers' config.json.

    Raises ConfigError when the switches are not those of the preset, or hrm_text's key heads
    are grouped: transformers has no such model.
    """
    _require_expressible(config)
    shared = {
        "vocab_size": config.vocab,
        "hidden_size": config.width,
        "intermediate_size": config.ff,
        "num_attention_heads": config.heads,
        "head_dim": config.head_dim,
        "hidden_act": "silu",
        "max_position_embeddings": config.context,
        "rms_norm_eps": config.norm_eps,
        "rope_parameters": {"rope_type": "default", "rope_theta": config.rope_theta},
        "attention_bias": False,
        "tie_word_embeddings": config.tie_embeddings,
    }
    if config.preset == "transformer":
        return shared | {
            "model_type": "qwen3",
            "architectures": ["Qwen3ForCausalLM"],
            "num_hidden_layers": config.layers,
            "num_key_value_heads": config.kv_heads,
        }
    return shared | {
        "model_type": "hrm_text",
        "architectures": ["HrmTextForCausalLM"],
        # transformers sizes its cache by the first number and its stacks by the second.
        "num_hidden_layers": config.cache_slots,
        "num_layers_per_stack": config.layers,
        "mlp_bias": False,
        "H_cycles": config.h_cycles,
        "L_cycles": config.l_cycles,
        "embedding_scale": math.sqrt(config.width),
        "prefix_lm": True,
    }


def from_hf_config(settings: Mapping[str, Any]) -> ModelConfig:
    """Our settings from the contents of a transformers config.json.

    Raises ConfigError for another architecture, or a variant that ours does not have.
    """
    presets = {"hrm_text": "hrm_text", "qwen3": "transformer"}
    kind = settings.get("model_type")
    if kind not in presets:
        raise ConfigError(f"model_type `{kind}`", hint="we read hrm_text and qwen3")
    rope = settings.get("rope_parameters") or {}
    preset = presets[kind]
    given: dict[str, Any] = {
        "preset": preset,
        "vocab": settings["vocab_size"],
        "width": settings["hidden_size"],
        "ff": settings["intermediate_size"],
        "heads": settings["num_attention_heads"],
        "head_dim": settings["head_dim"],
        "context": settings["max_position_embeddings"],
        "norm_eps": settings["rms_norm_eps"],
        "rope_theta": rope.get("rope_theta", 10_000.0),
        "tie_embeddings": settings["tie_word_embeddings"],
        "layers": settings.get("num_layers_per_stack") or settings["num_hidden_layers"],
    }
    if preset == "transformer":
        given["kv_heads"] = settings["num_key_value_heads"]
    else:
        given |= {"h_cycles": settings["H_cycles"], "l_cycles": settings["L_cycles"]}
        _require_equal("embedding_scale", settings["embedding_scale"], math.sqrt(given["width"]))
    _require_equal("attention_bias", settings.get("attention_bias", False), False)
    _require_equal("hidden_act", settings.get("hidden_act", "silu"), "silu")
    _require_equal("rope_type", rope.get("rope_type", "default"), "default")
    return ModelConfig(**given)


def to_hf(config: ModelConfig, state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Our state dict (`model.state_dict()`) under transformers' names.

    Raises ConfigError as `hf_config` does.
    """
    _require_expressible(config)
    out = {"model.embed_tokens.weight": state["embedding.weight"]}
    for ours, theirs in _stacks(config):
        for i in range(config.layers):
            block, layer = f"{ours}.blocks.{i}", f"{theirs}layers.{i}"
            for fused, parts in _fused(config):
                pieces = state[f"{block}.{fused}"].split([rows for _, rows in parts])
                for (name, _), piece in zip(parts, pieces, strict=True):
                    out[f"{layer}.{name}.weight"] = piece.contiguous()
            for our_name, their_name in _renamed(config):
                out[f"{layer}.{their_name}.weight"] = state[f"{block}.{our_name}.weight"]
        if config.norm_gain:
            out[_exit_norm(theirs)] = state[f"{ours}.exit_norm.weight"]
    if config.preset == "hrm_text":
        out["model.z_L_init"] = state["body.z_l"]
    head = "embedding.weight" if config.tie_embeddings else "head.weight"
    out["lm_head.weight"] = state[head]
    return out


def from_hf(config: ModelConfig, state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """A state dict of transformers under our names, for `model.load_state_dict`.

    Raises CheckpointError when a tensor is missing, ConfigError as `hf_config` does.
    """
    _require_expressible(config)

    def take(name: str) -> Tensor:
        if name not in state:
            raise CheckpointError(f"the weights have no `{name}`", hint="is it another model?")
        return state[name]

    out = {"embedding.weight": take("model.embed_tokens.weight")}
    for ours, theirs in _stacks(config):
        for i in range(config.layers):
            block, layer = f"{ours}.blocks.{i}", f"{theirs}layers.{i}"
            for fused, parts in _fused(config):
                pieces = [take(f"{layer}.{name}.weight") for name, _ in parts]
                out[f"{block}.{fused}"] = torch.cat(pieces)
            for our_name, their_name in _renamed(config):
                out[f"{block}.{our_name}.weight"] = take(f"{layer}.{their_name}.weight")
        if config.norm_gain:
            out[f"{ours}.exit_norm.weight"] = take(_exit_norm(theirs))
    if config.preset == "hrm_text":
        out["body.z_l"] = take("model.z_L_init")
    if not config.tie_embeddings:
        out["head.weight"] = take("lm_head.weight")
    return out


def _stacks(config: ModelConfig) -> list[tuple[str, str]]:
    """Our and their name of each stack."""
    if config.preset == "transformer":
        return [("body.stack", "model.")]
    return [("body.low", "model.L_module."), ("body.high", "model.H_module.")]


def _exit_norm(stack: str) -> str:
    return f"{stack}norm.weight"


def _fused(config: ModelConfig) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Our fused matrices, each with their parts and the rows of each part."""
    inner, shared = config.heads * config.head_dim, config.kv_heads * config.head_dim
    gate = [("self_attn.gate_proj", inner)] if config.gated else []
    yield (
        "attention.qkv.weight",
        [
            ("self_attn.q_proj", inner),
            ("self_attn.k_proj", shared),
            ("self_attn.v_proj", shared),
            *gate,
        ],
    )
    yield "ff.gate_up.weight", [("mlp.gate_proj", config.ff), ("mlp.up_proj", config.ff)]


def _renamed(config: ModelConfig) -> Iterator[tuple[str, str]]:
    """Our and their name of what is only renamed."""
    yield "attention.out", "self_attn.o_proj"
    yield "ff.down", "mlp.down_proj"
    if config.norm_gain:
        yield "attention_norm", "input_layernorm"
        yield "ff_norm", "post_attention_layernorm"
    if config.qk_norm:
        yield "attention.q_norm", "self_attn.q_norm"
        yield "attention.k_norm", "self_attn.k_norm"


def _require_expressible(config: ModelConfig) -> None:
    expected = PRESETS[config.preset]
    for switch in _SWITCHES:
        # Tied or not is a setting of both architectures, all else is fixed.
        if switch != "tie_embeddings" and getattr(config, switch) != expected[switch]:
            raise ConfigError(
                f"transformers has no {config.preset} with {switch}={getattr(config, switch)}",
                hint=_HINT,
            )
    if config.preset == "hrm_text" and config.kv_heads != config.heads:
        raise ConfigError("transformers' hrm_text has no grouped key heads", hint=_HINT)


def _require_equal(name: str, found: Any, expected: Any) -> None:
    same = math.isclose(found, expected) if isinstance(expected, float) else found == expected
    if not same:
        raise ConfigError(f"{name} is {found}, ours is always {expected}", hint=_HINT)
