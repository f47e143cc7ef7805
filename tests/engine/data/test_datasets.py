"""Data sets: tasks, registered streams and JSONL files, all as numbered pools."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from hrm_engine.data.batching import DataConfig
from hrm_engine.data.dataset import HELD_OUT
from hrm_engine.data.datasets import (
    JsonlDataset,
    Segment,
    StreamDataset,
    TaskDataset,
    excluded_prompts,
    open_dataset,
    prompt_key,
    split,
)
from hrm_engine.data.jsonl import LineFile, PromptAnswer, read_records
from hrm_engine.errors import ConfigError
from hrm_engine.tasks.base import Example
from hrm_engine.tokens.text import TextTokenizer
from tests.engine.train.toy import Reverse

END = "<|im_end|>"


def greetings(rng: np.random.Generator) -> Iterator[list[Segment]]:
    """A stream as a plug-in would have it."""
    while True:
        name = ["ada", "kurt", "emmy"][rng.integers(3)]
        yield [(f"hello {name}", False, False), (f"hi {name}", False, True), (END, True, True)]


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bpe") / "tokenizer.json"
    dialogues = list(islice(greetings(np.random.default_rng(0)), 50))
    TextTokenizer.train(dialogues, size=300).save(path)
    return path


def write(path: Path, records: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records))
    return path


def data_config(source: str, tokenizer: Path | None, held_out: int) -> DataConfig:
    return DataConfig(source=source, tokenizer=tokenizer, held_out=held_out)


def pairs(tmp_path: Path, count: int = 10) -> Path:
    records = [{"prompt": f"say {i}", "answer": str(i)} for i in range(count)]
    return write(tmp_path / "pairs.jsonl", records)


@pytest.mark.requirement("EN-5")
def test_a_task_is_a_data_set() -> None:
    data = open_dataset(data_config("derivative", None, 8))
    assert isinstance(data, TaskDataset)
    first, again, other = data.pool(1, 0, 5), data.pool(1, 0, 5), data.pool(1, 1, 5)
    assert first == again != other
    assert data.show(first[0].tokens[:2]) == " ".join(
        data.vocabulary[t] for t in first[0].tokens[:2]
    )
    assert data.vocabulary[data.end_token]
    assert data.recipe()["dataset"] == "derivative"


@pytest.mark.requirement("EN-5")
def test_a_registered_stream_is_a_data_set(tokenizer: Path) -> None:
    data = StreamDataset("greetings", greetings, tokenizer)
    (example,) = data.pool(3, 0, 1)
    assert example.prefix == 0
    shown = data.show(example.tokens)
    assert shown.startswith("hello")
    assert data.show(split(example).answer) == shown[shown.index("hi") :]
    assert example.tokens[-1] == data.end_token
    assert data.pool(3, 0, 4) == data.pool(3, 0, 4) != data.pool(3, 1, 4)
    assert data.tokenizer_file == tokenizer


def test_a_data_set_of_texts_can_be_sent_to_another_process(tokenizer: Path) -> None:
    data = StreamDataset("greetings", greetings, tokenizer)
    wanted = data.pool(3, 0, 2)  # the tokeniser is loaded now, and must not be sent
    assert pickle.loads(pickle.dumps(data)).pool(3, 0, 2) == wanted  # noqa: S301 - our own bytes


@pytest.mark.requirement("EN-5")
def test_a_file_of_pairs_is_a_data_set(tokenizer: Path, tmp_path: Path) -> None:
    data = open_dataset(data_config(str(pairs(tmp_path)), tokenizer, 2))
    assert isinstance(data, JsonlDataset)
    assert data.recipe()["records"] == 8
    assert [data.show(e.tokens) for e in data.pool(1, HELD_OUT, 2)] == [
        f"say 8{8}{END}",
        f"say 9{9}{END}",
    ]


def test_each_epoch_of_a_file_has_every_record_once_in_a_new_order(
    tokenizer: Path, tmp_path: Path
) -> None:
    data = JsonlDataset(pairs(tmp_path), tokenizer, 2)
    drawn = [data.show(e.tokens) for index in range(4) for e in data.pool(1, index, 4)]
    epochs = drawn[:8], drawn[8:]
    assert sorted(epochs[0]) == sorted(epochs[1]) == sorted(f"say {i}{i}{END}" for i in range(8))
    assert epochs[0] != epochs[1]


def test_a_pool_larger_than_the_file_spans_epochs(tokenizer: Path, tmp_path: Path) -> None:
    data = JsonlDataset(pairs(tmp_path, 3), tokenizer, 1)
    assert len(data.pool(1, 0, 5)) == 5


def test_a_file_smaller_than_its_held_out_part_is_an_error(tokenizer: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"10 records, 10 of them held out"):
        JsonlDataset(pairs(tmp_path), tokenizer, 10)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"prompt": "a"}', 'field "answer": Field required'),
        ('{"prompt": "a", "answer": 3}', 'field "answer": Input should be a valid string'),
        ('{"prompt": "", "answer": "b"}', 'field "prompt": String should have at least 1'),
        ('{"prompt": "a", "answer": "b", "id": 1}', 'field "id": Extra inputs'),
        ('{"prompt": "a", ', "not a JSON line"),
        ("[1]", "a line must hold an object, not list"),
    ],
)
@pytest.mark.requirement("EN-5")
def test_a_wrong_line_is_named_by_its_number(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"prompt": "a", "answer": "b"}\n\n' + line + "\n")
    with pytest.raises(ConfigError) as caught:
        LineFile(path, PromptAnswer)
    assert said in caught.value.problem
    assert caught.value.problem.endswith(f"({path}:3)")


def test_an_empty_or_missing_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(ConfigError, match="holds no records"):
        LineFile(tmp_path / "empty.jsonl", PromptAnswer)
    for read in (lambda p: LineFile(p, PromptAnswer), lambda p: list(read_records(p))):
        with pytest.raises(ConfigError, match="cannot read"):
            read(tmp_path / "none.jsonl")


def test_records_are_read_in_any_order_and_any_script(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl", [{"prompt": "∫", "answer": "é"}, {"prompt": "b", "answer": "c"}]
    )
    lines = LineFile(path, PromptAnswer)
    assert len(lines) == 2
    assert [r["prompt"] for r in lines.read([1, 0, 1])] == ["b", "∫", "b"]


def test_an_unknown_source_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"`sudokus`\n  hint: known: .*derivative"):
        open_dataset(data_config("sudokus", None, 8))


def test_texts_need_a_tokenizer_that_exists(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"set data.tokenizer"):
        open_dataset(data_config(str(pairs(tmp_path)), None, 2))
    with pytest.raises(ConfigError, match="no file nowhere"):
        open_dataset(data_config(str(pairs(tmp_path)), Path("nowhere"), 2))


def test_an_example_is_cut_at_its_first_answer() -> None:
    example = Example((1, 2, 3, 4, 5, 6), 0, (False, False, True, True, False, True))
    assert split(example).prompt == [1, 2]
    assert split(example).answer == [3, 4]


def test_problems_in_evaluation_files_are_recognised(tmp_path: Path) -> None:
    data = open_dataset(data_config("derivative", None, 8))
    assert isinstance(data, TaskDataset)
    path = write(tmp_path / "exam.jsonl", [{"id": "1", "input": "sin(5x)"}])
    problem = data.task.read({"id": "1", "input": "sin(5x)"})
    assert excluded_prompts(data, [path]) == {prompt_key(data.task.prompt(problem))}
    assert excluded_prompts(Reverse(), []) == frozenset()
    with pytest.raises(ConfigError, match=r"data.exclude"):
        excluded_prompts(Reverse(), [path])
