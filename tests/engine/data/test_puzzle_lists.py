"""Lists of puzzles as plain text are read as records, like JSON lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrm_engine.data.jsonl import read_records
from hrm_engine.errors import ConfigError


def test_a_line_is_a_puzzle_and_perhaps_its_solution_and_rating(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text('1..4 1234 7\n\n1..4,1234\n1..4\n  S. #\n{"input": "12"}\n1 2\n')
    assert list(read_records(path)) == [
        {"id": "1", "input": "1..4", "answer": "1234", "rating": 7},
        {"id": "3", "input": "1..4", "answer": "1234"},
        {"id": "4", "input": "1..4"},
        {"id": "5", "input": "S. #"},
        {"input": "12"},
        {"id": "7", "input": "1 2"},
    ]


def test_bytes_that_are_no_text_are_an_error_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(b"1..4\n\xff\xfe\n")
    with pytest.raises(ConfigError, match=r"not text \(.*list.txt:2\)"):
        list(read_records(path))
