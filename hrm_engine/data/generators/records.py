"""Generated problems as records for a data file: cleaned, and each one only once.

    {"id": "train-0", "input": "sin(5*x)", "variable": "x", "order": 1, "answer": "5*cos(5*x)"}

Cleaned: the text reads back as the very tree it was printed from, and the answer passed the
exact check. Read `records`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

import numpy as np

from hrm_engine.data.generators.derivative import fingerprint, held_out, training
from hrm_engine.errors import ExpressionError
from hrm_engine.expressions.differentiate import differentiate
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.printer import to_text
from hrm_engine.expressions.simplify import simplify
from hrm_engine.expressions.tree import Expr
from hrm_engine.expressions.verify import check_derivative

Split = Literal["train", "held-out"]
Record = dict[str, str | int]
_HELD_OUT_BATCH = 20


def records(
    count: int, seed: int, split: Split, *, check: bool = True, dropped: Counter[str] | None = None
) -> Iterator[Record]:
    """`count` distinct records of `split`, the same ones for the same seed.

    Args:
        count: how many to yield.
        seed: of the generator.
        split: "train", or "held-out", which training never sees.
        check: leave out what the exact check does not accept; takes most of the time.
        dropped: counts the proposals left out, by reason.
    """
    left_out = Counter[str]() if dropped is None else dropped
    seen: set[int] = set()
    for expr in _proposals(seed, split):
        if len(seen) == count:
            return
        mark = fingerprint(expr)
        answer = simplify(differentiate(expr, "x"))
        reason = "repeated" if mark in seen else _flaw(expr, answer, check)
        if reason:
            left_out[reason] += 1
            continue
        yield {
            "id": f"{split}-{len(seen)}",
            "input": to_text(expr),
            "variable": "x",
            "order": 1,
            "answer": to_text(answer),
        }
        seen.add(mark)


def _proposals(seed: int, split: Split) -> Iterator[Expr]:
    if split == "train":
        rng = np.random.default_rng(seed)
        while True:
            yield training(rng)
    for batch in range(2**31):
        yield from held_out(_HELD_OUT_BATCH, seed + (batch << 32))


def _flaw(expr: Expr, answer: Expr, check: bool) -> str:
    try:
        same = parse(to_text(expr)) == expr and bool(parse(to_text(answer)))
    except ExpressionError:
        same = False
    if not same:
        return "unreadable"
    return "" if not check or check_derivative(expr, "x", answer).accepted else "unchecked"
