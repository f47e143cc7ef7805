"""The tool `calculate_derivative`: a trained network differentiates, an exact check agrees.

    text ─► own parser ─► HRM proposes ─► balls and proof check (in a killable process)
                               │ none accepted
                               └► textbook rules answer, labelled `classical:rules`

A higher order is that many checked steps in a row; the verdict is that of the weakest.
Read `run` first. The task behind it is `hrm_engine/tasks/derivative.py`.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import Field

from hrm_engine.deadline import Deadline
from hrm_engine.errors import CheckpointError, DeadlineError, ExpressionError, MissingExtraError
from hrm_tools.spec import Answer, Arguments, Context, ToolSpec

if TYPE_CHECKING:
    from hrm_engine.inference.solve import Solved, Solver
    from hrm_engine.tasks.base import Verdict
    from hrm_engine.tasks.derivative import DerivativeProblem

MODEL = "hrm-derivative"
CANDIDATES = 10
MAX_ORDER = 9
NETWORK_SHARE = 0.6
"""The part of the time allowed that the network may use; the rest is the fallback's."""


class DerivativeArguments(Arguments):
    """What to differentiate, by which variable, how often."""

    expression: str = Field(
        min_length=1,
        max_length=2_000,
        description="the expression as people write it, plain or LaTeX, e.g. sin(5x) or x^2*e^x",
        examples=["sin(5x)", "x^2*e^x", "\\frac{x}{x+1}"],
    )
    variable: str = Field(
        default="x", min_length=1, max_length=16, description="the letter to differentiate by"
    )
    order: int = Field(
        default=1, ge=1, le=MAX_ORDER, description="1 for the first derivative, 2 for the second"
    )


@lru_cache(maxsize=1)
def solver() -> Solver:
    """The shipped network, loaded once a process. Raises CheckpointError."""
    from hrm_engine.inference.solve import Solver  # torch loads here, not for `hrm --help`

    return Solver.load(MODEL, "derivative")


def understand(arguments: DerivativeArguments) -> tuple[DerivativeProblem, tuple[str, ...]]:
    """The problem that the text states, with notes on how it was read. Raises ExpressionError."""
    from hrm_engine.expressions.parser import parse, parse_with_notes
    from hrm_engine.expressions.tree import symbols
    from hrm_engine.tasks.derivative import DerivativeProblem

    variable = parse(arguments.variable)
    if variable.op != "sym":
        raise ExpressionError(
            f"`{arguments.variable}` is not a variable", hint="send one letter, such as x or t"
        )
    name = str(variable.value)
    parsed = parse_with_notes(arguments.expression)
    notes = parsed.notes
    letters = symbols(parsed.expr)
    if letters and name not in letters:
        others = ", ".join(sorted(letters))
        notes += (f"{name} does not occur, so {others} was taken as constant",)
    return DerivativeProblem(parsed.expr, name, arguments.order), notes


def run(arguments: DerivativeArguments, context: Context) -> Answer:
    """Answer one call. Raises ExpressionError for text that is not an expression."""
    start = time.perf_counter()
    problem, notes = understand(arguments)
    solved, source, why = _network(problem, context)
    solution, verdict = solved.solution, solved.verdict
    if solution is None:
        solution, verdict, source = _classical(problem, context)
        notes += (why,)
    from hrm_engine.expressions.printer import to_latex, to_text

    accepted = solution is not None and verdict.accepted
    notes += (verdict.note,) if accepted and verdict.note else ()
    return Answer(
        result=to_text(solution) if accepted else None,
        latex=to_latex(solution) if accepted else None,
        interpreted_as=to_text(problem.expression),
        verified=True if accepted else None,
        verdict=verdict.status if accepted else "unverified",
        method=_method(verdict),
        source=source if accepted else "none",
        steps=solved.steps,
        candidates=solved.candidates,
        elapsed_ms=round(1e3 * (time.perf_counter() - start), 2),
        note="; ".join(notes if accepted else (*notes, f"none: {verdict.note or 'no check'}")),
    )


def _network(problem: DerivativeProblem, context: Context) -> tuple[Solved, str, str]:
    """What the network reached, under which label, and why that is nothing if it is nothing."""
    from hrm_engine.inference.solve import Solved
    from hrm_engine.tasks.base import Verdict

    try:
        network = solver()
    except (CheckpointError, MissingExtraError) as error:
        nothing = Solved(None, Verdict("unverified", "none"), rank=0, candidates=0, steps=0)
        return nothing, "none", f"no network: {error.problem}"
    context.progress(0, 2, "the network proposes")
    deadline = Deadline.after(NETWORK_SHARE * context.deadline.remaining())
    solved = network.solve(
        problem, candidates=CANDIDATES, deadline=deadline, isolated=context.isolated
    )
    if solved.accepted:
        return solved, network.label(solved), ""
    return solved, "none", f"the network found no accepted answer ({solved.why})"


def _classical(problem: DerivativeProblem, context: Context) -> tuple[Any, Verdict, str]:
    """The textbook rules' answer, held to the same check."""
    from hrm_engine.tasks.base import Verdict
    from hrm_engine.tasks.judge import CLASSICAL, fall_back

    context.progress(1, 2, "the textbook rules answer")
    try:
        solution, verdict = context.isolated(fall_back, "derivative", problem)
    except DeadlineError as error:
        return None, Verdict("unverified", "deadline", note=error.problem), "none"
    return solution, verdict, CLASSICAL


def _method(verdict: Verdict) -> str:
    """How the answer was checked, for people."""
    if verdict.points:
        return f"{verdict.method}, {verdict.points} points, {verdict.bits} bits"
    return verdict.method


def warm_up() -> None:
    """Load the network and answer once, so that the first caller does not wait."""
    run(DerivativeArguments(expression="x^2"), Context.local())


TOOL = ToolSpec(
    name="calculate_derivative",
    title="Derivative",
    description=(
        "Differentiate an expression exactly. Call it for every derivative, slope or rate of "
        "change of a formula instead of working it out. The answer has been checked."
    ),
    input=DerivativeArguments,
    output=Answer,
    run=run,
    preload=(
        "hrm_engine.tasks.judge",
        "hrm_engine.tasks.derivative",
        "hrm_engine.expressions.verify",
    ),
    warm_up=warm_up,
)
