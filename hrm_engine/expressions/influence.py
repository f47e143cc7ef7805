"""How small a difference would show: the precision that a pair of expressions demands.

Balls of a fixed precision swallow small terms: to 128 bits, 2x + x/10^60 *is* 2x. The
remedy is to ask of each point: if any one leaf of either side were changed (an integer by
one, a constant or a letter by its own size), how far would the side's value move, to first
order? A point counts as agreement only if the difference of the two sides is known much
better than the least of these moves. Otherwise precision is raised, or the point dropped.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from flint import acb, arb, ctx

from hrm_engine.expressions.balls import Evaluation
from hrm_engine.expressions.functions import FUNCTIONS

_ANY = math.inf  # influence through an exact zero: no constraint


_COARSE = 1 << 40  # logarithms beyond this are too coarse, as floats, to compare


def log2_lower(ball: acb) -> float:
    """log2 of the least modulus in the ball; -inf if that is zero or beyond all measure."""
    size = _log2(ball.abs_lower())
    return -math.inf if size is None or abs(size) > _COARSE else float(size)


def log2_upper(ball: acb) -> float:
    """log2 of the largest modulus in the ball; +inf if that is beyond all measure."""
    size = _log2(ball.abs_upper())
    if size is None:
        return -math.inf
    return math.inf if abs(size) > _COARSE else float(size)


def _log2(bound: arb) -> int | None:
    mantissa, exponent = bound.mid().man_exp()
    return int(abs(mantissa)).bit_length() + int(exponent) if mantissa else None


def least_influence(evaluation: Evaluation, order: Sequence[int], root: int) -> float:
    """log2 of the least move of node `root` when one leaf below it changes.

    Args:
        evaluation: has the values of all nodes of `order`.
        order: every node below `root`, children first.
        root: the node whose moves are measured.
    """
    steps, values = evaluation.tape.steps, evaluation.values
    moves: dict[int, float] = {}
    with ctx.workprec(evaluation.bits):
        for i in order:
            step = steps[i]
            if step.op == "int":
                moves[i] = 0.0
            elif not step.args:
                moves[i] = log2_lower(values[i])
            elif len(step.args) == 1:
                (a,) = step.args
                moves[i] = _through(moves[a], _unary(step.op, values[a], values[i]))
            else:
                a, b = step.args
                left, right = _BINARY[step.op](values[a], values[b], values[i])
                moves[i] = min(_through(moves[a], left), _through(moves[b], right))
    return moves[root]


def _through(move: float, gain: float) -> float:
    return _ANY if _ANY in (move, gain) else move + gain


def _gain(ball: acb) -> float:
    """log2 of a derivative; an exact zero passes no change on and so sets no limit."""
    if ball.is_zero():
        return _ANY
    return log2_lower(ball) if ball.is_finite() else -math.inf


def _unary(op: str, u: acb, y: acb) -> float:
    if op in ("neg", "abs"):
        return 0.0
    return _ANY if op == "sign" else _gain(FUNCTIONS[op].slope(u, y))


def _log(u: acb) -> acb:
    return acb(0) if u.is_zero() else u.log()


def _over(a: acb, b: acb) -> acb:
    return acb(0) if b.is_zero() else a / b


_BINARY: dict[str, Callable[[acb, acb, acb], tuple[float, float]]] = {
    "add": lambda u, v, y: (0.0, 0.0),
    "sub": lambda u, v, y: (0.0, 0.0),
    "mul": lambda u, v, y: (_gain(v), _gain(u)),
    "div": lambda u, v, y: (_gain(1 / v), _gain(y / v)),
    "pow": lambda u, v, y: (_gain(_over(v * y, u)), _gain(y * _log(u))),
    "log": lambda b, u, y: (_gain(y / (b * b.log())), _gain(1 / (u * b.log()))),
    "root": lambda n, u, y: (_gain(y * _log(u) / (n * n)), _gain(_over(y, n * u))),
}
