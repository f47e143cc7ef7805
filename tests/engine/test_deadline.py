"""A deadline and its parts: how long work may take, and how it is ended early."""

from __future__ import annotations

import pytest

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError


def test_a_part_of_a_deadline_ends_with_the_whole_when_that_is_cancelled() -> None:
    whole = Deadline.never()
    part = whole.within(60).within(30)
    assert 0 < part.remaining() <= 30
    whole.cancel()
    assert part.cancelled
    assert part.remaining() == 0.0
    with pytest.raises(DeadlineError, match="cancelled"):
        part.check()


def test_to_cancel_a_part_leaves_the_whole_as_it_is() -> None:
    whole = Deadline.never()
    part = whole.within(60)
    part.cancel()
    assert part.remaining() == 0.0
    assert not whole.cancelled


def test_a_part_is_never_longer_than_the_whole() -> None:
    assert Deadline.after(5).within(60).remaining() <= 5
    with pytest.raises(DeadlineError, match="has run out"):
        Deadline.never().within(0).check()
