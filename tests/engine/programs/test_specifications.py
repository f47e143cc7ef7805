"""Specifications say in English what the program does; noise changes words, not meaning."""

from __future__ import annotations

import numpy as np
import pytest

from hrm_engine.programs.operations import OPERATIONS, lambdas_for
from hrm_engine.programs.parser import read_python
from hrm_engine.programs.phrases import phrase
from hrm_engine.programs.program import Ref, Statement
from hrm_engine.programs.specifications import BY_NAME, TEMPLATES, draw_template, specify
from hrm_engine.programs.splits import is_held_out_template
from tests.engine.programs.drawing import drawn

SHORT = "def f(xs: list[int]) -> int:\n    return sum(x for x in xs if x > 0)"
LONG = (
    "def f(xs: list[int], n: int) -> int:\n"
    "    a = [x for x in xs if x > n]\n    b = sorted(a)\n    return sum(b[:3])"
)
TESTS = "def f(n: int, k: int) -> bool:\n    a = n > k\n    return not a"


def worded(text: str, template: str, seed: int = 0, noise: float = 0.0) -> str:
    rng = np.random.default_rng(seed)
    return specify(read_python(text), BY_NAME[template], rng, noise)


@pytest.mark.parametrize(
    ("text", "template", "specification"),
    [
        (
            SHORT,
            "given",
            "Given a list of integers xs, return the sum of each item of xs that is positive.",
        ),
        (SHORT, "plain", "The sum of each item of xs that is positive"),
        (
            LONG,
            "compute",
            "Compute the sum of c from a list of integers xs and an integer n, where a is each "
            "item of xs that is greater than n; b is a in ascending order and c is the first 3 "
            "items of b.",
        ),
        (
            LONG,
            "plain",
            "The sum of c, where a is each item of xs that is greater than n; b is a in "
            "ascending order and c is the first 3 items of b",
        ),
        (TESTS, "plain", "Whether it is not so that n is greater than k"),
    ],
)
def test_without_noise_the_wording_is_exact(text: str, template: str, specification: str) -> None:
    assert worded(text, template) == specification


def test_a_variable_keeps_its_case_at_the_start() -> None:
    assert worded("def f(xs: list[int]) -> list[int]:\n    return xs[::-1]", "plain") == (
        "xs in reverse order"
    )


def test_noise_changes_the_wording_and_a_seed_fixes_it() -> None:
    found = {worded(LONG, "function", seed, noise=1.0) for seed in range(20)}
    assert len(found) > 10
    assert worded(LONG, "function", 3, noise=1.0) == worded(LONG, "function", 3, noise=1.0)


def test_noise_leaves_constants_in_quotes_alone() -> None:
    text = "def f(s: str) -> bool:\n    return 'aeiou' in s"
    assert all("'aeiou'" in worded(text, "plain", seed, noise=1.0) for seed in range(40))


def test_held_out_templates_exist_and_are_drawn_only_when_asked_for() -> None:
    rng = np.random.default_rng(0)
    held_out = {each.name for each in TEMPLATES if is_held_out_template(each.name)}
    assert 2 <= len(held_out) <= len(TEMPLATES) // 2
    assert {draw_template(rng, held_out=True).name for _ in range(60)} == held_out
    assert not held_out & {draw_template(rng, held_out=False).name for _ in range(60)}


def test_every_operation_with_every_lambda_has_a_phrase() -> None:
    for operation in OPERATIONS:
        names = [f"<{place}>" for place in range(3)]
        refs = tuple(map(Ref, range(len(operation.values))))
        for function in lambdas_for(operation) or (None,):
            arguments = refs if function is None else (function, *refs)
            spoken = phrase(Statement(operation, arguments), names)
            used = [name for name in names[: len(refs)] if name in spoken]
            assert len(used) == len(refs), f"{operation.name}: {spoken}"
            assert "{" not in spoken
            assert "  " not in spoken


def test_long_programs_can_be_worded() -> None:
    rng = np.random.default_rng(1)
    for seed in range(30):
        program = drawn(seed, 6)
        assert specify(program, BY_NAME["need"], rng, 0.5)
