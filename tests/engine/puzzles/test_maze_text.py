"""Mazes are read in the layouts that people paste; what is no maze is named cell by cell."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.maze_grid import Maze
from hrm_engine.puzzles.maze_text import parse_maze
from tests.engine.puzzles.maze_samples import mazes

PLAIN = ("#####", "#S..#", "##.G#", "#####")


def rows(source: object) -> tuple[str, ...]:
    return parse_maze(source).rows


@pytest.mark.parametrize(
    "source",
    [
        "#####\n#S..#\n##.G#\n#####",
        "\n#####\r\n#S  #\r\n## G#\r\n#####\n\n",
        "#####/#S..#/##.G#/#####",
        "##### / #S  # / ## G# / #####",
        r"#####\n#S..#\n##.G#\n#####",
        "```text\n#####\n#S..#\n##.G#\n#####\n```",
        "    #####\n    #S..#\n    ##.G#\n    #####\n    ",
        "    #####\n    #S  #\n    ## G#\n    #####\n    ",
        "XXXXX\nXA  X\nXX BX\nXXXXX",
        "█████\n█s  █\n██ e█\n█████",
        "11111\n1S001\n110G1\n11111",
        "1 1 1 1 1\n1 S 0 0 1\n1 1 0 G 1\n1 1 1 1 1",
        "1,1,1,1,1\n1,S,0,0,1\n1,1,0,G,1\n1,1,1,1,1",
        "1, 1, 1, 1, 1\n1, S, 0, 0, 1\n1, 1, 0, G, 1\n1, 1, 1, 1, 1",
        "#,#,#,#,#\n#,S,,,#\n#,#, ,G,#\n#,#,#,#,#",
        "#\t#\t#\t#\t#\n#\tS\t.\t.\t#\n#\t#\t.\tG\t#\n#\t#\t#\t#\t#",
        "+---+\n|S  |\n++ G|\n+---+",
        "#####\n#Soo#\n##oG#\n#####",
        '["#####", "#S  #", "## G#", "#####"]',
        ["#####", "#S..#", "##.G#", "#####"],
        ["#####", list("#S..#"), tuple("##.G#"), "#####"],
        [[1, 1, 1, 1, 1], [1, "S", 0, 0, 1], [1, 1, 0, "G", 1], [1, 1, 1, 1, 1]],
    ],
)
def test_one_maze_is_read_in_every_layout(source: object) -> None:
    assert rows(source) == PLAIN


@given(mazes())
@settings(deadline=None, derandomize=True)
def test_a_maze_that_was_shown_is_read_back(maze: Maze) -> None:
    assert parse_maze(maze.drawn()) == maze
    assert parse_maze(json.dumps(list(maze.rows))) == maze
    assert parse_maze([list(row) for row in maze.rows]) == maze


def test_a_drawn_path_is_read_as_open_cells_and_noted() -> None:
    assert parse_maze("Soo\n##G") == Maze(("S..", "##G"))
    assert parse_maze("Soo\n##G").notes == ("a drawn path (`o`) was read as open cells",)
    assert parse_maze("S..\n##G").notes == ()


def test_spaces_stripped_from_row_ends_come_back_as_open_cells_and_are_noted() -> None:
    maze = parse_maze("S\n ##\n\n  G")
    assert maze.rows == ("S..", ".##", "...", "..G")
    (note,) = maze.notes
    assert note.startswith("filled with open cells")
    assert note.endswith("row 1, 3")


def test_a_long_list_of_filled_rows_is_cut() -> None:
    (note,) = parse_maze("S##\n" + "#\n" * 10 + "##G").notes
    assert note.endswith("row 2, 3, 4, 5, 6, 7, 8, 9 ...")


def test_without_an_outer_wall_leading_spaces_are_open_cells() -> None:
    assert rows("  S#\n #G ") == ("..S#", ".#G.")


def test_blank_lines_outside_an_outer_wall_are_left_out_and_noted() -> None:
    maze = parse_maze(["     ", " ### ", " #S# ", " #G# ", " ### "])
    assert maze.rows == ("###", "#S#", "#G#", "###")
    (note,) = maze.notes
    assert note == "left out: blank lines outside the outer wall (1 above, 1 columns before it)"


def test_s_and_g_may_stand_in_the_outer_wall_of_an_indented_maze() -> None:
    assert rows("  ####\n  S  #\n  # ##\n  #G##") == ("####", "S..#", "#.##", "#G##")


def test_a_blank_row_as_wide_as_the_maze_is_a_row_of_open_cells() -> None:
    assert rows("   \nS#G\n   ") == ("...", "S#G", "...")


def test_spaced_letters_are_not_taken_apart_when_only_the_spaces_could_be_open() -> None:
    assert rows("S # G\n#    ") == ("S.#.G", "#....")
    assert rows("S G") == ("S.G",)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("", "the maze is empty"),
        (" \n\n", "the maze is empty"),
        ([], "the maze is empty"),
        (["   ", "   "], "no start (S)"),
        ("S.#\n..?\nG..", "row 2, column 3: '?'"),
        ("S..\n##\n..G", "row 2 has 2 cells where others have 3"),
        ("...\n##G", "no start (S)"),
        ("S..\n##.", "no goal (G)"),
        ("S.A\n##G", "more than one start (S): row 1, column 1 and row 1, column 3"),
        ("S.G\n##E", "more than one goal (G): row 1, column 3 and row 2, column 3"),
        ("S.-\n#.G", "row 2, column 1: `#` beside `-` (row 1, column 3): which of them"),
        ("S1#G", "row 1, column 3: `#` beside `1`"),
        ("S" + "." * 64 + "G", "too large: 1 rows, 66 columns"),
        ("\n".join("S" + "." * 64 + "G" for _ in range(65)), "too large: 65 rows, 66 columns"),
        ("S" + "." * 500 + "G", "too large: 502 columns"),
        ("#\n" * 200, "too large: 200 rows"),
        (["#"] * 200, "too large: 200 rows"),
        ("#" * 60_000, "too long for a maze: 60000 characters"),
        ("[1, 2", "not a JSON list"),
        ("[" * 40_000, "not a JSON list"),
        ("[1, 2]", "row 1 is neither a string nor a list"),
        ([["S", 2], ["G", 0]], "row 1, column 2 holds '2', not one sign"),
        ([["S", True], ["G", 0]], "row 1, column 2 holds 'True', not one sign"),
        ([["S", "ab"], ["G", 0]], "row 1, column 2 holds 'ab', not one sign"),
        ({"rows": []}, "a text or a list of rows, not dict"),
        (None, "a text or a list of rows, not NoneType"),
    ],
)
def test_what_is_no_maze_is_refused_with_its_place(source: object, problem: str) -> None:
    with pytest.raises(TaskError) as caught:
        parse_maze(source)
    assert problem in caught.value.problem


@given(st.text(alphabet='#.SG oX1-+|/,\\n\n\t[]"0A?', max_size=80))
@settings(deadline=None, derandomize=True)
def test_any_text_is_a_maze_or_a_task_error(text: str) -> None:
    try:
        maze = parse_maze(text)
    except TaskError:
        return
    assert {len(row) for row in maze.rows} == {maze.width}
    assert set("".join(maze.rows)) <= set("#.SG")
    assert "".join(maze.rows).count("S") == "".join(maze.rows).count("G") == 1
