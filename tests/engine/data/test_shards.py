"""Token files: what was written is read back, and nothing else is taken for one."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from hrm_engine.data.code import CodeDataset, Pairs
from hrm_engine.data.dataset import HELD_OUT
from hrm_engine.data.shards import Shard, convert_raw_to_bin
from hrm_engine.errors import ConfigError
from hrm_engine.tokens.text import TextTokenizer
from tests.engine.codegen.text_toy import raw_json, records, shard


@pytest.mark.requirement("SD-4")
def test_every_record_comes_back_as_it_was(tmp_path: Path) -> None:
    written = shard(tmp_path, 5)
    tokenizer = TextTokenizer.load(written.tokenizer_file)
    pairs = Pairs.read(raw_json(tmp_path, 5))
    again = Shard(tmp_path / "train.bin")
    assert len(again) == len(pairs) == 5
    for index, record in enumerate(records(5)):
        example = again.encoded(index, tokenizer)
        assert example == pairs.encoded(index, tokenizer)
        begin = example.learn.index(True)
        assert tokenizer.decode(example.tokens[:begin]) == record["prompt"]
        assert tokenizer.decode(example.tokens[begin:-1]) == record["completion"]
        assert example.tokens[-1] == tokenizer.end_token
        assert example.prefix == 0


def test_tokens_lie_in_a_flat_file_of_two_bytes_each(tmp_path: Path) -> None:
    written = shard(tmp_path, 5)
    head = json.loads((tmp_path / "train.json").read_text())
    assert head["tokens"] == written.tokens == written.path.stat().st_size // 2
    assert head["records"] == 5


def test_a_second_file_may_use_the_tokeniser_of_the_first(tmp_path: Path) -> None:
    first = shard(tmp_path)
    second = convert_raw_to_bin(
        raw_json(tmp_path, 3), tmp_path / "test.bin", tokenizer=first.tokenizer_file
    )
    assert TextTokenizer.load(second.tokenizer_file).vocabulary == (
        TextTokenizer.load(first.tokenizer_file).vocabulary
    )
    CodeDataset(first.split(held_out=2)[0], first.split(held_out=2)[1], second.tokenizer_file)


def test_a_copy_for_a_worker_reads_the_same_file(tmp_path: Path) -> None:
    written = shard(tmp_path)
    tokenizer = TextTokenizer.load(written.tokenizer_file)
    expected = written.encoded(3, tokenizer)
    sent = pickle.dumps(written)
    assert len(sent) < 1000
    copy: Shard = pickle.loads(sent)  # noqa: S301 - our own bytes
    assert copy.encoded(3, tokenizer) == expected


@pytest.mark.parametrize("name", ["train.txt", "nowhere/train.bin"])
def test_a_place_that_cannot_be_written_is_one_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"name a \.bin file in a folder that exists"):
        convert_raw_to_bin(raw_json(tmp_path), tmp_path / name)


@pytest.mark.requirement("SD-5")
def test_a_wrong_record_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "raw.json").write_text('[{"prompt": "x"}]')
    with pytest.raises(ConfigError, match=r"raw.json:1"):
        convert_raw_to_bin(tmp_path / "raw.json", tmp_path / "train.bin")
    assert [path.name for path in tmp_path.iterdir()] == ["raw.json"]


def test_a_file_without_its_description_says_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "train.bin").write_bytes(b"\0\0")
    with pytest.raises(ConfigError, match="convert_raw_to_bin"):
        Shard(tmp_path / "train.bin")


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = shard(tmp_path).path
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(ConfigError, match="are expected"):
        Shard(path)


@pytest.mark.parametrize(
    ("head", "said"),
    [("[]", "describes no token file"), ('{"format": "x", "format_version": 1}', "another format")],
)
def test_another_description_is_refused(head: str, said: str, tmp_path: Path) -> None:
    path = shard(tmp_path).path
    (tmp_path / "train.json").write_text(head)
    with pytest.raises(ConfigError, match=said):
        Shard(path)


def test_tokens_of_another_tokeniser_are_refused(tmp_path: Path) -> None:
    data = shard(tmp_path)
    other = Pairs.read(raw_json(tmp_path)).tokenizer(tmp_path / "other.json", vocabulary=270)
    train, held_out = data.split(held_out=2)
    with pytest.raises(ConfigError, match="holds tokens of another tokeniser"):
        CodeDataset(train, held_out, other)


def test_an_epoch_holds_every_example_once_and_the_held_out_ones_never(tmp_path: Path) -> None:
    data = shard(tmp_path, 12)
    train, held_out = data.split(held_out=4)
    dataset = CodeDataset(train, held_out, data.tokenizer_file)
    first, second = dataset.pool(1, 0, 8), dataset.pool(1, 1, 8)
    kept = dataset.pool(1, HELD_OUT, 9)
    assert len(kept) == 4
    assert sorted(e.tokens for e in first) == sorted(e.tokens for e in second)
    assert [e.tokens for e in first] != [e.tokens for e in second]
    assert dataset.pool(1, 0, 8) == first
    assert not {e.tokens for e in first} & {e.tokens for e in kept}
    assert dataset.recipe()["records"] == 8
    assert "Add" in dataset.show(first[0].tokens)


def test_evaluating_on_what_is_trained_on_is_refused(tmp_path: Path) -> None:
    data = shard(tmp_path)
    with pytest.raises(ConfigError, match=r"also in the evaluation set[\s\S]*held_out=8"):
        CodeDataset(data, data, data.tokenizer_file)


@pytest.mark.parametrize("held_out", [0, 24, -1])
def test_a_split_leaves_something_on_both_sides(held_out: int, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be held out"):
        shard(tmp_path).split(held_out=held_out)
