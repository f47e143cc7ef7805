"""What the key-value cache saves, and how long a token takes beside transformers.

Three ways to the same greedy tokens take turns in one process: ours with the cache, ours
without (the whole sequence anew for each token) and transformers' `generate` on the same
weights. They must agree token for token.

    python benchmarks/bench_generate.py --size hrm_text-small --new 512 --threads 2
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable
from typing import Any

import torch

from hrm_engine.export.hf import hf_config, to_hf
from hrm_engine.inference.generate import generate
from hrm_engine.model.build import build_model
from hrm_engine.model.presets import SIZES, size
from hrm_engine.model.sequence import SequenceModel

NO_END = -1


@torch.inference_mode()
def without_cache(model: SequenceModel, prompt: list[int], new: int) -> list[int]:
    """Greedy decoding that reads everything anew for each token."""
    tokens = list(prompt)
    for _ in range(new):
        states = model.states(torch.tensor([tokens]))
        tokens.append(int(model.logits(states[:, -1]).argmax()))
    return tokens[len(prompt) :]


def peer_of(model: SequenceModel) -> Any:
    """The transformers model with our weights."""
    import transformers

    settings = hf_config(model.config)
    if settings.pop("model_type") == "qwen3":
        peer = transformers.Qwen3ForCausalLM(transformers.Qwen3Config(**settings))
    else:
        peer = transformers.HrmTextForCausalLM(transformers.HrmTextConfig(**settings))
    peer.load_state_dict(to_hf(model.config, model.state_dict()))
    return peer.eval()


def ways(model: SequenceModel, prompt: list[int], new: int) -> dict[str, Callable[[], list[int]]]:
    """The contestants by name."""
    peer = peer_of(model)

    def theirs() -> list[int]:
        out = peer.generate(torch.tensor([prompt]), max_new_tokens=new, do_sample=False)
        tokens: list[int] = out[0, len(prompt) :].tolist()
        return tokens

    return {
        "cached": lambda: generate(model, [prompt], max_new=new, end_token=NO_END)[0],
        "uncached": lambda: without_cache(model, prompt, new),
        "transformers": theirs,
    }


def compare(name: str, prompt_length: int, new: int, repeats: int) -> dict[str, object]:
    """Milliseconds a token of each way, and ratios to ours with the cache."""
    torch.manual_seed(0)
    model = build_model(size(name, vocab=64, context=prompt_length + new)).eval()
    prompt = torch.randint(0, 64, (prompt_length,)).tolist()
    contestants = ways(model, prompt, new)
    times: dict[str, list[float]] = {way: [] for way in contestants}
    answers: dict[str, list[int]] = {}
    for i in range(repeats + 1):
        for way, run in contestants.items():
            start = time.perf_counter()
            answers[way] = run()
            if i > 0:  # the first round warms up
                times[way].append(1e3 * (time.perf_counter() - start) / new)
    ratios = {
        way: sorted(t / own for t, own in zip(each, times["cached"], strict=True))
        for way, each in times.items()
        if way != "cached"
    }
    return {
        "bench": "generate",
        "size": name,
        "prompt": prompt_length,
        "new": new,
        "ms_per_token": {way: statistics.median(each) for way, each in times.items()},
        "times_slower_than_cached": {
            way: {"p50": statistics.median(each), "min": each[0], "max": each[-1]}
            for way, each in ratios.items()
        },
        "same_tokens": len({tuple(answer) for answer in answers.values()}) == 1,
        "repeats": repeats,
    }


def main() -> None:
    """One JSON line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=sorted(SIZES), nargs="+", default=None)
    parser.add_argument("--prompt", type=int, default=32)
    parser.add_argument("--new", type=int, default=128)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    for name in args.size or ["hrm_text-small", "transformer-small"]:
        row = compare(name, args.prompt, args.new, args.repeats)
        machine = {"torch": torch.__version__, "threads": args.threads, "cpu": platform.processor()}
        print(json.dumps(row | machine), flush=True)


if __name__ == "__main__":
    main()
