"""An executor as a generator: the model raw, and the same model inside the stage that orders.

    raw        independent samples at one temperature, so pass@k is the unbiased estimate
    ordered    what `ExecutorStage` proposes, best first, so pass@k looks at the first k

The unbiased estimate of a model needs a temperature that fits k: 0.2 for pass@1, 0.8 for
pass@10 are usual (Chen et al. 2021, arXiv:2107.03374, section 3.3).
"""

from __future__ import annotations

from collections.abc import Iterator

from hrm_engine.codegen.executor import Executor, ExecutorStage, K
from hrm_engine.codegen.extract import extract
from hrm_engine.codegen.prompt import write_prompt
from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.mbpp.generators import Generator
from hrm_engine.evaluation.mbpp.problems import Problem
from hrm_engine.evaluation.mbpp.system import asked

SECONDS = 600.0
"""Time for all samples of one task; a model on a CPU is slow, and that is not what is measured."""


def raw(executor: Executor, n: int, temperature: float, seconds: float = SECONDS) -> Generator:
    """`n` samples a task. One without code counts as a program, a wrong one."""

    def propose(problem: Problem) -> Iterator[str]:
        request, deadline = asked(problem), Deadline.after(seconds)
        for text in executor.sample(write_prompt(request), n, temperature, deadline):
            yield extract(text, request.name, request.signature) or "# no code"

    name = f"{executor.name} raw, T {temperature:g}"
    return Generator(name, propose, ranked=False, fixed=False, most=n)


def ordered(executor: Executor, k: int = K, seconds: float = SECONDS) -> Generator:
    """At most `k` programs a task, ordered by the visible asserts and by agreement."""
    stage = ExecutorStage(executor, k)

    def propose(problem: Problem) -> Iterator[str]:
        for candidate in stage.propose(asked(problem), Deadline.after(seconds)):
            yield candidate.code

    return Generator(f"{executor.name} ordered", propose, ranked=True, fixed=False, most=k)
