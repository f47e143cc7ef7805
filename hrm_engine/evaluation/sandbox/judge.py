"""Decide whether a candidate is right, outside the process in which it ran.

The candidate sees arguments and never expected values, so it cannot report its own verdict;
its outputs arrive as plain values, so a class of its own with an `__eq__` does not matter.

`same` is Python's `==` on these values (1 == True == 1.0, a list is no tuple), with two
exceptions: where a float or a complex number meets a number, 1e-6 relative (1e-9 near zero)
is close enough, in lists, tuples and values of dictionaries too; and nan is the same as nan.
Members of sets and keys of dictionaries are compared exactly.
"""

from __future__ import annotations

import cmath
import difflib
import pprint
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hrm_engine.errors import TaskError
from hrm_engine.evaluation.sandbox.records import Call, Level, Limits, Outcome, Output
from hrm_engine.evaluation.sandbox.sandbox import Sandbox

Verdict = Literal["passed", "failed", "timeout", "oom", "crash", "policy"]
RELATIVE, ABSOLUTE = 1e-6, 1e-9
_LONGEST = 2000


@dataclass(frozen=True)
class Example:
    """A call and what it must return."""

    call: Call
    expected: Any


@dataclass(frozen=True)
class Judgement:
    """The verdict over all examples. `first_failure` shows the first wrong one as a diff."""

    status: Verdict
    passed: int
    given: int
    outputs: tuple[Output, ...]
    first_failure: str
    stdout: str
    wall_ms: float
    cpu_ms: float
    level: Level


def judge(
    sandbox: Sandbox,
    code: str,
    examples: Sequence[Example],
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Judgement:
    """Run `code` on every example and compare here. Raises TaskError without examples."""
    if not examples:
        raise TaskError("there is nothing to judge by", hint="give at least one example")
    outcome = sandbox.run(code, [example.call for example in examples], limits)
    right = [
        output.ok and same(output.value, example.expected)
        for output, example in zip(outcome.outputs, examples, strict=True)
    ]
    wrong = next((k for k, good in enumerate(right) if not good), None)
    return Judgement(
        status=_verdict(outcome, all(right)),
        passed=sum(right),
        given=len(examples),
        outputs=outcome.outputs,
        first_failure="" if wrong is None else diff(examples[wrong], outcome.outputs[wrong]),
        stdout=outcome.stdout,
        wall_ms=outcome.wall_ms,
        cpu_ms=outcome.cpu_ms,
        level=outcome.level,
    )


def _verdict(outcome: Outcome, right: bool) -> Verdict:
    if outcome.status == "ok":
        return "passed" if right else "failed"
    return outcome.status


def same(found: Any, expected: Any) -> bool:
    """Whether two plain values are the same, as the module's docstring says."""
    if isinstance(found, (list, tuple)) and isinstance(expected, (list, tuple)):
        return (
            isinstance(found, list) == isinstance(expected, list)
            and len(found) == len(expected)
            and all(same(f, e) for f, e in zip(found, expected, strict=True))
        )
    if isinstance(found, dict) and isinstance(expected, dict):
        return found.keys() == expected.keys() and all(
            same(found[key], value) for key, value in expected.items()
        )
    if _inexact(found, expected):
        return _close(found, expected)
    return bool(found == expected)


def _inexact(found: Any, expected: Any) -> bool:
    numbers = isinstance(found, (int, float, complex)) and isinstance(
        expected, (int, float, complex)
    )
    return numbers and not (isinstance(found, int) and isinstance(expected, int))


def _close(found: complex, expected: complex) -> bool:
    if found == expected or (found != found and expected != expected):  # noqa: PLR0124 - nan
        return True
    try:
        return cmath.isclose(found, expected, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    except OverflowError:  # an integer beyond every float
        return False


def diff(example: Example, output: Output) -> str:
    """The call, then what it should have returned (-) and what it did (+)."""
    call = example.call
    given = [repr(a) for a in call.arguments]
    given += [f"{name}={value!r}" for name, value in call.keywords.items()]
    wanted = _lines(example.expected)
    found = _lines(output.value) if output.ok else [output.error]
    lines = (
        difflib.ndiff(wanted, found)
        if len(wanted) + len(found) > 2
        else (["- " + wanted[0], "+ " + found[0]])
    )
    kept = [line for line in lines if not line.startswith("?")]
    return "\n".join([f"{call.function}({', '.join(given)})"[:_LONGEST], *kept])[: 2 * _LONGEST]


def _lines(value: Any) -> list[str]:
    try:
        return pprint.pformat(value, width=88)[:_LONGEST].splitlines()
    except ValueError:  # Python writes no integer of more than 4,300 digits
        return [f"a {type(value).__name__} with an integer too long to be shown"]
