"""A place in a list of tokens: moving on, and saying what was expected where.

The parser (`parser.py`) is a cursor that knows grammar. Recursion is budgeted here, in Python
frames, so that no input can exhaust the interpreter's stack.
"""

from __future__ import annotations

from typing import Final

from hrm_engine.errors import ExpressionError
from hrm_engine.expressions.lexer import Token
from hrm_engine.expressions.source import Source
from hrm_engine.expressions.tree import MAX_DEPTH

#: What one level of the parser's recursion is charged; it takes at most so many Python frames.
FRAMES: Final = 4
#: A printed tree of the greatest depth needs three such levels for each of its own.
MAX_FRAMES: Final = 3 * FRAMES * (MAX_DEPTH + 2)
_SHOWN: Final = 24
_COMMA: Final = "write a decimal with a point, a large number without commas, one expression alone"


class Cursor:
    """Tokens, the index `here` of the next one, and the notes taken on the way."""

    def __init__(self, source: Source, tokens: list[Token], notes: list[str]) -> None:
        self.source = source
        self.tokens = tokens
        self.notes = notes
        self.here = 0
        self.frames = 0

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.here]

    def advance(self) -> Token:
        """Step over the next token."""
        token = self.token
        self.here += 1
        return token

    def at(self, kind: str, *texts: str) -> bool:
        """Whether the next token is one of these."""
        return self.token.kind == kind and self.token.text in texts

    def skip(self, kind: str, text: str) -> bool:
        """Step over the next token if it is this one."""
        found = self.at(kind, text)
        self.here += found
        return found

    def is_tight(self) -> bool:
        """Whether nothing stands between the last token and the next one."""
        return self.here > 0 and self.token.start <= self.tokens[self.here - 1].end

    def written(self, first: int) -> str:
        """What the user wrote from token number `first` up to here."""
        return self.source.quote(self.tokens[first].start, self.tokens[self.here - 1].end)

    def expected(self, what: str) -> ExpressionError:
        """An error at the next token: what should stand there."""
        place = self.token.start
        hint = _COMMA if self.at("operator", ",") else ""
        if self.here == 0:
            return self.source.error(f"expected {what}", place, hint=hint)
        before = self.written(0)
        shown = before if len(before) <= _SHOWN else f"…{before[1 - _SHOWN :]}"
        return self.source.error(f"expected {what} after '{shown}'", place, hint=hint)

    def deeper(self, frames: int) -> None:
        """Enter a level of recursion; a negative number leaves it.

        Raises:
            ExpressionError: the text is nested too deep.
        """
        self.frames += frames
        if self.frames > MAX_FRAMES:
            raise self.source.error(
                "nested too deep", self.token.start, hint=f"at most {MAX_DEPTH} levels"
            )
