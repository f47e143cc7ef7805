"""Is this the derivative? Are these two expressions equal? The exact check.

The one place where an answer earns its tick: never floats, never the solver's own rules.
A rigorous refutation needs one point; acceptance needs a proof, or many points at which
the two sides agree so closely that a change of any single constant would have shown.
docs/verification.md says what each verdict means and what it does not.

Read `judge.py` next. The functions are pure and bounded in work (typically 1 ms, at most
about 0.3 s), so they need no deadline and may run in a worker process.
"""

from __future__ import annotations

from dataclasses import replace

from hrm_engine.errors import MissingExtraError
from hrm_engine.expressions.tree import Expr, symbols, walk
from hrm_engine.tasks.base import Verdict


def check_derivative(f: Expr, variable: str, answer: Expr) -> Verdict:
    """Whether `answer` is the derivative of `f` with respect to `variable`.

    Args:
        f: the function.
        variable: a symbol; if `f` lacks it, the derivative is zero.
        answer: the claimed derivative, in any form.

    Raises:
        MissingExtraError: python-flint is not installed.
    """
    return _check(f, answer, variable, differentiate=True)


def equivalent(a: Expr, b: Expr) -> Verdict:
    """Whether `a` and `b` have the same value wherever they have one.

    Raises:
        MissingExtraError: python-flint is not installed.
    """
    names = sorted(symbols(a) | symbols(b))
    variable = "x" if "x" in names or not names else names[0]
    return _check(a, b, variable, differentiate=False)


def _check(left: Expr, right: Expr, variable: str, *, differentiate: bool) -> Verdict:
    try:
        from hrm_engine.expressions.claim import Claim
        from hrm_engine.expressions.judge import judge
        from hrm_engine.expressions.proof import prove
    except ImportError as error:
        raise MissingExtraError(
            "the exact check needs python-flint", hint="pip install 'hrm-coprocessor[tools]'"
        ) from error
    verdicts = []
    for real_roots in (False, True) if _has_odd_root(left, right) else (False,):
        claim = Claim.make(
            left, right, variable, differentiate=differentiate, real_roots=real_roots
        )
        verdict = judge(claim, prove)
        if verdict.accepted and real_roots:
            return replace(verdict, note=verdict.note or "odd roots of negative numbers are real")
        if verdict.accepted:
            return verdict
        verdicts.append(verdict)
    undecided = [verdict for verdict in verdicts if verdict.status == "unverified"]
    return undecided[-1] if undecided else verdicts[-1]


def _has_odd_root(*sides: Expr) -> bool:
    return any(
        part.op == "root" and part.args[0].op == "int" and int(part.args[0].value or 0) % 2
        for side in sides
        for part in walk(side)
    )
