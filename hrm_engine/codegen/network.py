"""The stage of the trained network: programs for the text and the examples together.

What the network proposes is run by the interpreter first, which is quick; only what gives every
example goes on to the sandbox. Without examples its likeliest program is proposed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from hrm_engine.codegen.reading import Result, readings, results
from hrm_engine.codegen.request import Candidate, Request
from hrm_engine.codegen.source import parse, read_signature
from hrm_engine.deadline import Deadline
from hrm_engine.errors import HRMError
from hrm_engine.inference.program_network import ProgramNetwork
from hrm_engine.programs.interpreter import run
from hrm_engine.programs.program import Program, input_names
from hrm_engine.programs.types import Type, Value, common_type
from hrm_engine.tokens.program import Question

MODEL = "hrm-program"


@lru_cache(maxsize=1)
def shipped() -> ProgramNetwork:
    """The network that ships, loaded once a process. Raises CheckpointError."""
    return ProgramNetwork.load(MODEL)


@dataclass(frozen=True)
class NetworkStage:
    """The network's own programs."""

    network: ProgramNetwork = field(default_factory=shipped)
    name: str = "network"

    def propose(self, request: Request, deadline: Deadline) -> Iterator[Candidate]:
        """Programs that give every example; the likeliest one where there are no examples."""
        for asked in filter(lambda each: self.network.reads(each.question), questions(request)):
            for decoded in self.network.propose(asked.question, deadline):
                if fits(decoded.program, asked.question.rows):
                    source = f"hrm:{self.network.name}"
                    yield asked.result.candidate(decoded.program, request, source)
                    if not asked.question.rows:
                        return


@dataclass(frozen=True)
class Asked:
    """A request as the network sees it, and how its results are printed."""

    question: Question
    result: Result


def questions(request: Request) -> Iterator[Asked]:
    """The ways in which the network can take a request; none for values it does not have."""
    signature = read_signature(request.signature) if request.signature else None
    names = signature.parameters if signature else ()
    if not request.examples:
        types = annotated(request.signature)
        if types:
            question = Question(request.specification, types[:-1], types[-1], names)
            yield Asked(question, next(results(())))
        return
    for result, inputs, outputs in readings(request):
        rows = tuple((*row, output) for row, output in zip(inputs, outputs, strict=True))
        try:
            types = tuple(common_type(list(column)) for column in zip(*rows, strict=True))
        except (HRMError, ValueError):  # values of no or of several types, rows of many lengths
            continue
        if len(types) > 1:
            usual = names or input_names(types[:-1])
            question = Question(request.specification, types[:-1], types[-1], usual, rows)
            yield Asked(question, result)


def annotated(signature: str) -> tuple[Type, ...]:
    """The types of the parameters and of the result; empty unless all are of the language."""
    tree = parse(f"{signature}: ...") if signature else ""
    node = tree.body[0] if isinstance(tree, ast.Module) else None
    if not isinstance(node, ast.FunctionDef):
        return ()
    written = [*(each.annotation for each in node.args.args), node.returns]
    texts = [ast.unparse(each).replace("List", "list") if each else "" for each in written]
    known = {kind.value: kind for kind in Type}
    return tuple(known[text] for text in texts) if set(texts) <= known.keys() else ()


def fits(program: Program, rows: Sequence[tuple[Value, ...]]) -> bool:
    """Whether the interpreter gives every row's last value for the others."""
    return all(run(program, row[:-1]) == row[-1] for row in rows)
