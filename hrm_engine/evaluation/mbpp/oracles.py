"""Tasks whose asserts ask for more than their text does, judged by their text instead.

EvalPlus (Liu et al. 2023, arXiv:2305.01210) has special oracles for the same tasks, and for a
few whose published asserts need none. `strict=True` in `Examiner` leaves this table out.

    in any order     the order in the assert is that of a hash table, or is not asked for
    either reading   581: of a pyramid "3, 4" can give the slant height, or the height
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from hrm_engine.evaluation.mbpp.cases import Case

Same = Callable[[Any, Any], bool]
"""`same(value, expected)`: equality with the judge's tolerance for floats."""
Oracle = Callable[[Case, Any, Same], bool]
"""`oracle(case, value, same)`: whether a value other than `case.expected` is right, too."""


def in_any_order(case: Case, value: Any, same: Same) -> bool:
    """Whether a list, tuple or set has the expected members, each as often."""
    if not (_gathers(value) and _gathers(case.expected)):
        return False
    try:
        return same(sorted(value, key=repr), sorted(case.expected, key=repr))
    except ValueError:  # Python writes no integer of more than 4,300 digits
        return False


def _gathers(value: Any) -> bool:
    return isinstance(value, list | tuple | set | frozenset)


def with_the_height(case: Case, value: Any, same: Same) -> bool:
    """Whether this is a pyramid's surface where the second number is its height, rounded."""
    base, height = case.call.arguments
    return same(value, round(base**2 + 2 * base * math.hypot(base / 2, height)))


ORACLES: dict[int, Oracle] = {
    2: in_any_order,
    7: in_any_order,
    111: in_any_order,
    140: in_any_order,
    232: in_any_order,
    249: in_any_order,
    579: in_any_order,
    581: with_the_height,
    769: in_any_order,
}
"""By the number of the task."""
