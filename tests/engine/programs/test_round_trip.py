"""Program to Python and back: the same program, the same results, the same text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.programs.interpreter import run
from hrm_engine.programs.operations import OPERATIONS, lambdas_for
from hrm_engine.programs.parser import normal_form, read_python
from hrm_engine.programs.printer import to_python
from hrm_engine.programs.program import Argument, Constant, Program, Ref, Statement, input_names
from hrm_engine.programs.types import ProgramError, Type, Value
from tests.engine.programs.drawing import drawn, function_of, inputs_for

SEEDS = st.integers(0, 10**6)
LENGTHS = st.integers(1, 6)
HEAD = "def f(xs: list[int], n: int) -> int:\n"


@pytest.mark.requirement("SD-12")
@settings(max_examples=200, deadline=None)
@given(SEEDS, LENGTHS)
def test_a_program_comes_back_from_its_python(seed: int, length: int) -> None:
    program = drawn(seed, length)
    assert read_python(to_python(program, inline=False)) == program


@settings(max_examples=200, deadline=None)
@given(SEEDS, LENGTHS)
def test_the_printed_function_computes_what_the_interpreter_does(seed: int, length: int) -> None:
    program = drawn(seed, length)
    plain = function_of(to_python(program, inline=False))
    inlined = function_of(to_python(program))
    again = read_python(to_python(program))
    for inputs in inputs_for(program, seed, 8):
        result = run(program, inputs)
        if result is not None:
            assert repr(plain(*inputs)) == repr(inlined(*inputs)) == repr(result)
            assert run(again, inputs) == result


@settings(max_examples=200, deadline=None)
@given(SEEDS, LENGTHS)
def test_reading_and_printing_again_changes_no_code(seed: int, length: int) -> None:
    text = to_python(drawn(seed, length), comments=False)
    assert to_python(read_python(text), comments=False) == text


def _single_programs() -> list[Program]:
    """Every operation with every lambda, on inputs of its types."""
    programs = []
    for operation in OPERATIONS:
        refs: tuple[Argument, ...] = tuple(map(Ref, range(len(operation.values))))
        for function in lambdas_for(operation) or (None,):
            arguments = refs if function is None else (function, *refs)
            statement = Statement(operation, arguments)
            programs.append(Program(input_names(operation.values), operation.values, (statement,)))
    return programs


@pytest.mark.parametrize("inline", [True, False])
def test_every_operation_with_every_lambda_round_trips(inline: bool) -> None:
    for program in _single_programs():
        assert read_python(to_python(program, inline=inline)) == normal_form(program)


def _small(value: Value) -> Value:
    """The value with digits for texts and small positive numbers, which more operations take."""
    if isinstance(value, list):
        return [_small(each) for each in value]
    if isinstance(value, str):
        return str(len(value) % 10)
    return abs(value) % 7 + 2 if type(value) is int else value


def test_every_operation_with_every_lambda_prints_what_it_does() -> None:
    for number, program in enumerate(_single_programs()):
        function = function_of(to_python(program))
        results = 0
        ordinary = inputs_for(program, number, 40)
        for inputs in (*ordinary, *(tuple(map(_small, each)) for each in ordinary)):
            result = run(program, inputs)
            if result is not None:
                assert repr(function(*inputs)) == repr(result), program
                results += 1
        assert results > 2, f"{program} hardly ever has a result"


def test_the_page_of_a_program() -> None:
    program = read_python(
        "from itertools import accumulate\n"
        "def f(xs: list[int], k: int) -> int:\n"
        "    a = [x for x in xs if x > k]\n"
        "    b = list(accumulate(a, max))\n"
        "    return sum(b)\n"
    )
    assert to_python(program, "total_of_peaks") == (
        "from itertools import accumulate\n"
        "\n\n"
        "def total_of_peaks(xs: list[int], k: int) -> int:\n"
        "    # the running maximum of each item of xs that is greater than k\n"
        "    running = list(accumulate([x for x in xs if x > k], max))\n"
        "    return sum(running)  # the sum of running\n"
    )


def test_names_that_python_needs_are_not_hidden() -> None:
    program = read_python("def f(x: list[int], sum: int, y: int) -> int:\n    return x[sum]")
    text = to_python(program, "x")
    assert "def x(x_: list[int], sum_: int, y: int)" in text
    loop = read_python("def f(x: list[int], y: int) -> int:\n    return [a + y for a in x]")
    printed = to_python(loop, comments=False)
    assert "[item + y for item in x]" in printed
    assert function_of(printed)([1, 2], 10) == [11, 12]
    assert read_python(printed) == loop


def test_a_name_is_not_given_twice() -> None:
    lines = ["a = sorted(xs)", "b = sorted(a)", "c = a + b", "return c + b"]
    text = to_python(read_python(HEAD + "".join(f"    {line}\n" for line in lines)))
    assert "ordered2 = sorted(ordered)" in text


@pytest.mark.parametrize(
    ("expression", "program"),
    [
        ("n % 2 == 0", "Test[int, bool] (%2==0) v1"),
        ("n + 1", "Apply[int, int] (+1) v1"),
        ("n + 11", "Combine[int, int] (+) v1 11"),
        ("n + -11", "Combine[int, int] (+) v1 -11"),
        ("xs[::-1]", "Reverse v0"),
        ("xs[::-2]", "Stride[list[int]] v0 -2"),
        ("[number for number in xs if number > n]", "FilterWith[list[int]] (>) v0 v1"),
        ("sorted(xs, key=lambda value: value % 10)", "SortBy[list[int]] (%10) v0"),
        ("sum(x * x for x in xs)", None),
        ("sum(x ** 2 for x in xs)", "Map (**2) v0 | Sum v2"),
        ("max(xs) - min(xs)", "Maximum v0 | Minimum v0 | Combine[int, int] (-) v2 v3"),
        ("'-'.join(str(x) for x in xs)", "Map[list[int], list[str]] (str) v0 | Join '-' v2"),
    ],
)
def test_what_people_write_is_read(expression: str, program: str | None) -> None:
    text = f"{HEAD}    return {expression}"
    if program is None:
        with pytest.raises(ProgramError, match="outside the program language"):
            read_python(text)
        return
    assert str(read_python(text)) == f"list[int], int | {program}"


def test_a_docstring_and_values_after_the_result_do_not_matter() -> None:
    text = f'{HEAD}    """Adds."""\n    a = sum(xs)\n    b = n + 1\n    return a'
    assert str(read_python(text)) == "list[int], int | Sum v0"


def test_a_named_constant_is_put_in_its_place() -> None:
    assert str(read_python(f"{HEAD}    k = 5\n    return n * k")).endswith("(*) v1 5")


def test_the_normal_form_is_what_reading_gives() -> None:
    total = next(each for each in OPERATIONS if each.name == "Combine[int, int]")
    plus = next(each for each in lambdas_for(total) if each.name == "(+)")
    program = Program(("n",), (Type.INT,), (Statement(total, (plus, Ref(0), Constant(1))),))
    assert str(normal_form(program)) == "int | Apply[int, int] (+1) v0"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("def f(:", "not Python"),
        ("x" * 20_001, "longer than"),
        ("1 + 1", "not one function"),
        ("def f(n: int): return n\ndef g(n: int): return n", "not one function"),
        ("import os\ndef f(n: int) -> int: return n + 1", "not one function"),
        ("from os import system\ndef f(n: int) -> int: return n + 1", "not one function"),
        ("from math import gcd as max\ndef f(n: int) -> int: return n", "not one function"),
        ("@cache\ndef f(n: int) -> int: return n + 1", "decorated"),
        ("async def f(n: int) -> int: return n + 1", "not one function"),
        ("def f(*n: int) -> int: return 1", "plain parameters"),
        ("def f(n: int = 1) -> int: return n + 1", "plain parameters"),
        ("def f(n) -> int: return n + 1", "no type"),
        ("def f(n: bytes) -> int: return n + 1", "no type"),
        ("def f(n: int) -> int: print(n)", "does not end with"),
        ("def f(n: int) -> int: return", "does not end with"),
        ("def f(n: int) -> int: return n", "an input as it is"),
        ("def f(n: int) -> int: return 3", "a constant or an input"),
        ("def f(n: int) -> int: return m + 1", "outside the program language"),
        ("def f(n: int) -> int: return -5.5", "outside the program language"),
        ("def f(n: int) -> int: return n + 'a'", "mixes types"),
        ("def f(n: int) -> int: return [n for n in range(n)]", "outside the program language"),
        ("def f(n: int) -> int: return __import__('os').system('true')", "outside the program"),
        ("def f(n: int) -> int: return n.__class__", "outside the program language"),
        ("def f(n: int) -> int:\n while n: n = 1\n return n", "no assignment"),
        ("def f(n: int) -> int:\n a, b = n, n\n return n", "no assignment"),
        ("def f(n: int) -> int:\n a = b = n\n return n", "no assignment"),
        ("def f(n: int) -> int:\n n = n + 1\n return n", "assigned twice"),
        ("def f(n: int) -> int: return (x for x in n)", "outside the program language"),
        ("def f(s: str) -> int: return s.count('a', 1)", "outside the program language"),
        ("def f(xs: list[int]) -> list[int]: return [xs + 1 for xs in xs]", "outside the program"),
        ("def f(n: int) -> int: return " + "-" * 5000 + "n", "not Python|outside the program"),
    ],
)
def test_what_is_no_program_is_refused_and_never_run(text: str, problem: str) -> None:
    with pytest.raises(ProgramError, match=problem):
        read_python(text)


def test_a_long_sum_is_read_in_little_time() -> None:
    terms = " + ".join(["n"] * 150)
    assert len(read_python(f"def f(n: int) -> int: return {terms}").statements) == 149


@pytest.mark.parametrize("body", ["return {}", "while {}: pass", "a = {}\n return a"])
def test_a_text_that_is_nested_too_deeply_is_refused(body: str) -> None:
    terms = " + ".join(["n"] * 4000)
    with pytest.raises(ProgramError, match=r"nested too deeply|not Python|does not end"):
        read_python(f"def f(n: int) -> int:\n {body.format(terms)}")
