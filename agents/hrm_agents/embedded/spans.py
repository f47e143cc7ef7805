"""Finds the expressions in what people write: plain, Unicode or LaTeX, in or out of a sentence.

A scanner cuts the text into symbols, operators, brackets and words; each longest run without a
word is a span. From a span come the candidates for an argument: trimmed at its ends, without
`f(x) =` in front, without brackets around it. The language model chooses among them, so a candidate
too many costs little and a missing one costs the answer.

    find("What's the derivative of sin(5x)?")      ['sin(5x)']
    find("if f(x) = x^2 e^x, what is f'(x)?")      ['x^2 e^x']

Read `find` first, then `_SCANNER`. Nothing is parsed here: the tool's own grammar does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hrm_agents.embedded.spellings import FUNCTIONS, is_mathematical

MOST = 32


class Token(NamedTuple):
    """A piece of text: atom, name, sign, open, close, bar, comma, equals, space or break."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.start + len(self.text)


_V = r"[a-zA-Zα-ω]"
_POWER = r"(?:\^?\{?\d\}?|[²³⁴⁵⁶]|\^n)?"
_SCANNER = re.compile(
    rf"""
    (?P<break>
        \\[dt]?frac\s*\{{\s*(?:d|\\partial|\\mathrm\{{d\}}){_POWER}\s*\w?\s*\}}
            \s*\{{\s*(?:d|\\partial|\\mathrm\{{d\}})\s*\w{_POWER}\s*\}}        # \frac{{d}}{{dx}}
      | [dD∂]{_POWER}{_V}?(?:\([a-z,\ ]*\))?\s?/\s?[d∂]{_V}{_POWER}(?![a-zA-Z]) # d/dx, d^2y/dx^2
      | (?<=[)\]}}])\s?/\s?d{_V}{_POWER}(?![a-zA-Z])                         # d( ... )/dx
      | (?<![A-Za-z\\])d{_V}(?![A-Za-z])                                     # dx, dy
      | (?<![A-Za-z\\])(?:[dD](?=\s?[(\[])|[dD](?=\s(?:by|over)\b)|D{_POWER}(?=\s)) # d(...), D^2
      | (?<![A-Za-z\\^*/+\-(])[fghyFGHVPQsu](?:['′’]+|_[a-z]\b)(?:\([a-zθφ](?:,\s?[a-z])*\))?
      | (?<![A-Za-z\\^*/+\-(])[A-Za-z]['′’]+\([a-zθφ]\)                    # p'(x)
      | (?<=[)\]}}])['′’]+                                                   # ( ... )'
      | (?<![A-Za-z\\]){_V}\s?\(\s?{_V}(?:\s?,\s?{_V})*\s?\)\s?:?=           # f(x) =
      | (?<![A-Za-z\\])[fgh]\s?:\s?{_V}\s?(?:->|→|\\to|↦)                    # f: x ->
      | w\.\s?r\.\s?t\.? | (?<![^\s:])\([a-h]\)(?=\s)                         # w.r.t., (a) ...
      | \d+(?:\.\d+)?-?(?:st|nd|rd|th)\b                                     # 2nd
      | [A-Za-z]+(?:['’][A-Za-z]+)+                                          # what's
      | --+ | -> | => | <- | \.\.+ | →
      | \$\$? | \\[()\[\]](?!\w*\{{) | [`"“”„?!;:@\#&~%…\n]
      | \\(?:text|mathrm|quad|qquad|begin|end)\b
    )
  | (?P<atom> \d+(?:\.\d+)? | \.\d+ | \\operatorname\*?\{{[a-z]+\}} | \\[A-Za-z]+ | [⁰¹²³⁴-⁹⁻⁺ⁿˣ]+
      | [α-ωΓΔΘΛΞΠΣΦΨΩπ∞√∛] | _\{{?\w\}}? )
  | (?P<name> [A-Za-z]+ )
  | (?P<sign> \*\* | [+\-−–*·×⋅∙÷/^] )
  | (?P<open> [(\[{{] )
  | (?P<close> [)\]}}] )
  | (?P<bar> \| )
  | (?P<comma> , )
  | (?P<equals> = )
  | (?P<space> [ \t\u00a0]+ | \\[,;!\ ] )
  | (?P<other> . )
    """,
    re.VERBOSE,
)
_MARKS = r"\s,.;:=+*/^·×⋅∙"
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_SPOKEN = re.compile(
    r"\s*(?:to the|squared|cubed|over|times|plus|minus|divided|multiplied|raised|over)\b", re.I
)
_HEADER = re.compile(rf"[a-zA-Z]\(\s*{_V}(\s*,\s*{_V})*\s*\)")
_QUOTED = re.compile(r"\$\$?([^$]+)\$\$?|\\\((.+?)\\\)|\\\[(.+?)\\\]|`([^`]+)`")


