"""A sound zero test: a proof that two expressions are equal wherever both have values.

Both sides become rational functions of generators (`kernels.py`): variables, exponentials,
logarithms, roots, sines and cosines, inverse functions. The claim is proved if the
numerator of the difference vanishes modulo the generators' relations (`quotients.py`).

Sound, not complete: where generators depend on each other in a way that no rule knows, the
numerator does not vanish, and the answer is *unknown*, not *wrong*. The left side is the
verifier's own formal derivative; the solver's rules play no part. Read `prove` first.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from hrm_engine.expressions.claim import Claim
from hrm_engine.expressions.generators import Bases, Refine
from hrm_engine.expressions.kernels import Kernels
from hrm_engine.expressions.quotients import GiveUp, Quotient

MAX_ROUNDS = 8  # refinements of bases
MAX_NODES = 1_500

Unary: TypeAlias = Callable[[Kernels, Quotient], Quotient]


def prove(claim: Claim) -> bool:
    """Whether both sides of the claim are certainly equal; False means unknown."""
    if claim.formal == claim.right:
        return True
    if len(claim.formal_order) > MAX_NODES:
        return False
    return any(_is_zero(claim, split_angles=split) for split in (False, True))


def _is_zero(claim: Claim, *, split_angles: bool) -> bool:
    bases: Bases = {}
    for _ in range(MAX_ROUNDS):
        kernels = Kernels(bases, split_angles=split_angles, real_roots=claim.real_roots)
        try:
            return _difference_vanishes(claim, kernels)
        except Refine:
            continue
        except GiveUp:
            return False
    return False


def _difference_vanishes(claim: Claim, kernels: Kernels) -> bool:
    values: dict[int, Quotient] = {}
    for i in _needed(claim):
        values[i] = _convert(claim, kernels, i, values)
    ring = kernels.ring
    difference = ring.add(values[claim.formal], ring.negative(values[claim.right]))
    if kernels.uses_abs and kernels.table.may_be_unreal:
        return False  # the rules for abs hold for real arguments only
    return bool(difference.top.is_zero())


def _needed(claim: Claim) -> list[int]:
    """The nodes to convert, in order: not below exact numbers, not the e of a power of e."""
    needed = {claim.formal, claim.right}
    for i in reversed(claim.formal_order):
        if i in needed and claim.tape.rational[i] is None:
            op, args, _ = claim.tape.steps[i]
            is_power_of_e = op == "pow" and claim.tape.steps[args[0]].op == "e"
            needed.update(args[1:] if is_power_of_e else args)
    return sorted(needed)


def _convert(claim: Claim, kernels: Kernels, i: int, values: dict[int, Quotient]) -> Quotient:
    step, exact = claim.tape.steps[i], claim.tape.rational[i]
    if exact is not None:
        return kernels.powers.rational(exact)
    if step.op == "sym":
        return kernels.powers.symbol(str(step.value))
    if step.op in _LEAVES:
        return _LEAVES[step.op](kernels)
    if step.op in _UNARY:
        return _UNARY[step.op](kernels, values[step.args[0]])
    if step.op in _BINARY:
        a, b = step.args
        return _BINARY[step.op](kernels, values[a], values[b])
    return _with_parameter(claim, kernels, i, values)


def _with_parameter(
    claim: Claim, kernels: Kernels, i: int, values: dict[int, Quotient]
) -> Quotient:
    """A power or a root, by whether its exponent or index is a rational number."""
    op, args, _ = claim.tape.steps[i]
    base, exponent = args if op == "pow" else (args[1], args[0])
    exact = claim.tape.rational[exponent]
    if op == "root" and exact is not None:
        return kernels.powers.root(exact, values[base])
    if claim.tape.steps[base].op == "e":
        return kernels.powers.exponential(values[exponent])
    if exact is not None:
        return kernels.powers.power(values[base], exact)
    v = values[exponent]
    return kernels.powers.general_power(
        values[base], kernels.ring.inverse(v) if op == "root" else v
    )


def _tangent(kernels: Kernels, u: Quotient) -> Quotient:
    sine, cosine = kernels.angles.sine_cosine(u)
    return _over(kernels, sine, cosine)


def _over(kernels: Kernels, a: Quotient, b: Quotient) -> Quotient:
    return kernels.ring.multiply(a, kernels.ring.inverse(b))


def _hyperbolic(kernels: Kernels, u: Quotient) -> tuple[Quotient, Quotient]:
    """2 sinh(u) and 2 cosh(u)."""
    ring, grown = kernels.ring, kernels.powers.exponential(u)
    shrunk = ring.inverse(grown)
    return ring.add(grown, ring.negative(shrunk)), ring.add(grown, shrunk)


def _half(kernels: Kernels, a: Quotient) -> Quotient:
    return kernels.ring.multiply(a, kernels.ring.number(1, 2))


def _tanh(kernels: Kernels, u: Quotient) -> Quotient:
    sinh, cosh = _hyperbolic(kernels, u)
    return _over(kernels, sinh, cosh)


def _reciprocal(rule: Unary) -> Unary:
    """1/rule(u)."""
    return lambda kernels, u: kernels.ring.inverse(rule(kernels, u))


def _inverse_function(name: str) -> Unary:
    return lambda kernels, u: kernels.inverse_function(name, u)


def _of_reciprocal(name: str) -> Unary:
    """The inverse function `name` of 1/u."""
    return lambda kernels, u: kernels.inverse_function(name, kernels.ring.inverse(u))


def _subtract(kernels: Kernels, a: Quotient, b: Quotient) -> Quotient:
    return kernels.ring.add(a, kernels.ring.negative(b))


_LEAVES: dict[str, Callable[[Kernels], Quotient]] = {
    "pi": lambda kernels: kernels.powers.pi(),
    "e": lambda kernels: kernels.powers.exponential(kernels.ring.one),
}
_ELEMENTARY: dict[str, Unary] = {
    "neg": lambda kernels, u: kernels.ring.negative(u),
    "abs": lambda kernels, u: kernels.absolute(u),
    "sign": lambda kernels, u: kernels.sign(u),
    "exp": lambda kernels, u: kernels.powers.exponential(u),
    "ln": lambda kernels, u: kernels.powers.logarithm(u),
    "sqrt": lambda kernels, u: kernels.powers.power(u, Fraction(1, 2)),
    "sin": lambda kernels, u: kernels.angles.sine_cosine(u)[0],
    "cos": lambda kernels, u: kernels.angles.sine_cosine(u)[1],
    "tan": _tangent,
    "sinh": lambda kernels, u: _half(kernels, _hyperbolic(kernels, u)[0]),
    "cosh": lambda kernels, u: _half(kernels, _hyperbolic(kernels, u)[1]),
    "tanh": _tanh,
}
_RECIPROCALS = {
    "cot": "tan",
    "sec": "cos",
    "csc": "sin",
    "coth": "tanh",
    "sech": "cosh",
    "csch": "sinh",
}
_INVERSES = ("asin", "acos", "atan", "asinh", "acosh", "atanh")
_INVERSES_OF_RECIPROCAL = {
    "acot": "atan",
    "asec": "acos",
    "acsc": "asin",
    "acoth": "atanh",
    "asech": "acosh",
    "acsch": "asinh",
}
_UNARY: dict[str, Unary] = (
    _ELEMENTARY
    | {name: _reciprocal(_ELEMENTARY[base]) for name, base in _RECIPROCALS.items()}
    | {name: _inverse_function(name) for name in _INVERSES}
    | {name: _of_reciprocal(base) for name, base in _INVERSES_OF_RECIPROCAL.items()}
)
_BINARY: dict[str, Callable[[Kernels, Quotient, Quotient], Quotient]] = {
    "add": lambda kernels, a, b: kernels.ring.add(a, b),
    "sub": _subtract,
    "mul": lambda kernels, a, b: kernels.ring.multiply(a, b),
    "div": _over,
    "log": lambda kernels, a, b: _over(
        kernels, kernels.powers.logarithm(b), kernels.powers.logarithm(a)
    ),
}
