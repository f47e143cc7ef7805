"""What is to be checked, compiled: two sides on one tape, evaluated together.

`judge.py` asks a `Claim` for the ball of its difference at a point, `proof.py` for its
formal sides. Shared subexpressions of the two sides are evaluated once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flint import acb

from hrm_engine.expressions.balls import Evaluation, Point, UnusablePoint
from hrm_engine.expressions.formal import derivative
from hrm_engine.expressions.tape import Step, Tape
from hrm_engine.expressions.tree import Expr


@dataclass(frozen=True)
class Claim:
    """left = right, or d(left)/d(variable) = right when `differentiate`.

    left, right: indices on the tape; formal: the index of the left side as an expression,
    the formal derivative when `differentiate`. real_only: complex points make no sense,
    because of abs or sign, or because odd roots are read as real roots (`real_roots`).
    left_nodes, pair_order, formal_order: the nodes of the left side, of both sides and of
    formal and right side, the latter two in order of evaluation. sign_of: for each argument
    u of abs or sign that varies, which sign it has: (number, whether negated), so that u and
    -u share a number. free_signs: let these signs be independent, whatever u is.
    """

    tape: Tape
    left: int
    right: int
    formal: int
    variable: str
    differentiate: bool
    real_only: bool
    real_roots: bool
    left_nodes: frozenset[int]
    pair_order: list[int]
    formal_order: list[int]
    sign_of: dict[int, tuple[int, bool]]
    free_signs: bool = False

    @classmethod
    def make(
        cls, left: Expr, right: Expr, variable: str, *, differentiate: bool, real_roots: bool
    ) -> Claim:
        """The claim about two trees, compiled."""
        tape = Tape()
        a, b = tape.add(left), tape.add(right)
        pair_order = tape.below(a, b)
        formal = derivative(tape, a, variable) if differentiate else a
        formal_order = tape.below(formal, b)
        sign_of = _signs(tape, {*pair_order, *formal_order})
        return cls(
            tape=tape,
            left=a,
            right=b,
            formal=formal,
            variable=variable,
            differentiate=differentiate,
            real_only=bool(sign_of) or real_roots,
            real_roots=real_roots,
            left_nodes=frozenset(tape.below(a)),
            pair_order=pair_order,
            formal_order=formal_order,
            sign_of=sign_of,
        )

    def on_real_line(self) -> Claim:
        """The same claim for real points alone."""
        return replace(self, real_only=True)

    def with_free_signs(self) -> Claim:
        """The stronger claim that the sides agree whatever the signs are, in all the plane."""
        return replace(self, real_only=self.real_roots, free_signs=True)

    @property
    def distinct_signs(self) -> int:
        """How many different signs occur on the two sides."""
        return len({number for number, _ in self.sign_of.values()})

    def signs_at(self, evaluation: Evaluation) -> set[tuple[int, bool]]:
        """The signs at a real point: (number, whether positive)."""
        values = evaluation.values
        return {
            (number, bool(values[i].real > 0) != negated)
            for i, (number, negated) in self.sign_of.items()
            if i in values
        }

    def difference(self, evaluation: Evaluation) -> tuple[acb, acb]:
        """The balls of left - right and of right. Raises UnusablePoint."""
        left_nodes = self.left_nodes
        evaluation.run([i for i in self.pair_order if i in left_nodes], dual=self.differentiate)
        left = evaluation.values[self.left]
        if self.differentiate:
            slope = evaluation.slopes[self.left]
            left = acb(0) if slope is None else slope
        evaluation.run([i for i in self.pair_order if i not in left_nodes], dual=False)
        right = evaluation.values[self.right]
        return left - right, right

    def at(self, point: Point, bits: int) -> Evaluation:
        """An empty evaluation of this claim at a point."""
        signs = {}
        if self.free_signs:
            (coin, _), *_ = point.values.values()
            signs = {
                i: -1 if (coin >> number & 1) != negated else 1
                for i, (number, negated) in self.sign_of.items()
            }
        return Evaluation(
            self.tape, point, bits, self.variable, real_roots=self.real_roots, signs=signs
        )

    def right_alone_has_value(self, point: Point, bits: int) -> bool:
        """Whether the right side has a value at a point where the left side has none."""
        try:
            self.at(point, bits).run(self.tape.below(self.right), dual=False)
        except UnusablePoint:
            return False
        return True


def _signs(tape: Tape, nodes: set[int]) -> dict[int, tuple[int, bool]]:
    """See `Claim.sign_of`."""
    numbers: dict[Step, int] = {}
    found: dict[int, tuple[int, bool]] = {}
    for i in sorted(nodes):
        if tape.steps[i].op in ("abs", "sign") and tape.symbols[i]:
            (argument,) = tape.steps[i].args
            step, negated = tape.steps[argument], False
            while step.op == "neg":
                step, negated = tape.steps[step.args[0]], not negated
            if step.op == "sub" and step.args[0] > step.args[1]:  # u - v is -(v - u)
                step, negated = Step("sub", step.args[::-1]), not negated
            found[argument] = (numbers.setdefault(step, len(numbers)), negated)
    return found
