"""DeepCoder's language is an exact part of ours: its programs, texts and results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hrm_engine.programs.exedec import (
    read_inputs,
    read_problem,
    read_program,
    read_value,
    write_program,
)
from hrm_engine.programs.generate import DEEPCODER_ONLY
from hrm_engine.programs.interpreter import DEEPCODER_LIMITS, run
from hrm_engine.programs.lambdas import DEEPCODER as LAMBDAS
from hrm_engine.programs.operations import DEEPCODER, OPERATIONS
from hrm_engine.programs.parser import read_python
from hrm_engine.programs.printer import to_python
from hrm_engine.programs.types import ProgramError, Type
from tests.engine.programs.drawing import drawn, function_of

SAMPLE = [
    json.loads(line)
    for line in Path(__file__).with_name("exedec_sample.jsonl").read_text().splitlines()
]
XS = (Type.INTS,)
N_XS = (Type.INT, Type.INTS)


@pytest.mark.requirement("SD-12")
@pytest.mark.parametrize("record", SAMPLE, ids=lambda record: str(record["index"]))
def test_published_programs_give_their_published_outputs(record: dict[str, Any]) -> None:
    problem = read_problem(record)
    found = [run(problem.program, row, DEEPCODER_LIMITS) for row in problem.inputs]
    assert found == list(problem.outputs)


@pytest.mark.parametrize("record", SAMPLE, ids=lambda record: str(record["index"]))
def test_published_programs_print_as_python_that_computes_the_same(record: dict[str, Any]) -> None:
    problem = read_problem(record)
    text = to_python(problem.program)
    assert [function_of(text)(*row) for row in problem.inputs] == list(problem.outputs)


@pytest.mark.parametrize("record", SAMPLE, ids=lambda record: str(record["index"]))
def test_the_text_form_comes_back_unchanged(record: dict[str, Any]) -> None:
    program = read_problem(record).program
    assert write_program(program) == record["program"]
    assert read_python(to_python(program, inline=False)).key == program.key


def test_the_sample_uses_every_operation_and_lambda() -> None:
    tokens = {token for record in SAMPLE for token in record["program"].split(" ")}
    assert {operation.name for operation in DEEPCODER} <= tokens
    assert {function.name for function in LAMBDAS} <= tokens
    assert (len(DEEPCODER), len(LAMBDAS)) == (15, 19)
    assert OPERATIONS[:15] == DEEPCODER


@pytest.mark.parametrize(
    ("program", "inputs", "result"),
    [
        ("x0 = INPUT | x1 = Head x0", ([],), None),
        ("x0 = INPUT | x1 = Last x0", ([],), None),
        ("x0 = INPUT | x1 = Minimum x0", ([],), None),
        ("x0 = INPUT | x1 = Maximum x0", ([],), None),
        ("x0 = INPUT | x1 = Sum x0", ([],), 0),
        ("x0 = INPUT | x1 = Scanl1 (+) x0", ([],), []),
        ("x0 = INPUT | x1 = Map (/2) x0", ([-3, 3],), [-2, 1]),
        ("x0 = INPUT | x1 = Filter (%2==1) x0", ([-3, 2],), [-3]),
        ("x0 = INPUT | x1 = Map (**2) x0", ([16],), [256]),
        ("x0 = INPUT | x1 = Map (**2) x0", ([17],), None),
        ("x0 = INPUT | x1 = Sum x0", ([-200, -57],), None),
    ],
)
def test_edges_are_as_published(program: str, inputs: tuple[Any, ...], result: object) -> None:
    assert run(read_program(program, XS), inputs, DEEPCODER_LIMITS) == result


@pytest.mark.parametrize(
    ("operation", "n", "result"),
    [
        ("Take", -1, [1, 2]),
        ("Take", 9, [1, 2, 3]),
        ("Drop", -1, [3]),
        ("Access", 2, 3),
        ("Access", 3, None),
        ("Access", -1, None),
    ],
)
def test_numbers_out_of_range_are_as_published(operation: str, n: int, result: object) -> None:
    program = read_program(f"x0 = INPUT | x1 = INPUT | x2 = {operation} x0 x1", N_XS)
    assert run(program, (n, [1, 2, 3]), DEEPCODER_LIMITS) == result


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x0 = INPUT | x1 = Fold x0", "no operation of DeepCoder"),
        ("x0 = INPUT | x1 = Set[list[int]] x0", "no operation of DeepCoder"),
        ("x0 = INPUT | x1 = Map (+7) x0", "neither a lambda nor an earlier name"),
        ("x0 = INPUT | x1 = Sum x2", "neither a lambda nor an earlier name"),
        ("x0 = INPUT | x1 = Sum x0 x0", "takes 1 arguments"),
        ("x0 = INPUT | x1 = Map (>0) x0", r"\(int\) -> bool where \(int\) -> int belongs"),
        ("x0 = INPUT | x0 = Sum x0", "expected `name = operation"),
        ("x0 = INPUT | Sum", "expected `name = operation"),
        ("x0 = INPUT | x1 = Sum x0 | x2 = INPUT", "an input stands after a statement"),
        ("x0 = INPUT", "at least one statement"),
        ("x0 = INPUT | x1 = INPUT | x2 = Sum x0", "inputs need one name and one type each"),
    ],
)
def test_a_wrong_text_is_refused_with_the_reason(text: str, problem: str) -> None:
    with pytest.raises(ProgramError, match=problem):
        read_program(text, XS)


@pytest.mark.parametrize("text", ["", "[1 2]", "[ 1, 2 ]", "one", "[ 1 2", "1e9", "__import__"])
def test_a_wrong_value_is_refused(text: str) -> None:
    with pytest.raises(ProgramError, match="neither an integer nor a list"):
        read_value(text)


def test_inputs_are_read_in_order() -> None:
    assert read_inputs("x0 = [ 3 -1 ] | x1 = 9 | x2 = [ ]") == ([3, -1], 9, [])
    with pytest.raises(ProgramError, match="expected a value for x0"):
        read_inputs("x1 = 9")


def test_a_broken_record_is_refused() -> None:
    with pytest.raises(ProgramError, match="lacks 'outputs'"):
        read_problem({"inputs": ["x0 = 1"], "program": ""})
    with pytest.raises(ProgramError, match="equally many"):
        read_problem({"inputs": ["x0 = 1"], "outputs": [], "program": ""})


def test_programs_beyond_deepcoder_have_no_such_text() -> None:
    function = "def f(xs: list[int]) -> int:\n    return "
    with pytest.raises(ProgramError, match="no operation of DeepCoder"):
        write_program(read_python(f"{function}len(xs)"))
    with pytest.raises(ProgramError, match="no way to write"):
        write_program(read_python(f"{function}xs[3]"))


def test_a_drawn_program_of_deepcoder_has_its_text() -> None:
    for seed in range(20):
        program = drawn(seed, 3, DEEPCODER_ONLY)
        assert read_program(write_program(program), program.types).key == program.key
