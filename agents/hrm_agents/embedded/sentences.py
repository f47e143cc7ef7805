"""The sentences that end a tool call: what the model is trained to say, and the host's fallback.

`answer` is the one place that says what a verdict allows: the plain statement needs a verdict of
`proved` or `verified`; anything else is said with its doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DERIVATIVE = "calculate_derivative"
ACCEPTED = ("proved", "verified")
ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh"}
ORDINALS |= {8: "eighth", 9: "ninth"}


@dataclass(frozen=True)
class Result:
    """What a tool message says: a result with its verdict, or an error."""

    result: str = ""
    verdict: str = ""
    error: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the result may be stated as right."""
        return self.verdict in ACCEPTED


def read(content: str) -> Result:
    """The compact tool message, taken apart; other text is a result without a verdict."""
    if content.startswith("error:"):
        return Result(error=content.removeprefix("error:").strip() or "no answer")
    head, _, verdict = content.rpartition("\nverdict: ")
    return Result(
        result=(head if head else content).removeprefix("result: ").strip(),
        verdict=verdict.strip() if head else "",
    )


def answer(name: str, arguments: Mapping[str, Any], content: str) -> str:
    r"""The final sentence for one call and the compact message its tool gave.

    >>> answer(DERIVATIVE, {"expression": "sin(5x)", "variable": "x", "order": 1},
    ...        "result: 5*cos(5*x)\nverdict: proved")
    'The derivative of sin(5x) is 5*cos(5*x).'
    """
    got = read(content)
    if got.error:
        return f"I could not do that: {error_text(got)}."
    if name != DERIVATIVE:
        return f"The result is {got.result}."
    if got.accepted:
        return f"The {subject(arguments)} is {got.result}."
    return f"The {subject(arguments)} may be {got.result}, but this is not verified."


def error_text(got: Result) -> str:
    """The first line of an error, as part of a sentence."""
    return got.error.splitlines()[0].rstrip(".")


def subject(arguments: Mapping[str, Any]) -> str:
    """`second derivative of t^3 with respect to t`; x goes without saying."""
    variable = arguments.get("variable") or "x"
    respect = "" if variable == "x" else f" with respect to {variable}"
    head = f"{ordinal(arguments)} derivative".lstrip()
    return f"{head} of {arguments.get('expression', '')}{respect}"


def ordinal(arguments: Mapping[str, Any]) -> str:
    """`second` ..., empty for the first derivative."""
    order = int(arguments.get("order") or 1)
    return ORDINALS.get(order, f"{order}th") if order > 1 else ""
