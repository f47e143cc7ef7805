"""The court: collects evidence at many points and passes a verdict.

A `Claim` says that two sides are equal: the derivative of f and an answer, or two values.
Evidence at a point is the ball of their difference. If it excludes zero the claim is wrong
there, beyond doubt. If it contains zero the sides agree as closely as they are known. The
verdict is found in three steps, cheap ones first:

1. a survey with modest care until four points agree; most wrong answers fall at the first;
2. the zero test of `proof.py`: if it succeeds the claim is proved;
3. a survey with full care (see `influence.py`) at the core points, and a look at far ones.

A claim that fails at complex points only is surveyed once more on the real line: textbook
answers such as sqrt(x^3)' = 3/2 sqrt(x) hold there and on another branch elsewhere. The
verdict then says so in its note.

Read `judge` first. Points come from `points.py`, balls from `balls.py`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Literal, TypeAlias

from hrm_engine.expressions.balls import ON_CUT, Evaluation, Point, UnusablePoint
from hrm_engine.expressions.breakpoints import between_zeros
from hrm_engine.expressions.claim import Claim
from hrm_engine.expressions.influence import least_influence, log2_upper
from hrm_engine.expressions.points import CORE_POINTS, search, stream
from hrm_engine.tasks.base import Verdict

FEWEST_POINTS = 4
FEWEST_POINTS_WITH_PROOF = 2
AMPLE_POINTS = 8  # a careful survey goes out to far points for so many
FIRST_BITS = 128
GLANCE_BITS = (128, 512, 2048)
CAREFUL_BITS = (256, 512, 1024, 2048)
TOLERATED_LOSS = 4  # one side may lack a value at one in so many points
EXTRA_POINTS = 30  # random real ones, to find a difference that is there only
PATIENCE = 60  # after so many points, points are looked at with the least precision only
MARGIN_BITS = 16  # a difference must be known this much better than the least influence
WORK_LIMIT = 40_000  # nodes evaluated, in units of 128 bits: about 0.1 s
BALLS = "ball arithmetic"
PROOF = "zero test and ball arithmetic"

Outcome: TypeAlias = Literal["agree", "differ", "blurred", "unusable", "lost", "lost on cut"]


@dataclass
class Evidence:
    """What the points showed.

    counts: points by outcome, where `lost` are points at which one side has no value though
    it should. bits: the highest precision that was needed. real: how many of the agreeing
    points are real. signs: what abs and sign saw there, see `Claim.signs_at`. witness: a
    point where the sides differ. work: see `WORK_LIMIT`.
    """

    counts: Counter[Outcome] = field(default_factory=Counter)
    bits: int = FIRST_BITS
    real: int = 0
    signs: set[tuple[int, bool]] = field(default_factory=set)
    witness: Point | None = None
    work: float = 0.0

    @property
    def agree(self) -> int:
        """How many points agree."""
        return self.counts["agree"]


def judge(claim: Claim, prove: Callable[[Claim], bool]) -> Verdict:
    """The verdict on a claim.

    Args:
        claim: what is claimed.
        prove: a sound zero test: True only if both sides are equal wherever both have values.
    """
    evidence = _survey(claim, careful=False, enough=FEWEST_POINTS)
    if evidence.witness is not None:
        return _contradicted(claim, evidence.witness)
    if evidence.agree >= FEWEST_POINTS_WITH_PROOF and prove(claim):
        return _accept(claim, evidence, "proved")
    if evidence.agree >= FEWEST_POINTS:
        evidence = _survey(claim, careful=True)
        if evidence.witness is not None:
            return _contradicted(claim, evidence.witness)
    if evidence.agree >= FEWEST_POINTS and not _signs_are_clear(claim, evidence):
        return _unclear(evidence)
    return _accept(claim, evidence, "verified")


def _signs_are_clear(claim: Claim, evidence: Evidence) -> bool:
    """Whether no sign can be other than it was seen, on an interval too short to be found.

    A single sign that was seen from both of its sides holds no secret. A sign that was seen
    from one side, or two signs, might change where nobody looked; then the two sides of the
    claim have to agree whatever the signs are.
    """
    if not claim.distinct_signs or (claim.distinct_signs == 1 and len(evidence.signs) == 2):
        return True
    free = _survey(claim.with_free_signs(), careful=True)
    return free.witness is None and free.agree >= FEWEST_POINTS


def _unclear(evidence: Evidence) -> Verdict:
    note = "agrees where looked at, but some sign may change where nobody looked"
    return Verdict("unverified", BALLS, evidence.agree, evidence.bits, note)


def _accept(
    claim: Claim, evidence: Evidence, status: Literal["proved", "verified"], note: str = ""
) -> Verdict:
    """`status`, unless there are too few points or too many at which a side has no value."""
    agree, lost = evidence.agree, evidence.counts["lost"]
    if status == "verified" and agree < FEWEST_POINTS:
        note = f"only {agree} usable points, {FEWEST_POINTS} are needed"
        if evidence.counts["blurred"]:
            note += ": parts of the expressions are too small or too large to be seen"
    elif claim.real_only and lost + evidence.counts["lost on cut"]:
        note = "one side is undefined at real points where the other is not"
    elif TOLERATED_LOSS * lost > agree:
        note = "one side is undefined at many points where the other is not"
    else:
        if not evidence.real and status == "verified":
            note = "no real point of the domain found: checked at complex points"
        return Verdict(status, PROOF if status == "proved" else BALLS, agree, evidence.bits, note)
    return Verdict("unverified", BALLS, agree, evidence.bits, note)


def _contradicted(claim: Claim, witness: Point) -> Verdict:
    """Refuted, unless the sides differ at complex points alone and agree on the real line."""
    refuted = Verdict("refuted", BALLS, 1, FIRST_BITS, f"the sides differ at {witness.show()}")
    if witness.real:
        return refuted
    on_line = claim.on_real_line()
    real = _survey(on_line, careful=True)
    note = f"on the real line, at {real.agree} points; another branch at {witness.show()}"
    verdict = _accept(on_line, real, "verified", note)
    return refuted if real.witness is not None or not verdict.accepted else verdict


def _survey(claim: Claim, *, careful: bool, enough: float = math.inf) -> Evidence:
    """Look at points until `enough` agree, one differs, or the work limit is reached.

    A careful survey inspects the core points, and far ones while few agree; at the other far
    points, and between the zeros of sums, it looks for a difference only.
    """
    evidence = Evidence()
    for count, point in enumerate(_points(claim, evidence, careful=careful)):
        far = count >= CORE_POINTS
        closely = careful and not (far and evidence.agree >= AMPLE_POINTS)
        levels: tuple[int, ...] = CAREFUL_BITS if closely else GLANCE_BITS
        levels = levels[:1] if count >= PATIENCE else levels
        outcome = _look(claim, point, evidence, levels, closely=closely)
        if outcome == "differ":
            evidence.witness = point
        elif outcome == "agree" and closely == careful:
            evidence.counts[outcome] += 1
            evidence.real += point.real
        elif not (far and outcome == "lost"):  # far out, overflow is no fault of the answer
            evidence.counts[outcome] += outcome != "agree"
        if evidence.witness or evidence.agree >= enough or evidence.work > WORK_LIMIT:
            break
    return evidence


def _points(claim: Claim, evidence: Evidence, *, careful: bool) -> Iterator[Point]:
    """Where to look, in order; the last ones only while too few agree."""
    tape, roots = claim.tape, (claim.left, claim.right)
    yield from stream(tape, roots, claim.variable, analytic=not claim.real_only)
    searched = search(tape, roots, claim.variable)
    if careful:
        yield from between_zeros(tape, roots, claim.variable)
        yield from islice(searched, EXTRA_POINTS)
    yield from takewhile(lambda _: evidence.agree < FEWEST_POINTS, searched)


def _look(
    claim: Claim, point: Point, evidence: Evidence, levels: tuple[int, ...], *, closely: bool
) -> Outcome:
    """The outcome at a point, with more bits as long as there are and they may help."""
    order = claim.formal_order if closely else claim.pair_order
    outcome: Outcome = "blurred"
    for bits in levels:
        evidence.work += bits / FIRST_BITS * len(order)
        try:
            evaluation = claim.at(point, bits)
            outcome = (_inspect if closely else _glance)(claim, evaluation)
        except UnusablePoint as problem:
            outcome = _why_unusable(claim, point, problem)
            if not problem.may_be_precision:
                return outcome
        if outcome in ("agree", "differ"):
            evidence.bits = max(evidence.bits, bits)
            evidence.signs |= claim.signs_at(evaluation)
            return outcome
    return outcome


def _why_unusable(claim: Claim, point: Point, problem: UnusablePoint) -> Outcome:
    if problem.index in claim.left_nodes and (
        claim.differentiate or not claim.right_alone_has_value(point, FIRST_BITS)
    ):
        return "unusable"
    return "lost on cut" if problem.reason == ON_CUT else "lost"


def _glance(claim: Claim, evaluation: Evaluation) -> Outcome:
    """Compare, and call it agreement if the difference is known to half of the bits."""
    difference, right = claim.difference(evaluation)
    if not difference.contains(0):
        return "differ"
    size = log2_upper(right)
    if right.contains(0):
        size = max(size, -FIRST_BITS / 2)
    return "agree" if log2_upper(difference) < size - FIRST_BITS / 2 else "blurred"


def _inspect(claim: Claim, evaluation: Evaluation) -> Outcome:
    """Compare, and call it agreement if a change of any one leaf of either side would show."""
    difference, right = claim.difference(evaluation)
    if not difference.contains(0):
        return "differ"
    evaluation.run([i for i in claim.formal_order if i not in evaluation.values], dual=False)
    if not (evaluation.values[claim.formal] - right).contains(0):
        return "blurred"  # dual numbers and formal rules disagree: trust neither
    least = min(
        least_influence(evaluation, claim.formal_order, root)
        for root in (claim.formal, claim.right)
    )
    return "agree" if log2_upper(difference) < least - MARGIN_BITS else "blurred"
