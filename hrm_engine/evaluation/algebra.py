"""Derivatives by independent programs: SymPy and symengine, as peers and second opinion.

Nothing here is shared with our own rules, simplifier or check but the expression tree.
Both programs load inside the functions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hrm_engine.errors import HRMError, MissingExtraError, TaskError
from hrm_engine.evaluation.numeric import DIGITS, Value, library, value
from hrm_engine.expressions.sympy_bridge import OUR_NAMES, SYMPY_NAMES, from_sympy, to_sympy
from hrm_engine.expressions.tree import PI, E, Expr, integer, node, symbol, symbols, walk

if TYPE_CHECKING:
    from hrm_engine.tasks.derivative import DerivativeProblem

_TOLERANCE = 1e-12
_ENOUGH = 3
# Where to compare: no special values, both signs, small and large.
_REAL = (0.37, 1.62, -0.58, 2.71, -1.43, 0.083, 5.3, -3.9, 0.91, 12.7, -0.21, 31.0)
_COMPLEX = (0.61 + 0.47j, -0.83 + 0.29j, 1.37 - 0.66j, -1.9 - 1.1j, 0.2 + 2.3j, 3.1 + 0.8j)


def by_sympy(problem: DerivativeProblem) -> Expr:
    """SymPy's derivative of the problem's order. Raises HRMError when it has none."""
    import sympy

    real = any(part.op in ("abs", "sign") for part in walk(problem.expression))
    variable = to_sympy(symbol(problem.variable), real=real)
    slope = sympy.diff(to_sympy(problem.expression, real=real), variable, problem.order)
    return from_sympy(slope)


def agrees(problem: DerivativeProblem, solution: Expr) -> bool | None:
    """Whether SymPy's derivative has the values of `solution`, by mpmath with 40 digits.

    Real places where both values are real decide; where these are too few, complex ones.
    None: too few places of either kind, or SymPy's answer leaves the grammar.
    """
    mpmath = library()
    try:
        want = by_sympy(problem)
    except HRMError:
        return None
    letters = sorted((symbols(want) | symbols(solution)) - {problem.variable})
    with mpmath.workdps(DIGITS):
        at = {name: mpmath.mpf(7 + 3 * k) / 10 for k, name in enumerate(letters)}
        for places in (_REAL, _COMPLEX):
            found = 0
            for place in places:
                at[problem.variable] = mpmath.mpmathify(place)
                same = _same(want, solution, at, only_real=places is _REAL)
                if same is False:
                    return False
                found += same is True
            if found >= _ENOUGH:
                return True
    return None


def _same(want: Expr, got: Expr, at: Mapping[str, Value], *, only_real: bool) -> bool | None:
    try:
        a, b = value(want, at), value(got, at)
    except ArithmeticError:
        return None
    if only_real and max(abs(a.imag), abs(b.imag)) > _TOLERANCE:
        return None
    return bool(abs(a - b) <= _TOLERANCE * max(abs(a), abs(b), _TOLERANCE))


def by_symengine(problem: DerivativeProblem) -> Expr:
    """The derivative of the problem's order by symengine. Raises HRMError when it has none."""
    try:
        import symengine
    except ModuleNotFoundError:
        raise MissingExtraError(
            "symengine is not installed", hint="pip install symengine"
        ) from None
    variable = symengine.Symbol(problem.variable)
    slope = _to_symengine(problem.expression)
    try:
        for _ in range(problem.order):
            slope = slope.diff(variable)
    except (RuntimeError, ArithmeticError) as error:
        raise TaskError(f"symengine: {error}") from None
    return _from_symengine(slope)


def _to_symengine(expr: Expr) -> Any:
    import symengine

    args = [_to_symengine(part) for part in expr.args]
    if expr.op in SYMPY_NAMES:
        return getattr(symengine, SYMPY_NAMES[expr.op])(args[0])
    match expr.op:
        case "int":
            return symengine.Integer(expr.value)
        case "sym":
            return symengine.Symbol(str(expr.value))
        case "pi" | "e":
            return symengine.pi if expr.op == "pi" else symengine.E
        case "neg":
            return -args[0]
        case "log":
            return symengine.log(args[1]) / symengine.log(args[0])
        case "root":
            return args[1] ** (1 / args[0])
    return getattr(args[0], _OPERATORS[expr.op])(args[1])


_OPERATORS = {
    "add": "__add__",
    "sub": "__sub__",
    "mul": "__mul__",
    "div": "__truediv__",
    "pow": "__pow__",
}


def _from_symengine(value: Any) -> Expr:
    name = type(value).__name__
    if value.is_Symbol:
        return symbol(value.name)
    if value.is_Number:
        return _rational(value)
    if name in ("Pi", "Exp1"):
        return PI if name == "Pi" else E
    args = [_from_symengine(part) for part in value.args]
    if name in ("Add", "Mul", "Pow"):
        result = args[0]
        for part in args[1:]:
            result = node(name.lower(), result, part)
        return result
    if name not in OUR_NAMES:
        raise TaskError(f"symengine answers with {name}, which the grammar does not have")
    return node(OUR_NAMES[name], *args)


def _rational(value: Any) -> Expr:
    if not value.is_Rational:
        raise TaskError(f"symengine answers with {value}, which the grammar does not have")
    top, bottom = (
        (int(part) for part in value.get_num_den()) if not value.is_Integer else (int(value), 1)
    )
    return integer(top) if bottom == 1 else integer(top) / integer(bottom)
