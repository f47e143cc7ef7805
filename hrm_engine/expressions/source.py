"""Characters: what a user typed, in one plain alphabet, with the way back to their columns.

Full-width forms, typographic minus signs, four kinds of multiplication dot and invisible spaces
all become plain characters here, one by one, so that an error can still name the user's column.
Raised and lowered characters and vulgar fractions stay: only the lexer knows what they mean.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from hrm_engine.errors import ExpressionError
from hrm_engine.expressions.tree import MAX_CHARACTERS

USUAL_HINT = "write one formula as people do, such as 3x^2, sin(5x) or \\frac{1}{x}"
"""The remedy where no better one is known."""


@dataclass(frozen=True)
class Source:
    """A text and its normalised characters, with the way back to the columns a user sees."""

    text: str
    clean: str
    places: tuple[int, ...]

    def column(self, place: int) -> int:
        """The column, counted from 1, of a place in `clean`."""
        return self.places[place] + 1

    def quote(self, start: int, end: int) -> str:
        """What the user wrote between two places of `clean`."""
        last = self.places[end - 1] if end > start else self.places[start] - 1
        return self.text[self.places[start] : last + 1].strip()

    def error(self, problem: str, place: int, hint: str = "") -> ExpressionError:
        """An error that names the column of `place`, and what to do."""
        column = self.column(min(place, len(self.clean)))
        return ExpressionError(
            f"{problem}, column {column}", hint=hint or USUAL_HINT, column=column
        )


def read_source(text: str) -> Source:
    """Normalise `text` character by character.

    Raises:
        ExpressionError: longer than `MAX_CHARACTERS`.
    """
    if len(text) > MAX_CHARACTERS:
        raise ExpressionError(
            f"the text has {len(text)} characters, more than {MAX_CHARACTERS}",
            hint="send one expression, without the words around it",
        )
    clean: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in _normalise(character):
            clean.append(plain)
            places.append(place)
    return Source(text, "".join(clean), (*places, len(text)))


_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("−–—﹣‐‑‒", "-"),
        **dict.fromkeys("·⋅∙•×∗⨯✕", "*"),
        **dict.fromkeys("÷⁄∕", "/"),
        **dict.fromkeys("′’‘`´", "'"),
        **dict.fromkeys("∣❘", "|"),
        "ˆ": "^",
        "∆": "Δ",
    }
)
_RAISED_OR_LOWERED = ("<super>", "<sub>", "<fraction>")


def _normalise(character: str) -> str:
    """The plain form of one character; raised, lowered and vulgar-fraction ones stay."""
    if character.isascii() or unicodedata.decomposition(character).startswith(_RAISED_OR_LOWERED):
        return character
    if unicodedata.category(character) in ("Cf", "Zs", "Zl", "Zp"):
        return " "
    return unicodedata.normalize("NFKC", character).translate(_LOOKALIKES)


def _characters(tag: str) -> str:
    """Every raised, lowered or fraction character of the basic plane that we can read."""
    readable = re.compile(r"[0-9a-zA-Zα-ω+\-−=()⁄]+")
    return "".join(
        character
        for character in map(chr, range(0x80, 0x2190))
        if unicodedata.decomposition(character).startswith(tag)
        and readable.fullmatch(unicodedata.normalize("NFKC", character))
    )


SUPERSCRIPTS = _characters("<super>").replace("™", "")
SUBSCRIPTS = _characters("<sub>")
FRACTIONS = _characters("<fraction>").replace("⅟", "")
