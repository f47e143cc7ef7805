"""The court: collects evidence at many points and passes a verdict.

A `Claim` says that two sides are equal: the derivative of f and an answer, or two values.
Evidence at a point is the ball of their difference. If it excludes zero the claim is wrong
there, beyond doubt. If it contains zero the sides agree as closely as they are known. The
verdict is found in three steps, cheap ones first:

1. `_survey` with modest care until four points agree; most wrong answers fall at the first;
2. the zero test of `proof.py`: if it succeeds the claim is proved;
3. `_survey` with full care (see `influence.py`) at all core points and many far ones.

Read `judge` first. Points come from `points.py`, balls from `balls.py`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from flint import acb

from hrm_engine.expressions.balls import ON_CUT, Evaluation, Point, UnusablePoint
from hrm_engine.expressions.formal import derivative
from hrm_engine.expressions.influence import least_influence, log2_upper
from hrm_engine.expressions.points import stream
from hrm_engine.expressions.tape import Tape
from hrm_engine.expressions.tree import Expr
from hrm_engine.tasks.base import Verdict

FEWEST_POINTS = 4
FEWEST_POINTS_WITH_PROOF = 2
FIRST_BITS = 128
CAREFUL_BITS = (256, 512, 1024, 2048)
MARGIN_BITS = 16  # a difference must be known this much better than the least influence
WORK_LIMIT = 60_000  # nodes evaluated, in units of 128 bits: about 0.2 s
BALLS = "ball arithmetic"
PROOF = "zero test and ball arithmetic"


@dataclass(frozen=True)
class Claim:
    """left = right, or d(left)/d(variable) = right when `differentiate`.

    left, right: indices on the tape; formal: the index of the left side as an expression,
    the formal derivative when `differentiate`. real_only: complex points make no sense,
    because of abs or sign, or because odd roots are read as real roots (`real_roots`).
    """

    tape: Tape
    left: int
    right: int
    formal: int
    variable: str
    differentiate: bool
    real_only: bool
    real_roots: bool
    left_order: list[int]
    right_order: list[int]
    formal_order: list[int]

    @classmethod
    def make(
        cls, left: Expr, right: Expr, variable: str, *, differentiate: bool, real_roots: bool
    ) -> Claim:
        """The claim about two trees, compiled."""
        tape = Tape()
        a, b = tape.add(left), tape.add(right)
        left_order = tape.below(a)
        pair_order = tape.below(a, b)
        formal = derivative(tape, a, variable) if differentiate else a
        in_left = set(left_order)
        broken = any(tape.steps[i].op in ("abs", "sign") and tape.symbols[i] for i in pair_order)
        return cls(
            tape=tape,
            left=a,
            right=b,
            formal=formal,
            variable=variable,
            differentiate=differentiate,
            real_only=broken or real_roots,
            real_roots=real_roots,
            left_order=left_order,
            right_order=[i for i in pair_order if i not in in_left],
            formal_order=tape.below(formal, b),
        )

    def difference(self, evaluation: Evaluation) -> tuple[acb, acb]:
        """The balls of left - right and of right. Raises UnusablePoint."""
        evaluation.run(self.left_order, dual=self.differentiate)
        left = evaluation.values[self.left]
        if self.differentiate:
            slope = evaluation.slopes[self.left]
            left = acb(0) if slope is None else slope
        evaluation.run(self.right_order, dual=False)
        right = evaluation.values[self.right]
        return left - right, right

    def at(self, point: Point, bits: int) -> Evaluation:
        """An empty evaluation of this claim at a point."""
        return Evaluation(self.tape, point, bits, self.variable, real_roots=self.real_roots)


@dataclass
class Evidence:
    """What the points showed.

    agree, differ, unusable and blurred count points; lost counts those where the left side
    has a value and the right side has none, lost_on_cut those of them due to a branch cut.
    """

    counts: Counter[str] = field(default_factory=Counter)
    bits: int = FIRST_BITS
    real: int = 0
    witness: Point | None = None
    work: float = 0.0

    @property
    def agree(self) -> int:
        """How many points agree."""
        return self.counts["agree"]

    def record(self, outcome: str, point: Point) -> None:
        """Count one point."""
        self.counts[outcome] += 1
        if outcome == "agree":
            self.real += point.real
        elif outcome == "differ":
            self.witness = point


def judge(claim: Claim, prove: Callable[[Claim], bool]) -> Verdict:
    """The verdict on a claim.

    Args:
        claim: what is claimed.
        prove: a sound zero test: True only if both sides are equal wherever both have values.
    """
    evidence = _survey(claim, _glance, enough=FEWEST_POINTS)
    if evidence.witness is not None:
        return _contradicted(claim, evidence)
    if evidence.agree >= FEWEST_POINTS_WITH_PROOF and prove(claim):
        return _accept(claim, evidence, "proved")
    if evidence.agree < FEWEST_POINTS:
        return _too_few(evidence)
    evidence = _survey(claim, _inspect, enough=math.inf)
    if evidence.witness is not None:
        return _contradicted(claim, evidence)
    if evidence.agree < FEWEST_POINTS:
        return _too_few(evidence)
    return _accept(claim, evidence, "verified")


def _accept(claim: Claim, evidence: Evidence, status: str) -> Verdict:
    undefined = evidence.counts["lost"]
    if claim.real_only:
        undefined = 2 * (undefined + evidence.counts["lost_on_cut"]) * evidence.agree
    if undefined > evidence.agree:
        note = "the answer is undefined at points where it should have a value"
        return Verdict("unverified", BALLS, evidence.agree, evidence.bits, note)
    note = "" if evidence.real else "no real point of the domain found: checked at complex points"
    if status == "proved":
        return Verdict("proved", PROOF, evidence.agree, evidence.bits, note)
    return Verdict("verified", BALLS, evidence.agree, evidence.bits, note)


def _too_few(evidence: Evidence) -> Verdict:
    note = f"only {evidence.agree} usable points, {FEWEST_POINTS} are needed"
    return Verdict("unverified", BALLS, evidence.agree, evidence.bits, note)


def _contradicted(claim: Claim, evidence: Evidence) -> Verdict:
    """Refuted, unless the sides differ at complex points alone and agree on the real line."""
    witness = evidence.witness
    assert witness is not None, "only a claim with a counterexample is contradicted"
    refuted = Verdict("refuted", BALLS, 1, evidence.bits, f"differs at {witness.show()}")
    if witness.real:
        return refuted
    real = _survey(claim, _glance, enough=math.inf, real_only=True)
    one_sided = real.counts["lost"] + real.counts["lost_on_cut"]
    if real.witness is not None or one_sided or real.agree < FEWEST_POINTS:
        return refuted
    note = (
        f"agrees at {real.agree} real points, the whole real domain as far as seen, "
        f"but not at {witness.show()}: another branch"
    )
    return Verdict("unverified", BALLS, real.agree, real.bits, note)


Look = Callable[[Claim, Point, Evidence], str]


def _survey(claim: Claim, look: Look, *, enough: float, real_only: bool = False) -> Evidence:
    """Look at points until `enough` agree, one differs, or the work limit is reached."""
    evidence = Evidence()
    analytic = not (claim.real_only or real_only)
    roots = (claim.left, claim.right)
    for point in stream(claim.tape, roots, claim.variable, analytic=analytic):
        if real_only and not point.real:
            continue
        try:
            outcome = look(claim, point, evidence)
        except UnusablePoint as problem:
            outcome = _why_unusable(claim, problem)
        evidence.record(outcome, point)
        done = evidence.agree >= enough or evidence.work > WORK_LIMIT
        if evidence.witness is not None or done:
            break
    return evidence


def _why_unusable(claim: Claim, problem: UnusablePoint) -> str:
    if problem.index not in claim.right_order:
        return "unusable"
    return "lost_on_cut" if problem.reason == ON_CUT else "lost"


def _glance(claim: Claim, point: Point, evidence: Evidence) -> str:
    """Compare at 128 bits, at 512 if the balls are too wide to tell."""
    for bits in (FIRST_BITS, 4 * FIRST_BITS):
        evidence.work += bits / FIRST_BITS * len(claim.left_order + claim.right_order)
        difference, right = claim.difference(claim.at(point, bits))
        if not difference.contains(0):
            return "differ"
        size = max(log2_upper(right), -FIRST_BITS / 2) if right.contains(0) else log2_upper(right)
        if log2_upper(difference) < size - FIRST_BITS / 2:
            return "agree"
    return "blurred"


def _inspect(claim: Claim, point: Point, evidence: Evidence) -> str:
    """Compare with so many bits that a change of any one leaf of either side would show."""
    for bits in CAREFUL_BITS:
        evidence.work += bits / FIRST_BITS * len(claim.formal_order)
        evaluation = claim.at(point, bits)
        difference, _ = claim.difference(evaluation)
        if not difference.contains(0):
            return "differ"
        known = set(evaluation.values)
        evaluation.run([i for i in claim.formal_order if i not in known], dual=False)
        if not (evaluation.values[claim.formal] - evaluation.values[claim.right]).contains(0):
            return "blurred"  # dual numbers and formal rules disagree: trust neither
        least = min(
            least_influence(evaluation, claim.formal_order, root)
            for root in (claim.formal, claim.right)
        )
        if log2_upper(difference) < least - MARGIN_BITS:
            evidence.bits = max(evidence.bits, bits)
            return "agree"
    return "blurred"
