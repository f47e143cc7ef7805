"""Work that callers do one after the other."""

from __future__ import annotations

import threading

import pytest

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError
from hrm_engine.inference.batched import Turns


def test_callers_have_their_turns_one_after_the_other() -> None:
    turns, inside, release = Turns(), threading.Event(), threading.Event()
    order: list[str] = []

    def first() -> None:
        with turns.turn(Deadline.never()):
            inside.set()
            release.wait(20)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(20)
    threading.Timer(0.1, release.set).start()
    with turns.turn(Deadline.after(20)):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_a_caller_that_waits_too_long_leaves_and_one_that_fails_makes_room() -> None:
    turns = Turns()

    def fail() -> None:
        with turns.turn(Deadline.never()):
            with pytest.raises(DeadlineError), turns.turn(Deadline.after(0.01)):
                pass
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with turns.turn(Deadline.after(20)):
        pass
