"""What is counted, from programs that really run in the sandbox."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.mbpp.cases import read_case
from hrm_engine.evaluation.mbpp.generators import Generator, reference
from hrm_engine.evaluation.mbpp.harness import Plan, measure
from hrm_engine.evaluation.mbpp.judging import Examiner
from hrm_engine.evaluation.mbpp.ledger import Judged, Ledger
from hrm_engine.evaluation.mbpp.problems import MbppTask, Problem
from hrm_engine.evaluation.mbpp.report import MbppReport, measure_name, score
from hrm_engine.evaluation.sandbox import Sandbox

RIGHT = "def double(x):\n    return x + x"
SQUARE = "def double(x):\n    return x * x"  # right for 2, the first assert
WRONG = "def double(x):\n    return -x"
ENDLESS = "def double(x):\n    while True: pass"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


@pytest.fixture
def examiner(sandbox: Sandbox) -> Examiner:
    return Examiner(sandbox)


def task(number: int = 11, *asserts: str, code: str = RIGHT, setup: str = "") -> MbppTask:
    texts = asserts or ("assert double(2) == 4", "assert double(3) == 6", "assert double(0) == 0")
    cases = tuple(read_case(text, i) for i, text in enumerate(texts, start=1))
    return MbppTask(number, "Double.", code, setup, "double", "def double(x)", cases)


def scripted(*programs: str, ranked: bool = True, fixed: bool = True) -> Generator:
    return Generator("scripted", lambda problem: iter(programs), ranked=ranked, fixed=fixed)


def run(
    examiner: Examiner, generator: Generator, plan: Plan, ledger: Ledger | None = None
) -> list[Judged]:
    (found,) = measure(generator, [task()], plan, [examiner], ledger=ledger or Ledger("run"))
    return found


def test_a_program_is_right_if_every_assert_passes(examiner: Examiner) -> None:
    found = run(examiner, scripted(RIGHT, SQUARE, WRONG, "syntax error"), Plan(ks=(4,)))
    assert [verdict.right for verdict in found] == [True, False, False, False]
    assert found[0].status == "passed"
    assert found[1].failure == "assert double(3) == 6\n  - 6\n  + 9"


def test_a_ranked_list_is_asked_for_the_largest_k_and_samples_for_n(examiner: Examiner) -> None:
    plan = Plan(ks=(1, 2), n=3)
    programs = [WRONG, RIGHT, RIGHT, RIGHT]
    ranked, sampled = scripted(*programs), scripted(*programs, ranked=False)
    found = run(examiner, ranked, plan)
    assert [rate.value for rate in score(ranked, [found], plan).rates] == [0.0, 1.0]
    found = run(examiner, sampled, plan)
    assert len(found) == 3
    rates = score(sampled, [found], plan).rates
    assert [rate.value for rate in rates] == [pytest.approx(2 / 3), 1.0]


def test_what_fails_a_visible_assert_is_not_handed_in(examiner: Examiner) -> None:
    plan = Plan(ks=(1,), visible=1)
    generator = scripted(WRONG, SQUARE, RIGHT)
    found = run(examiner, generator, plan)
    assert [(verdict.fits, verdict.right) for verdict in found] == [(False, False), (True, False)]
    counted = score(generator, [found], plan)
    assert (counted.rates[0].value, counted.answered, counted.programs) == (0.0, 1.0, 2)


def test_hidden_asserts_do_not_decide_whether_a_program_is_handed_in(examiner: Examiner) -> None:
    slow = "def double(x):\n    while x != 2: pass\n    return 4"
    (verdict,) = run(examiner, scripted(slow), Plan(ks=(1,), visible=1))
    assert (verdict.fits, verdict.right, verdict.status) == (True, False, "timeout")


def test_with_all_asserts_visible_it_is_no_pass_at_k(examiner: Examiner) -> None:
    found = run(examiner, scripted(SQUARE, RIGHT), Plan(ks=(1,), visible=3))
    assert [verdict.right for verdict in found] == [False, True]
    assert measure_name(3, 3) == "test-guided solve rate@k, all 3 visible: no pass@k"
    assert measure_name(1, 3) == "pass@k, 1 visible, judged on the others"
    assert measure_name(0, 3) == "pass@k, no assert visible"


def test_the_generator_sees_only_the_visible_asserts(examiner: Examiner) -> None:
    seen: list[Problem] = []

    def propose(problem: Problem) -> Iterator[str]:
        seen.append(problem)
        return iter([RIGHT])

    run(examiner, Generator("curious", propose, ranked=True), Plan(ks=(1,), visible=1))
    assert [case.text for case in seen[0].visible] == ["assert double(2) == 4"]


def test_timeouts_count_as_failures_and_are_warned_of_once(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    hasty = Examiner(sandbox, floor=0.1)
    with caplog.at_level(logging.WARNING):
        found = run(hasty, scripted(ENDLESS, ENDLESS + "\n"), Plan(ks=(2,)))
    assert [verdict.status for verdict in found] == ["timeout", "timeout"]
    assert len(caplog.records) == 1
    assert "2 programs ran out of time" in caplog.text


def test_a_task_without_a_program_counts_as_failed(
    examiner: Examiner, caplog: pytest.LogCaptureFixture
) -> None:
    plan = Plan(ks=(1,))
    with caplog.at_level(logging.WARNING):
        found = run(examiner, scripted(), plan)
    assert "no program for 1 tasks" in caplog.text
    assert score(scripted(), [found], plan).rates[0].value == 0.0


@pytest.mark.parametrize("fixed", [True, False])
def test_a_rerun_judges_only_what_is_new(fixed: bool, examiner: Examiner, tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    programs = scripted(WRONG, SQUARE, RIGHT, ranked=False, fixed=fixed)
    run(examiner, programs, Plan(ks=(1,), n=1), Ledger("run", path))
    lines = path.read_text()
    found = run(examiner, programs, Plan(ks=(1, 2), n=2), Ledger("run", path))
    assert path.read_text().startswith(lines)
    # A fixed list goes on where it stopped; a sampler is asked for the samples still missing.
    assert [verdict.solution for verdict in found] == [WRONG, SQUARE if fixed else WRONG]
    assert run(examiner, programs, Plan(ks=(1, 2), n=2), Ledger("run", path)) == found
    assert len(path.read_text().splitlines()) == 2


def test_a_ranked_list_that_may_change_goes_on_with_what_was_not_judged(examiner: Examiner) -> None:
    ledger = Ledger("run")
    first = scripted(WRONG, SQUARE, fixed=False)
    run(examiner, first, Plan(ks=(1,)), ledger)
    later = scripted(SQUARE, WRONG, RIGHT, fixed=False)
    found = run(examiner, later, Plan(ks=(3,)), ledger)
    assert [verdict.solution for verdict in found] == [WRONG, SQUARE, RIGHT]


def test_a_list_that_has_changed_since_is_refused(examiner: Examiner) -> None:
    ledger = Ledger("run")
    run(examiner, scripted(WRONG), Plan(ks=(1,)), ledger)
    with pytest.raises(ConfigError, match="other programs for Mbpp/11 than were judged"):
        run(examiner, scripted(RIGHT, WRONG), Plan(ks=(2,)), ledger)


def test_classes_of_the_candidate_are_built_in_the_sandbox(examiner: Examiner) -> None:
    code = "class Box:\n    def __init__(self, x): self.x = x\ndef double(b): return b.x * 2"
    built = task(11, "assert double(Box(2)) == 4", "assert double(box) == 6", setup="box = Box(3)")
    assert built.built
    assert examiner.examine(built, code).status == "passed"
    assert examiner.examine(built, RIGHT).status == "failed"


@pytest.mark.parametrize(("factor", "passes"), [("2.0005", True), ("2.1", False)])
def test_the_tolerance_of_an_assert_is_kept(factor: str, passes: bool, examiner: Examiner) -> None:
    close = task(11, "assert math.isclose(double(10), 20, rel_tol=0.001)")
    assert examiner.examine(close, f"def double(x): return x * {factor}").right is passes


def test_a_slow_reference_has_a_longer_limit(sandbox: Sandbox) -> None:
    busy = "def double(x):\n    for _ in range(10**6): pass\n    return x + x"
    examiner = Examiner(sandbox, floor=0.001, factor=100.0)
    assert examiner.examine(task(code=busy), busy).status == "passed"
    assert examiner.limits[11].cpu_s > 0.1
    assert examiner.limits[11].wall_s == 3 * examiner.limits[11].cpu_s


@pytest.mark.parametrize(
    ("number", "assertion", "value", "passes"),
    [
        (2, "assert double(1) == (4, 5)", "(5, 4)", True),
        (2, "assert double(1) == (4, 5)", "(4, 4, 5)", False),
        (2, "assert double(1) == (4, 5)", "45", False),
        (2, "assert double(1) == (4, 5)", "[10**5000, 4]", False),
        (11, "assert double(1) == (4, 5)", "(5, 4)", False),
        (581, "assert double(3, 4) == 33", "35", True),
        (581, "assert double(3, 4) == 33", "34", False),
    ],
)
def test_special_oracles_follow_the_text_and_strict_follows_the_assert(
    number: int, assertion: str, value: str, passes: bool, examiner: Examiner
) -> None:
    special = task(number, assertion)
    code = f"def double(*_): return {value}"
    assert examiner.examine(special, code).right is passes
    assert not Examiner(examiner.sandbox, strict=True).examine(special, code).right


def test_an_interrupted_run_lets_the_waiting_tasks_go(examiner: Examiner) -> None:
    def progress(done: int, total: int) -> None:
        raise KeyboardInterrupt

    ledger = Ledger("run")
    tasks = [task(number) for number in range(11, 211)]
    with pytest.raises(KeyboardInterrupt):
        measure(
            reference(tasks), tasks, Plan(ks=(1,)), [examiner], ledger=ledger, progress=progress
        )
    assert ledger.of(11)
    assert not ledger.of(210)


def test_the_table_names_everything_that_the_figures_depend_on(examiner: Examiner) -> None:
    plan = Plan(ks=(1, 2), visible=1)
    generator = scripted(SQUARE, RIGHT)
    report = MbppReport(
        split="test",
        n=1,
        built=1,
        visible=1,
        oracles="special",
        measure=measure_name(1, 3),
        samples=20,
        scores=(score(generator, [run(examiner, generator, plan)], plan),),
        sandbox="landlock",
        seconds=1.0,
        command="hrm eval mbpp",
    )
    table = dict(report.lines())
    assert table["tasks"] == "1 of the split test, 1 of them with code in the sandbox"
    assert table["scripted"] == "@1 0.0% (0.0% to 79.3%), @2 100.0% (20.7% to 100.0%)"
    assert table["scripted answers"] == "100.0%"
    assert table["programs judged"] == "2: 1 failed, 1 passed"
