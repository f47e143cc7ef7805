"""The stage of the guided search: enumeration in the order of the network's probabilities.

The network says how likely each operation stands anywhere in the program; what is likely costs
little, and cheap programs are tried first. What the enumeration without a network does in the
order of size, this does in the order of what the request seems to ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hrm_engine.codegen.network import questions, shipped
from hrm_engine.codegen.request import Candidate, Request
from hrm_engine.deadline import Deadline
from hrm_engine.errors import HRMError
from hrm_engine.inference.program_beam import move_costs
from hrm_engine.inference.program_network import ProgramNetwork
from hrm_engine.programs.search.find import find_program

SOURCE = "hrm+search"


@dataclass(frozen=True)
class GuidedStage:
    """The cheapest program by the network's costs that gives every example."""

    network: ProgramNetwork = field(default_factory=shipped)
    name: str = "guided search"

    def propose(self, request: Request, deadline: Deadline) -> Iterator[Candidate]:
        """One program, if there is one within the time."""
        for asked in questions(request):
            rows = asked.question.rows
            if not rows or not self.network.reads(asked.question):
                continue
            inputs, outputs = [row[:-1] for row in rows], [row[-1] for row in rows]
            try:
                costs = move_costs(self.network.scores([asked.question])[0])
                found = find_program(inputs, outputs, deadline, costs=costs)
            except HRMError:  # values that the search does not have
                continue
            if found is not None:
                yield asked.result.candidate(found.program, request, SOURCE)
                return
