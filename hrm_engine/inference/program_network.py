"""A trained grid network that proposes programs for a question.

    network = ProgramNetwork.load("hrm-program")
    for decoded in network.propose(question, beam=8):
        print(decoded.program)

The question is looked at as it is first; after every segment the answer so far is read by a
beam. Then come looks at the examples in other orders, all in one batch. Nothing is checked here:
whoever asks runs the programs. Shapes: B looks, S cells, C channels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hrm_engine.deadline import Deadline
from hrm_engine.export.checkpoint import load_checkpoint
from hrm_engine.inference.grid_engine import GridEngine
from hrm_engine.inference.grid_torch import TorchEngine
from hrm_engine.inference.program_beam import Decoded, Scores, decode
from hrm_engine.tokens.program import INPUTS, Question, inputs_of, vocabulary

DEPTH = 4
"""Segments of the first look; training had fewer, the refinement goes on."""
LOOKS = 3
"""Further looks, each at the examples in another order."""
BEAM = 32
"""Programs read from one look: a wider beam finds more than more looks do."""


@dataclass(frozen=True)
class ProgramNetwork:
    """A network with what computes it. name: of the checkpoint."""

    name: str
    engine: GridEngine
    segments: int

    @classmethod
    def load(cls, model: str) -> ProgramNetwork:
        """The checkpoint `model` (name or folder), computed by torch. Raises CheckpointError.

        Torch gets one thread in this process: half of the weights are tables, and the matrices
        are so small that a second thread made one look take 60 times as long on a busy machine.
        """
        import torch

        loaded = load_checkpoint(model)
        loaded.require_vocabulary(vocabulary())
        torch.set_num_threads(1)
        engine = TorchEngine(loaded.grid, "cpu")
        return cls(loaded.folder.name, engine, loaded.grid.config.segments)

    def reads(self, question: Question) -> bool:
        """Whether the canvas has room for the question's inputs."""
        return 0 < len(question.types) <= INPUTS

    def scores(self, questions: Sequence[Question], segments: int = 0) -> Scores:
        """The logits (B, R * K, V) after so many segments, as many as in training for 0."""
        canvas = np.stack([inputs_of(question) for question in questions])
        state = self.engine.start(len(canvas))
        for _ in range(segments or self.segments):
            refined = self.engine.segment(canvas, state)
            state = refined.state
        return refined.logits

    def greedy(self, questions: Sequence[Question]) -> list[Decoded | None]:
        """The one program that each question's grid spells, without any search or check."""
        return [
            next(iter(decode(logits, question.types, question.result, beam=1)), None)
            for question, logits in zip(questions, self.scores(questions), strict=True)
        ]

    def propose(
        self, question: Question, deadline: Deadline | None = None, *, beam: int = BEAM
    ) -> Iterator[Decoded]:
        """Different programs, roughly the most likely first, until there are no more looks."""
        time = deadline or Deadline.never()
        seen: set[str] = set()
        for logits in self._looks(question):
            for decoded in decode(logits, question.types, question.result, beam):
                if decoded.program.key not in seen:
                    seen.add(decoded.program.key)
                    yield decoded
            if not time.remaining():
                return

    def _looks(self, question: Question) -> Iterator[Scores]:
        """Logits (R * K, V): of the first look after each segment from training's last on."""
        canvas = inputs_of(question)[None]
        state = self.engine.start(1)
        for number in range(1, DEPTH + 1):
            refined = self.engine.segment(canvas, state)
            state = refined.state
            if number >= self.segments:
                yield refined.logits[0]
        if len(question.rows) > 1:
            yield from self.scores(list(_reordered(question)))


def _reordered(question: Question) -> Iterator[Question]:
    """The same question with its examples in other orders; the same ones every time."""
    rng = np.random.default_rng(len(question.rows))
    for _ in range(LOOKS):
        order = rng.permutation(len(question.rows))
        yield replace(question, rows=tuple(question.rows[k] for k in order))
