"""A GGUF whose replies are known: one layer that does nothing, and a table of what follows what.

Embeddings are one-hot and the output matrix is a table, so the model says, after each token, the
token that the table names: real weights in llama.cpp, and a script at the same time.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from gguf import GGUFWriter, LlamaFileType, TokenType

Follows = Mapping[str, str | tuple[str, ...]]
CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<tool_call>", "</tool_call>")
WIDTH = 288  # 256 bytes and the control tokens, rounded up to blocks of 32
CHATML = (
    "{% if tools %}<|im_start|>system\n{% for tool in tools %}{{ tool | tojson }}\n{% endfor %}"
    "Write <tool_call>.<|im_end|>\n{% endif %}"
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}"
    "{% for call in message.tool_calls %}<tool_call>{{ call.function | tojson }}</tool_call>"
    "{% endfor %}<|im_end|>\n{% endfor %}<|im_start|>assistant{{ '\\n' }}"
)


def byte_tokens() -> list[str]:
    """The 256 bytes as GPT-2 writes them: printable characters for all."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    other = iter(range(256, 512))
    return [chr(byte) if byte in plain else chr(next(other)) for byte in range(256)]


def write(path: Path, follows: Follows, template: str | None = CHATML) -> Path:
    """A model that says `follows[token]` after `token`, and ends its turn after any other.

    Several tokens are tried in order, where a grammar forbids the first.
    """
    tokens = [*byte_tokens(), *CONTROL]
    tokens += [f"<unused{n}>" for n in range(WIDTH - len(tokens))]
    place = {token: number for number, token in enumerate(tokens)}
    place |= {chr(byte): byte for byte in range(128)}
    table = np.zeros((WIDTH, WIDTH), np.float32)
    table[place["<|im_end|>"], :] = 0.5
    for before, after in follows.items():
        for rank, choice in enumerate([after] if isinstance(after, str) else after):
            table[place[choice], place[before]] = 1.0 - rank / 10
    writer = GGUFWriter(path, "llama")
    writer.add_file_type(LlamaFileType.ALL_F32)
    for name, value in {
        "vocab_size": WIDTH, "context_length": 4096, "embedding_length": WIDTH, "block_count": 1,
        "feed_forward_length": 32, "head_count": 1, "head_count_kv": 1,
        "rope_dimension_count": WIDTH,
    }.items():  # fmt: skip
        getattr(writer, f"add_{name}")(value)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    kinds = [TokenType.NORMAL] * 256 + [TokenType.CONTROL] * len(CONTROL)
    writer.add_token_types(kinds + [TokenType.UNUSED] * (WIDTH - len(kinds)))
    writer.add_token_merges(["h i"])  # the format wants one; it is never used
    writer.add_bos_token_id(place["<|endoftext|>"])
    writer.add_eos_token_id(place["<|im_end|>"])
    writer.add_add_bos_token(False)
    if template:
        writer.add_chat_template(template)
    zero = np.zeros((WIDTH, WIDTH), np.float32)
    narrow = np.zeros((32, WIDTH), np.float32)
    ones = np.ones(WIDTH, np.float32)
    tensors = {"token_embd": np.eye(WIDTH, dtype=np.float32), "output": table, "output_norm": ones}
    tensors |= {f"blk.0.{name}": zero for name in ("attn_q", "attn_k", "attn_v", "attn_output")}
    tensors |= {"blk.0.attn_norm": ones, "blk.0.ffn_norm": ones}
    tensors |= {"blk.0.ffn_gate": narrow, "blk.0.ffn_up": narrow, "blk.0.ffn_down": narrow.T.copy()}
    for name, tensor in tensors.items():
        writer.add_tensor(f"{name}.weight", tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
