"""Sampled problems are solvable, not trivial, distinct, and in exactly one split."""

from __future__ import annotations

import json
from itertools import islice, pairwise

import pytest

from hrm_engine.programs.behaviour import banned_behaviours, behaviour
from hrm_engine.programs.checks import Fault, fault
from hrm_engine.programs.exedec import read_problem
from hrm_engine.programs.generate import DEEPCODER_ONLY, EXEDEC_LIKE
from hrm_engine.programs.interpreter import DEFAULT_LIMITS, run, trace
from hrm_engine.programs.parser import read_python
from hrm_engine.programs.records import from_record, records, signature, to_record
from hrm_engine.programs.sampler import COMMON, ProblemSampler, ProgramProblem
from hrm_engine.programs.splits import (
    SPLITS,
    Split,
    is_held_out_pair,
    is_held_out_template,
    operation_pairs,
    split_of,
)
from hrm_engine.programs.types import ProgramError, Value
from tests.engine.programs.drawing import drawn, function_of
from tests.engine.programs.test_deepcoder import SAMPLE


def problems(count: int, seed: int = 0, split: Split = "train") -> list[ProgramProblem]:
    return list(islice(ProblemSampler(seed, split), count))


@pytest.mark.requirement("SD-12")
def test_the_same_seed_gives_the_same_problems() -> None:
    assert problems(8, seed=4) == problems(8, seed=4)
    assert problems(8, seed=4) != problems(8, seed=5)


def test_the_program_passes_its_examples_and_hidden_tests_also_as_python() -> None:
    for problem in problems(40):
        function = function_of(to_record(problem)["answer"])
        assert 3 <= len(problem.examples) <= 5
        assert len(problem.hidden) == 10
        for example in (*problem.examples, *problem.hidden):
            assert run(problem.program, example.inputs) == example.output
            assert function(*example.inputs) == example.output


def test_hidden_tests_are_none_of_the_examples() -> None:
    for problem in problems(40):
        inputs = [repr(each.inputs) for each in (*problem.examples, *problem.hidden)]
        assert len(set(inputs)) == len(inputs)


def test_the_plan_names_every_step_with_its_values() -> None:
    for problem in problems(30):
        first = trace(problem.program, problem.examples[0].inputs)
        assert first is not None
        assert [step.values[0] for step in problem.plan] == first[len(problem.program.types) :]
        assert problem.plan[-1].values == tuple(each.output for each in problem.examples)
        assert [step.statement for step in problem.plan] == [
            str(statement) for statement in problem.program.statements
        ]


def test_no_two_problems_behave_alike() -> None:
    found = [problem.behaviour for problem in problems(60)]
    assert len(set(found)) == 60


def test_rejected_draws_are_counted_by_reason() -> None:
    sampler = ProblemSampler(0, vocabulary=EXEDEC_LIKE)
    list(islice(sampler, 80))
    assert {"constant", "reducible", "banned", "duplicate"} <= set(sampler.rejected)


def test_longer_programs_of_the_test_sets_of_others_are_never_drawn() -> None:
    banned = {behaviour(read_problem(record).program) for record in SAMPLE}
    assert banned <= banned_behaviours(), "run scripts/exedec_behaviours.py on the data again"
    drawn_ones = islice(ProblemSampler(0, vocabulary=DEEPCODER_ONLY), 100)
    longer = {each.behaviour for each in drawn_ones if len(each.program.statements) > COMMON}
    assert longer
    assert not banned_behaviours() & longer


def test_a_fingerprint_ignores_how_a_result_is_reached() -> None:
    head = "def f(xs: list[int]) -> int:\n    return "
    ascending = behaviour(read_python(f"{head}sorted(xs)[0]"))
    assert ascending == behaviour(read_python(f"{head}min(xs)"))
    assert ascending != behaviour(read_python(f"{head}max(xs)"))