def find(text: str) -> list[str]:
    """The expressions that occur in `text`, verbatim, longest run first to shortest, no doubles."""
    found: dict[str, None] = {}
    for match in _QUOTED.finditer(text):
        inside = next(group for group in match.groups() if group is not None).strip()
        if any(token.kind == "break" for token in _scan(inside)):
            continue
        if _is_expression(inside):
            found |= dict.fromkeys(_variants(re.split(r"(?<![<>!])=", inside)[-1]))
    for run in _runs(_scan(text)):
        raw = text[run[0].start : run[-1].end]
        if len(raw.strip()) <= 2 and _is_spoken(text, run[0].start, run[-1].end):
            continue  # "x to the power 3": words, not an expression
        found |= dict.fromkeys(_candidates(raw))
    ordered = sorted(found, key=len, reverse=True)
    return ordered[:MOST]


def _is_spoken(text: str, start: int, end: int) -> bool:
    """Whether a word such as `squared` or `power` works on what stands from start to end."""
    return bool(_SPOKEN.match(text, end) or re.search(r"\b(?:power|power of)\s*$", text[:start]))


def letters(text: str) -> list[str]:
    """The letters that may be a variable: those that stand alone or in an expression of `text`."""
    found: dict[str, None] = {}
    for match in re.finditer(r"(?:/\s?d|∂)([a-zA-Zα-ω])(?![A-Za-z])", text):
        found[match[1]] = None
    for token in _scan(text):
        if token.kind == "atom" and (name := _GREEK.get(token.text.lstrip("\\"))):
            found[name] = None
        elif token.kind == "atom" and token.text.isalpha():
            found |= dict.fromkeys(_single_letters(token.text))
        elif token.kind == "break" and "(" in token.text:  # f(t) =
            found |= dict.fromkeys(re.findall(r"(?<=[(, ])\w(?=[,) ])", token.text))
    return [letter for letter in found if letter not in "πeId"]


_GREEK = {"theta": "θ", "phi": "φ", "omega": "ω", "alpha": "α", "lambda": "λ", "beta": "β"}
_GREEK |= {"pi": "π", "mu": "μ", "sigma": "σ", "tau": "τ", "rho": "ρ", "gamma": "γ", "varphi": "φ"}


def _single_letters(word: str) -> list[str]:
    """The letters of `xsin` that are no function's: x."""
    if word in _GREEK:
        return [_GREEK[word]]
    if len(word) == 1:
        return [word]
    if not is_mathematical(word):
        return []
    for name in FUNCTIONS:
        word = word.replace(name, " ")
    return [letter for letter in word if letter != " "]


def _scan(text: str) -> list[Token]:
    """The text in tokens; words become breaks, mathematical names atoms."""
    tokens = [
        Token(match.lastgroup or "other", match[0], match.start())
        for match in _SCANNER.finditer(text)
    ]
    return [_classified(token, tokens, i) for i, token in enumerate(tokens)]


def _classified(token: Token, tokens: Sequence[Token], at: int) -> Token:
    """`name` becomes an atom, a function or a word (break); so do stray marks."""
    if token.kind == "other":
        return token._replace(kind="break")
    if token.kind != "name":
        return token
    touches = _touches(tokens, at)
    if token.text in ("a", "I", "A", "i"):
        follows = token.text == "a" and _symbol_follows(tokens, at)  # a x^2, or just an article
        return token._replace(kind="atom" if touches or follows else "break")
    return token._replace(kind="atom" if is_mathematical(token.text, touches=touches) else "break")


