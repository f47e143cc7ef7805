"""Spoken mathematics in symbols: "x squared plus 3 x" is "x^2 + 3 x" before the model reads it.

The embedded LLM copies expressions and never translates them, so what people dictate is rewritten
by rule. An operator word counts only between things that are mathematics already: a number, a
letter on its own, a bracket. `to_symbols` leaves every other text as it is; its steps are applied
in the order of `_STEPS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
_ORDINALS = {
    word: str(value)
    for value, word in enumerate(
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
        start=2,
    )
}
_FUNCTIONS = {
    "sine": "sin", "cosine": "cos", "tangent": "tan", "cotangent": "cot", "secant": "sec",
    "cosecant": "csc", "arcsine": "arcsin", "arccosine": "arccos", "arctangent": "arctan",
    "natural log": "ln", "natural logarithm": "ln", "logarithm": "log", "exponential": "exp",
    "square root": "sqrt", "cube root": "cbrt", "absolute value": "abs",
}  # fmt: skip
_SHORT = ("sin", "cos", "tan", "cot", "sec", "csc", "ln", "log", "exp", "sqrt", "cbrt", "abs")
_SIGNS = {"plus": " + ", "minus": " - ", "times": "*", "multiplied by": "*"}
_SIGNS |= {"over": "/", "divided by": "/", "raised to": "^"}

_NUMBER = r"\d+(?:\.\d+)?"
_LETTER = r"(?<![\w'’])[b-ce-hj-zθφB-CE-HJ-Z](?![\w'’])"
_WORDS = "|".join(_NUMBERS)
_NAMES = "|".join(sorted([*_FUNCTIONS, *_SHORT], key=len, reverse=True))
# What may stand left of an operator word, and right of it.
_LEFT = rf"(?:{_LETTER}|(?<![\w.]){_NUMBER}[a-z]?|[)\]|²³]|\^\w+)"
_RIGHT = rf"(?:{_LETTER}|{_NUMBER}|[(\[|\\√]|(?:{_NAMES})\b|-)"
_TERM = rf"(?:\([^()]*\)|(?:{_NUMBER} ?)?(?:{_LETTER}|[b-ce-hj-z]\b)(?:\^[\w.]+)?|{_NUMBER})"


def to_symbols(text: str) -> str:
    """`text` with its spoken mathematics written in symbols.

    >>> to_symbols("derivative of three x squared plus sine of 2 x")
    'derivative of 3 x^2 + sin(2 x)'
    """
    if not _HINT.search(text):
        return text
    for step in _STEPS:
        text = step(text)
    return text


def _rule(pattern: str, replace: str | Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    """A step that replaces every match, without regard to case."""
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text: compiled.sub(replace, text)


def _signs() -> list[Callable[[str], str]]:
    return [
        _rule(rf"({_LEFT}) {word} (?={_RIGHT})", rf"\g<1>{sign}") for word, sign in _SIGNS.items()
    ]


def _exponent(match: re.Match[str]) -> str:
    """A power: `e to the minus 2 x` is `e^(-2 x)`; a lone number or letter needs no brackets."""
    minus, power = match["minus"], match["power"]
    if word := match["word"]:
        power = _ORDINALS[word.lower()]
    raised = f"-{power}" if minus else power
    simple = raised.isdigit() or len(raised) == 1
    return f"{match['base']}^{raised}" if simple else f"{match['base']}^({raised})"


def _called(match: re.Match[str]) -> str:
    name = match["name"].lower()
    power = {"squared": "^2", "cubed": "^3"}.get((match["power"] or "").strip().lower(), "")
    term = match["term"]
    inner = term[1:-1] if term.startswith("(") else term
    return f"{_FUNCTIONS.get(name, name)}{power}({inner})"


_POWER = (
    rf" (?:raised )?to the (?:power (?:of )?)?(?P<minus>minus |negative |-)?"
    rf"(?:(?P<word>{'|'.join(_ORDINALS)})(?: power)?|"
    rf"(?P<power>{_NUMBER}(?=th|st|nd|rd)|{_TERM}))(?:th|st|nd|rd)?(?: power)?(?!\w)"
)
_HINT = re.compile(
    r"\b(?:squared|cubed|plus|minus|times|multiplied|over|divided|raised|to the|root|half|base|"
    r"bracket|paren|parenthesis)\b|sine\b|tangent\b|secant\b|\blog of|natural log|value of|"
    r"\b(?:sin|cos|tan|ln|exp|sqrt) of|exponential",
    re.IGNORECASE,
)
_STEPS: tuple[Callable[[str], str], ...] = (
    # number words, where mathematics follows or an operator word comes before
    _rule(
        rf"\b({_WORDS})(?= (?:{_LETTER}|(?:{_NAMES})\b|(?:plus|minus|times|over|divided by) "
        rf"(?:{_LETTER}|{_NUMBER}|(?:{_WORDS}|{_NAMES})\b)))",
        lambda match: _NUMBERS[match[1].lower()],
    ),
    _rule(
        rf"\b(plus|minus|times|over|divided by|power|power of|to the) ({_WORDS})\b",
        lambda match: f"{match[1]} {_NUMBERS[match[2].lower()]}",
    ),
    _rule(r"\bopen (?:bracket|parenthesis|paren) ", "("),
    _rule(r" close(?:d)? (?:bracket|parenthesis|paren)\b", ")"),
    _rule(rf"\bhalf (?=(?:of )?{_LETTER})", "1/2 "),
    _rule(rf"\blog base ({_NUMBER}|[a-z]) of ({_TERM})(?!\w)", r"log_\1(\2)"),
    _rule(rf"({_LEFT}) squared\b", r"\g<1>^2"),
    _rule(rf"({_LEFT}) cubed\b", r"\g<1>^3"),
    _rule(rf"(?P<base>{_LETTER}|\w*[\d)\]]){_POWER}", _exponent),
    _rule(
        rf"\b(?:the )?(?P<name>{_NAMES})(?P<power> squared| cubed)? (?:of )?"
        rf"(?P<term>{_TERM})(?!\w)",
        lambda match: match[0] if _is_plain(match) else _called(match),
    ),
    *_signs(),
    *_signs(),  # neighbours share an operand: x plus y plus z
)


def _is_plain(match: re.Match[str]) -> bool:
    """Whether this is the written form already: `sin x`, `ln 2x`."""
    written = match["name"].lower() in _SHORT
    return written and not match["power"] and " of " not in match[0]
