"""Hidden tests alone say whether an answer is right."""

from __future__ import annotations

import pytest

from hrm_engine.evaluation.deepcoder import Plan, attempts
from hrm_engine.evaluation.deepcoder import summarise as summarise_deepcoder
from hrm_engine.evaluation.programs import answers, summarise
from hrm_engine.programs.lambdas import BY_NAME as LAMBDAS
from hrm_engine.programs.program import Ref
from hrm_engine.programs.types import ProgramError, Type
from tests.engine.evaluation.test_deepcoder import RECORD
from tests.engine.inference.program_fake import network, program

LAST = program([Type.INTS], ("Last", Ref(0)))
MAXIMUM = program([Type.INTS], ("Maximum", Ref(0)))
DOUBLE = program([Type.INTS], ("Map", LAMBDAS["(*2)"], Ref(0)))
BITS = program([Type.INTS], ("Map", LAMBDAS["(bits)"], Ref(0)))
PROBLEM = {
    "id": "0",
    "input": {
        "specification": "the largest of xs",
        "signature": "def f(xs: list[int]) -> int",
        "examples": [{"inputs": [x], "output": max(x)} for x in ([1, 2], [4], [0, 7, 9])],
    },
    "answer": "def f(xs: list[int]) -> int:\n    return max(xs)\n",
    "plan": [],
    "hidden": [{"inputs": [x], "output": max(x)} for x in ([3, 2], [9, 1, 1])],
    "split": "train",
    "template": "given",
    "length": 1,
}


def test_a_program_that_fits_what_is_shown_may_fail_what_is_hidden() -> None:
    """The last item is the largest in every example shown, and in none that is hidden."""
    made = list(answers([PROBLEM], network(LAST, MAXIMUM), 30.0, ["greedy", "network"]))
    assert [(each.way, each.shown, each.hidden) for each in made] == [
        ("greedy", True, False), ("network", True, False),
    ]  # fmt: skip


def test_the_examples_choose_among_what_the_network_proposes() -> None:
    greedy, chosen = answers([PROBLEM], network(DOUBLE, MAXIMUM), 30.0, ["greedy", "network"])
    assert not greedy.shown
    assert (chosen.shown, chosen.hidden) == (True, True)


def test_the_search_answers_where_the_network_has_nothing() -> None:
    ways = list(answers([PROBLEM], network(DOUBLE), 30.0))
    assert [each.way for each in ways] == ["greedy", "network", "guided", "enumeration"]
    assert [each.shown for each in ways if each.way != "network"] == [False, True, True]
    report = summarise(ways, data="one", model="fixed", budget_s=30, command="hrm eval program")
    assert report.n == 1
    assert [way.shown.count for way in report.ways] == [int(each.shown) for each in ways]
    assert any("hidden" in label for label, _ in report.lines())


def test_a_line_that_is_no_problem_is_named() -> None:
    with pytest.raises(ProgramError, match="no program problem"):
        list(answers([{"id": "0"}], network(LAST), 1.0))


def test_the_network_solves_deepcoder_problems_by_itself_or_leads_the_search() -> None:
    plan = Plan(budget_s=60, network=network(DOUBLE), greedy=True)
    (alone,) = attempts([RECORD], plan)
    assert (alone.solved, alone.program) == (True, RECORD["program"])
    (wrong,) = attempts([RECORD], Plan(budget_s=60, network=network(BITS), greedy=True))
    assert (wrong.solved, wrong.wrong) == (False, False)
    led = Plan(budget_s=60, network=network(BITS))
    (searched,) = attempts([RECORD], led)
    assert searched.solved
    for one, word in ((plan, "no search"), (led, "by its costs")):
        told = summarise_deepcoder([alone], one, data="x", command="y")
        assert word in told.search
