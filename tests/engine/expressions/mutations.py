"""Wrong answers made from right ones, and an oracle that knows which really are wrong.

The oracle evaluates with mpmath to 60 digits at points of its own. It shares no code with
the verifier, so a mutation that happens to change nothing (dropping a term that is zero)
is recognised and not counted.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator

import mpmath
import numpy as np

from hrm_engine.expressions.tree import Expr, integer, node, symbol, walk

X = symbol("x")
TINY_TERM = X / integer(10**12)
TINY_FACTOR = integer(1) + integer(1) / integer(10**30)
SWAPS = {
    "sin": "cos",
    "cos": "sin",
    "tan": "cot",
    "cot": "tan",
    "sec": "csc",
    "csc": "sec",
    "sinh": "cosh",
    "cosh": "sinh",
    "tanh": "coth",
    "coth": "tanh",
    "sech": "csch",
    "csch": "sech",
    "exp": "sinh",
    "ln": "sqrt",
    "sqrt": "ln",
    "asin": "acos",
    "atan": "acot",
    "asinh": "acosh",
    "atanh": "acoth",
}
LARGEST, LARGEST_EXPONENT = 10**40, 10**4
Mutation = Callable[[Expr], Expr | None]  # None where it does not apply


def flip_sign(part: Expr) -> Expr | None:
    return part.args[0] if part.op == "neg" else -part


def swap_plus_and_minus(part: Expr) -> Expr | None:
    swapped = {"add": "sub", "sub": "add"}.get(part.op)
    return node(swapped, *part.args) if swapped else None


def double(part: Expr) -> Expr | None:
    return integer(2) * part


def drop_left(part: Expr) -> Expr | None:
    return part.args[1] if part.op in ("add", "sub", "mul") else None


def drop_right(part: Expr) -> Expr | None:
    return part.args[0] if part.op in ("add", "sub", "mul", "div") else None


def swap_function(part: Expr) -> Expr | None:
    return node(SWAPS[part.op], *part.args) if part.op in SWAPS else None


def raise_exponent(part: Expr) -> Expr | None:
    return part.args[0] ** (part.args[1] + integer(1)) if part.op == "pow" else None


def lower_exponent(part: Expr) -> Expr | None:
    return part.args[0] ** (part.args[1] - integer(1)) if part.op == "pow" else None


def change_constant(part: Expr) -> Expr | None:
    return integer(int(part.value or 0) + 1) if part.op == "int" else None


def add_tiny_term(part: Expr) -> Expr | None:
    return part + TINY_TERM


def multiply_by_almost_one(part: Expr) -> Expr | None:
    return part * TINY_FACTOR


LOCAL: tuple[Mutation, ...] = (
    flip_sign,
    swap_plus_and_minus,
    double,
    drop_left,
    drop_right,
    swap_function,
    raise_exponent,
    lower_exponent,
    change_constant,
)
GLOBAL: tuple[Mutation, ...] = (flip_sign, double, add_tiny_term, multiply_by_almost_one)


def mutants(answer: Expr, rng: np.random.Generator, count: int) -> Iterator[Expr]:
    """The global mutations of `answer`, then `count` at random places."""
    for mutation in GLOBAL:
        mutant = mutation(answer)
        assert mutant is not None, "global mutations apply to every answer"
        yield mutant
    places = list(walk(answer))
    found = 0
    for _ in range(6 * count):
        place = int(rng.integers(len(places)))
        mutant = LOCAL[int(rng.integers(len(LOCAL)))](places[place])
        if mutant is not None and found < count:
            found += 1
            yield replaced(answer, place, mutant)


def replaced(expr: Expr, place: int, new: Expr) -> Expr:
    """`expr` with its node number `place`, in prefix order, replaced."""

    def build(part: Expr, at: int) -> tuple[Expr, int]:
        if at == place:
            return new, at + sum(1 for _ in walk(part))
        at += 1
        args = []
        for child in part.args:
            fresh, at = build(child, at)
            args.append(fresh)
        return Expr(part.op, tuple(args), part.value), at

    return build(expr, 0)[0]


def differ(a: Expr, b: Expr, *, on_real_line: bool) -> bool:
    """Whether `a` and `b` certainly have different values at some point of the oracle's own.

    On the real line only points count at which every part of both is real, and odd roots
    are real roots. Off it branches are principal; |x| and sign(x) have no meaning there.
    """
    every = [part for side in (a, b) for part in walk(side)]
    if not on_real_line and any(part.op in ("abs", "sign") for part in every):
        return False
    letters = sorted({str(part.value) for part in every if part.op == "sym"})
    rng = np.random.default_rng(2024)
    with mpmath.workdps(60):
        for turn in range(12):
            signs = (-1) ** turn
            point = {name: mpmath.mpf(signs * rng.uniform(0.2, 2.0)) for name in letters}
            if not on_real_line:
                point = {name: mpmath.mpc(value, 0.7) for name, value in point.items()}
            try:
                left, right = (value_at(side, point, real=on_real_line) for side in (a, b))
            except (ZeroDivisionError, ValueError, OverflowError):
                continue
            size = max(abs(left), abs(right))
            if mpmath.isfinite(size) and abs(left - right) > size * mpmath.mpf(10) ** -45:
                return True
    return False


def value_at(expr: Expr, point: dict[str, mpmath.mpf], *, real: bool = False) -> mpmath.mpc:
    """The value by mpmath, principal branches; ValueError if `real` and some part is not."""
    if expr.op == "int":
        return mpmath.mpf(int(expr.value or 0))
    if expr.op == "sym":
        return point[str(expr.value)]
    if expr.op in ("pi", "e"):
        return +getattr(mpmath, expr.op)
    args = [value_at(part, point, real=real) for part in expr.args]
    limit = LARGEST_EXPONENT if expr.op in ("exp", "pow", "sinh", "cosh") else LARGEST
    if any(abs(arg) > limit for arg in args):  # a sine of 9^(10^6) takes mpmath minutes
        raise OverflowError
    if real and expr.op == "root" and args[0] % 2 == 1:
        return mpmath.sign(args[1]) * mpmath.power(abs(args[1]), 1 / args[0])
    value = _RULES[expr.op](*args) if expr.op in _RULES else getattr(mpmath, expr.op)(*args)
    if real and isinstance(value, mpmath.mpc):
        raise ValueError("not real")
    return value


_RULES: dict[str, Callable[..., mpmath.mpc]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "pow": mpmath.power,
    "neg": operator.neg,
    "abs": abs,
    "log": lambda base, a: mpmath.log(a) / mpmath.log(base),
    "root": lambda index, a: mpmath.power(a, 1 / index),
}
