r"""What surrounds an expression and is no part of it: `$...$`, `f(x) =`, a closing full stop.

A label such as `y =`, `f'(x) =` or `\frac{dy}{dx} =` is dropped with a note. A request such as
`d/dx sin(x)` is refused: the tools take the expression and the variable apart, and guessing
would turn `d` into a symbol.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from hrm_engine.errors import ExpressionError
from hrm_engine.expressions.source import Source


class Frame(NamedTuple):
    """Where the expression starts and ends in `Source.clean`, and what was left out."""

    start: int
    end: int
    notes: tuple[str, ...]


_PAIRS = (
    ("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"), ("\\\\(", "\\\\)"),
    ("\\\\[", "\\\\]"), ("```", "```"), ("`", "`"), ('"', '"'), ("“", "”"), ("'", "'"),
)  # fmt: skip
# These patterns see the text without its white space: no repetition can then meet another one,
# so that matching takes linear time on any input.
_LETTER = r"(?:[A-Za-zΑ-Ωα-ω]|\\[a-zA-Z]{2,10})(?:_?\{?[0-9]{1,9}\}?)?"
_PRIMES = r"(?:'{1,9}|\^\{?(?:\\prime){1,9}\}?)?"
_ARGUMENT = rf"(?:(?:\\left)?\({_LETTER}(?:\\right)?\))?"
_D = r"(?:d|\\mathrm\{d\}|\\partial|∂)"
_ORDER = r"(?:\^\{?[0-9n]\}?)?"
_QUOTIENT = (
    rf"(?:\\[dt]?frac\{{{_D}{_ORDER}[^{{}}=]{{0,80}}\}}\{{{_D}{_LETTER}{_ORDER}\}}"
    rf"|\{{{_D}{_ORDER}[A-Za-z]?\\over{_D}{_LETTER}{_ORDER}\}}"
    rf"|{_D}{_ORDER}(?:[A-Za-z]?{_ARGUMENT}|\([^=]{{1,80}}\))/{_D}{_LETTER}{_ORDER})"
)
_LABEL = re.compile(rf"(?:{_LETTER}{_PRIMES}{_ARGUMENT}|{_QUOTIENT}):?=")
_REQUEST = re.compile(_QUOTIENT)
_WHITE = " \t\r\n"
#: What JSON makes of `\\frac`, `\\tan`, `\\right` and `\\beta` when the backslash is written once.
_LOST_BACKSLASH = re.compile(r"\x0c|\x08|\t(?=an|heta|imes|au|ext|frac)|\r(?=ight|ho|oot)")


def strip_frame(source: Source) -> Frame:
    """Find the expression inside delimiters, a label and punctuation.

    Raises:
        ExpressionError: nothing is left, or the text asks for a derivative instead of giving an
            expression.
    """
    if lost := _LOST_BACKSLASH.search(source.clean):
        raise source.error(
            f"unexpected control character U+{ord(lost[0]):04X}",
            lost.start(),
            hint="a backslash was lost: in JSON it is written twice",
        )
    start, end = _inside(source.clean, 0, len(source.clean))
    notes: tuple[str, ...] = ()
    dense, places = _without_spaces(source.clean, start, end)
    label = _LABEL.match(dense)
    if label:
        notes = (f'left out "{source.quote(start, places[label.end() - 1] + 1)}"',)
        start, end = _inside(source.clean, places[label.end() - 1] + 1, end)
    if start == end:
        raise ExpressionError("the expression is empty", hint="for example sin(5*x)", column=1)
    if request := _REQUEST.search(dense, label.end() if label else 0):
        first, last = places[request.start()], places[request.end() - 1] + 1
        raise source.error(
            f'"{source.quote(first, last)}" is a request, not part of an expression',
            first,
            hint="give only what is to be differentiated; variable and order are arguments",
        )
    return Frame(start, end, notes)


def _without_spaces(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """The characters of `text[start:end]` that are no white space, and where each stands."""
    places = [place for place in range(start, end) if text[place] not in _WHITE]
    return "".join(text[place] for place in places), places


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    """Step inside white space, closing punctuation and pairs of delimiters, however many."""
    while True:
        before = start, end
        while start < end and text[start] in _WHITE:
            start += 1
        while start < end and (text[end - 1] in _WHITE + ".?;,"):
            if text.endswith(("\\right.", "\\left."), start, end):
                break
            # A backslash before the mark makes it a spacing command, dropped with it.
            end -= 2 if text.endswith(("\\,", "\\;"), start, end) else 1
        for opening, closing in _PAIRS:
            if (
                end - start >= len(opening) + len(closing)
                and text.startswith(opening, start)
                and text.endswith(closing, start + len(opening), end)
            ):
                start, end = start + len(opening), end - len(closing)
                break
        if (start, end) == before:
            return start, end
