"""Whatever is sent to a tool behind real workers, it answers as its schema says or refuses.

A few hundred calls a tool here; `python benchmarks/fuzz_calls.py` sends a hundred thousand.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.security.calls import calls
from tests.security.sending import QUESTIONS, Sender, sender

PATIENT = ("timeout",)
"""Kinds that a busy machine may add to `KINDS`: a hard question there takes all its time."""


@pytest.fixture(scope="module")
def sent() -> Iterator[Sender]:
    with sender() as found:
        yield found


@pytest.mark.slow
@pytest.mark.requirement("CP-12")
@pytest.mark.parametrize("tool", QUESTIONS)
def test_no_call_of_any_kind_meets_an_unexpected_error(
    sent: Sender, tool: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    kinds: set[str] = set()

    @settings(
        max_examples=300,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(calls(sent.service.tools[tool]))
    def check(arguments: dict[str, Any]) -> None:
        outcome = sent.send(tool, arguments)
        kinds.add(outcome.kind)
        assert sent.faults(tool, outcome) == [] or outcome.kind in PATIENT

    check()
    assert caplog.records == []
    assert {"ok", "invalid"} <= kinds  # it reached what is computed and what is refused
