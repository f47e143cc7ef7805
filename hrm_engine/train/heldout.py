"""How a sequence model does on examples it is never trained on: loss, accuracy, exact answers."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import torch
import torch.nn.functional as F

from hrm_engine.data.batching import IGNORE, Arrays, DataConfig, sorted_batches
from hrm_engine.data.dataset import HELD_OUT, SequenceDataset
from hrm_engine.data.datasets import excluded_prompts, prompt_key, split
from hrm_engine.data.stream import usable
from hrm_engine.errors import TrainingError
from hrm_engine.inference.generate import generate
from hrm_engine.inference.sampling import Greedy
from hrm_engine.model.sequence import SequenceModel
from hrm_engine.tasks.base import Example
from hrm_engine.train.form import Sample
from hrm_engine.train.precision import Machine
from hrm_engine.train.sequence_loss import answer_logits

_SLACK = 8
"""Tokens that a decoded answer may be longer than the longest expected one."""


class HeldOut:
    """The held-out examples of a run, and the prompts that training must leave out."""

    def __init__(self, dataset: SequenceDataset, config: DataConfig, seed: int) -> None:
        """Raises TrainingError when none can be used, ConfigError for a bad `data.exclude`."""
        drawn = dataset.pool(seed, HELD_OUT, config.held_out)
        self.dataset = dataset
        self.examples = [e for e in drawn if usable(e, config, frozenset())]
        if not self.examples:
            raise TrainingError("no held-out example can be used", hint="raise data.max_length")
        own = frozenset(prompt_key(split(e).prompt) for e in self.examples)
        self.excluded = own | excluded_prompts(dataset, config.exclude)
        self._batches = sorted_batches(self.examples, config.tokens)

    @property
    def fingerprint(self) -> str:
        """A digest of the examples: it changes when the generator or the encoding does."""
        digest = blake2b(digest_size=8)
        for example in self.examples:
            digest.update(repr((example.tokens, example.prefix, example.learn)).encode())
        return digest.hexdigest()

    @torch.inference_mode()
    def loss(self, model: SequenceModel, machine: Machine) -> dict[str, float]:
        """Mean loss and share of right tokens, each token given the right ones before it."""
        total, right, learned = 0.0, 0, 0
        for batch in map(Arrays.tensors, self._batches):
            with machine.autocast():
                logits, targets = answer_logits(model, batch.to(machine.device))
            total += float(
                F.cross_entropy(logits.float(), targets, ignore_index=IGNORE, reduction="sum")
            )
            right += int((logits.argmax(-1) == targets).sum())
            learned += batch.learned
        return {"eval_loss": total / learned, "eval_token_accuracy": right / learned}

    @torch.inference_mode()
    def decode(self, model: SequenceModel, items: int) -> list[Sample]:
        """Greedy answers to the first `items` held-out problems."""
        chosen = self.examples[:items]
        if not chosen:
            return []
        parts = [split(e) for e in chosen]
        longest = max(len(p.prompt) for p in parts)
        wanted = max(len(p.answer) for p in parts) + _SLACK
        answers = generate(
            model,
            [p.prompt for p in parts],
            Greedy(),
            max_new=min(wanted, model.config.context - longest),
            end_token=self.dataset.end_token,
            prefix_lm=_bidirectional(chosen),
        )
        return [self._sample(p.prompt, p.answer, a) for p, a in zip(parts, answers, strict=True)]

    def _sample(self, prompt: list[int], expected: list[int], got: list[int]) -> Sample:
        end = self.dataset.end_token
        texts = [self.dataset.show([t for t in tokens if t != end]) for tokens in (expected, got)]
        return Sample(self.dataset.show(prompt), *texts)


def _bidirectional(examples: Sequence[Example]) -> bool:
    return any(example.prefix for example in examples)
