"""Text to tokens: plain text, Unicode and LaTeX in one pass.

People write `x**2`, `x²` and `x^{2}`; all three leave here as the same tokens. What is peculiar
to a notation ends in this file (spelling, delimiters, spacing commands); what things *mean*
(precedence, how far `sin` reaches) is decided in `parser.py`.

    Source    the text, normalised character by character, with the column each came from
    Token     kind, canonical text, and its place

Read `tokenize` first. A run of letters is split by `_split_run`: `xsinx` is `x`, `sin`, `x`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from hrm_engine.errors import ExpressionError
from hrm_engine.expressions.names import (
    FUNCTION_NAMES,
    UNSUPPORTED,
    split_run,
    suggest,
    whole_name,
)
from hrm_engine.expressions.source import (
    FRACTIONS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    Source,
    read_source,
)
from hrm_engine.expressions.tree import MAX_DIGITS


class Token(NamedTuple):
    """One token; `start` and `end` are places in `Source.clean`.

    Kinds: number, symbol, constant, function, radical, command (frac over sqrt root of),
    operator (+ - * / ^ _ , =), open, close, bar, end.
    """

    kind: str
    text: str
    start: int
    end: int


_SPACE_COMMANDS = (
    "quad|qquad|hfill|break|displaystyle|textstyle|scriptstyle|limits|nolimits|thinspace|medspace|thickspace"
    "|[bB]igg?[lrm]?"
)
_PATTERN = re.compile(
    rf"""
    (?P<space> [ \t\r\n]+ | [~&] | \\[,;:!>\ ] | \\\\?(?:{_SPACE_COMMANDS})(?![A-Za-z]) | \{{\s*\}}
             | (?:math|numpy|np|sympy|sp|Math)\.(?=[A-Za-z]) )
  | (?P<fence>   \\\\?(?:left|right)(?![A-Za-z])\s*(?:\\\\?(?:[lr]vert|vert|mid|[lr]brace|[lr]brack)(?![A-Za-z])|\\[{{}}]|[()\[\]{{}}|.]) )
  | (?P<styled>  \\\\?(?:operatorname|mathrm|mathit|mathbf|mathsf|mathop|text|textrm|textit|mbox|rm)\*?\s*\{{[^{{}}]*\}} )
  | (?P<command> \\\\?[A-Za-z]+ )
  | (?P<number>  [0-9]+\.?[0-9]* | \.[0-9]+ )
  | (?P<word>    [A-Za-z]+ )
  | (?P<greek>   [Α-Ωα-ω] )
  | (?P<raised>  [{SUPERSCRIPTS}]+ )
  | (?P<lowered> [{SUBSCRIPTS}]+ )
  | (?P<vulgar>  [{FRACTIONS}] )
  | (?P<radical> [√∛∜] )
  | (?P<bar>     \| )
  | (?P<open>    [(\[{{] | \\\{{ )
  | (?P<close>   [)\]}}] | \\\}} )
  | (?P<operator> \*\* | [-+*/^_,=] )
    """,  # noqa: E501 -- an alternative is one line
    re.VERBOSE,
)

_COMMANDS = {
    "frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac",
    "over": "over", "sqrt": "sqrt", "root": "root", "of": "of",
}  # fmt: skip
_OPERATOR_COMMANDS = {"cdot": "*", "times": "*", "ast": "*", "div": "/"}
_BARS = {"lvert": ("open", "|"), "rvert": ("close", "|"), "vert": ("bar", "|"), "mid": ("bar", "|")}
_BRACKETS = {"lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]"}
_HINTS = {
    "!": "factorials are not part of this grammar; write the number itself",
    "'": "give the function itself; the order of the derivative is a separate argument",
    "°": "angles are in radians: 30° is pi/6",
    "%": "write a fraction such as 5/100",
    "∞": "infinity is not a number here",
    "∫": "give the integrand only",
    ">": "give one expression, not a comparison",
    "<": "give one expression, not a comparison",
    "∂": "give only the expression to differentiate; the variable is a separate argument",
    "\\": "in JSON a backslash is written twice",
}
_COMMAND_HINTS = {
    "circ": _HINTS["°"],
    "infty": _HINTS["∞"],
    "int": _HINTS["∫"],
    "partial": _HINTS["∂"],
    "prime": _HINTS["'"],
} | dict.fromkeys(("sum", "prod", "lim", "pm", "mp", "begin"), "only one plain expression is read")


@dataclass
class _Lexer:
    """Walks the source once; `tokens` grows."""

    source: Source
    notes: list[str]
    tokens: list[Token] = field(default_factory=list)
    place: int = 0

    def add(self, kind: str, text: str, start: int, end: int) -> None:
        self.tokens.append(Token(kind, text, start, end))

    def number(self, found: str, start: int, end: int) -> None:
        if max(map(len, found.split("."))) > MAX_DIGITS or len(found) > MAX_DIGITS + 1:
            raise self.source.error(
                f"a number has more than {MAX_DIGITS} digits",
                start,
                hint="write a symbol such as a for it",
            )
        self.add("number", found, start, end)

    def word(self, found: str, start: int, end: int) -> None:
        clean = self.source.clean
        self._refuse_scientific(found, start, end)
        called = clean[end : end + 1] == "("
        unsupported = re.compile(rf"(?:{'|'.join(UNSUPPORTED)})(?![A-Za-z])").match(clean, start)
        if unsupported and clean[unsupported.end() : unsupported.end() + 1] == "(":
            raise self.source.error(
                f'the function "{unsupported[0]}" is not supported',
                start,
                hint=f"supported are {', '.join(sorted(set(FUNCTION_NAMES.values())))}",
            )
        pieces = split_run(found, called=called)
        if pieces is None:
            shown = found if len(found) <= 20 else f"{found[:20]}…"
            raise self.source.error(f'unknown name "{shown}"', start, hint=suggest(found))
        place = start
        for kind, text, length in pieces:
            self.add(kind, text, place, place + length)
            place += length
        if len(pieces) > 1 and found.endswith("dx") and place == len(clean):
            self.notes.append('read "dx" as d*x')

    def _refuse_scientific(self, found: str, start: int, end: int) -> None:
        """`1.5e3` looks like a power of ten, but `e` is Euler's number: ask, never guess."""
        tight = bool(self.tokens) and self.tokens[-1].end == start
        after_number = tight and self.tokens[-1].kind == "number" and found in ("e", "E")
        digits = re.compile(r"[+-]?[0-9]" if after_number else r"[0-9]").match(
            self.source.clean, end
        )
        if digits and (found == "e" or after_number):
            raise self.source.error(
                f'"{found}" directly before a number is ambiguous',
                start,
                hint="write 10^5 for a power of ten, e^5 or 5*e with Euler's number e",
            )

    def greek(self, found: str, start: int, end: int) -> None:
        self.add(*(("constant", "pi") if found == "π" else ("symbol", found)), start, end)

    def styled(self, found: str, start: int, end: int) -> None:
        command, _, rest = found.partition("{")
        content = "".join(rest[:-1].split()).rstrip(".,;")
        exact = whole_name(content)
        if exact is not None:
            self.add(*exact, start, end)
        elif len(content) == 1 and content.isalpha():
            self.word(content, start, end) if content.isascii() else self.greek(content, start, end)
        elif "text" in command or "mbox" in command:
            if content:
                self.notes.append(f'left out the words "{rest[:-1].strip()}"')
        else:
            raise self.source.error(f'unknown name "{content}"', start, hint=suggest(content))

    def command(self, found: str, start: int, end: int) -> None:
        name = found.lstrip("\\")
        if name in _COMMANDS:
            self.add("command", _COMMANDS[name], start, end)
        elif name in _OPERATOR_COMMANDS:
            self.add("operator", _OPERATOR_COMMANDS[name], start, end)
        elif name in _BARS:
            self.add(*_BARS[name], start, end)
        elif name in _BRACKETS:
            self.add("open" if name[0] == "l" else "close", _BRACKETS[name], start, end)
        elif (exact := whole_name(name)) is not None and name not in ("arc", "pow"):
            self.add(*exact, start, end)
        else:
            hint = _COMMAND_HINTS.get(name, "") or suggest(name)
            raise self.source.error(f"unknown command {found}", start, hint=hint)

    def fence(self, found: str, start: int, end: int) -> None:
        kind = "open" if "left" in found[:6] else "close"
        text = re.sub(r"^\\+(left|right)\s*", "", found).lstrip("\\")
        text = "|" if text.endswith(("vert", "mid")) else _BRACKETS.get(text, text)
        self.add(kind, text, start, end)

    def raised(self, found: str, start: int, end: int) -> None:
        self.add("operator", "^", start, end)
        self.group(unicodedata.normalize("NFKC", found), start, end)

    def lowered(self, found: str, start: int, end: int) -> None:
        self.add("operator", "_", start, end)
        self.group(unicodedata.normalize("NFKC", found), start, end)

    def vulgar(self, found: str, start: int, end: int) -> None:
        if self.tokens and self.tokens[-1].kind == "number" and self.tokens[-1].end == start:
            raise self.source.error(
                "a mixed number is ambiguous", start, hint="write 5/2 or 2.5, not 2½"
            )
        self.group(unicodedata.normalize("NFKC", found), start, end)

    def group(self, plain: str, start: int, end: int) -> None:
        """The tokens of `plain` in parentheses, all at one place: ², ⁻¹, ½."""
        self.add("open", "(", start, end)
        inner = _Lexer(read_source(plain), self.notes)
        raised = inner.run(0, len(inner.source.clean))
        self.tokens.extend(Token(token.kind, token.text, start, end) for token in raised)
        self.add("close", ")", start, end)

    def radical(self, found: str, start: int, end: int) -> None:
        self.add("radical", {"√": "2", "∛": "3", "∜": "4"}[found], start, end)

    def operator(self, found: str, start: int, end: int) -> None:
        self.add("operator", "^" if found == "**" else found, start, end)

    def symbol_digits(self) -> None:
        """`x1` is one symbol: digits written directly after a letter belong to it."""
        digits = re.compile(r"[0-9]+(?!\.?[0-9])").match(self.source.clean, self.place)
        if digits and self.tokens and self.tokens[-1].kind == "symbol":
            kind, text, start, _ = self.tokens.pop()
            self.add(kind, text + digits[0], start, digits.end())
            self.place = digits.end()

    def run(self, start: int, end: int) -> list[Token]:
        """The tokens between two places."""
        handlers: dict[str, Callable[[str, int, int], None]] = {
            "number": self.number, "word": self.word, "greek": self.greek,
            "styled": self.styled, "command": self.command, "fence": self.fence,
            "raised": self.raised, "lowered": self.lowered, "vulgar": self.vulgar,
            "radical": self.radical, "operator": self.operator,
        }  # fmt: skip
        self.place = start
        while self.place < end:
            match = _PATTERN.match(self.source.clean, self.place, end)
            if match is None:
                raise self.unreadable(self.place)
            kind, start = match.lastgroup or "", self.place
            self.place = match.end()
            if kind in handlers:
                handlers[kind](match[0], start, match.end())
            elif kind != "space":
                self.add(kind, match[0].lstrip("\\"), start, match.end())
            if kind in ("word", "greek"):
                self.symbol_digits()
        return self.tokens

    def unreadable(self, place: int) -> ExpressionError:
        """An error for a character that no token starts with."""
        character = self.source.clean[place]
        shown = character if character.isprintable() else f"U+{ord(character):04X}"
        hint = _HINTS.get(character, "")
        if unicodedata.category(character) == "Cc":
            hint = _HINTS["\\"]
        return self.source.error(f'unexpected character "{shown}"', place, hint=hint)


def tokenize(source: Source, start: int, end: int) -> tuple[list[Token], list[str]]:
    """The tokens of `source` between two places, closed by an `end` token, and notes.

    Raises:
        ExpressionError: a character or a name that the grammar does not know.
    """
    notes: list[str] = []
    tokens = _Lexer(source, notes).run(start, end)
    tokens.append(Token("end", "", end, end))
    return tokens, notes
