"""One sandbox for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hrm_engine.evaluation.sandbox import Sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The strongest that this system offers."""
    with Sandbox() as made:
        yield made