def _symbol_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether a letter on its own is the next word."""
    following = tokens[at + 1 : at + 3]
    return [t.kind for t in following] == ["space", "name"] and len(following[1].text) == 1


def _touches(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sign, digit or bracket stands right beside the name, or a sign one space away."""
    near = ("sign", "atom", "open", "close", "bar", "equals")
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if before and before.kind in near and before.kind != "close":
        return True
    if after and ((after.kind in near and after.kind != "open") or after.text == "("):
        return True
    return any(
        0 <= beside < len(tokens)
        and 0 <= further < len(tokens)
        and tokens[beside].kind == "space"
        and tokens[further].kind == "sign"
        for beside, further in ((at + 1, at + 2), (at - 1, at - 2))
    )


def _runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Maximal runs without a word; a comma ends one unless brackets are open."""
    run: list[Token] = []
    depth = 0
    for token in tokens:
        depth = max(0, depth + {"open": 1, "close": -1}.get(token.kind, 0))
        if token.kind == "break" or (token.kind == "comma" and depth == 0):
            if run:
                yield run
            run, depth = [], 0
        else:
            run.append(token)
    if run:
        yield run


def _candidates(raw: str) -> list[str]:
    """What a run may be as an argument: itself, a side of its equation, a part of its list."""
    left, equals, right = raw.partition("=")
    if not equals:
        parts = [raw]
    elif len(left.strip()) <= 1:  # y = ...
        parts = [right]
    else:
        parts = [raw, left, right]
    found: list[str] = []
    for part in parts:
        trimmed = _trim(part)
        found += _variants(trimmed)
        for piece in _listed(trimmed):
            found += _variants(piece)
    return found


def _variants(text: str) -> list[str]:
    """`text` trimmed, without brackets around it, without a dash or an article in front."""
    text = _trim(text)
    found = [text]
    inner = text
    while inner and inner[0] in _PAIRS and _closing(inner) == len(inner) - 1:
        inner = _trim(inner[1:-1])
        found.append(inner)
    if match := re.fullmatch(r"\\left\s?[(\[](.+)\\right\s?[)\]]", text):
        found.append(_trim(match[1]))
    if match := re.match(r"(?:[-−–a] +|[-−–](?=\())", text):
        found.append(_trim(text[match.end() :]))
    match = re.search(r"(?<=[\w)\]}|²³]) \d{1,2}$", text)
    if match and not text[: match.start()].endswith(FUNCTIONS):
        found.append(_trim(text[: match.start()]))  # differentiate x^5 3 times
    return [item for item in found if _is_expression(item) and item != "a"]


def _is_expression(text: str) -> bool:
    """Whether there is a number or a letter in it, besides the names of functions."""
    if not text or _HEADER.fullmatch(text):
        return False
    if re.search(r"[\dα-ωπ∞]", text):
        return True
    names = re.findall(r"(\\?)([A-Za-z]+)", text)
    return any(name in _GREEK if slash else name not in FUNCTIONS for slash, name in names)


def _listed(text: str) -> list[str]:
    """The parts of `(a, b)` and of `{a, {x, 2}}`; nothing for a call such as `log(x, 2)`."""
    if not text or text[0] not in _PAIRS:
        return []
    end = _closing(text)
    parts, depth, start = [], 0, 1
    for i, character in enumerate(text[:end]):
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 1:
            parts.append(text[start:i])
            start = i + 1
    return [*parts, text[start:end]] if parts else []


def _closing(text: str) -> int:
    """Where the bracket that opens `text` closes; its length when it never does."""
    depth = 0
    for i, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0:
            return i
    return len(text)


def _trim(text: str) -> str:
    """Without marks, signs and unmatched brackets at the ends."""
    while True:
        before = text
        text = re.sub(rf"^[{_MARKS})\]}}]+|[{_MARKS}\-−–(\[{{]+$", "", text)
        if text.count("|") % 2:
            text = text.removesuffix("|") if text.endswith("|") else text.removeprefix("|")
        text = _balanced(text)
        if text == before:
            return text


def _balanced(text: str) -> str:
    """Without an unmatched closing bracket at the end, or opening one at the start."""
    opened = sum(character in "([{" for character in text)
    closed = sum(character in ")]}" for character in text)
    if closed > opened and text[-1:] in tuple(")]}"):
        return text[:-1]
    if opened > closed and text[:1] in tuple("([{") and _closing(text) == len(text):
        return text[1:]
    return text
