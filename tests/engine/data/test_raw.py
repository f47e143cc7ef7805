"""Raw JSON of prompts and code: both layouts, and an error that names the line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrm_engine.data.raw import Pair, read_pairs
from hrm_engine.errors import ConfigError

ONE = {"prompt": "Add.", "completion": "def add(a, b): ..."}


def write(folder: Path, text: str) -> Path:
    path = folder / "raw.json"
    path.write_text(text)
    return path


@pytest.mark.requirement("SD-4")
@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ONE, ONE]),
        json.dumps([ONE, ONE], indent=2),
        f"{json.dumps(ONE)}\n\n{json.dumps(ONE)}\n",
        f" \n[{json.dumps(ONE)}\n,\n{json.dumps(ONE)}]\n",
    ],
)
def test_a_list_and_one_object_a_line_are_the_same(text: str, tmp_path: Path) -> None:
    assert read_pairs(write(tmp_path, text)) == [Pair("Add.", "def add(a, b): ...")] * 2


def test_mbpp_s_own_names_are_read_and_other_fields_ignored(tmp_path: Path) -> None:
    text = json.dumps([{"task_id": 1, "text": "Add.", "code": "def f():\r\n    ...", "tests": []}])
    assert read_pairs(write(tmp_path, text)) == [Pair("Add.", "def f():\n    ...")]


@pytest.mark.requirement("SD-5")
@pytest.mark.parametrize(
    ("second", "said"),
    [
        ('{"completion": "x"}', r'missing field "prompt" \(.*raw.json:3\)'),
        ('{"prompt": "x"}', r'missing field "completion" \(.*raw.json:3\)'),
        ('{"prompt": " ", "completion": "x"}', r'field "prompt" must be a text .*raw.json:3\)'),
        ('{"prompt": "x", "code": 3}', r'field "code" must be a text .*raw.json:3\)'),
        ('"text"', r"a record is str, no object \(.*raw.json:3\)"),
        ("{oops}", r"not JSON: .* \(.*raw.json:3\)"),
    ],
)
def test_a_wrong_record_is_named_by_file_and_line(second: str, said: str, tmp_path: Path) -> None:
    path = write(tmp_path, f"[\n{json.dumps(ONE)},\n{second}\n]")
    with pytest.raises(ConfigError, match=said):
        read_pairs(path)


def test_a_list_that_does_not_end_is_named_by_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"the list does not end \(.*raw.json:2\)"):
        read_pairs(write(tmp_path, f"[{json.dumps(ONE)},\n"))


@pytest.mark.parametrize("text", ["", "[]", " \n"])
def test_a_file_without_records_says_what_one_is(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"holds no records\n  hint: a record is"):
        read_pairs(write(tmp_path, text))


def test_a_missing_file_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot read"):
        read_pairs(tmp_path / "none.json")
