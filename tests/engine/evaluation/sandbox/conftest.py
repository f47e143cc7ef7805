"""One sandbox for each level that this system offers, shared by the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hrm_engine.evaluation.sandbox import LEVELS, Sandbox, SandboxError


@pytest.fixture(scope="module", params=LEVELS)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox at one level; skipped, with the reason, where the system refuses it."""
    try:
        made = Sandbox(request.param)
    except SandboxError as error:
        pytest.skip(error.problem)
    with made:
        yield made
