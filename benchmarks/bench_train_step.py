"""How fast one training step is, beside transformers' own classes on the same weights.

Ours and theirs take turns (A-B-A-B) in one process on the same batches, forward, backward
and AdamW each; both start from the same weights, and the losses must stay equal. Reported
are tokens per second, the ratio of each neighbouring pair (median, 10th and 90th centile)
and the share of the matrix-product speed that this machine reaches in the same minute.

    python benchmarks/bench_train_step.py --size hrm_text-small --threads 2
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from hrm_engine.export.hf import hf_config, to_hf
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.presets import SIZES, size

WARM_UP = 2


def peer_of(config: ModelConfig, state: dict[str, Tensor]) -> nn.Module:
    """The transformers model with our weights and, if recursive, a span of 5 calls."""
    import transformers

    settings = hf_config(config)
    if settings.pop("model_type") == "qwen3":
        peer: nn.Module = transformers.Qwen3ForCausalLM(transformers.Qwen3Config(**settings))
    else:
        # One number for each slow cycle: its L calls with gradient. H always has it there.
        settings["L_bp_cycles"] = [0] * (config.h_cycles - 1) + [config.l_cycles]
        peer = transformers.HrmTextForCausalLM(transformers.HrmTextConfig(**settings))
    peer.load_state_dict(to_hf(config, state))
    return peer.train()


def gradient_calls(config: ModelConfig) -> int | None:
    """Our setting for the same span: every H call and the L calls of the last cycle."""
    return None if config.preset == "transformer" else config.h_cycles + config.l_cycles


def stepper(
    model: nn.Module, forward: Callable[[Tensor], Tensor], tokens: Tensor
) -> Callable[[], float]:
    """A function that makes one optimiser step on next-token loss and returns the loss."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)

    def step() -> float:
        logits = forward(tokens[:, :-1])
        loss = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
        loss.backward()
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        return loss.item()

    return step


def step_flops(config: ModelConfig, batch: int, length: int) -> float:
    """Floating-point operations of one step: 2 a weight forward, 4 more where there is gradient."""
    inner, shared = config.heads * config.head_dim, config.kv_heads * config.head_dim
    projections = config.width * (inner * (3 if config.gated else 2) + 2 * shared)
    weights = config.layers * (projections + 3 * config.width * config.ff)
    attention = config.layers * length * inner  # half of all pairs, scores and mixing
    call = 2 * (weights + attention)
    span = gradient_calls(config) or config.calls
    head = 2 * config.vocab * config.width
    return batch * length * (config.calls * call + 2 * span * call + 3 * head)


def matmul_ceiling(seconds: float = 2.0) -> float:
    """The best FLOP/s of a 1024 x 1024 float32 product."""
    a, b = torch.randn(1024, 1024), torch.randn(1024, 1024)
    best, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        a @ b
        best = min(best, time.perf_counter() - start)
    return 2 * 1024**3 / best


def spread(values: list[float]) -> dict[str, float]:
    """Median, 10th and 90th centile."""
    tenths = statistics.quantiles(values, n=10)
    return {"p50": statistics.median(values), "p10": tenths[0], "p90": tenths[-1]}


def compare(args: argparse.Namespace) -> dict[str, object]:
    """Run both sides and report."""
    torch.manual_seed(0)
    config = size(args.size, vocab=args.vocab, context=max(1024, args.length))
    tokens = torch.randint(0, args.vocab, (args.batch, args.length + 1))
    model = build_model(config)
    peer = peer_of(config, model.state_dict())
    run = torch.compile(model, dynamic=False) if args.compile else model
    ours = stepper(model, lambda t: run(t, gradient_calls=gradient_calls(config)), tokens)
    theirs = stepper(peer, lambda t: peer(t, use_cache=False).logits, tokens)
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    gap = 0.0
    for i in range(WARM_UP + args.steps):
        losses = []
        for name, step in (("ours", ours), ("theirs", theirs)):
            start = time.perf_counter()
            losses.append(step())
            if i >= WARM_UP:
                times[name].append(time.perf_counter() - start)
        gap = max(gap, abs(losses[0] - losses[1]) / losses[1])
    ceiling = matmul_ceiling()
    count = args.batch * args.length
    median = {name: statistics.median(each) for name, each in times.items()}
    pairs = [b / a for a, b in zip(times["ours"], times["theirs"], strict=True)]
    return {
        "bench": "train_step",
        "size": args.size,
        "peer": type(peer).__name__,
        "compiled": args.compile,
        "ratio": spread(pairs),
        "tokens_per_s": {name: count / seconds for name, seconds in median.items()},
        "share_of_matmul": {
            name: step_flops(config, args.batch, args.length) / seconds / ceiling
            for name, seconds in median.items()
        },
        "matmul_gflops": ceiling / 1e9,
        "max_relative_loss_gap": gap,
        "steps": args.steps,
        "batch": [args.batch, args.length],
    }


def main() -> None:
    """One JSON line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=sorted(SIZES), nargs="+", default=None)
    parser.add_argument("--vocab", type=int, default=64)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--length", type=int, default=64)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--compile", action="store_true", help="compile our side (takes a minute)")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    for name in args.size or ["hrm_text-small", "transformer-small"]:
        row = compare(argparse.Namespace(**(vars(args) | {"size": name})))
        machine = {"torch": torch.__version__, "threads": args.threads, "cpu": platform.processor()}
        print(json.dumps(row | machine), flush=True)


if __name__ == "__main__":
    main()
