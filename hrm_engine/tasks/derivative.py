"""The derivative task: an expression in, its derivative out, checked exactly.

The network answers in rule form (`hrm_engine.tokens.maths`); `tidy` brings an answer into
the form that a textbook prints, which is checked again. A higher order is solved in
stages, each a first derivative with a check of its own; see `remaining`.

Read `DerivativeTask`; the training distribution is in `hrm_engine.data.generators`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any, ClassVar

import numpy as np

from hrm_engine.data.generators.derivative import training
from hrm_engine.errors import TaskError
from hrm_engine.expressions.differentiate import differentiate
from hrm_engine.expressions.simplify import simplify
from hrm_engine.expressions.tree import Expr, depth
from hrm_engine.tasks.base import Constraint, Example, SequenceTask, Verdict
from hrm_engine.tokens.maths import (
    EOS,
    VOCABULARY,
    PrefixConstraint,
    derivative_tokens,
    read_answer,
    write_prompt,
)

MAX_ORDER = 10
MAX_LEVELS = 20
"""How deep a question may be nested; one in 20,000 of the training distribution is deeper."""


@dataclass(frozen=True, slots=True)
class DerivativeProblem:
    """Differentiate `expression` by `variable`, `order` times."""

    expression: Expr
    variable: str = "x"
    order: int = 1


class DerivativeTask(SequenceTask[DerivativeProblem, Expr]):
    """Symbolic differentiation over the grammar of `hrm_engine.expressions.tree`."""

    name: ClassVar[str] = "derivative"

    @property
    def vocabulary(self) -> Sequence[str]:
        """The token strings of `hrm_engine.tokens.maths` by id."""
        return VOCABULARY

    @property
    def end_token(self) -> int:
        """The id of `<eos>`."""
        return EOS

    def sample(self, rng: np.random.Generator) -> DerivativeProblem:
        """A first derivative by `x` of the training distribution."""
        return DerivativeProblem(training(rng))

    def encode(self, problem: DerivativeProblem) -> Example:
        """The prompt with the first derivative's rule form. Raises TaskError when too long."""
        prompt = write_prompt(problem.expression, problem.variable)
        answer = (*derivative_tokens(prompt), EOS)
        prefix = len(prompt.tokens)
        learn = (False,) * prefix + (True,) * len(answer)
        return Example(prompt.tokens + answer, prefix, learn)

    def prompt(self, problem: DerivativeProblem) -> list[int]:
        """The question's tokens. Raises TaskError when it does not fit the network."""
        if (levels := depth(problem.expression)) > MAX_LEVELS:
            # A search for its derivative takes seconds, and finds nothing.
            raise TaskError(
                f"the expression does not fit the network: it is nested {levels} deep",
                hint="shorten it, or let the classical method answer",
            )
        return list(write_prompt(problem.expression, problem.variable).tokens)

    def constraint(self, problem: DerivativeProblem) -> Constraint:
        """Prefix notation over the operators and what the question holds."""
        return PrefixConstraint.of(write_prompt(problem.expression, problem.variable))

    def decode(self, problem: DerivativeProblem, tokens: Sequence[int]) -> Expr:
        """The tree that the answer spells, untidied. Raises TaskError when malformed."""
        return read_answer(write_prompt(problem.expression, problem.variable), tokens)

    def tidy(self, solution: Expr) -> Expr:
        """`solution` simplified; a solver checks this form before it returns it."""
        return simplify(solution)

    def verify(self, problem: DerivativeProblem, solution: Expr) -> Verdict:
        """Whether `solution` is the *first* derivative; a higher order is so many stages."""
        from hrm_engine.expressions.verify import check_derivative

        return check_derivative(problem.expression, problem.variable, solution)

    def baseline(self, problem: DerivativeProblem) -> Expr:
        """The first derivative by the textbook rules and `simplify`."""
        return simplify(differentiate(problem.expression, problem.variable))

    def remaining(self, problem: DerivativeProblem, solution: Expr) -> DerivativeProblem | None:
        """One order less, of `solution`; None when the order was one."""
        if problem.order == 1:
            return None
        return replace(problem, expression=solution, order=problem.order - 1)

    def peers(self) -> Mapping[str, Callable[[DerivativeProblem], Expr]]:
        """SymPy, and symengine where it is installed; both give the whole answer."""
        from hrm_engine.evaluation.algebra import by_symengine, by_sympy

        found: dict[str, Callable[[DerivativeProblem], Expr]] = {"sympy": by_sympy}
        return found | ({"symengine": by_symengine} if find_spec("symengine") else {})

    def cross_check(self, problem: DerivativeProblem, solution: Expr) -> bool | None:
        """SymPy's derivative, compared numerically at 30 digits; None without usable points."""
        from hrm_engine.evaluation.algebra import agrees

        return agrees(problem, solution)

    def read(self, record: dict[str, Any]) -> DerivativeProblem:
        """A line `{"input", "variable"?, "order"?}`, plain text or LaTeX. Raises HRMError."""
        from hrm_engine.expressions.parser import parse

        text, variable, order = (record.get(k) for k in ("input", "variable", "order"))
        if not isinstance(text, str):
            raise TaskError("the record has no text `input`", hint='e.g. {"input": "sin(5x)"}')
        return DerivativeProblem(parse(text), _variable(variable), _order(order))

    def show(self, solution: Expr) -> str:
        """Plain text such as `5*cos(5*x)`."""
        from hrm_engine.expressions.printer import to_text

        return to_text(solution)


def _variable(given: object) -> str:
    from hrm_engine.expressions.parser import parse

    if given is None:
        return "x"
    leaf = parse(given) if isinstance(given, str) else None
    if leaf is None or leaf.op != "sym":
        raise TaskError(f"`{given}` is not a variable", hint="a single letter, such as x or t")
    return str(leaf.value)


def _order(given: object) -> int:
    if given is None:
        return 1
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= MAX_ORDER:
        raise TaskError(f"`{given}` is not an order", hint=f"a whole number from 1 to {MAX_ORDER}")
    return given
