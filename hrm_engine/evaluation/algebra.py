"""Derivatives by independent programs: SymPy and symengine, as peers and second opinion.

Nothing here is shared with our own rules, simplifier or check but the expression tree.
Both programs load inside the functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hrm_engine.errors import MissingExtraError, TaskError
from hrm_engine.expressions.sympy_bridge import OUR_NAMES, SYMPY_NAMES, from_sympy, to_sympy
from hrm_engine.expressions.tree import PI, E, Expr, integer, node, symbol, symbols, walk

if TYPE_CHECKING:
    from hrm_engine.tasks.derivative import DerivativeProblem

_DIGITS = 30
_TOLERANCE = 1e-9
_ENOUGH, _LEAST = 4, 3
# Where to compare: no special values, both signs, small and large.
_REAL = (0.37, 1.62, -0.58, 2.71, -1.43, 0.083, 5.3, -3.9, 0.91, 12.7, -0.21, 31.0)
_COMPLEX = (0.61 + 0.47j, -0.83 + 0.29j, 1.37 - 0.66j, -1.9 - 1.1j, 0.2 + 2.3j, 3.1 + 0.8j)


def by_sympy(problem: DerivativeProblem) -> Expr:
    """SymPy's derivative of the problem's order. Raises HRMError when it has none."""
    return from_sympy(_sympy_derivative(problem))


def agrees(problem: DerivativeProblem, solution: Expr) -> bool | None:
    """Whether SymPy's derivative has the values of `solution`.

    Real points where both values are real decide; where these are too few, complex points.
    None: too few points of either kind.
    """
    letters = symbols(problem.expression) | symbols(solution) | {problem.variable}
    want = _sympy_derivative(problem)
    got = to_sympy(solution, real=_needs_real(problem.expression))
    for points in (_REAL, _COMPLEX):
        found = 0
        for values in _assignments(sorted(letters), problem.variable, points):
            same = _same(want, got, values, only_real=points is _REAL)
            if same is False:
                return False
            found += same is True
            if found >= _ENOUGH:
                return True
        if found >= _LEAST:
            return True
    return None


def _needs_real(expr: Expr) -> bool:
    return any(part.op in ("abs", "sign") for part in walk(expr))


def _sympy_derivative(problem: DerivativeProblem) -> Any:
    import sympy

    real = _needs_real(problem.expression)
    variable = to_sympy(symbol(problem.variable), real=real)
    return sympy.diff(to_sympy(problem.expression, real=real), variable, problem.order)


def _assignments(
    letters: list[str], variable: str, points: tuple[complex, ...]
) -> Iterator[dict[str, complex]]:
    """Each point for the variable; the other letters are positive and differ from it."""
    for point in points:
        yield {
            name: point if name == variable else 0.7 + 0.31 * k for k, name in enumerate(letters)
        }


def _same(want: Any, got: Any, values: dict[str, complex], *, only_real: bool) -> bool | None:
    a, b = _value(want, values), _value(got, values)
    if a is None or b is None or (only_real and max(abs(a.imag), abs(b.imag)) > _TOLERANCE):
        return None
    return abs(a - b) <= _TOLERANCE * max(abs(a), abs(b), _TOLERANCE)


def _value(expr: Any, values: dict[str, complex]) -> complex | None:
    """The value to double precision, found with 30 digits; None where it is not finite."""
    try:
        places = {letter: values[letter.name] for letter in expr.free_symbols}
        value = complex(expr.evalf(_DIGITS, subs=places))
    except (TypeError, ValueError, ArithmeticError, KeyError, RecursionError):
        return None
    return value if abs(value) < float("inf") else None


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
