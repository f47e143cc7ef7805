"""Continue prompts, many at a time, with a sampler and perhaps a grammar.

Rows that are done leave the batch at once, so a long answer does not make the others pay.
A grammar (`Constraint`) makes an invalid answer impossible: only what it allows can be
chosen, and an answer ends the moment the grammar says that it is complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch

from hrm_engine.deadline import Deadline
from hrm_engine.inference.decoder import Decoder, only_allowed
from hrm_engine.inference.sampling import Greedy, Sampler
from hrm_engine.model.sequence import SequenceModel
from hrm_engine.tasks.base import Constraint


@dataclass
class Row:
    """One answer in the making."""

    index: int
    room: int
    constraint: Constraint | None
    tokens: list[int] = field(default_factory=list)
    allowed: Sequence[int] | None = None
    done: bool = False

    def __post_init__(self) -> None:
        """Ask the grammar what may come first."""
        self._look_ahead()

    def take(self, token: int, end_token: int) -> None:
        """Append `token`, or finish when it is the end token."""
        if token == end_token:
            self.done = True
            return
        self.tokens.append(token)
        if self.constraint is not None:
            self.constraint = self.constraint.advance(token)
        self._look_ahead()

    def _look_ahead(self) -> None:
        self.allowed = None if self.constraint is None else self.constraint.allowed()
        complete = self.allowed is not None and not self.allowed
        self.done = complete or len(self.tokens) >= self.room


@torch.inference_mode()
def generate(
    model: SequenceModel,
    prompts: Sequence[Sequence[int]],
    sampler: Sampler | None = None,
    *,
    max_new: int,
    end_token: int,
    prefix_lm: bool = False,
    constraints: Sequence[Constraint] | None = None,
    deadline: Deadline | None = None,
    generator: torch.Generator | None = None,
) -> list[list[int]]:
    """The answers to `prompts`, in their order, without the end token.

    Args:
        model: any sequence model; it is not changed.
        prompts: token ids, of any lengths.
        sampler: how to choose a token; greedy by default.
        max_new: at most this many tokens an answer (fewer where the model's context ends).
        end_token: the id that ends an answer.
        prefix_lm: whether prompt tokens see each other in both directions, as in training.
        constraints: a grammar for each prompt.
        deadline: asked before every token. Raises DeadlineError.
        generator: the source of randomness (on the CPU) for samplers that need one.

    Raises TaskError for an empty prompt or one that leaves no room in the model's context.
    """
    if not prompts or max_new < 1:
        return [[] for _ in prompts]
    sampler, deadline = sampler or Greedy(), deadline or Deadline.never()
    deadline.check()
    grammars: Sequence[Constraint | None] = constraints or [None] * len(prompts)
    rows = [
        Row(i, min(max_new, model.config.context - len(prompt)), grammar)
        for i, (prompt, grammar) in enumerate(zip(prompts, grammars, strict=True))
    ]
    decoder = Decoder(model, prompts, max_new=max_new, prefix_lm=prefix_lm)
    answers = [row.tokens for row in rows]
    rows = leave(decoder, rows)
    for step in range(max_new):
        if not rows:
            break
        deadline.check()
        logits = only_allowed(decoder.logits, [row.allowed for row in rows])
        # One number for each prompt, finished or not: rows do not influence each other.
        uniform = torch.rand(len(prompts), generator=generator)[[row.index for row in rows]]
        tokens = sampler(logits, uniform.to(logits.device), step / max_new).tolist()
        for row, token in zip(rows, tokens, strict=True):
            row.take(token, end_token)
        rows = leave(decoder, rows)
        if rows:
            decoder.step([row.tokens[-1] for row in rows])
    return answers


def leave(decoder: Decoder, rows: list[Row]) -> list[Row]:
    """Drop the rows that are done; the last ones take their places, so that few move."""
    kept = list(range(len(rows)))
    for i in reversed(range(len(rows))):
        if rows[i].done:
            kept[i] = kept[-1]
            kept.pop()
    if len(kept) < len(rows):
        decoder.select(kept)
    return [rows[i] for i in kept]
