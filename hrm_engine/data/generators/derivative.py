"""Derivative problems: an endless, seeded stream of textbook-like expressions in `x`.

Distribution. A size is drawn first (log-normal, median 14 nodes, up to 60), then a kind
from `MIXTURE`, then the families of `hrm_engine.data.generators.shapes` fill it: sums of
two to six terms, products, quotients, chains as deep as the size allows, brackets with
integer, negative and fractional exponents, polynomials with coefficients to 1000 and
beyond, variable exponents, random trees; all 24 functions, exp, ln, sqrt, roots, logs to a
base, |x| and sign; letters, pi, e, surds and fractions as constants. Higher derivatives
apply the network to its own tidied answers, so `MIXTURE` holds expressions that *are*
derivatives, raw and tidied, and tidied forms of the others.

Disjointness by construction. `fingerprint` hashes the token form of an expression (other
letters renamed by first appearance); fingerprints divisible by 64 are reserved: `training`
never yields one, `held_out` yields only those. No list has to be kept or checked.

Read `training` first. No SymPy: thousands of samples a second on one core.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from statistics import NormalDist

import numpy as np

from hrm_engine.data.generators.dice import Dice, Table
from hrm_engine.data.generators.shapes import X, constant, expression, random_tree
from hrm_engine.errors import TaskError
from hrm_engine.expressions.differentiate import differentiate
from hrm_engine.expressions.tree import Expr
from hrm_engine.tokens.maths import derivative_tokens, write_prompt

RESERVED_EVERY = 64
MAX_SIZE = 60
MEDIAN_SIZE, SPREAD = 14.0, 0.6

# What a sample is, by weight in per cent.
MIXTURE = {
    "plain": 86.5,  # an expression of the families
    "tidied": 6.5,  # the same in the form that `simplify` prints
    "derivative": 3.0,  # a tidied derivative of a smaller one
    "raw derivative": 1.5,  # a derivative as the rules leave it
    "constant": 1.0,  # no variable at all
    "leaf": 1.5,  # a few nodes only: x, 7, sin(x), x^3
}
_KIND = Table.of(MIXTURE)
_LADDER = [NormalDist(0.0, SPREAD).inv_cdf((k + 0.5) / 512) for k in range(512)]
_SIZES = tuple(int(min(MAX_SIZE, max(3.0, MEDIAN_SIZE * float(np.exp(step))))) for step in _LADDER)


def training(rng: np.random.Generator) -> Expr:
    """A random expression in `x` that fits the network and is not reserved for tests."""
    while True:
        expr = propose(rng)
        if fits(expr) and not reserved(expr):
            return expr


def held_out(count: int, seed: int) -> list[Expr]:
    """`count` distinct expressions in `x` that `training` never yields; the same every time.

    Takes about 64 proposals an item: 2,000 items need half a minute on one core.
    """
    rng = np.random.default_rng([seed, RESERVED_EVERY])
    found: dict[int, Expr] = {}
    while len(found) < count:
        expr = propose(rng)
        if fits(expr) and reserved(expr):
            found.setdefault(fingerprint(expr), expr)
    return list(found.values())


def distinct(rng: np.random.Generator) -> Iterator[Expr]:
    """The training stream without repetitions; remembers 8 bytes an item."""
    seen: set[int] = set()
    while True:
        expr = training(rng)
        mark = fingerprint(expr)
        if mark not in seen:
            seen.add(mark)
            yield expr


def propose(rng: np.random.Generator) -> Expr:
    """A random expression of the documented mixture, whatever its length or fingerprint."""
    dice = Dice(rng)
    kind, size = dice.draw(_KIND), dice.pick(_SIZES)
    if kind == "constant":
        return constant(dice) if dice.chance(0.3) else _without_variable(dice, size // 2)
    if kind == "leaf":
        return X if dice.chance(0.02) else random_tree(dice, dice.between(2, 4))
    if kind == "plain":
        return expression(dice, size)
    return _processed(kind, expression(dice, size if kind == "tidied" else size // 2))


def _processed(kind: str, expr: Expr) -> Expr:
    from hrm_engine.expressions.simplify import simplify

    if kind == "tidied":
        return simplify(expr)
    slope = differentiate(expr, "x")
    return slope if kind == "raw derivative" else simplify(slope)


def _without_variable(dice: Dice, size: int) -> Expr:
    return _replaced(random_tree(dice, size), dice)


def _replaced(expr: Expr, dice: Dice) -> Expr:
    if expr == X:
        return constant(dice)
    return Expr(expr.op, tuple(_replaced(part, dice) for part in expr.args), expr.value)


def fits(expr: Expr, variable: str = "x") -> bool:
    """Whether the network's prompt and answer can hold `expr` and its derivative."""
    try:
        derivative_tokens(write_prompt(expr, variable))
    except TaskError:
        return False
    return True


def fingerprint(expr: Expr, variable: str = "x") -> int:
    """64 bits that name `expr` up to the choice of letters. Raises TaskError if too long."""
    tokens = np.asarray(write_prompt(expr, variable).tokens, dtype="<u2")
    return int.from_bytes(blake2b(tokens.tobytes(), digest_size=8).digest(), "little")


def reserved(expr: Expr, variable: str = "x") -> bool:
    """Whether `expr` belongs to the held-out share of all expressions."""
    return fingerprint(expr, variable) % RESERVED_EVERY == 0
