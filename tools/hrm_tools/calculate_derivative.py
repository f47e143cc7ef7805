"""The tool `calculate_derivative`: a trained network differentiates, an exact check agrees.

    text ─► own parser ─► HRM proposes ─► balls and proof check (in a killable process)
                               │ none accepted
                               └► textbook rules answer, labelled `classical:rules`

A higher order is that many checked steps in a row; the verdict is that of the weakest.
Read `run` first, then `answering.py`. The task is `hrm_engine/tasks/derivative.py`.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import Field

from hrm_engine.errors import ExpressionError
from hrm_tools.answering import Method, cascade
from hrm_tools.spec import Answer, Arguments, Context, ToolSpec

if TYPE_CHECKING:
    from hrm_engine.inference.solve import Solver
    from hrm_engine.tasks.derivative import DerivativeProblem

MODEL = "hrm-derivative"
CANDIDATES = 10
MAX_ORDER = 9


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
    found = cascade(problem, context, _method())
    from hrm_engine.expressions.printer import to_latex, to_text

    accepted = found.solution is not None
    return Answer(
        result=to_text(found.solution) if accepted else None,
        latex=to_latex(found.solution) if accepted else None,
        interpreted_as=to_text(problem.expression),
        elapsed_ms=round(1e3 * (time.perf_counter() - start), 2),
        note="; ".join(notes + found.notes),
        **found.fields(),
    )


def _method() -> Method:
    return Method("derivative", solver, "the textbook rules", candidates=CANDIDATES)


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
