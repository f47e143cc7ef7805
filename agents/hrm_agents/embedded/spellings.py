"""Which runs of letters are mathematics: `xsin`, `ax`, `lnx` are, `cost`, `by`, `since` are not."""

from __future__ import annotations

import re

_ROOTS = "sinh cosh tanh coth sech csch sin cos tan cot sec csc"
FUNCTIONS: tuple[str, ...] = tuple(
    sorted(
        [
            *(prefix + root for prefix in ("arc", "ar", "a", "") for root in _ROOTS.split()),
            *[
                "exp",
                "log",
                "ln",
                "lg",
                "sqrt",
                "cbrt",
                "root",
                "abs",
                "sign",
                "sgn",
                "tg",
                "ctg",
                "cotg",
                "cosec",
                "arctg",
            ],
        ],
        key=len,
        reverse=True,
    )
)
"""The functions' names, longest first."""

_GREEK = frozenset(
    [
        "theta",
        "alpha",
        "beta",
        "gamma",
        "omega",
        "phi",
        "lambda",
        "sigma",
        "tau",
        "mu",
        "rho",
        "pi",
        "Pi",
    ]
)
_VARIABLES = "abcekmnpqrstuvwxyz"
_SPLIT = re.compile("|".join(FUNCTIONS))
# Made of functions and letters, yet words.
_WORDS = """
    cost costs cosy tanks tans using sink sins sing signs logs sect sects tabs labs arcs absent
    expect since sine cosine tangent roots secs tang assign design resign
    by my any try why buy may way pay bay ray cry yum tax wax max way zap wry say yes yet key sky
    at as an am us be me we up to ab pm um er re sat set see use was were new bus but cut put pet
    pen pub nut run sun van war yay ya ye ty np bw tv pc uk eu usa btw yr spy next text sex exam xp
    ez zen sum sub tab
"""
_ENGLISH = frozenset(_WORDS.split())


def is_mathematical(word: str, *, touches: bool = False) -> bool:
    """Whether a run of letters is part of an expression.

    Args:
        word: Letters only.
        touches: Whether a digit, sign or bracket stands right beside it, which speaks for it.
    """
    if len(word) == 1 or word in FUNCTIONS or word in _GREEK:
        return True
    if word.lower() in FUNCTIONS and (touches or word[1:].islower()):
        return True
    if word in _ENGLISH:
        return False
    rest = _SPLIT.split(word)
    letters = "".join(rest)
    if any(letter not in _VARIABLES for letter in letters):
        return False
    if len(rest) > 1:
        return max(map(len, rest)) <= (2 if touches else 1)
    return len(word) <= 3 and (touches or any(letter in "xyz" for letter in word))
