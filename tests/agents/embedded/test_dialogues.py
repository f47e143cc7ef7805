"""The dialogues are endless, the same for the same seed, various, and consistent with the host."""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise
from typing import Any

import numpy as np
import pytest

from hrm_agents.embedded import faithful
from hrm_agents.embedded.blocks import labels
from hrm_agents.embedded.dialogues import (
    asking,
    dialogue,
    maths,
    puzzles,
    stream,
    talk,
    tools,
)
from hrm_agents.embedded.dialogues.dice import Dice
from hrm_agents.embedded.dialogues.questions import question, result
from hrm_agents.embedded.template import CONTROL_TOKENS


def dice(seed: int = 0) -> Dice:
    return Dice(np.random.default_rng(seed))


def many(n: int, seed: int = 0) -> list[tuple[list[dict[str, Any]], list[tools.Tool]]]:
    source = dice(seed)
    return [dialogue(source) for _ in range(n)]


def test_the_same_seed_gives_the_same_dialogues() -> None:
    first, second = (list(islice(stream(np.random.default_rng(7)), 50)) for _ in range(2))
    assert first == second


def test_the_stream_is_registered_for_training() -> None:
    from importlib.metadata import entry_points

    assert entry_points(group="hrm_engine.datasets")["dialogue"].load() is stream


def test_control_segments_are_the_five_control_tokens() -> None:
    found = {
        text
        for segments in islice(stream(np.random.default_rng(1)), 100)
        for text, is_control, _ in segments
        if is_control
    }
    assert found == set(CONTROL_TOKENS) - {"<|endoftext|>"}


def test_every_dialogue_has_something_to_learn() -> None:
    for segments in islice(stream(np.random.default_rng(2)), 200):
        assert any(learn for _, _, learn in segments)


def test_every_call_is_to_an_offered_tool_with_all_its_arguments() -> None:
    for messages, offered in many(400):
        schemas = {t["function"]["name"]: t["function"]["parameters"] for t in offered}
        for message in messages:
            for call in message.get("tool_calls") or ():
                function = call["function"]
                assert list(function["arguments"]) == list(schemas[function["name"]]["properties"])


def test_every_expression_was_written_by_the_user() -> None:
    for messages, _ in many(400, seed=3):
        said = ""
        for message in messages:
            if message["role"] == "user":
                said += message["content"] + "\n"
            for call in message.get("tool_calls") or ():
                arguments = call["function"]["arguments"]
                assert str(arguments.get("expression", "")) in said
                assert 1 <= arguments.get("order", 1) <= 9


def test_every_final_sentence_is_faithful() -> None:
    checked = 0
    for messages, _ in many(400, seed=4):
        for i, message in enumerate(messages):
            if message["role"] == "assistant" and i and messages[i - 1]["role"] == "tool":
                checked += 1
                done = faithful.steps(messages[:i])
                if not message.get("tool_calls"):
                    assert faithful.is_faithful(message["content"], done), message["content"]
                    assert message["content"] == faithful.sentence(done)
    assert checked > 200


def test_every_puzzle_of_a_call_was_pasted_before_under_a_name_of_its_kind() -> None:
    called: Counter[str] = Counter()
    for messages, _ in many(1200, seed=13):
        said = ""
        for message in messages:
            said += message["content"] or "" if message["role"] == "user" else ""
            for call in message.get("tool_calls") or ():
                for name, value in call["function"]["arguments"].items():
                    if name in ("puzzle", "maze"):
                        kind = "maze" if name == "maze" else "sudoku"
                        assert value in labels(said, [kind])
                        called[kind] += 1
    assert min(called["sudoku"], called["maze"]) > 50


def test_puzzles_are_asked_for_where_none_is_pasted_and_declined_without_a_tool() -> None:
    answers: Counter[str] = Counter()
    for messages, offered in many(1500, seed=14):
        can = tools.abilities(offered)
        for asked, reply in pairwise(messages):
            text = reply["content"] or ""
            if text.startswith("Paste the"):
                answers["asks"] += 1
                assert not labels(asked["content"], ["sudoku", "maze"])
            if asked["role"] == "user" and labels(asked["content"], ["maze"]) and not text:
                answers["calls"] += 1
                assert "maze" in can or labels(asked["content"], ["sudoku"])
            if text.startswith("I have no tool for Sudoku"):
                answers["declines"] += 1
                assert "sudoku" not in can
    assert min(answers.values()) > 5
    assert len(answers) == 3


