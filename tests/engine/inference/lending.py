"""The simplest owner of lent batches: whoever asks runs the batch until it has the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hrm_engine.deadline import Deadline
from hrm_engine.inference.batched import Ask, Batch

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Kept:
    """A `Lend` without threads that counts what it is asked."""

    def __init__(self, rows: int = 4) -> None:
        self.rows, self.asked = rows, 0
        self.names: list[str] = []

    def __call__(
        self, name: str, make: Callable[[int], Batch[Question, Answer]]
    ) -> Ask[Question, Answer]:
        self.names.append(name)
        batch = make(self.rows)

        def ask(question: Question, deadline: Deadline) -> Answer:
            self.asked += 1
            batch.admit(self.asked, question)
            while True:
                for number, answer in batch.advance():
                    assert number == self.asked
                    return answer

        return ask
