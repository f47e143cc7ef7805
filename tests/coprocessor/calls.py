"""Over two hundred calls, good and bad, that every surface must answer alike.

Sample tools end in every known way; the real tools answer with their networks. The time that a
network may take is lifted, since on a busy machine it decides who answers: `be_patient`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hrm_tools import solve_maze, solve_sudoku
from hrm_tools.registry import load_tools
from hrm_tools.spec import AnyTool
from tests.tools.samples import ADD, ECHO, FAIL, LIE, LONG, SLOW

Call = tuple[str, dict[str, Any]]
PATIENCE_S = 120.0
TOOLS: tuple[AnyTool, ...] = (
    *(ADD, ECHO, SLOW, FAIL, LIE, LONG),
    *(replace(tool, timeout_s=PATIENCE_S) for tool in load_tools()),
)


def be_patient() -> None:
    """Let the networks of this process take all the time that they need."""
    solve_sudoku.NETWORK_S = solve_maze.NETWORK_S = PATIENCE_S


SUMS: list[Any] = [
    *({"a": a, "b": b} for a in (0, 1, -7, 10**9) for b in (0, 2, -(10**9))),
    *({"a": 5}, {"a": 5, "b": None}, {"a": 2.0}, {"a": -0.0, "b": 3.0}, {"a": 1e9}),
    *({}, {"b": 1}, {"a": None}, {"a": "2"}, {"a": ""}, {"a": True}, {"a": 1.5}, {"a": 1e300}),
    *({"a": 10**9 + 1}, {"a": -(10**30)}, {"a": [1]}, {"a": {"b": 2}}, {"A": 1}),
    *({"a": 1, "c": 2}, {"a": 1, "c": {"d": ["e"]}}, {"a": 1, "": 0}, {"a": 1, "ключ": "⊕"}),
    *({"a": 3, "b": 4}, {"b": 4, "a": 3}),
    *({"a": 1, "b": "1"}, {"a": 1, "b": False}, {"a": 1, "b": 0.5}, {"a": 1, "b": [None]}),
    {"a": "x" * 30_000},
]
TEXTS: list[Any] = [
    *("hello", " ", "\n", "√x · π − ∞", "\u202egnihton", "\x00", "'\"<script>alert(1)</script>"),
    *("{{7*7}}", "%s%n", "${jndi:x}", "__import__('os').getpid()", "../../etc/passwd", "🧮" * 50),
    *("x" * 200, "x" * 201, "", None, 5, ["a"], {"b": "c"}, True),
]
FAILURES = ("expression", "ours", "busy", "boom")
GOOD_DERIVATIVES: list[Any] = [
    *("x", "7", "x^2", "3x^4 - 2x^2 + 5x - 9", "sin(5x)", "cos(x)^2", "tan(x)", "e^x", "x e^x"),
    *("ln(x)", "sqrt(x)", "1/x", "x/(x+1)", "\\frac{x}{x+1}", "\\sin(x^2)", "(x+1)(x-1)"),
    *("e^(2x) sin(x)", "ln(x^2+1)", "x^2*sin(x)", "a*x^2 + b*x + c", "2^x", "x^3/3", "-x", "pi*x"),
    *("exp(-x^2)", "sin(x)cos(x)", "sin(cos(x))", "arctan(x)", "sinh(x)", "x^(1/2)", "x^-2"),
    *("(x^2+1)^3", "1/(1+e^-x)", "ln(sin(x))", "sqrt(1-x^2)", "x^x", "log(x)", "|x|", "3"),
    *("\\sqrt{x}", "\\cos(3x)", "x²", "5 sin(x) - 2 cos(x)", "x³ + ½x"),
]
WITH_VARIABLE: list[Any] = [
    *({"expression": "t^3", "variable": "t"}, {"expression": "x^2*y", "variable": "y"}),
    *({"expression": "x^3", "order": 2}, {"expression": "x^5", "order": 3}),
    *(
        {"expression": "x^3", "order": 2.0, "variable": None},
        {"expression": "a*b", "variable": "a"},
    ),
    {"expression": "sin(x)", "variable": "x", "order": 1},
]
BAD_DERIVATIVES: list[Any] = [
    *({"expression": text} for text in ("", "(", "x +", "sin(", "1/0", "x^^2", "foo(x)", "x = 2")),
    *({"expression": text} for text in ("__import__('os')", "x.real", "lambda: x", "x; y", "\x00")),
    *({"expression": text} for text in ("(" * 300 + "x" + ")" * 300, "x" * 2001, None, 5, ["x"])),
    *({"expression": "x", "variable": v} for v in ("", "xy+1", "2", "x" * 17, 3)),
    *({"expression": "x", "order": n} for n in (0, -1, 10, 1.5, "2", True)),
    *({}, {"expr": "x"}, {"expression": "x", "point": 1}),
]
GRID = [[1, 0, 0, 0], [2, 0, 0, 1], [0, 0, 0, 4], [4, 0, 3, 0]]
SUDOKUS: list[Any] = [
    *(
        "1...2..1...44.3.",
        ".4.3...2...1.2..",
        "1 . . .\n2 . . 1\n. . . 4\n4 . 3 .",
        GRID,
        str(GRID),
    ),
    *("1.2.2.1........", "." * 17, "", "no puzzle", "11" + "." * 14, "1" * 16, "5" + "." * 15),
    *(None, 7, {"rows": GRID}, [["x"] * 4] * 4, [[[[[]]]]], "9" * 5000, "1...\n2..1\n...4"),
    *("...24..3312.....", "..4.341......2.1", ".42....31...4...", "." * 16),
    *("5..1....2.3.1......3.....5..1....4.2", "6..1.......5......15.6.3...3...16.4."),
]
ROOMS = ["#####", "#S..#", "#.#G#", "#####"]
MAZES: list[Any] = [
    *(
        "\n".join(ROOMS),
        ROOMS,
        "SG",
        "S.G",
        "S.\n.G",
        "S..\n##.\nG..",
        "S#G",
        "#####\n#S#G#\n#####",
    ),
    *("", "?", "S", "G", "SSG", "S.G\n..", "S" + "." * 70 + "G", None, 3, {"rows": ROOMS}, [[1]]),
    *("S.....\n.####.\n.#..#.\n.#.##.\n.#....\n.####G", "S.#\n#.#\n#.G", "G.S", "#S\n#.\n#G"),
]
CODE: list[Any] = [
    *({"examples": text} for text in ("f([3, 1]) == 3; f([2, 9]) == 9; f([4]) == 4", "f(1) == 2")),
    {"examples": ">>> f('ab')\n'ba'\n>>> f('xyz')\n'zyx'\n>>> f('')\n''"},
    {"examples": [{"inputs": [[2, 3]], "output": 5}, {"inputs": [[]], "output": 0}]},
    {"examples": ["f((1, 2)) == (2, 1)", "f(()) == ()"], "signature": "def f(pair)"},
    *({"examples": text} for text in ("f(1) == 2; f(1) == 3", "f(os.getpid()) == 1", "f(1", 5)),
    *({"signature": text} for text in ("assert f(1) == 2", "def f(", None)),
    *({"budget_ms": most} for most in (99, "5000")),
]
"""Arguments of `generate_code` beside a request that no function of the library is for."""

CALLS: list[Call] = [
    *(("add", arguments) for arguments in SUMS),
    *(("echo", {"text": text}) for text in TEXTS),
    *(("fail", {"text": text}) for text in FAILURES),
    *(("slow", {"a": 1}), ("lie", {"text": "x"}), ("long", {"text": "x"})),
    *(("calculate_derivative", {"expression": text}) for text in GOOD_DERIVATIVES),
    *(("calculate_derivative", arguments) for arguments in (*WITH_VARIABLE, *BAD_DERIVATIVES)),
    *(("solve_sudoku", {"puzzle": puzzle}) for puzzle in SUDOKUS),
    *(("solve_maze", {"maze": maze}) for maze in MAZES),
    *(("generate_code", {"spec": "zzz", "budget_ms": 30_000} | more) for more in CODE),
    *(("generate_code", more) for more in ({}, {"spec": ""}, {"spec": "volume of a cone"})),
]
