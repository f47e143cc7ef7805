"""Look for another program that passes every example and still does something else.

Where there is one, the examples do not decide between the two, and a call on which they differ is
the example that is missing. The inputs to compare on are derived from the examples' own
(`probes.py`); where either program fails on one, it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from hrm_engine.codegen.judging import Trial, limits_within
from hrm_engine.codegen.probes import derived_calls
from hrm_engine.codegen.request import Candidate, Request
from hrm_engine.codegen.source import defines
from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.sandbox import Call, Output, Sandbox
from hrm_engine.evaluation.sandbox.judge import same

SECONDS = 0.5
SHARE = 0.2
"""The most that may be spent on it: seconds, and of the time that is left."""
MOST = 60


def open_question(
    chosen: Trial,
    others: Iterable[Candidate],
    request: Request,
    sandbox: Sandbox,
    deadline: Deadline,
) -> str:
    """The first call on which another program differs from the chosen one, in a sentence; or "".

    deadline: for all of it. Raises SandboxError.
    """
    shown = [example.call for example in request.examples]
    calls = [*shown, *derived_calls(request.examples)]

    def outputs(code: str) -> tuple[Output, ...]:
        return sandbox.run(code, calls, limits_within(deadline)).outputs

    ours = outputs(chosen.candidate.code)
    for other in islice(others, MOST):
        if not deadline.remaining():
            break
        if defines(other.code, request.name):
            continue
        theirs = outputs(other.code)
        if _passes(theirs, request) and (said := _difference(calls, ours, theirs)):
            return said
    return ""


def _passes(outputs: Sequence[Output], request: Request) -> bool:
    return all(
        found.ok and same(found.value, example.expected)
        for found, example in zip(outputs, request.examples, strict=False)
    )


def _difference(calls: Sequence[Call], ours: Sequence[Output], theirs: Sequence[Output]) -> str:
    """The first call that both answer, and not alike, in a sentence; "" when there is none."""
    for call, one, two in zip(calls, ours, theirs, strict=True):
        if one.ok and two.ok and not same(one.value, two.value):
            asked = f"{call.function}({', '.join(map(repr, call.arguments))})"
            return (
                f"the examples leave open what {asked:.120} is: {one.value!r:.60} with this code, "
                f"{two.value!r:.60} with another that passes them"
            )
    return ""
