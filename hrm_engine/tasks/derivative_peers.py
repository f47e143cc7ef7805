"""Other programs that differentiate, for honest comparison: SymPy and symengine.

`agrees_with_sympy` shares nothing with `hrm_engine.expressions.verify`: SymPy differentiates,
mpmath evaluates in 60-digit floating point. It looks for answers that are wrong and yet
verified; being a float comparison, it is evidence for a report and never a verdict.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from hrm_engine.errors import ExpressionError

if TYPE_CHECKING:
    from hrm_engine.expressions.tree import Expr
    from hrm_engine.tasks.derivative import DerivativeProblem

DIGITS = 60
POINTS = (0.3711, 1.2718, 2.9173, 0.0713, 7.3319, -0.5713, -1.8371)
ENOUGH = 2


def has_symengine() -> bool:
    """Whether the optional package symengine is installed."""
    return find_spec("symengine") is not None


def by_sympy(problem: DerivativeProblem) -> Expr:
    """SymPy's `diff`. Raises ExpressionError when its answer is outside our grammar."""
    from hrm_engine.expressions.sympy_bridge import from_sympy

    return from_sympy(_sympy_derivative(problem))


def by_symengine(problem: DerivativeProblem) -> Expr:
    """symengine's `diff`, brought back through SymPy. Raises ExpressionError like `by_sympy`."""
    import symengine

    from hrm_engine.expressions.sympy_bridge import from_sympy, to_sympy

    name = symengine.Symbol(problem.variable)
    slope: Any = symengine.Integer(0) + to_sympy(problem.expression)
    for _ in range(problem.order):
        slope = slope.diff(name)
    return from_sympy(slope._sympy_())


def agrees_with_sympy(problem: DerivativeProblem, solution: Expr) -> bool | None:
    """Whether both have the same value at real points; None with fewer than two usable ones."""
    import mpmath
    import sympy

    from hrm_engine.expressions.sympy_bridge import to_sympy

    try:
        ours, theirs = to_sympy(solution), _sympy_derivative(problem)
    except ExpressionError:
        return None
    names = sorted(ours.free_symbols | theirs.free_symbols, key=str)
    usable = 0
    with mpmath.workdps(DIGITS):
        for k, x in enumerate(POINTS):
            values = {
                s: sympy.Float(str(0.4177 + 0.2391 * (j + k)), DIGITS) for j, s in enumerate(names)
            }
            values[sympy.Symbol(problem.variable)] = sympy.Float(str(x), DIGITS)
            same = _same(ours, theirs, values)
            if same is False:
                return False
            usable += same is True
    return True if usable >= ENOUGH else None


def _same(ours: Any, theirs: Any, values: dict[Any, Any]) -> bool | None:
    """Whether two SymPy expressions agree at one point; None where either has no value."""
    one, other = (each.evalf(DIGITS, subs=values) for each in (ours, theirs))
    if not (one.is_number and other.is_number and one.is_finite and other.is_finite):
        return None
    gap, scale = abs(complex(one - other)), abs(complex(one)) + abs(complex(other))
    return gap <= 1e-15 * max(scale, 1e-30)


def _sympy_derivative(problem: DerivativeProblem) -> Any:
    import sympy

    from hrm_engine.expressions.sympy_bridge import to_sympy

    expression = to_sympy(problem.expression)
    return sympy.diff(expression, sympy.Symbol(problem.variable), problem.order)
