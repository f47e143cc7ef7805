"""Requirement rows and tests name each other: no delivered row without a test, no unknown id."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs/requirements.md").read_text()
DELIVERED = sorted(re.findall(r"^\| ([A-Z]{2}-\d+) \|", TABLE, flags=re.MULTILINE))
MARK = re.compile(r"mark\.requirement\(([^)]*)\)")


def named_by_tests() -> set[str]:
    """Every id inside a `requirement` mark of any test file."""
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for arguments in MARK.findall(path.read_text()):
            found |= set(re.findall(r"[A-Z]{2}-\d+", arguments))
    return found


def test_the_table_lists_each_row_once() -> None:
    assert DELIVERED
    assert len(DELIVERED) == len(set(DELIVERED))


@pytest.mark.parametrize("row", DELIVERED)
def test_a_delivered_row_is_shown_by_a_test(row: str) -> None:
    assert row in named_by_tests()


def test_tests_name_only_rows_of_the_table() -> None:
    assert named_by_tests() <= set(DELIVERED)
