"""A language model of the user's own as the last stage: it writes, the judge decides.

    request ─► prompt ─► k samples, cool to warm ─► code in them ─► clusters ─► candidates

An `Executor` turns text into text and knows nothing else. Adapters for GGUF files, Hugging Face
folders and servers are in `tools/hrm_tools/executors/`; none is shipped with weights.
Read `ExecutorStage.propose`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from itertools import groupby
from typing import Protocol

from hrm_engine.codegen.cluster import Cluster, Clusters
from hrm_engine.codegen.extract import extract
from hrm_engine.codegen.prompt import write_prompt
from hrm_engine.codegen.request import Candidate, Request
from hrm_engine.deadline import Deadline
from hrm_engine.errors import HRMError
from hrm_engine.evaluation.sandbox import Sandbox

K = 10
STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
ENOUGH = 4
"""Three examples and one sample that passes them, or one example and three samples that agree."""
DRAWING = 0.8
"""Share of the time for drawing; the rest is for running and judging what was drawn."""


class ExecutorError(HRMError):
    """The model cannot be asked: its server is down, its file broken, its context too small."""


class Executor(Protocol):
    """A language model that writes code."""

    @property
    def name(self) -> str:
        """What stands in `source` after `executor:`."""
        ...

    def sample(self, prompt: str, k: int, temperature: float, deadline: Deadline) -> Iterator[str]:
        """At most `k` replies to `prompt`, each as soon as it is whole; fewer at `deadline`.

        What was written when the time ran out may come as a last, unfinished reply. Raises
        ExecutorError.
        """
        ...


def ladder(k: int) -> list[tuple[float, int]]:
    """Temperatures and how many samples to draw at each, `k` in all.

    One at 0, where all would be equal; the others spread evenly over the steps up to 1.
    """
    steps = [STEPS[0], *(STEPS[1 + place * 5 // max(1, k - 1)] for place in range(k - 1))]
    return [(step, len(list(same))) for step, same in groupby(steps[:k])]


class ExecutorStage:
    """A `Stage` that asks an executor.

    Args:
        executor: The model.
        k: The most samples for one request.
        sandbox: Where candidates run to be compared; without one it starts its own each time.
        enough: Evidence at which drawing ends: examples passed, plus samples that behave alike.
        plan: Steps for the prompt, made from the request.
    """

    name = "executor"

    def __init__(
        self,
        executor: Executor,
        k: int = K,
        *,
        sandbox: Sandbox | None = None,
        enough: int = ENOUGH,
        plan: Callable[[Request], str] | None = None,
    ) -> None:
        self._executor = executor
        self._k = k
        self._sandbox = sandbox
        self._enough = enough
        self._plan = plan

    def propose(self, request: Request, deadline: Deadline) -> Iterator[Candidate]:
        """Candidates, those that pass most examples and most samples agree on first.

        Raises ExecutorError when not even one sample could be had, SandboxError.
        """
        prompt = write_prompt(request, self._plan(request) if self._plan else "")
        drawing = deadline.within(DRAWING * deadline.remaining())
        with nullcontext(self._sandbox) if self._sandbox else Sandbox() as sandbox:
            clusters = Clusters(request.examples, sandbox)
            for text in self._texts(prompt, drawing):
                code = extract(text, request.name, request.signature)
                if code and self._settled(clusters.add(code), len(request.examples)):
                    break
        for code in clusters.ordered():
            yield Candidate(code, f"executor:{self._executor.name}")

    def _settled(self, cluster: Cluster, examples: int) -> bool:
        """Whether so much speaks for one behaviour that further samples would change nothing."""
        return cluster.passed == examples and examples + cluster.votes >= self._enough

    def _texts(self, prompt: str, deadline: Deadline) -> Iterator[str]:
        """Replies up the ladder. A model that fails after its first reply has said enough."""
        drawn = 0
        try:
            for temperature, count in ladder(self._k):
                replies = self._executor.sample(prompt, count, temperature, deadline)
                for text in replies:
                    drawn += 1
                    yield text
                if not deadline.remaining():
                    return
        except ExecutorError:
            if not drawn:
                raise