def rows(text: str, *inputs: tuple[Value, ...]) -> Fault | None:
    """The fault of a program on these inputs."""
    program = read_python(text)
    values = [trace(program, each, DEFAULT_LIMITS) for each in inputs]
    return fault(program, [each for each in values if each is not None], DEFAULT_LIMITS)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return [x * 0 for x in xs]", "constant"),
        ("return list(dict.fromkeys(xs))", "identity"),
        ("a = sorted(xs)\n    return sorted(a, reverse=True)", "reducible"),
        ("a = [x + 1 for x in xs]\n    return [x + 1 for x in a]", "one step"),
        ("a = [x * 3 for x in xs]\n    return sorted(a)", None),
    ],
)
def test_trivial_and_reducible_programs_have_a_fault(body: str, expected: Fault | None) -> None:
    text = f"def f(xs: list[int]) -> list[int]:\n    {body}"
    same_length = ([7, 5, 6],), ([1, 3, 2],), ([4, 9, 0],)
    inputs = (([0, 0, 0],),) * 3 if expected == "constant" else same_length
    assert rows(text, *inputs) == expected


def test_results_that_are_mostly_equal_are_a_fault_unless_they_are_truth_values() -> None:
    few = ([1],), ([2],), ([3],), ([4],), ([5, 1],)
    assert rows("def f(xs: list[int]) -> int:\n    return len(xs)", *few) == "constant"
    assert rows("def f(xs: list[int]) -> bool:\n    return 5 in xs", *few) is None


@pytest.mark.parametrize("split", ["train", "pairs", "behaviour", "template"])
def test_every_split_holds_what_its_rule_says(split: Split) -> None:
    for problem in problems(6, split=split):
        assert split_of(problem.program, problem.behaviour, problem.template) == split
        assert len(problem.program.statements) <= 4
        assert is_held_out_template(problem.template) == (split == "template")
        held_out = [is_held_out_pair(*pair) for pair in operation_pairs(problem.program)]
        assert any(held_out) == (split == "pairs")


def test_long_programs_are_a_split_of_their_own() -> None:
    (problem,) = problems(1, split="length")
    assert len(problem.program.statements) > 4
    assert problem.specification.count(" is ") >= 4


def test_splits_share_no_problem() -> None:
    found = {split: {each.behaviour for each in problems(5, split=split)} for split in SPLITS[2:4]}
    train = {each.behaviour for each in problems(60)}
    assert not train & found["behaviour"]
    assert not train & found["pairs"]


def test_operation_pairs_are_producer_and_consumer() -> None:
    text = "def f(xs: list[int]) -> int:\n    a = sorted(xs)\n    return a[0] + len(a)"
    assert operation_pairs(read_python(text)) == {
        ("Sort", "Head"), ("Sort", "Length"), ("Head", "Combine"), ("Length", "Combine"),
    }  # fmt: skip


def test_records_are_json_and_come_back() -> None:
    for record in records(30, seed=2):
        copy = json.loads(json.dumps(record))
        assert copy == record
        assert to_record(from_record(copy)) == record


def test_counts_keep_the_type_of_their_keys_in_json() -> None:
    sampler = ProblemSampler(0)
    counting = next(each for each in sampler if "dict" in each.program.result.value)
    record = json.loads(json.dumps(to_record(counting)))
    assert from_record(record).examples == counting.examples


def test_a_record_without_an_answer_or_with_wrong_examples_is_refused() -> None:
    (record,) = records(1, seed=0)
    with pytest.raises(ProgramError, match="no program problem: KeyError 'answer'"):
        from_record({key: value for key, value in record.items() if key != "answer"})
    wrong = [{"inputs": [None], "output": None}]
    with pytest.raises(ProgramError, match="does not fit the program"):
        from_record({**record, "hidden": wrong})


def test_a_signature_is_the_first_line_of_the_function() -> None:
    program = read_python("def f(s: str, n: int) -> str:\n    return s[:n]")
    assert signature(program, "start") == "def start(s: str, n: int) -> str"


def test_consecutive_lengths_are_all_drawn() -> None:
    lengths = sorted({len(problem.program.statements) for problem in problems(60)})
    assert lengths == [1, 2, 3, 4]
    assert all(after - before == 1 for before, after in pairwise(lengths))


def test_a_drawn_program_uses_every_value() -> None:
    for seed in range(50):
        program = drawn(seed, 4)
        used = {str(each) for statement in program.statements for each in statement.arguments}
        values = len(program.types) + len(program.statements) - 1
        assert {f"v{place}" for place in range(values)} <= used
