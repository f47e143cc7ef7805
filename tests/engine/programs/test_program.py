"""Programs type-check when they are made; runs are total."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.programs.interpreter import FAILURES, Limits, run, trace, within
from hrm_engine.programs.lambdas import BY_NAME as LAMBDAS
from hrm_engine.programs.lambdas import LAMBDAS as ALL_LAMBDAS
from hrm_engine.programs.operations import BY_NAME, OPERATIONS, lambdas_for
from hrm_engine.programs.parser import read_python
from hrm_engine.programs.program import Constant, Program, Ref, Statement, input_names
from hrm_engine.programs.types import ProgramError, Type, fits
from tests.engine.programs.drawing import drawn

SUM = Statement(BY_NAME["Sum"], (Ref(0),))


def test_names_of_operations_and_lambdas_are_unique() -> None:
    assert len(BY_NAME) == len(OPERATIONS)
    assert len(LAMBDAS) == len(ALL_LAMBDAS)


def test_every_operation_with_a_lambda_has_one_to_be_given() -> None:
    assert all(lambdas_for(each) for each in OPERATIONS if each.function is not None)
    assert all(lambdas_for(each) == () for each in OPERATIONS if each.function is None)


def test_a_program_shows_as_one_line() -> None:
    kept = Statement(BY_NAME["Filter"], (LAMBDAS["(>0)"], Ref(0)))
    taken = Statement(BY_NAME["Take"], (Constant(2), Ref(1)))
    program = Program(("xs",), (Type.INTS,), (kept, taken))
    assert str(program) == "list[int] | Filter (>0) v0 | Take 2 v1"
    assert program.result is Type.INTS


@pytest.mark.parametrize(
    ("names", "types", "statements", "problem"),
    [
        (("xs",), (Type.INTS,), (), "at least one statement"),
        (("xs", "xs"), (Type.INTS, Type.INTS), (SUM,), "all names different"),
        (("xs",), (Type.STRS,), (SUM,), r"list\[str\] where list\[int\] belongs"),
        ((), (), (SUM,), "does not stand before"),
        (("xs",), (Type.INTS,), (Statement(BY_NAME["Sum"], (Ref(1),)),), "does not stand before"),
        (("xs",), (Type.INTS,), (Statement(BY_NAME["Sum"], ()),), "takes 1 arguments"),
        (
            ("xs",),
            (Type.INTS,),
            (Statement(BY_NAME["Take"], (Constant("a"), Ref(0))),),
            "str where int belongs",
        ),
    ],
)
def test_what_does_not_type_check_cannot_be_made(
    names: tuple[str, ...],
    types: tuple[Type, ...],
    statements: tuple[Statement, ...],
    problem: str,
) -> None:
    with pytest.raises(ProgramError, match=problem):
        Program(names, types, statements)


def test_inputs_get_the_usual_names() -> None:
    ints, text = Type.INTS, Type.STR
    assert input_names((ints, ints, Type.INT, text)) == ("xs", "ys", "n", "s")
    assert input_names((ints,) * 6) == ("xs", "ys", "zs", "ws", "xs2", "xs3")


def test_inputs_of_other_types_are_refused() -> None:
    program = Program(("xs",), (Type.INTS,), (SUM,))
    for inputs in ((["a"],), ([1], [2]), (3,)):
        with pytest.raises(ProgramError, match="do not fit"):
            run(program, inputs)


def test_a_trace_holds_every_value() -> None:
    program = read_python("def f(xs: list[int]) -> int:\n    a = sorted(xs)\n    return a[0]")
    assert trace(program, ([3, 1],)) == [[3, 1], [1, 3], 1]
    assert trace(program, ([],)) is None


@pytest.mark.parametrize(
    ("expression", "n"),
    [
        ("n ** 64", 9),
        ("n ** (-1)", 2),
        ("10 // n", 0),
        ("str(n) * n", 10**6),
        ("str(n).zfill(n)", 10**6),
        ("list(range(0, n))", 10**12),
        ("[x for x in range(1, n + 1) if n % x == 0]", 10**12),
        ("factorial(n)", 21),
        ("n > 1 and all(n % d for d in range(2, isqrt(n) + 1))", 10**12),
        ("reduce(lambda x, y: (x[1], x[0] * x[1]), range(n), (2, 1))[0]", 900),
        ("reduce(lambda x, y: (x[1], x[0] + x[1]), range(n), (0, 1))[0]", 1001),
        ("chr(n)", 0xD800),
        ("3 / n", 0),
        ("n * n * n", 10**9),
    ],
)
def test_what_fails_or_grows_too_large_has_no_result(expression: str, n: int) -> None:
    assert run(read_python(f"def f(n: int) -> int:\n    return {expression}"), (n,)) is None


@pytest.mark.parametrize(
    ("kind", "small", "large"),
    [
        (Type.INT, -9, 10),
        (Type.INTS, [9, -9], [1, 10]),
        (Type.INTS, [], [0] * 4),
        (Type.STR, "abcde", "abcdef"),
        (Type.STRS, ["ab", "cde"], ["ab", "cdef"]),
        (Type.STRS, ["", "", ""], ["", "", "", ""]),
        (Type.BOOLS, [True] * 3, [True] * 4),
        (Type.INT_COUNTS, {1: 1}, {1: 1, 2: 1, 3: 1, 4: 1}),
    ],
)
def test_limits_bound_numbers_lengths_and_texts(kind: Type, small: object, large: object) -> None:
    limits = Limits(integer=9, items=3, characters=5)
    assert within(small, kind, limits)
    assert not within(large, kind, limits)


def test_a_recurrence_gives_fibonacci_numbers() -> None:
    step = "reduce(lambda p, _: (p[1], p[0] + p[1]), range(n), (0, 1))[0]"
    program = read_python(f"def f(n: int) -> int:\n    return {step}")
    found = [run(program, (n,)) for n in (-1, 0, 1, 2, 9, 90)]
    assert found == [0, 0, 1, 1, 34, 2880067194370816120]


def test_a_program_keeps_its_operations_when_it_is_sent_to_another_process() -> None:
    program = drawn(3, 4)
    copy = pickle.loads(pickle.dumps(program))  # noqa: S301 - our own bytes
    assert copy == program
    assert copy.statements[0].operation is program.statements[0].operation


HOSTILE = {
    Type.INT: st.integers(-(2**63), 2**63) | st.integers(-3, 3),
    Type.BOOL: st.booleans(),
    Type.FLOAT: st.floats(),
    Type.STR: st.text(max_size=30),
    Type.INTS: st.lists(st.integers(-(2**63), 2**63) | st.integers(-3, 3), max_size=20),
    Type.STRS: st.lists(st.text(max_size=8), max_size=8),
    Type.BOOLS: st.lists(st.booleans(), max_size=8),
}


@settings(max_examples=150, deadline=None)
@given(st.data(), st.integers(0, 10**6), st.integers(1, 5))
def test_no_exception_leaves_a_run_and_results_have_their_type(
    data: st.DataObject, seed: int, length: int
) -> None:
    program = drawn(seed, length)
    inputs = [data.draw(HOSTILE[kind]) for kind in program.types]
    before = repr(inputs)
    result = run(program, inputs)
    assert result is None or fits(result, program.result)
    assert repr(inputs) == before, "an operation changed its argument"


def test_only_ordinary_failures_become_no_result() -> None:
    assert all(issubclass(each, Exception) for each in FAILURES)
    assert AttributeError not in FAILURES
