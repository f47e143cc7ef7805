"""Faults of all kinds, several at once, in twenty rounds: the agents never notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.monkey import play

pytestmark = [pytest.mark.slow, pytest.mark.requirement("CP-13")]


@pytest.mark.slow
def test_whatever_breaks_the_next_call_of_the_same_agents_is_answered(tmp_path: Path) -> None:
    happened, log = play(tmp_path, rounds=20, seed=5)
    assert len(happened) >= 8
    assert "Traceback" not in log
