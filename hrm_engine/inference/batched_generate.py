"""Greedy answers to prompts that arrive one by one: `generate.py` with an open door.

Each step gives every row one token. A row that is done leaves at once, and a prompt that waits
takes its place. Since a row sees nothing of the others, an answer is the same as alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from hrm_engine.inference.batched_decoder import OpenDecoder
from hrm_engine.inference.decoder import only_allowed, require_room
from hrm_engine.inference.generate import Row
from hrm_engine.model.sequence import SequenceModel
from hrm_engine.tasks.base import Constraint


@dataclass(frozen=True)
class Prompted:
    """A prompt (token ids) and the grammar of its answer."""

    prompt: Sequence[int]
    constraint: Constraint | None = None


class GreedyBatch:
    """Answers in the making; a `Batch` of `Prompted` questions and token lists."""

    def __init__(
        self,
        model: SequenceModel,
        rows: int,
        *,
        max_new: int,
        end_token: int,
        prefix_lm: bool = False,
    ) -> None:
        """rows: the most at once. The rest as for `generate`."""
        self._model, self._limit = model, rows
        self._max_new, self._end_token = max_new, end_token
        self._decoder = OpenDecoder(model, rows, prefix_lm=prefix_lm)
        self._live: list[Row] = []  # in the order of the decoder's rows
        self._new: list[tuple[Row, Sequence[int]]] = []

    @property
    def rows(self) -> int:
        """Answers in the making, those just admitted among them."""
        return len(self._live) + len(self._new)

    @property
    def room(self) -> int:
        """How many more there may be."""
        return self._limit - self.rows

    def admit(self, number: int, question: Prompted) -> None:
        """Take a prompt in. Raises TaskError for one that the model cannot read."""
        require_room(self._model, [question.prompt])
        room = min(self._max_new, self._model.config.context - len(question.prompt))
        self._new.append((Row(number, room, question.constraint), question.prompt))

    @torch.inference_mode()  # rows move in a cache that was made in it
    def drop(self, number: int) -> None:
        """Forget an answer in the making."""
        self._new = [(row, prompt) for row, prompt in self._new if row.index != number]
        self._keep([row for row in self._live if row.index != number])

    @torch.inference_mode()
    def advance(self) -> list[tuple[int, list[int]]]:
        """One more token for every row, the first one for new rows; what is done, by number."""
        ended = [row for row, _ in self._new if row.done]
        new, self._new = [(row, prompt) for row, prompt in self._new if not row.done], []
        if self._live:
            self._choose(self._live, self._decoder.step([row.tokens[-1] for row in self._live]))
        if new:
            rows = [row for row, _ in new]
            self._choose(rows, self._decoder.read([prompt for _, prompt in new]))
            self._live.extend(rows)
        ended += [row for row in self._live if row.done]
        self._keep([row for row in self._live if not row.done])
        return [(row.index, row.tokens) for row in ended]

    def _choose(self, rows: Sequence[Row], logits: Tensor) -> None:
        """The most probable token that its grammar allows, for each row."""
        best = only_allowed(logits, [row.allowed for row in rows]).argmax(-1).tolist()
        for row, token in zip(rows, best, strict=True):
            row.take(token, self._end_token)

    def _keep(self, rows: list[Row]) -> None:
        """Let the other rows go; the last ones take their places, so that few move."""
        wanted = {row.index for row in rows}
        kept = list(range(len(self._live)))
        for i in reversed(range(len(self._live))):
            if self._live[i].index not in wanted:
                kept[i] = kept[-1]
                kept.pop()
        if len(kept) < len(self._live):
            self._decoder.select(kept)
            self._live = [self._live[i] for i in kept]
