"""Write a GGUF of a real model's size with random weights: its words are noise, its cost is not.

    python benchmarks/random_gguf.py --out random-0.5b.gguf

For time and memory of an executor where no weights are at hand. The default has the shape of
Qwen2.5-0.5B (494 million parameters, tied embeddings) in eight bits; a real file of that size
takes as long a token and as much memory in llama.cpp.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType, GGUFWriter, LlamaFileType, TokenType
from gguf.quants import quantize
from numpy.typing import NDArray

WIDTH, INNER, LAYERS, HEADS, KV_HEADS, VOCABULARY = 896, 4864, 24, 14, 2, 151_936
CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}<|im_start|>assistant{{ '\\n' }}"
)
EIGHT_BITS = GGMLQuantizationType.Q8_0


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--vocabulary", type=int, default=VOCABULARY)
    args = parser.parse_args()
    writer = GGUFWriter(args.out, "llama")
    settings(writer, args.layers, args.vocabulary)
    kv_width = WIDTH // HEADS * KV_HEADS
    shapes = {"attn_q": (WIDTH, WIDTH), "attn_output": (WIDTH, WIDTH)}
    shapes |= {"attn_k": (kv_width, WIDTH), "attn_v": (kv_width, WIDTH)}
    shapes |= {"ffn_gate": (INNER, WIDTH), "ffn_up": (INNER, WIDTH), "ffn_down": (WIDTH, INNER)}
    draw = np.random.default_rng(0)
    ones = np.ones(WIDTH, np.float32)
    writer.add_tensor("output_norm.weight", ones)
    add(writer, "token_embd.weight", (args.vocabulary, WIDTH), draw)
    for layer in range(args.layers):
        for norm in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{norm}.weight", ones)
        for name, shape in shapes.items():
            add(writer, f"blk.{layer}.{name}.weight", shape, draw)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add(writer: GGUFWriter, name: str, shape: tuple[int, int], draw: np.random.Generator) -> None:
    """One random matrix in eight bits."""
    values: NDArray[np.float32] = draw.standard_normal(shape, dtype=np.float32) / shape[1] ** 0.5
    writer.add_tensor(name, quantize(values, EIGHT_BITS), raw_dtype=EIGHT_BITS)


def settings(writer: GGUFWriter, layers: int, vocabulary: int) -> None:
    """Sizes and a tokeniser of bytes, filled up with tokens that nothing makes."""
    writer.add_file_type(LlamaFileType.MOSTLY_Q8_0)
    for name, value in {
        "vocab_size": vocabulary, "context_length": 32_768, "embedding_length": WIDTH,
        "block_count": layers, "feed_forward_length": INNER, "head_count": HEADS,
        "head_count_kv": KV_HEADS, "rope_dimension_count": WIDTH // HEADS,
    }.items():  # fmt: skip
        getattr(writer, f"add_{name}")(value)
    writer.add_layer_norm_rms_eps(1e-6)
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    other = iter(range(256, 512))
    tokens = [chr(byte) if byte in plain else chr(next(other)) for byte in range(256)]
    kinds = [TokenType.NORMAL] * 256 + [TokenType.CONTROL] * len(CONTROL)
    tokens += CONTROL
    tokens += [f"<filled{number}>" for number in range(vocabulary - len(tokens))]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds + [TokenType.NORMAL] * (vocabulary - len(kinds)))
    writer.add_token_merges(["h i"])  # the format wants one; it is never used
    writer.add_bos_token_id(256)
    writer.add_eos_token_id(258)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)


if __name__ == "__main__":
    main()
