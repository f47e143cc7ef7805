"""An expression as a list of instructions, each distinct subexpression once.

The verifier evaluates the same trees at many points, and a formal derivative repeats
its operand many times over. A `Tape` stores every distinct node once, children before
parents, so that evaluation is one loop, shared parts are computed once and no deep
recursion or deep hashing occurs. `formal.py` appends derivatives to a tape, `balls.py`
evaluates it, `proof.py` turns it into rational functions.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from hrm_engine.expressions.tree import Expr

MAX_RATIONAL_BITS = 4096  # longer exact constants are left to ball arithmetic


class Step(NamedTuple):
    """One node: its operator, the indices of its arguments, the value of a leaf."""

    op: str
    args: tuple[int, ...] = ()
    value: int | str | None = None


class Tape:
    """Distinct nodes in dependency order, with what is known of each.

    steps[i]: the node. symbols[i]: the names of the symbols below it. rational[i]: its exact
    value when it is a rational constant of reasonable length, else None.
    """

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.symbols: list[frozenset[str]] = []
        self.rational: list[Fraction | None] = []
        self._index: dict[Step, int] = {}

    def __len__(self) -> int:
        return len(self.steps)

    def put(self, op: str, *args: int, value: int | str | None = None) -> int:
        """The index of the node `op(args)`, stored now if it is new."""
        step = Step(op, args, value)
        found = self._index.get(step)
        if found is not None:
            return found
        self._index[step] = len(self.steps)
        self.steps.append(step)
        if op == "sym":
            self.symbols.append(frozenset((str(value),)))
        else:
            self.symbols.append(frozenset().union(*(self.symbols[i] for i in args)))
        self.rational.append(self._fold(step))
        return len(self.steps) - 1

    def number(self, value: int) -> int:
        """The index of an integer."""
        if value < 0:
            return self.put("neg", self.put("int", value=-value))
        return self.put("int", value=value)

    def add(self, expr: Expr) -> int:
        """The index of a whole tree; iterative, so its depth does not matter."""
        done: dict[int, int] = {}  # id of a node that `expr` keeps alive -> its index
        stack = [expr]
        while stack:
            top = stack[-1]
            waiting = [child for child in top.args if id(child) not in done]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            args = (done[id(child)] for child in top.args)
            done[id(top)] = self.put(top.op, *args, value=top.value)
        return done[id(expr)]

    def below(self, *roots: int) -> list[int]:
        """Every index that `roots` need, in evaluation order, the roots included."""
        needed = set(roots)
        for i in range(max(roots), -1, -1):
            if i in needed:
                needed.update(self.steps[i].args)
        return sorted(needed)

    def _fold(self, step: Step) -> Fraction | None:
        if step.op == "int":
            return Fraction(int(step.value or 0))
        if step.op not in _FOLD:
            return None
        known = [value for i in step.args if (value := self.rational[i]) is not None]
        if len(known) < len(step.args):
            return None
        result = _FOLD[step.op](known)
        if result is None or _bits(result) > MAX_RATIONAL_BITS:
            return None
        return result


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def _quotient(args: list[Fraction]) -> Fraction | None:
    return args[0] / args[1] if args[1] else None


def _power(args: list[Fraction]) -> Fraction | None:
    base, exponent = args
    if exponent.denominator != 1 or abs(exponent) * _bits(base) > MAX_RATIONAL_BITS:
        return None
    if base == 0 and exponent <= 0:
        return None
    return Fraction(base**exponent.numerator)


_FOLD: dict[str, Callable[[list[Fraction]], Fraction | None]] = {
    "neg": lambda args: -args[0],
    "abs": lambda args: abs(args[0]),
    "sign": lambda args: Fraction((args[0] > 0) - (args[0] < 0)),
    "add": lambda args: args[0] + args[1],
    "sub": lambda args: args[0] - args[1],
    "mul": lambda args: args[0] * args[1],
    "div": _quotient,
    "pow": _power,
}
