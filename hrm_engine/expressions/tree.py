"""The one expression tree: immutable, hashable, whitelisted.

A node is an operator name with arguments, or a leaf with a value:

    int  value: a non-negative integer     (negative numbers are `neg` of one)
    sym  value: a single letter (Latin or Greek), optionally with digits, such as x, a, θ, x1
    pi, e                                  the two constants
    add sub mul div pow                    two arguments
    neg abs sign exp ln sqrt + FUNCTIONS   one argument
    log (base, argument), root (index, argument)   two arguments

Nothing else can be represented, so nothing else can be executed. Caps keep hostile
input cheap: see `MAX_NODES`, `MAX_DEPTH`, `MAX_DIGITS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MAX_CHARACTERS = 2_000
MAX_NODES = 512
MAX_DEPTH = 64
MAX_DIGITS = 40

CIRCULAR = ("sin", "cos", "tan", "cot", "sec", "csc")
HYPERBOLIC = ("sinh", "cosh", "tanh", "coth", "sech", "csch")
INVERSE_CIRCULAR = ("asin", "acos", "atan", "acot", "asec", "acsc")
INVERSE_HYPERBOLIC = ("asinh", "acosh", "atanh", "acoth", "asech", "acsch")
FUNCTIONS = CIRCULAR + HYPERBOLIC + INVERSE_CIRCULAR + INVERSE_HYPERBOLIC

LEAVES = ("int", "sym", "pi", "e")
ARITY: dict[str, int] = (
    dict.fromkeys(LEAVES, 0)
    | dict.fromkeys(("neg", "abs", "sign", "exp", "ln", "sqrt", *FUNCTIONS), 1)
    | dict.fromkeys(("add", "sub", "mul", "div", "pow", "log", "root"), 2)
)


@dataclass(frozen=True, slots=True)
class Expr:
    """One node. Build it with `integer`, `symbol`, `node` or the operators below."""

    op: str
    args: tuple[Expr, ...] = ()
    value: int | str | None = None

    def __add__(self, other: Expr) -> Expr:
        return Expr("add", (self, other))

    def __sub__(self, other: Expr) -> Expr:
        return Expr("sub", (self, other))

    def __mul__(self, other: Expr) -> Expr:
        return Expr("mul", (self, other))

    def __truediv__(self, other: Expr) -> Expr:
        return Expr("div", (self, other))

    def __pow__(self, other: Expr) -> Expr:
        return Expr("pow", (self, other))

    def __neg__(self) -> Expr:
        return Expr("neg", (self,))


def integer(value: int) -> Expr:
    """The integer `value`; a negative one becomes `neg(int)`."""
    return Expr("int", (), value) if value >= 0 else Expr("neg", (Expr("int", (), -value),))


def symbol(name: str) -> Expr:
    """The symbol `name`."""
    return Expr("sym", (), name)


def node(op: str, *args: Expr) -> Expr:
    """The operator or function `op` applied to `args`."""
    assert ARITY[op] == len(args), f"{op} takes {ARITY[op]} arguments"
    return Expr(op, args)


ZERO, ONE, TWO = integer(0), integer(1), integer(2)
PI, E = Expr("pi"), Expr("e")


def walk(expr: Expr) -> Iterator[Expr]:
    """Every node in prefix order, parents first; iterative, so depth cannot overflow."""
    stack = [expr]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(current.args))


def size(expr: Expr) -> int:
    """How many nodes the tree has."""
    return sum(1 for _ in walk(expr))


def depth(expr: Expr) -> int:
    """How many nodes lie on the longest path from the root to a leaf."""
    level, deepest = [expr], 0
    while level:
        deepest += 1
        level = [child for parent in level for child in parent.args]
    return deepest


def symbols(expr: Expr) -> frozenset[str]:
    """The names of all symbols that occur."""
    return frozenset(str(part.value) for part in walk(expr) if part.op == "sym")


def depends_on(expr: Expr, variable: str) -> bool:
    """Whether `variable` occurs in `expr`."""
    return any(part.op == "sym" and part.value == variable for part in walk(expr))
