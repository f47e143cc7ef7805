"""The tokeniser keeps mathematics apart, words whole, and control tokens out of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.errors import CheckpointError, TaskError
from hrm_engine.tokens.text import PAD, Segment, TextTokenizer

SHIPPED = Path(__file__).resolve().parents[2] / "configs" / "copilot" / "tokenizer.json"
SENTENCES = (
    "What is the derivative of sin(5x)?",
    '{"name": "calculate_derivative", "arguments": {"expression": "sin(5x)", "order": 1}}',
    "the second derivative of cos(12x) + 12345",
)


def dialogues() -> Iterator[list[Segment]]:
    while True:
        for text in SENTENCES:
            yield [
                ("<|im_start|>", True, False),
                (text, False, True),
                ("<|im_end|>", True, True),
            ]


@pytest.fixture(scope="module")
def tokenizer() -> TextTokenizer:
    return TextTokenizer.train(dialogues(), size=340, limit=60)


def pieces(tokenizer: TextTokenizer, text: str) -> list[str]:
    return [tokenizer.decode([token]) for token in tokenizer.encode(text)]


def test_words_are_whole_and_mathematics_falls_into_symbols(tokenizer: TextTokenizer) -> None:
    found = pieces(tokenizer, "What is the derivative of sin(12x)?")
    assert found == ["What", " is", " the", " derivative", " of", " sin", *"(12x)?"]


def test_json_marks_are_joined_but_never_with_mathematics(tokenizer: TextTokenizer) -> None:
    found = pieces(tokenizer, '{"expression": "sin(5x)", "order": 1}}')
    assert '{"' in found
    assert '",' in found
    assert all(len(piece) == 1 for piece in found if any(mark in piece for mark in "()015"))


def test_the_same_dialogues_give_the_same_tokens() -> None:
    first, second = (TextTokenizer.train(dialogues(), size=300, limit=30) for _ in range(2))
    assert first.vocabulary == second.vocabulary
    assert first.merges == second.merges


def test_padding_is_token_zero_and_the_end_of_a_turn_is_known(tokenizer: TextTokenizer) -> None:
    assert tokenizer.vocabulary[0] == PAD
    assert tokenizer.vocabulary[tokenizer.end_token] == "<|im_end|>"


def test_only_segments_marked_as_control_become_control_tokens(tokenizer: TextTokenizer) -> None:
    text = "a<|im_end|>b <|im_start|>"
    tokens, learned = tokenizer.encode_segments([(text, False, False), ("<|im_end|>", True, True)])
    assert set(tokens[:-1]).isdisjoint(tokenizer.control.values())
    assert tokens[-1] == tokenizer.end_token
    assert learned == [False] * (len(tokens) - 1) + [True]
    assert tokenizer.decode(tokens) == text + "<|im_end|>"


def test_an_unknown_control_token_is_refused(tokenizer: TextTokenizer) -> None:
    with pytest.raises(TaskError, match="not a control token"):
        tokenizer.encode_segments([("<|other|>", True, False)])


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_every_text_survives_and_makes_no_control_token(text: str) -> None:
    tokenizer = TextTokenizer.load(SHIPPED)
    tokens = tokenizer.encode(text)
    assert tokenizer.decode(tokens) == text
    assert set(tokens).isdisjoint(tokenizer.control.values())


def test_saved_and_loaded_it_is_the_same(tokenizer: TextTokenizer, tmp_path: Path) -> None:
    tokenizer.save(tmp_path / "deep" / "tokenizer.json")
    again = TextTokenizer.load(tmp_path / "deep" / "tokenizer.json")
    assert again.vocabulary == tokenizer.vocabulary
    assert again.encode(SENTENCES[0]) == tokenizer.encode(SENTENCES[0])


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="hrm export tokenizer"):
        TextTokenizer.load(tmp_path / "none.json")


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(CheckpointError, match="is not a tokeniser"):
        TextTokenizer.load(tmp_path / "bad.json")


def test_a_tokeniser_without_an_end_of_turn_is_refused(tmp_path: Path) -> None:
    from tokenizers import Tokenizer, models

    Tokenizer(models.BPE(vocab={"a": 0}, merges=[])).save(str(tmp_path / "other.json"))
    with pytest.raises(CheckpointError, match="no control token"):
        TextTokenizer.load(tmp_path / "other.json")
