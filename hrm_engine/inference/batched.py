"""Questions that are answered together, whenever they arrive: the contract of a shared batch.

    waiting ──► admit ──► advance: one token, or one segment, for every row ──► answered leave
                  ▲                              │ the others stay
                  └── room again ◄───────────────┘

A batch belongs to one thread and knows nothing of clocks, queues or callers; whoever runs it
(a server's thread, a test) drops what nobody waits for any more. `batched_generate.py` is
for sequences, `batched_grid.py` for grids; a solver lends its batch out with `batched`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar, runtime_checkable

from hrm_engine.deadline import Deadline

POLL_S = 0.05
"""How often a caller that waits for its turn looks whether it still wants it."""
Question = TypeVar("Question")
Answer = TypeVar("Answer")
Question_contra = TypeVar("Question_contra", contravariant=True)
Answer_co = TypeVar("Answer_co", covariant=True)


class Batch(Protocol[Question_contra, Answer_co]):
    """Questions in the making, told apart by numbers that the owner gives them."""

    @property
    def rows(self) -> int:
        """How many rows the next step computes."""
        ...

    @property
    def room(self) -> int:
        """How many more questions may be admitted now."""
        ...

    def admit(self, number: int, question: Question_contra) -> None:
        """Take a question in; it is worked on from the next step."""
        ...

    def drop(self, number: int) -> None:
        """Forget an admitted question; its rows are not computed again."""
        ...

    def advance(self) -> Sequence[tuple[int, Answer_co]]:
        """One step for every row; the numbers and answers of the questions that it ended."""
        ...


class Ask(Protocol[Question_contra, Answer_co]):
    """Ask a shared batch and wait. Safe to call from any thread."""

    def __call__(self, question: Question_contra, deadline: Deadline) -> Answer_co:
        """The answer. Raises DeadlineError, and what the batch's owner raises when it is full."""
        ...


class Lend(Protocol):
    """Run a batch for everybody, under a name for people.

    make: builds the batch for at most so many questions; called again when one broke.
    """

    def __call__(
        self, name: str, make: Callable[[int], Batch[Question, Answer]]
    ) -> Ask[Question, Answer]:
        """The way to ask."""
        ...


class Turns:
    """Work that is not batched: one caller after the other, as long as each may wait."""

    def __init__(self) -> None:
        self._taken = threading.Lock()

    @contextmanager
    def turn(self, deadline: Deadline) -> Iterator[None]:
        """Wait for one's turn, and have it for the block. Raises DeadlineError."""
        while not self._taken.acquire(timeout=min(POLL_S, deadline.remaining())):
            deadline.check()
        try:
            yield
        finally:
            self._taken.release()


@runtime_checkable
class Shareable(Protocol):
    """A solver that can answer many callers in one batch."""

    def batched(self, lend: Lend) -> Any:
        """The same solver, asking batches run by `lend`."""
        ...
