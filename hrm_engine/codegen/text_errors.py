"""The error of an evaluation that takes longer than it was allowed."""

from __future__ import annotations

from hrm_engine.errors import DeadlineError


class EvaluationTimeout(DeadlineError):  # noqa: N818 - the documented name of the SDK
    """The time allowed for a whole evaluation has run out; what was measured is not reported."""
