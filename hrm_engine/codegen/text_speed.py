"""How fast a text model reads and writes here. Times vary from run to run; medians are told."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import torch

from hrm_engine.codegen.text_model import HRMCodeGen
from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.machine import machine
from hrm_engine.inference.generate import generate

REPEATS = 5
_NO_END = -1
"""As the end token, one that never comes: every row is written to its end."""


def benchmark(model: HRMCodeGen, seq_len: int = 256, batch_size: int = 1) -> dict[str, Any]:
    """Read `batch_size` texts of `seq_len` tokens; then write the second half of such texts.

    Medians of five, after one that is not counted: `read_ms` (one pass over everything),
    `read_tokens_per_second`, `write_ms` (half of the tokens, one by one, with the key-value
    cache), `write_tokens_per_second`; with `parameters`, `device`, `threads` and `machine`.
    Raises ConfigError for a length that the model does not hold.
    """
    config = model.network.config
    if not 2 <= seq_len <= config.context or batch_size < 1:
        raise ConfigError(
            f"{batch_size} texts of {seq_len} tokens cannot be timed",
            hint=f"the model holds 2 to {config.context} tokens; at least one text",
        )
    source = torch.Generator().manual_seed(0)
    tokens = torch.randint(config.vocab, (batch_size, seq_len), generator=source)
    prompts = tokens[:, : seq_len // 2].tolist()
    written = seq_len - seq_len // 2

    def read() -> None:
        with torch.inference_mode():
            model.network(tokens.to(model.device)).sum().item()  # waits for the device

    def write() -> None:
        generate(model.network, prompts, max_new=written, end_token=_NO_END)

    read_ms, write_ms = _median_ms(read), _median_ms(write)
    return {
        "parameters": model.parameters,
        "seq_len": seq_len,
        "batch_size": batch_size,
        "read_ms": round(read_ms, 3),
        "read_tokens_per_second": round(1e3 * batch_size * seq_len / read_ms, 1),
        "write_ms": round(write_ms, 3),
        "write_tokens_per_second": round(1e3 * batch_size * written / write_ms, 1),
        "device": str(model.device),
        "threads": torch.get_num_threads(),
        "machine": machine(),
    }


def _median_ms(work: Callable[[], None]) -> float:
    times = []
    for _ in range(1 + REPEATS):
        start = time.perf_counter()
        work()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times[1:])
