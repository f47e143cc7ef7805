"""The sentences that end a tool call: what the model is trained to say, and the host's fallback.

`answer` is the one place that says what a verdict allows: the plain statement needs a verdict of
`proved` or `verified`; anything else is said with its doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DERIVATIVE = "calculate_derivative"
_SOLUTION = re.compile(r"\[solution \d+\]")
ACCEPTED = ("proved", "verified")
NOT_UNIQUE = "not unique"
"""What the note of a tool says when its result is one of several."""
SEVERAL = "several solutions"
ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh"}
ORDINALS |= {8: "eighth", 9: "ninth"}


@dataclass(frozen=True)
class Result:
    """What a tool message says: a result with its verdict and a note, or an error."""

    result: str = ""
    verdict: str = ""
    error: str = ""
    note: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the result may be stated as right."""
        return self.verdict in ACCEPTED


def read(content: str) -> Result:
    """The compact tool message, taken apart; other text is a result without a verdict."""
    if content.startswith("error:"):
        return Result(error=content.removeprefix("error:").strip() or "no answer")
    head, found, note = content.rpartition("\nnote: ")
    if not found:
        head, note = content, ""
    result, found, verdict = head.rpartition("\nverdict: ")
    if not found:
        result, verdict = head, ""
    result = result.removeprefix("result: ").strip("\n")
    return Result(result.strip(" ") if "\n" not in result else result, verdict.strip(), note=note)


def answer(name: str, arguments: Mapping[str, Any], content: str) -> str:
    r"""The final sentence for one call and the compact message its tool gave.

    >>> answer(DERIVATIVE, {"expression": "sin(5x)", "variable": "x", "order": 1},
    ...        "result: 5*cos(5*x)\nverdict: proved")
    'The derivative of sin(5x) is 5*cos(5*x).'
    """
    got = read(content)
    if got.error:
        return f"I could not do that: {error_text(got)}."
    if is_puzzle(name, arguments, got):
        return _solution(arguments, got)
    if name != DERIVATIVE:
        return f"The result is {got.result}."
    if got.accepted:
        return f"The {subject(arguments)} is {got.result}."
    return f"The {subject(arguments)} may be {got.result}, but this is not verified."


def is_puzzle(name: str, arguments: Mapping[str, Any], got: Result) -> bool:
    """Whether the result is the named solution of a puzzle (see `blocks.py`)."""
    return name != DERIVATIVE and _SOLUTION.fullmatch(got.result) is not None


def _solution(arguments: Mapping[str, Any], got: Result) -> str:
    """`Here is the solution: [solution 1]`, with its doubts."""
    if got.verdict and not got.accepted:
        return f"This may be a solution, but it is not verified: {got.result}"
    if "maze" in arguments:
        return f"Here is a shortest path, marked with o: {got.result}"
    if got.note.startswith(NOT_UNIQUE):
        return f"There are {SEVERAL}, this is one of them: {got.result}"
    return f"Here is the solution: {got.result}"


def error_text(got: Result) -> str:
    """The first line of an error, as part of a sentence."""
    return got.error.splitlines()[0].removeprefix("none: ").rstrip(".")


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
