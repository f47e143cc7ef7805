"""Pasted puzzles are found in every layout, named, and given back letter by letter."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hrm_agents.embedded.blocks import LONGEST, Names, find, hide, labels, shortened
from hrm_agents.messages import Message, assistant, tool_call, tool_message, user

NINE = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
SIX = "1..4...5..2..3...5.4...1...36..2...."
FOUR = "1...2..1...44.3."
MAZE = "#####\n#S  #\n# #G#\n#####"
BOTTOM = "│ . . . │ . 8 . │ . 7 9 │"


def rows(cells: str) -> list[str]:
    size = {16: 4, 36: 6, 81: 9}[len(cells)]
    return [cells[at : at + size] for at in range(0, len(cells), size)]


def boxed(cells: str) -> str:
    lines = [" | ".join(" ".join(r[c : c + 3]) for c in (0, 3, 6)) for r in rows(cells)]
    rule = "------+-------+------"
    return "\n".join([*lines[:3], rule, *lines[3:6], rule, *lines[6:]])


def drawn(cells: str) -> str:
    body = "\n".join(f"│ {line.replace('|', '│')} │" for line in boxed(cells).splitlines())
    return f"┌───────┬───────┬───────┐\n{body}\n└───────┴───────┴───────┘"


def as_json(cells: str) -> str:
    return json.dumps([[int(c.replace(".", "0")) for c in row] for row in rows(cells)])


LAYOUTS: dict[str, Callable[[str], str]] = {
    "one line": str,
    "zeros": lambda cells: cells.replace(".", "0"),
    "stars": lambda cells: cells.replace(".", "*"),
    "nine lines": lambda cells: "\n".join(rows(cells)),
    "spaced": lambda cells: "\n".join(" ".join(row) for row in rows(cells)),
    "underscores": lambda cells: "\n".join(" ".join(row) for row in rows(cells)).replace(".", "_"),
    "commas": lambda cells: "\n".join(",".join(row) for row in rows(cells)).replace(".", "0"),
    "boxes": boxed,
    "drawn boxes": drawn,
    "bands": lambda cells: "\n\n".join("\n".join(rows(cells)[at : at + 3]) for at in (0, 3, 6)),
    "slashes": lambda cells: "/".join(rows(cells)),
    "rows with spaces": lambda cells: " ".join(rows(cells)),
    "cells with spaces": " ".join,
    "JSON": as_json,
    "JSON on lines": lambda cells: as_json(cells).replace("], [", "],\n  ["),
    "JSON of strings": lambda cells: json.dumps(rows(cells)),
    "JSON with null": lambda cells: as_json(cells).replace("0", "null"),
}
AROUND = ("{}", "Solve this sudoku: {}", "sudoku:\n{}\nthanks", "Hi! Can you\n\n{}\n\nplease?")


@pytest.mark.requirement("CP-1")
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("around", AROUND)
def test_a_sudoku_is_found_whole_in_every_layout(layout: str, around: str) -> None:
    pasted = LAYOUTS[layout](NINE)
    (block,) = find(around.format(pasted))
    assert block.kind == "sudoku"
    assert block.text == pasted


@pytest.mark.parametrize("pasted", [SIX, FOUR, "\n".join(rows(SIX)), "\n".join(rows(FOUR))])
def test_small_sudokus_are_found_too(pasted: str) -> None:
    assert [block.text for block in find(f"solve {pasted}, please")] == [pasted]


@pytest.mark.parametrize(
    "pasted", [MAZE, MAZE.replace(" ", "."), "###/#SG/###", '["#S.#", "#.G#"]', "S.#\n..#\n#.G"]
)
@pytest.mark.parametrize("around", ["{}", "Solve this maze:\n{}", "way out?\n\n{}\n\nThanks!"])
def test_a_maze_is_found_with_every_blank(pasted: str, around: str) -> None:
    (block,) = find(around.format(pasted))
    assert (block.kind, block.text) == ("maze", pasted)


@pytest.mark.parametrize(
    "text",
    [
        "What is the derivative of x^2 - 3.5x + 1.25?",
        "differentiate 123456789x^2 + 987654321",
        "3.14159265358979323846",
        "1000000000000000",
        "call me at 0123-4567-8901-2345",
        "the mean of 12, 34, 56, 78, 90, 12, 34, 56",
        "the determinant of [[1, 2], [3, 4]]",
        "[[1, 2, 3, 4], [2, 3, 4, 1], [3, 4, 1, 2], [4, 1, 2, 3]]",
        "# A heading\n## Another\n### And one more",
        "- one\n- two\n- three\n- four",
        "...\n...\n...",
        "-----------------------------------------",
        "",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert find(text) == []
    assert hide(text, Names()) == text


def test_a_sudoku_with_a_cell_too_few_is_still_one_for_the_tool_to_refuse() -> None:
    assert [block.text for block in find(f"solve {NINE[:-1]}")] == [NINE[:-1]]


def test_the_first_and_last_row_may_stand_in_a_sentence() -> None:
    grid = "\n".join(rows(NINE))
    (block,) = find(f"sudoku: {grid} please")
    assert block.text == grid


def test_the_marks_of_a_sentence_are_no_cells() -> None:
    for mark in (".", "?", " ?", "!", ", thanks", " - solve"):
        assert [block.text for block in find(f"solve {NINE}{mark}")] == [NINE], mark


def test_a_code_fence_goes_with_its_puzzle() -> None:
    assert hide(f"solve\n```text\n{MAZE}\n```\nplease", Names()) == "solve [maze 1] please"


def test_two_puzzles_have_two_names_and_the_same_one_keeps_its_name() -> None:
    names = Names()
    shown = hide(f"{NINE} and then\n{MAZE}\n\nand again {NINE}.", names)
    assert shown == "[sudoku 1] and then [maze 1] and again [sudoku 1]."
    assert labels(shown, ("maze",)) == ["[maze 1]"]


def test_a_conversation_is_shortened_and_its_names_stand_for_the_whole_text() -> None:
    call = tool_call("solve_maze", {"maze": MAZE})
    solved = MAZE.replace("S  ", "So ")
    messages: list[Message] = [
        user(f"Solve this:\n{MAZE}"),
        assistant(None, [call]),
        tool_message(call, f"result: {solved}\nverdict: proved\nnote: 3 steps"),
        assistant(f"Here is a shortest path, marked with o:\n{solved}"),
        user("thanks"),
    ]
    shown, names = shortened(messages)
    assert [message["content"] for message in shown] == [
        "Solve this: [maze 1]",
        None,
        "result: [solution 1]\nverdict: proved",
        "Here is a shortest path, marked with o: [solution 1]",
        "thanks",
    ]
    assert shown[1]["tool_calls"][0]["function"]["arguments"] == '{"maze": "[maze 1]"}'
    assert names.argument("[maze 1]") == MAZE
    assert names.sentence("The way: [solution 1]. Good.") == f"The way:\n{solved}\nGood."
    assert messages[0]["content"] == f"Solve this:\n{MAZE}"


def test_that_a_solution_is_one_of_several_is_kept() -> None:
    call = tool_call("solve_sudoku", {"puzzle": NINE})
    content = f"result: {boxed(NINE)}\nverdict: proved\nnote: not unique: one of several"
    (shown,), _ = shortened([tool_message(call, content)])
    assert shown["content"] == "result: [solution 1]\nverdict: proved\nnote: not unique"


def test_what_has_no_puzzle_is_not_changed() -> None:
    call = tool_call("f", {"n": 3, "text": "x^2"})
    broken: Message = assistant(None, [call])
    broken["tool_calls"][0]["function"]["arguments"] = "{not json"
    messages = [user("derivative of x^2"), broken, tool_message(call, "error: no"), assistant("No")]
    assert shortened(messages)[0] == messages


def test_names_that_a_user_types_stand_for_nothing() -> None:
    shown, names = shortened([user("solve [sudoku 1]")])
    assert shown[0]["content"] == "solve [sudoku 1]"
    assert names.argument("[sudoku 1]") == "[sudoku 1]"


@pytest.mark.parametrize("text", ["[ " * 9_000, "#" * LONGEST, "1 . x\n" * 3_000, "`" * 9_999])
def test_long_texts_are_searched_in_a_moment(text: str) -> None:
    assert len(find(text)) <= 1


def test_a_text_longer_than_any_question_is_not_searched() -> None:
    assert find(NINE + " " * LONGEST) == []


@pytest.mark.parametrize("name", ["agent_puzzles", "agent_dev"])
def test_the_questions_on_file_have_a_puzzle_where_a_puzzle_tool_is_wanted(name: str) -> None:
    folder = Path(__file__).parents[3] / "benchmarks" / "data"
    for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        kinds = [f"solve_{block.kind}" for block in find(record["question"])]
        wanted = record["tool"] if record["tool"] != "calculate_derivative" else None
        assert kinds == ([wanted] if wanted else []), record["id"]
