"""Network proposes, checker disposes: from a problem to an answer that may be returned.

    greedy answer ──► check ──► accepted? return it
                        │ no
    beam of candidates ─► check each, best first; the first accepted wins
                        │ none
    nothing, with the reason        (a caller may then ask `Task.baseline`)

Read `Solver.solve` first. The check runs through `isolated`, so a server can put it in a
killable process; the network runs here, under the deadline, or in a batch shared with other
callers (`batched`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

import torch

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError, TaskError
from hrm_engine.export.checkpoint import Loaded, load_checkpoint
from hrm_engine.inference.batched import Ask, Lend, Turns
from hrm_engine.inference.batched_generate import GreedyBatch, Prompted
from hrm_engine.inference.beam import beam_search
from hrm_engine.inference.decoder import require_room
from hrm_engine.inference.generate import generate
from hrm_engine.inference.sampling import Greedy
from hrm_engine.tasks.base import SequenceTask, Verdict
from hrm_engine.tasks.judge import Isolated, cached_task, inline, judge, weakest

MAX_ANSWER = 256


@dataclass(frozen=True)
class Solved:
    """The outcome for one problem.

    solution is None when nothing was accepted. rank is the place of the accepted candidate
    (1: the greedy answer), the worst one over all stages. steps counts network calls a
    token, times tokens.
    """

    solution: Any
    verdict: Verdict
    rank: int
    candidates: int
    steps: int

    @property
    def accepted(self) -> bool:
        """Whether the exact check agreed."""
        return self.solution is not None and self.verdict.accepted

    @property
    def why(self) -> str:
        """Why nothing was accepted, in a few words."""
        if self.verdict.note:
            return self.verdict.note
        return f"{self.candidates} tried, the last one {self.verdict.status}"


class Solver:
    """A trained network with its task, ready to answer."""

    def __init__(self, loaded: Loaded, task: SequenceTask[Any, Any]) -> None:
        """Raises CheckpointError when the weights were made for another vocabulary."""
        loaded.require_vocabulary(task.vocabulary)
        self.name = loaded.folder.name
        self.model = loaded.sequence.eval()
        self.task = task
        self._greedy: Ask[Prompted, list[int]] = self._alone
        self._beams: Turns | None = None

    @classmethod
    def load(cls, model: str, task: str, threads: int = 1) -> Solver:
        """The solver for checkpoint `model` (name or folder) on the task named `task`.

        threads: of this process, for torch. The products of a small network decoding one
        answer are too small to share: a second thread costs more than it brings.
        """
        torch.set_num_threads(threads)
        found = cached_task(task)
        if not isinstance(found, SequenceTask):
            raise TaskError(f"`{task}` is a {found.form} task")
        return cls(load_checkpoint(model), found)

    def batched(self, lend: Lend) -> Solver:
        """This solver with its greedy answers found in a batch that all its callers share.

        Beams, which few problems need, are searched by their callers' threads, one at a time.
        """

        def make(rows: int) -> GreedyBatch:
            end_token = self.task.end_token
            return GreedyBatch(
                self.model, rows, max_new=MAX_ANSWER, end_token=end_token, prefix_lm=True
            )

        shared = copy(self)
        shared._greedy, shared._beams = lend(self.name, make), Turns()
        return shared

    def label(self, solved: Solved) -> str:
        """Who found an accepted answer: the first one of this network, or its search."""
        return f"hrm:{self.name}" if solved.rank == 1 else "hrm+search"

    def solve(
        self,
        problem: Any,
        *,
        candidates: int = 10,
        deadline: Deadline | None = None,
        isolated: Isolated = inline,
    ) -> Solved:
        """Solve every stage of `problem` (for example each order of a derivative).

        Args:
            problem: what `Task.read` returns.
            candidates: how many answers may be tried at each stage; 1 is the greedy one alone.
            deadline: when to give up; the network is asked between tokens.
            isolated: runs the check.
        """
        deadline = deadline or Deadline.never()
        done = Solved(None, Verdict("unverified", "none"), rank=0, candidates=0, steps=0)
        remaining = problem
        while remaining is not None:
            stage = self._stage(remaining, candidates, deadline, isolated)
            done = replace(
                stage,
                verdict=weakest((done.verdict, stage.verdict)) if done.rank else stage.verdict,
                rank=max(done.rank, stage.rank),
                candidates=done.candidates + stage.candidates,
                steps=done.steps + stage.steps,
            )
            if not stage.accepted:
                return replace(done, solution=None, verdict=stage.verdict)
            remaining = self.task.remaining(remaining, stage.solution)
        return done

    def _stage(
        self, problem: Any, candidates: int, deadline: Deadline, isolated: Isolated
    ) -> Solved:
        """One stage: the first accepted candidate, else the last refusal."""
        verdict, tried, steps = Verdict("unverified", "none", note="no candidate"), 0, 0
        try:
            for tokens in self.propose(problem, candidates, deadline):
                deadline.check()
                tried, steps = tried + 1, steps + len(tokens) + 1
                solution, verdict = isolated(judge, self.task.name, problem, tokens)
                if verdict.accepted:
                    return Solved(solution, verdict, tried, tried, steps)
        except DeadlineError as error:
            verdict = Verdict("unverified", "deadline", note=error.problem)
        except TaskError as error:
            verdict = Verdict("unverified", "prompt", note=error.problem)
        return Solved(None, verdict, 0, tried, steps)

    def propose(self, problem: Any, limit: int, deadline: Deadline) -> Iterator[list[int]]:
        """At most `limit` distinct answers as tokens: greedy first, then by probability."""
        prompt = self.task.prompt(problem)
        grammar = self.task.constraint(problem)
        require_room(self.model, [prompt])
        first = self._greedy(Prompted(prompt, grammar), deadline)
        yield first
        if limit == 1:
            return
        with self._beams.turn(deadline) if self._beams else nullcontext():
            beams = beam_search(
                self.model,
                prompt,
                beams=limit,
                max_new=MAX_ANSWER,
                end_token=self.task.end_token,
                prefix_lm=True,
                constraint=grammar,
                deadline=deadline,
            )
        others = [tokens for tokens, _ in beams if tokens != first]
        yield from others[: limit - 1]

    def _alone(self, question: Prompted, deadline: Deadline) -> list[int]:
        """The greedy answer, found by this thread."""
        (first,) = generate(
            self.model,
            [question.prompt],
            Greedy(),
            max_new=MAX_ANSWER,
            end_token=self.task.end_token,
            prefix_lm=True,
            constraints=None if question.constraint is None else [question.constraint],
            deadline=deadline,
        )
        return first
