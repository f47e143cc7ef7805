"""To SymPy and back, node by node: no string ever crosses this bridge.

SymPy is the independent baseline and second opinion, never the reader of user text: its own
readers run code that the text contains. SymPy loads inside the functions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

from hrm_engine.errors import ExpressionError, MissingExtraError
from hrm_engine.expressions.names import is_symbol
from hrm_engine.expressions.tree import FUNCTIONS, ONE, PI, E, Expr, integer, node, symbol

_SPECIAL = {"abs": "Abs", "sign": "sign", "exp": "exp", "ln": "log", "sqrt": "sqrt"}
#: SymPy's name of each function of one argument; most carry our own name.
SYMPY_NAMES: dict[str, str] = {op: op for op in FUNCTIONS} | _SPECIAL
OUR_NAMES: dict[str, str] = {name: op for op, name in SYMPY_NAMES.items()}


def to_sympy(expr: Expr, *, real: bool = False) -> Any:
    """The same expression as a SymPy object, built from the tree.

    Args:
        expr: any tree within the caps; SymPy folds constants as it builds, so call it in a
            worker process with a time limit when the tree comes from outside.
        real: declare the symbols real, which SymPy needs to differentiate |x|.

    Returns:
        A `sympy.Expr`; symbols keep their names.

    Raises:
        MissingExtraError: SymPy is not installed.
    """
    sympy = _sympy()

    def build(part: Expr) -> Any:
        values = [build(argument) for argument in part.args]
        if part.op == "int":
            return sympy.Integer(part.value)
        if part.op == "sym":
            # `real=False` would declare the symbol not real; None leaves it open.
            return sympy.Symbol(str(part.value), real=True if real else None)
        if part.op in SYMPY_NAMES:
            return getattr(sympy, SYMPY_NAMES[part.op])(values[0])
        return operations[part.op](*values)

    operations: dict[str, Callable[..., Any]] = {
        "pi": lambda: sympy.pi,
        "e": lambda: sympy.E,
        "neg": lambda a: -a,
        "add": lambda a, b: a + b,
        "sub": lambda a, b: a - b,
        "mul": lambda a, b: a * b,
        "div": lambda a, b: a / b,
        "pow": lambda a, b: a**b,
        "log": lambda base, a: sympy.log(a, base),
        "root": lambda index, a: a ** (1 / index),
    }
    return build(expr)


def from_sympy(value: Any) -> Expr:
    """A SymPy expression as our tree: sums, products, powers and the functions of `tree.py`.

    Products become quotients (`x**-1*y` is `y/x`), powers of one half square roots, powers of
    Euler's number `exp`. The result has the same value, not always the same form.

    Raises:
        ExpressionError: an object outside of the grammar (infinity, a Derivative, a Piecewise,
            a decimal, a symbol whose name our grammar cannot write ...).
        MissingExtraError: SymPy is not installed.
    """
    sympy = _sympy()
    if value.is_Rational:
        top, bottom = abs(int(value.p)), int(value.q)
        size = integer(top) if bottom == 1 else integer(top) / integer(bottom)
        return -size if value < 0 else size
    if value.is_Symbol and is_symbol(value.name):
        return symbol(value.name)
    if value in (sympy.pi, sympy.E):
        return PI if value == sympy.pi else E
    if value.is_Add:
        return _sum([from_sympy(term) for term in value.args])
    if value.is_Mul:
        return _product(value)
    if value.is_Pow:
        return _power(value.base, value.exp)
    op = OUR_NAMES.get(type(value).__name__)
    if op is None or not value.is_Function:
        raise ExpressionError(
            f"SymPy's {type(value).__name__} has no form in this grammar",
            hint="sums, products, powers and the functions of a scientific calculator do",
        )
    return node(op, *(from_sympy(argument) for argument in value.args))


def _sum(terms: Sequence[Expr]) -> Expr:
    """Terms added up; a negative one is subtracted."""

    def joined(left: Expr, term: Expr) -> Expr:
        return left - term.args[0] if term.op == "neg" else left + term

    return reduce(joined, terms)


def _product(value: Any) -> Expr:
    """A product as sign, numerator and denominator."""
    coefficient, factors = value.as_coeff_mul()
    top, bottom = abs(int(coefficient.p)), int(coefficient.q)
    above = [integer(top)] if top != 1 else []
    below = [integer(bottom)] if bottom != 1 else []
    for factor in factors:
        base, exponent = factor.as_base_exp()
        if exponent.is_Rational and exponent < 0:
            below.append(_power(base, -exponent))
        else:
            above.append(from_sympy(factor))
    result = _multiplied(above)
    result = result / _multiplied(below) if below else result
    return -result if coefficient < 0 else result


def _multiplied(factors: Sequence[Expr]) -> Expr:
    return reduce(Expr.__mul__, factors) if factors else ONE


def _power(base: Any, exponent: Any) -> Expr:
    """A power as people write it: 1/x, sqrt(x), exp(x)."""
    sympy = _sympy()
    if exponent.is_Rational and exponent < 0:
        return ONE / _power(base, -exponent)
    if exponent == 1:
        return from_sympy(base)
    if exponent == sympy.Rational(1, 2):
        return node("sqrt", from_sympy(base))
    if base == sympy.E:
        return node("exp", from_sympy(exponent))
    return from_sympy(base) ** from_sympy(exponent)


def _sympy() -> Any:
    try:
        import sympy
    except ImportError as problem:
        raise MissingExtraError(
            "SymPy is not installed", hint="pip install 'hrm-coprocessor[tools]'"
        ) from problem
    return sympy
