"""The tool `generate_code` as a function of Python."""

from __future__ import annotations

import pytest

from hrm_engine.errors import TaskError
from hrm_tools.checked_code import generate_code
from hrm_tools.generate_code import CodeAnswer

SQUARES = ["assert f([1, 2]) == 5", "assert f([3]) == 9", "assert f([]) == 0"]
PATIENT_MS = 30_000


@pytest.mark.slow
@pytest.mark.requirement("SD-1")
def test_code_that_passed_the_examples_is_returned_and_the_stages_are_told() -> None:
    told: list[str] = []
    found = generate_code(
        "the sum of the squares of the numbers", SQUARES, budget_ms=PATIENT_MS, tell=told.append
    )
    assert isinstance(found, CodeAnswer)
    assert (found.status, found.verified) == ("verified", True)
    assert (found.tests.given, found.tests.passed) == (3, 3)
    assert found.code is not None
    assert "def f(" in found.code
    assert told
    again = generate_code("the sum of the squares", "\n".join(SQUARES), budget_ms=PATIENT_MS)
    assert again.status == "verified"


@pytest.mark.requirement("SD-5")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"spec": " "}, "spec: string should have at least 1 character"),
        ({"spec": "x", "budget_ms": 1}, "budget_ms: input should be greater than"),
        ({"spec": "x", "examples": "assert f(1) == 1\nassert f(1) == 2"}, "contradict|f\\(1\\)"),
    ],
)
def test_wrong_arguments_are_one_clear_error(arguments: dict[str, object], said: str) -> None:
    with pytest.raises(TaskError, match=said):
        generate_code(**arguments)  # type: ignore[arg-type]  # wrong on purpose
