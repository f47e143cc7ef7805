"""No trick gets a label that it does not deserve."""

from __future__ import annotations

import pytest

from hrm_engine.codegen.cascade import generate
from hrm_engine.codegen.examples import distinct
from hrm_engine.codegen.generated import NEEDED
from hrm_engine.deadline import Deadline
from hrm_engine.errors import TaskError
from hrm_engine.evaluation.sandbox import Sandbox, judge
from tests.engine.codegen.adversarial import ALL, LYING, Case
from tests.engine.codegen.scripted import PATIENT_S, Scripted, asked

TRICKS = [case for case in ALL if case not in LYING]


@pytest.mark.requirement("SD-11")
@pytest.mark.parametrize("case", TRICKS, ids=lambda case: case.name)
def test_a_trick_is_not_called_verified(case: Case, sandbox: Sandbox) -> None:
    if case.refused:
        with pytest.raises(TaskError) as refused:
            generate(asked(case.examples), [], sandbox, Deadline.after(PATIENT_S))
        assert refused.value.hint
        return
    request = asked(case.examples, case.spec)
    stage = Scripted((case.code,))
    found = generate(request, [stage], sandbox, Deadline.after(PATIENT_S))
    assert (found.status == "verified") == case.deserved, found
    if case.deserved:
        assert distinct(request.examples) >= NEEDED
        with Sandbox(sandbox.level) as fresh:
            assert judge(fresh, found.code, request.examples).status == "passed"


def test_there_are_more_than_forty_of_them() -> None:
    assert len({case.name for case in ALL}) == len(ALL) >= 100
    assert sum(not case.deserved for case in TRICKS) >= 40
