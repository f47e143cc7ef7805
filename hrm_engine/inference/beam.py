"""Beam search: the most probable answers, several at a time.

Of all ways to continue the answers in the beam by one token the best stay. An answer that
ends leaves the batch and keeps its place, so the beam gets narrower and at the end there
are exactly as many answers as the beam was wide. Scores are the model's own log-probabilities:
a grammar removes what it forbids, but does not raise what is left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from hrm_engine.deadline import Deadline
from hrm_engine.inference.decoder import Decoder, only_allowed
from hrm_engine.model.sequence import SequenceModel
from hrm_engine.tasks.base import Constraint

Answers = list[tuple[list[int], float]]
"""Answers with their log-probabilities, best first."""


@dataclass(frozen=True)
class Hypothesis:
    """An answer in the making: whose (`prompt`), from which batch row (`row`), how probable."""

    prompt: int
    row: int
    tokens: tuple[int, ...]
    score: float
    constraint: Constraint | None
    ended: bool = False

    @property
    def allowed(self) -> Sequence[int] | None:
        """What may come next; None for anything."""
        return None if self.constraint is None else self.constraint.allowed()

    @property
    def complete(self) -> bool:
        """Whether the grammar says that nothing may follow."""
        return self.constraint is not None and not self.constraint.allowed()

    def extend(self, token: int, score: float, end_token: int) -> Hypothesis:
        """With one token more; ended by the end token or by a complete grammar."""
        if token == end_token:
            return Hypothesis(self.prompt, self.row, self.tokens, score, self.constraint, True)
        grammar = None if self.constraint is None else self.constraint.advance(token)
        ended = grammar is not None and not grammar.allowed()
        return Hypothesis(self.prompt, self.row, (*self.tokens, token), score, grammar, ended)


def beam_search(
    model: SequenceModel,
    prompt: Sequence[int],
    *,
    beams: int,
    max_new: int,
    end_token: int,
    prefix_lm: bool = False,
    constraint: Constraint | None = None,
    length_penalty: float = 0.0,
    deadline: Deadline | None = None,
) -> Answers:
    """The `beams` best answers to one prompt; see `beam_search_batch`."""
    (answers,) = beam_search_batch(
        model,
        [prompt],
        beams=beams,
        max_new=max_new,
        end_token=end_token,
        prefix_lm=prefix_lm,
        constraints=None if constraint is None else [constraint],
        length_penalty=length_penalty,
        deadline=deadline,
    )
    return answers


@torch.inference_mode()
def beam_search_batch(
    model: SequenceModel,
    prompts: Sequence[Sequence[int]],
    *,
    beams: int,
    max_new: int,
    end_token: int,
    prefix_lm: bool = False,
    constraints: Sequence[Constraint] | None = None,
    length_penalty: float = 0.0,
    deadline: Deadline | None = None,
) -> list[Answers]:
    """At most `beams` answers to each prompt with their log-probabilities, best first.

    Args:
        model: any sequence model; it is not changed.
        prompts: token ids, of any lengths.
        beams: answers kept for each prompt; 1 is greedy decoding.
        max_new: at most this many tokens an answer; an answer cut off there comes after
            all that ended.
        end_token: the id that ends an answer; answers come without it, scores include it.
        prefix_lm: whether prompt tokens see each other in both directions, as in training.
        constraints: a grammar for each prompt.
        length_penalty: answers are ranked by log-probability / length^penalty; 0 by
            log-probability, 1 by the mean over tokens.
        deadline: asked before every token. Raises DeadlineError.

    Raises TaskError for an empty prompt or one that leaves no room in the model's context.
    """
    if not prompts or max_new < 1 or beams < 1:
        return [[] for _ in prompts]
    deadline = deadline or Deadline.never()
    deadline.check()
    room = min(max_new, model.config.context - max(map(len, prompts)))
    grammars: Sequence[Constraint | None] = constraints or [None] * len(prompts)
    live = [Hypothesis(i, i, (), 0.0, grammar) for i, grammar in enumerate(grammars)]
    ended = [[h] if h.complete else [] for h in live]
    live = [h for h in live if not h.complete]
    decoder = Decoder(
        model, prompts, max_new=max_new, prefix_lm=prefix_lm, max_rows=beams * len(prompts)
    )
    for step in range(room):
        if not live:
            break
        deadline.check()
        candidates = best_extensions(decoder.logits, live, ended, beams, end_token)
        for hypothesis in candidates:
            if hypothesis.ended:
                ended[hypothesis.prompt].append(hypothesis)
        live = arrange([h for h in candidates if not h.ended])
        if live and step + 1 < room:
            decoder.select([h.row for h in live])
            decoder.step([h.tokens[-1] for h in live])
            live = [replace(h, row=i) for i, h in enumerate(live)]
    return [
        ranked(ended[i], length_penalty)
        + ranked([h for h in live if h.prompt == i], length_penalty)
        for i in range(len(prompts))
    ]


def best_extensions(
    logits: Tensor,
    live: Sequence[Hypothesis],
    ended: Sequence[Sequence[Hypothesis]],
    beams: int,
    end_token: int,
) -> list[Hypothesis]:
    """For each prompt the best continuations by one token, as many as have not ended yet."""
    mine = [[i for i, h in enumerate(live) if h.prompt == prompt] for prompt in range(len(ended))]
    scores = torch.log_softmax(logits[[h.row for h in live]].float(), -1)  # (R, V)
    scores = only_allowed(scores, [h.allowed for h in live])
    scores += torch.tensor([h.score for h in live], device=logits.device)[:, None]
    found: list[Hypothesis] = []
    for rows, done in zip(mine, ended, strict=True):
        flat = scores[rows].flatten()
        best = flat.topk(min(beams - len(done), flat.numel()))
        for score, place in zip(best.values.tolist(), best.indices.tolist(), strict=True):
            row, token = divmod(place, logits.shape[1])
            if score > -torch.inf:
                found.append(live[rows[row]].extend(token, score, end_token))
    return found


def arrange(hypotheses: Sequence[Hypothesis]) -> list[Hypothesis]:
    """In an order that leaves the first child of each parent in its parent's batch row.

    The cache then copies only rows of further children.
    """
    places: list[Hypothesis | None] = [None] * len(hypotheses)
    others: list[Hypothesis] = []
    for hypothesis in hypotheses:
        if hypothesis.row < len(places) and places[hypothesis.row] is None:
            places[hypothesis.row] = hypothesis
        else:
            others.append(hypothesis)
    rest = iter(others)
    return [place or next(rest) for place in places]


def ranked(hypotheses: Sequence[Hypothesis], length_penalty: float) -> Answers:
    """Tokens and log-probability of each, best first."""

    def quality(hypothesis: Hypothesis) -> float:
        return hypothesis.score / math.pow(max(1, len(hypothesis.tokens)), length_penalty)

    return [(list(h.tokens), h.score) for h in sorted(hypotheses, key=quality, reverse=True)]