def test_what_is_said_of_the_tools_fits_those_on_offer() -> None:
    every = ["derivative", "sudoku", "maze"]
    assert talk.said(talk.HELLO, every) == "Hello! Ask me for a derivative, a Sudoku or a maze."
    assert talk.said(talk.HELLO, ["derivative"]) == talk.HELLO
    assert talk.said(talk.HELLO, []) == talk.HELLO_PLAIN
    assert talk.said(talk.CAN, ["derivative"]) == talk.CAN
    assert talk.said(talk.CAN, []) == talk.CAN_PLAIN
    assert talk.said(talk.CAN, every) == (
        "I can find derivatives, solve Sudokus and solve mazes with tools that check their answers."
    )
    assert talk.said(talk.FINE, every) == talk.FINE
    assert talk.declined("news", []) == "I have no tool for news."


def test_the_mix_is_as_documented() -> None:
    kinds: Counter[str] = Counter()
    for messages, offered in many(800, seed=5):
        kinds["derivative offered"] += any(
            tool["function"]["name"] == tools.DERIVATIVE for tool in offered
        )
        first = messages[1]
        kinds["calls"] += bool(first.get("tool_calls"))
        kinds["asks back"] += first["content"] == talk.WHICH
        kinds["declines"] += "I have no tool for" in (first["content"] or "")
    assert 0.90 < kinds["derivative offered"] / 800 < 0.96
    assert 0.50 < kinds["calls"] / 800 < 0.75
    assert kinds["asks back"] > 10
    assert kinds["declines"] > 40


def test_questions_are_various() -> None:
    source = dice(6)
    texts = [question(source).text for _ in range(1000)]
    assert len(set(texts)) > 985
    starts = {" ".join(text.lower().split()[:3]) for text in texts}
    assert len(starts) > 600


def test_each_order_and_many_variables_occur() -> None:
    source = dice(8)
    asked = [question(source) for _ in range(3000)]
    assert {one.order for one in asked} >= {1, 2, 3, 4, 5}
    assert len({one.variable for one in asked}) > 10


@pytest.mark.parametrize("name", [*maths.STYLES, "result"])
def test_each_way_of_writing_has_balanced_brackets(name: str) -> None:
    source = dice(9)
    for _ in range(150):
        tree = maths.tree(source, "x", 1 + source.below(5), ("a",))
        text = maths.write(tree, maths.Style(name), source)
        assert text == text.strip() != ""
        for opened, closed in ("()", "{}"):
            assert text.count(opened) == text.count(closed), text


def test_results_look_like_the_tools_answers() -> None:
    source = dice(10)
    assert all("**" not in (text := result(source, "x")) and "\\" not in text for _ in range(200))


def templates(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [t for part in value.values() for t in templates(part)]
    if isinstance(value, tuple):
        return [t for part in value for t in templates(part)]
    return templates(value.ask) if isinstance(value, tools.Kind) else []


@pytest.mark.parametrize("module", [asking, talk, tools, puzzles])
def test_every_phrase_is_well_formed(module: Any) -> None:
    source = dice(11)
    for name, value in vars(module).items():
        if name.isupper():
            for template in templates(value):
                plain = template.translate(str.maketrans("", "", "«»‹›"))
                assert not set("{}[]|") & set(source.phrase(plain)), template


def test_the_phrase_grammar_chooses_nests_and_omits() -> None:
    source = dice()
    found = {source.phrase("{a|b {c|d}}[ e]") for _ in range(200)}
    assert found == {x + y for x in ("a", "b c", "b d") for y in ("", " e")}
    assert source.phrase("D«x, ‹y›»") == "D[x, {y}]"


@pytest.mark.parametrize("broken", ["{a|b", "a]", "[a", "a}"])
def test_an_unbalanced_phrase_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match="unbalanced phrase"):
        dice().phrase(broken)


def test_slots_are_filled_apart_from_the_words() -> None:
    assert dice().fill("of <e> now <z>", e="x^2") == [
        ("of ", False), ("x^2", True), (" now ", False), ("<z>", False),
    ]  # fmt: skip


def test_weights_say_how_often() -> None:
    source = dice(12)
    counts = Counter(source.weighted({"a": 3.0, "b": 1.0}) for _ in range(4000))
    assert 0.70 < counts["a"] / 4000 < 0.80
