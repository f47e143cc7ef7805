"""`hrm tool`: calling a tool from the terminal, and how the answer looks."""

from __future__ import annotations

import json
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from hrm_coprocessor.cli import main
from hrm_coprocessor.cli.show import show_json, show_outcome
from hrm_tools import registry
from hrm_tools.spec import Answer, Outcome


@pytest.fixture(autouse=True)
def _sample_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The samples, registered as a third party registers its tools."""
    names = ("add", "echo", "slow", "fail")
    points = [EntryPoint(n, f"tests.tools.samples:{n.upper()}", "hrm_tools.tools") for n in names]
    monkeypatch.setattr(registry, "entry_points", lambda group: EntryPoints(points))


Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize("words", [["2", "3"], ["a=2", "b=3"], ["b=3", "2"], ["--", "2", "3"]])
def test_arguments_go_by_order_or_by_name(words: list[str], capsys: Captured) -> None:
    assert main(["tool", "add", *words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"result": "5", "total": 5}


def test_an_argument_may_begin_with_a_minus_or_hold_an_equals_sign(capsys: Captured) -> None:
    assert main(["tool", "add", "-2", "-3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == -5
    assert main(["tool", "--json", "echo", "-x^2=y"]) == 0
    assert json.loads(capsys.readouterr().out)["result"] == "-x^2=y"


def test_people_see_result_check_source_and_time(capsys: Captured) -> None:
    assert main(["tool", "echo", "[bold]x[/bold]"]) == 0
    assert [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()] == [
        ["result", "[bold]x[/bold]"],
        ["understood", "[bold]x[/bold]"],
        ["check", "✓ verified (looked twice)"],
        ["source", "classical:echo (1 candidates, 2 steps)"],
        ["time", "2 ms"],
    ]


def test_an_output_that_is_no_answer_is_shown_field_by_field(capsys: Captured) -> None:
    assert main(["tool", "add", "1"]) == 0
    assert capsys.readouterr().out.split() == ["result", "2", "total", "2"]


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (["add", "two"], 2, "invalid: a: input should be a valid integer"),
        (["add", "1", "2", "3"], 2, "invalid: argument 3: unknown argument. Send only a, b"),
        (["add"], 2, "invalid: a: field required"),
        (["--timeout", "0.1", "slow", "1"], 1, "timeout: "),
        (["fail", "ours"], 1, "failed: the model is not here"),
        (["ad"], 1, "error: no tool is called `ad`\nhint: did you mean `add`?"),
    ],
)
def test_what_goes_wrong_is_said_on_stderr_with_an_exit_code(
    words: list[str], code: int, text: str, capsys: Captured
) -> None:
    assert main(["tool", *words]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(text)


def test_as_json_an_error_is_an_object_on_stdout(capsys: Captured) -> None:
    assert main(["tool", "add", "--json"]) == 2
    shown = json.loads(capsys.readouterr().out)
    assert shown == {
        "kind": "invalid",
        "detail": "a: field required. Send integer: the first number",
    }


def test_the_tools_are_listed_for_people_and_programs(capsys: Captured) -> None:
    assert main(["tool"]) == 0
    assert "add  Sum\n    Add two whole numbers." in capsys.readouterr().out
    assert main(["tool", "--list", "--json"]) == 0
    names = [tool["name"] for tool in json.loads(capsys.readouterr().out)]
    shipped = ["calculate_derivative", "solve_sudoku", "solve_maze", "generate_code"]
    assert names == [*shipped, "add", "echo", "fail", "slow"]


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_a_tool_has_a_help_page_of_its_own(flag: str, capsys: Captured) -> None:
    assert main(["tool", "add", flag]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("usage: hrm tool add a [b] [--json]")
    assert "the second number (default 1)" in shown


def test_code_is_shown_fit_to_be_copied_and_then_what_was_checked(capsys: Captured) -> None:
    answer = {
        "result": "def f(x):\n    return [x]\n",
        "code": "def f(x):\n    return [x]\n",
        "latex": None,
        "status": "partial",
        "verdict": "unverified",
        "method": "1 of 2 examples pass in the sandbox (landlock)",
        "interpreted_as": "def f(x): put it in a list (2 examples)",
        "source": "library:own/boxed",
        "steps": 0,
        "candidates": 3,
        "elapsed_ms": 12.0,
        "plan": [{"words": "x in a list", "values": ["[1]", "[2]"]}, {"words": "it", "values": []}],
        "attribution": "CC BY 4.0",
        "first_failure": "f(2)\n- 2\n+ [2]",
        "note": "it passes 1 of 2 examples",
    }
    show_outcome(Outcome("ok", "", answer))
    assert capsys.readouterr().out == (
        "def f(x):\n    return [x]\n\n"
        "understood  def f(x): put it in a list (2 examples)\n"
        "check       ? partial (1 of 2 examples pass in the sandbox (landlock))\n"
        "step 1      x in a list: [1] | [2]\n"
        "step 2      it\n"
        "source      library:own/boxed (3 candidates)\n"
        "time        12 ms\n"
        "by          CC BY 4.0\n"
        "failure     f(2) | - 2 | + [2]\n"
        "note        it passes 1 of 2 examples\n"
    )


def test_no_answer_is_an_exit_code_of_its_own(capsys: Captured) -> None:
    from hrm_coprocessor.cli.tool import exit_code

    answer = Answer(
        result=None,
        interpreted_as="x",
        verified=None,
        verdict="unverified",
        method="none",
        source="none",
        note="none, because the time ran out",
    )
    outcome = Outcome("ok", "", answer.model_dump())
    assert exit_code(outcome) == 1
    show_outcome(outcome)
    shown = capsys.readouterr().out
    assert "none" in shown
    assert "? unverified" in shown
    show_json(outcome)
    assert json.loads(capsys.readouterr().out)["result"] is None
