"""A batch with an open door: rows come and go, and no answer depends on who else is there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import torch

from hrm_engine.deadline import Deadline
from hrm_engine.errors import TaskError
from hrm_engine.inference.batched_generate import GreedyBatch, Prompted
from hrm_engine.inference.generate import generate
from hrm_engine.inference.solve import MAX_ANSWER, Solver
from hrm_engine.model.build import build_model
from hrm_engine.model.presets import size
from hrm_engine.model.sequence import SequenceModel
from tests.engine.inference.lending import Kept
from tests.engine.inference.test_generate import END, PROMPTS, Counter, MayStop

BENCHMARKS = Path(__file__).parents[3] / "benchmarks" / "data"
NAMES = ("hrm_text-tiny", "transformer-tiny")
QUESTIONS = [
    *(Prompted(prompt) for prompt in PROMPTS),
    *(Prompted(prompt, Counter(length)) for length, prompt in enumerate(PROMPTS)),
    *(Prompted(prompt, MayStop()) for prompt in PROMPTS),
]


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    """These networks are too small to share, above all on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def make(name: str = NAMES[0], context: int = 64) -> SequenceModel:
    torch.manual_seed(3)
    return build_model(size(name, vocab=12, context=context)).eval()


def alone(model: SequenceModel, question: Prompted, *, prefix_lm: bool, max_new: int) -> list[int]:
    grammars = None if question.constraint is None else [question.constraint]
    (answer,) = generate(
        model,
        [question.prompt],
        max_new=max_new,
        end_token=END,
        prefix_lm=prefix_lm,
        constraints=grammars,
    )
    return answer


def run(batch: GreedyBatch, questions: Sequence[Prompted], *, at_once: int) -> list[list[int]]:
    """Admit at most `at_once` questions before each step until all are answered."""
    waiting = list(enumerate(questions))
    answers: dict[int, list[int]] = {}
    while len(answers) < len(questions):
        for _ in range(min(at_once, batch.room, len(waiting))):
            batch.admit(*waiting.pop(0))
        answers.update(batch.advance())
    assert batch.rows == 0
    return [answers[number] for number in range(len(questions))]


@pytest.mark.parametrize("at_once", [1, 2, 9])
@pytest.mark.parametrize("prefix_lm", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_questions_that_come_and_go_are_answered_as_each_alone(
    name: str, prefix_lm: bool, at_once: int
) -> None:
    model = make(name)
    expected = [alone(model, each, prefix_lm=prefix_lm, max_new=12) for each in QUESTIONS]
    batch = GreedyBatch(model, 4, max_new=12, end_token=END, prefix_lm=prefix_lm)
    assert run(batch, QUESTIONS, at_once=at_once) == expected
    assert len({len(answer) for answer in expected}) > 3  # so rows do leave at different times


def test_the_last_answer_may_fill_the_models_context() -> None:
    model = make(context=16)
    question = Prompted(PROMPTS[0], Counter(100))
    batch = GreedyBatch(model, 2, max_new=50, end_token=END)
    expected = alone(model, question, prefix_lm=False, max_new=50)
    assert len(expected) == 16 - len(PROMPTS[0])
    assert run(batch, [question, Prompted([7])], at_once=2)[0] == expected


def test_a_dropped_question_leaves_and_the_others_do_not_notice() -> None:
    model = make()
    batch = GreedyBatch(model, 3, max_new=12, end_token=END)
    questions = [Prompted(prompt, Counter(6)) for prompt in PROMPTS[:3]]
    for number, question in enumerate(questions):
        batch.admit(number, question)
    batch.drop(1)  # before its first step
    assert (batch.rows, batch.room) == (2, 1)
    batch.advance()
    batch.drop(0)  # after it
    assert batch.rows == 1
    answers: dict[int, list[int]] = {}
    while batch.rows:
        answers.update(batch.advance())
    assert answers == {2: alone(model, questions[2], prefix_lm=False, max_new=12)}


@pytest.mark.parametrize("prompt", [[], [1] * 64])
def test_a_prompt_that_the_model_cannot_read_is_refused(prompt: list[int]) -> None:
    batch = GreedyBatch(make(), 2, max_new=4, end_token=END)
    with pytest.raises(TaskError, match="tokens"):
        batch.admit(1, Prompted(prompt))
    assert batch.rows == 0


@pytest.fixture(scope="module")
def solver() -> Solver:
    return Solver.load("hrm-derivative", "derivative")


@pytest.mark.parametrize("items", [12, pytest.param(None, marks=pytest.mark.slow)])
def test_the_textbook_gets_the_same_tokens_from_the_shared_batch_as_alone(
    solver: Solver, items: int | None
) -> None:
    lines = (BENCHMARKS / "derivative_textbook.jsonl").read_text().splitlines()[:items]
    problems = [solver.task.read(json.loads(line)) for line in lines]
    expected = [next(solver.propose(each, 1, Deadline.never())) for each in problems]
    end = solver.task.end_token
    batch = GreedyBatch(solver.model, 16, max_new=MAX_ANSWER, end_token=end, prefix_lm=True)
    questions = [Prompted(solver.task.prompt(p), solver.task.constraint(p)) for p in problems]
    assert run(batch, questions, at_once=16) == expected


def test_a_solver_asks_the_batch_it_lent_and_answers_the_same(solver: Solver) -> None:
    lent = Kept()
    shared = solver.batched(lent)
    for text in ("sin(5x)", "x^2*e^x", "\\frac{x}{x+1}"):
        problem = solver.task.read({"input": text, "order": 2})
        assert shared.solve(problem) == solver.solve(problem)
    assert lent.names == ["hrm-derivative"]
    assert lent.asked == 6  # one greedy answer for each stage of each problem
    problem = solver.task.read({"input": "x*sin(x)"})
    found = list(shared.propose(problem, 4, Deadline.after(60)))  # a beam follows
    assert found == list(solver.propose(problem, 4, Deadline.after(60)))


def test_a_problem_that_does_not_fit_never_reaches_the_batch(solver: Solver) -> None:
    lent = Kept()
    solved = solver.batched(lent).solve(solver.task.read({"input": "+".join(["sin(x)"] * 60)}))
    assert "does not fit" in solved.why
    assert lent.asked == 0
