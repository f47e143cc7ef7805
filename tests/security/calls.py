"""Calls made up by Hypothesis: from each tool's input schema, from its language, and garbage.

Three kinds, so that both what is refused and what is computed are covered: any JSON at all;
arguments that fit the schema with any text; arguments that hold almost an expression, almost
a Sudoku, almost a maze.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from hrm_tools.schema import input_schema
from hrm_tools.spec import AnyTool
from tests.security.hostile import TEXTS

Strategy = st.SearchStrategy[Any]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
"""Any JSON value, and the numbers that JSON cannot hold."""
HOSTILE = st.sampled_from([text for group in TEXTS.values() for text in group])


def calls(tool: AnyTool) -> Strategy:
    """Arguments for `tool`, good and bad."""
    schema = input_schema(tool.input)["properties"]
    if "budget_ms" in schema:  # many calls: none of them may take long
        schema["budget_ms"] |= {"maximum": 150}
    return st.one_of(
        st.dictionaries(st.sampled_from(sorted(schema)) | st.text(max_size=8), JSON, max_size=4),
        st.fixed_dictionaries({}, optional={name: fitting(schema[name]) for name in schema}),
        st.fixed_dictionaries({}, optional=dict.fromkeys(schema, JSON | HOSTILE)),
        LANGUAGES[tool.name](),
    )


def fitting(schema: dict[str, Any]) -> Strategy:
    """Values that one property of a tool's input schema allows."""
    if schema["type"] == "integer":
        return st.integers(schema["minimum"], schema["maximum"])
    assert schema["type"] == "string"
    return st.text(
        min_size=schema.get("minLength", 0), max_size=min(60, schema.get("maxLength", 60))
    )


def expressions() -> Strategy:
    """Arguments of `calculate_derivative`: formulas, some of them torn."""
    leaf = st.sampled_from(["x", "y", "a", "e", "pi", "2", "0.5", "-1", "10^30", "θ", "\\alpha"])
    whole = st.recursive(
        leaf | st.integers(0, 10**6).map(str),
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/^ "), inner).map("".join),
            st.tuples(st.sampled_from(FUNCTIONS), inner).map(lambda pair: f"{pair[0]}({pair[1]})"),
            st.tuples(inner, inner).map(lambda pair: f"\\frac{{{pair[0]}}}{{{pair[1]}}}"),
            inner.map(lambda part: f"|{part}|"),
            inner.map(lambda part: f"\\sqrt[3]{{{part}}}"),
        ),
        max_leaves=6,
    )
    letters = st.sampled_from(["x", "y", "t", "θ", "e", "xy", ""])
    optional = {"variable": letters, "order": st.integers(1, 2)}
    return st.fixed_dictionaries({"expression": torn(whole)}, optional=optional)


FUNCTIONS = ["sin", "cos", "tan", "exp", "ln", "log", "sqrt", "arctan", "sinh", "abs", "\\sin", "f"]


SOLVED = "1234341221434321"


def sudokus() -> Strategy:
    """Arguments of `solve_sudoku`: small ones that can be solved, and grids of about the size."""
    shown = st.lists(st.booleans(), min_size=16, max_size=16)
    good = st.tuples(st.permutations("1234"), shown).map(_puzzle)
    cells = st.lists(st.sampled_from("....0123456789|- \nxX"), min_size=14, max_size=90)
    rows = st.lists(st.lists(st.integers(-1, 10), max_size=9), max_size=9)
    return st.fixed_dictionaries({"puzzle": torn(good) | cells.map("".join) | rows | rows.map(str)})


def _puzzle(drawn: tuple[list[str], list[bool]]) -> str:
    """A 4x4 Sudoku with its digits renamed, and some of its cells shown."""
    digits, shown = drawn
    renamed = SOLVED.translate(str.maketrans("1234", "".join(digits)))
    return "".join(digit if seen else "." for digit, seen in zip(renamed, shown, strict=True))


def mazes() -> Strategy:
    """Arguments of `solve_maze`: drawings with a start and a goal, and some without."""
    good = st.tuples(
        st.integers(2, 7),
        st.lists(st.sampled_from("...#"), min_size=2, max_size=40),
        st.integers(0, 1000),
        st.integers(0, 1000),
    ).map(_drawing)
    rows = st.lists(st.text(st.sampled_from("#.SG "), max_size=8), max_size=8)
    return st.fixed_dictionaries({"maze": torn(good) | rows | rows.map(str)})


def _drawing(drawn: tuple[int, list[str], int, int]) -> str:
    """Rows of `width` cells with S and G somewhere in them."""
    width, cells, start, goal = drawn
    cells = cells + ["."] * (-len(cells) % width)
    cells[start % len(cells)] = "S"
    cells[goal % len(cells)] = "G"
    return "\n".join("".join(cells[n : n + width]) for n in range(0, len(cells), width))


def torn(texts: Strategy) -> Strategy:
    """The texts, some of them cut, doubled, or with a character of any kind put in."""
    place = st.integers(0, 40)
    return st.one_of(
        texts,
        texts,
        st.tuples(texts, place).map(lambda pair: pair[0][: pair[1]]),
        st.tuples(texts, place, st.characters()).map(
            lambda found: found[0][: found[1]] + found[2] + found[0][found[1] :]
        ),
        texts.map(lambda text: text + text),
    )


def code() -> Strategy:
    """Arguments of `generate_code`: examples as people write them, some of them torn."""
    leaf = st.integers(-99, 99) | st.booleans() | st.text(max_size=4) | st.none()
    value = leaf | st.lists(leaf, max_size=3) | st.tuples(leaf)
    pair = st.tuples(st.sampled_from(["f", "g", "assert f"]), value, value)
    line = pair.map(lambda drawn: f"{drawn[0]}({drawn[1]!r}) == {drawn[2]!r}")
    text = st.lists(line, max_size=4).map("\n".join)
    record = st.fixed_dictionaries({"inputs": st.lists(value, max_size=2), "output": value})
    return st.fixed_dictionaries(
        {"spec": st.text(max_size=30), "examples": torn(text) | st.lists(record, max_size=3)},
        optional={"signature": torn(st.sampled_from(["def f(x)", "g(a: int, b=2) -> str"]))},
    ).map(lambda drawn: drawn | {"budget_ms": 100})


LANGUAGES: dict[str, Callable[[], Strategy]] = {
    "calculate_derivative": expressions,
    "solve_sudoku": sudokus,
    "solve_maze": mazes,
    "generate_code": code,
}
