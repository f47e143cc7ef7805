"""A text model as a GGUF file, the format of llama.cpp: preset `transformer` is its `qwen3`.

    export_gguf("runs/copilot/copilot", Path("copilot-q8_0.gguf"), quantise="q8_0")

`write_gguf` stores weights, sizes and tokeniser; names and layout are transformers' (`hf.to_hf`),
renamed by `_BLOCK`. No rows are permuted, since qwen3 rotates halves as we do. Matrices may be
quantised in blocks of 32 weights; norms stay float32. The logits of a float32 file agree with ours
to 1e-4 when llama.cpp keeps its cache in float32 too; see the test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from hrm_engine.errors import CheckpointError, ConfigError, MissingExtraError
from hrm_engine.export.checkpoint import Loaded, digest, load_checkpoint
from hrm_engine.export.hf import to_hf
from hrm_engine.tokens.text import PAD, TextTokenizer

if TYPE_CHECKING:
    from gguf import GGUFWriter

Quantisation = Literal["f32", "f16", "q8_0", "q4_0"]
ARCHITECTURE = "qwen3"
_BLOCK = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_WHOLE = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
_FILE_TYPES = {"f32": 0, "f16": 1, "q4_0": 2, "q8_0": 7}  # llama.cpp's LLAMA_FTYPE_*
_BLOCK_SIZE = 32  # weights that share a scale in Q8_0 and Q4_0; rows must divide by it


def export_gguf(
    checkpoint: str | Path,
    out: Path,
    *,
    quantise: Quantisation = "f32",
    chat_template: str = "",
) -> dict[str, Any]:
    """Write a checkpoint to `out` and a manifest.json beside it; returns the manifest.

    Raises CheckpointError when the checkpoint has no tokeniser, ConfigError when llama.cpp has no
    such architecture or the sizes do not fit the quantisation.
    """
    loaded = load_checkpoint(checkpoint)
    if loaded.tokenizer_file is None:
        raise CheckpointError(
            f"`{loaded.folder.name}` has no tokenizer.json", hint="only text models become GGUF"
        )
    tokenizer = TextTokenizer.load(loaded.tokenizer_file)
    loaded.require_vocabulary(tokenizer.vocabulary)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_gguf(loaded, tokenizer, out, quantise=quantise, chat_template=chat_template)
    manifest = _manifest(loaded, out, quantise)
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (out.parent / "manifest.json").write_text(text, encoding="utf-8")
    return manifest


def write_gguf(
    loaded: Loaded,
    tokenizer: TextTokenizer,
    out: Path,
    *,
    quantise: Quantisation = "f32",
    chat_template: str = "",
) -> None:
    """Weights, sizes and tokeniser. Raises ConfigError for another preset or unfit sizes."""
    if loaded.config.preset != "transformer":
        raise ConfigError(
            f"llama.cpp has no architecture for preset {loaded.config.preset}",
            hint="only preset transformer becomes GGUF",
        )
    _require_rows(loaded, quantise)
    tensors = dict(_tensors(loaded))
    writer = _writer(out)
    _write_sizes(writer, loaded, quantise)
    _write_tokenizer(writer, tokenizer)
    if chat_template:
        writer.add_chat_template(chat_template)
    for name, tensor in tensors.items():
        _add(writer, name, np.ascontiguousarray(tensor.float().numpy()), quantise)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add(writer: GGUFWriter, name: str, values: NDArray[np.float32], kind: Quantisation) -> None:
    """One tensor; only matrices are stored in less than float32."""
    from gguf import GGMLQuantizationType, quants

    if values.ndim == 1 or kind == "f32":
        writer.add_tensor(name, values)
    else:
        target = GGMLQuantizationType[kind.upper()]
        writer.add_tensor(name, quants.quantize(values, target), raw_dtype=target)


def _writer(out: Path) -> GGUFWriter:
    try:
        from gguf import GGUFWriter
    except ImportError:
        raise MissingExtraError(
            "writing GGUF needs the package gguf", hint='pip install "hrm-coprocessor[engine]"'
        ) from None
    return GGUFWriter(str(out), ARCHITECTURE)


def _write_sizes(writer: GGUFWriter, loaded: Loaded, kind: Quantisation) -> None:
    config = loaded.config
    writer.add_name(loaded.folder.name)
    writer.add_file_type(_FILE_TYPES[kind])
    writer.add_vocab_size(config.vocab)
    writer.add_context_length(config.context)
    writer.add_embedding_length(config.width)
    writer.add_block_count(config.layers)
    writer.add_feed_forward_length(config.ff)
    writer.add_head_count(config.heads)
    writer.add_head_count_kv(config.kv_heads)
    writer.add_key_length(config.head_dim)
    writer.add_value_length(config.head_dim)
    writer.add_rope_dimension_count(config.head_dim)
    writer.add_rope_freq_base(config.rope_theta)
    writer.add_layer_norm_rms_eps(config.norm_eps)


def _write_tokenizer(writer: GGUFWriter, tokenizer: TextTokenizer) -> None:
    """Byte-level BPE with the pre-tokeniser `smollm`: digits alone, then GPT-2's words."""
    from gguf import TokenType

    control = set(tokenizer.control.values())
    kinds = [
        TokenType.CONTROL if i in control else TokenType.NORMAL
        for i in range(len(tokenizer.vocabulary))
    ]
    pad = tokenizer.control[PAD]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokenizer.vocabulary)
    writer.add_token_types(kinds)
    writer.add_token_merges(tokenizer.merges)
    writer.add_bos_token_id(pad)
    writer.add_eos_token_id(tokenizer.end_token)
    writer.add_pad_token_id(pad)
    writer.add_add_bos_token(False)


def _tensors(loaded: Loaded) -> Iterator[tuple[str, Tensor]]:
    """The weights under llama.cpp's names; a tied head is left out, as there."""
    for name, tensor in to_hf(loaded.config, loaded.model.state_dict()).items():
        stem = name.removesuffix(".weight")
        if stem == "lm_head" and loaded.config.tie_embeddings:
            continue
        if stem in _WHOLE:
            yield f"{_WHOLE[stem]}.weight", tensor
            continue
        _, _, layer, part = stem.split(".", 3)  # model.layers.3.self_attn.q_proj
        yield f"blk.{layer}.{_BLOCK[part]}.weight", tensor


def _require_rows(loaded: Loaded, kind: Quantisation) -> None:
    config = loaded.config
    if kind in ("f32", "f16"):
        return
    rows = {
        "width": config.width,
        "ff": config.ff,
        "heads * head_dim": config.heads * config.head_dim,
    }
    for name, size in rows.items():
        if size % _BLOCK_SIZE:
            raise ConfigError(
                f"{name} is {size}, not a multiple of {_BLOCK_SIZE}",
                hint="llama.cpp cannot quantise such rows; export with --quantise f32",
            )


def _manifest(loaded: Loaded, out: Path, kind: Quantisation) -> dict[str, Any]:
    """What a user should know of the file, and what a loader checks."""
    return {
        "file": out.name,
        "sha256": digest(out),
        "bytes": out.stat().st_size,
        "quantisation": kind,
        "architecture": ARCHITECTURE,
        "parameters": sum(p.numel() for p in loaded.model.parameters()),
        "context": loaded.config.context,
        "vocabulary": loaded.config.vocab,
        "tokenizer_sha256": digest(loaded.folder / "tokenizer.json"),
        "recipe": loaded.recipe,
    }
