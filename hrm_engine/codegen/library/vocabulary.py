"""Words as the library compares them: stems, many words for one thing, and opposites.

Words that tell nothing are left out, and so is *how* a thing is to be done ("using a lambda
function"): a function that does it otherwise gives the same results.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

CLOTHING: Final = frozenset(
    (
        *("a", "an", "and", "are", "be", "by", "can", "code", "create", "define", "for", "from"),
        *("function", "given", "i", "implement", "in", "is", "it", "its", "me", "method", "my"),
        *("of", "on", "or", "please", "program", "python", "return", "returns", "should"),
        *("takes", "that", "the", "this", "to", "want", "which", "with", "write"),
    )
)
"""Words that tell nothing of what is asked."""
MANNER: Final = re.compile(
    r"\b(?:or not|(?:by |with )?(?:using|the help of) (?:(?:the|an?) )?(?:\w+ (?:and|or) )?"
    r"(?:lambda|map|filter|reduce|regex|regular expression|heap queue|heapq|recursion|loop"
    r"|list comprehension|built|slicing|operator|python)\w*(?: and \w+)?"
    r"(?: (?:function|algorithm|expression|method|module)s?)?)\b"
)
"""Phrases that tell how, or nothing."""
SYNONYMS: Final = (
    ("maximum", "max", "largest", "biggest", "greatest", "highest", "longest"),
    ("minimum", "min", "smallest", "least", "lowest", "shortest"),
    ("list", "array", "sequence"),
    ("string", "text", "str"),
    ("number", "integer", "int", "num"),
    ("space", "whitespace", "blank"),
    ("remove", "delete", "drop", "eliminate", "discard"),
    ("check", "whether", "test", "verify", "validate", "if", "determine"),
    ("element", "item", "value", "member", "entry"),
    ("sum", "total", "add"),
    ("product", "multiply"),
    ("frequency", "occurrence", "occur", "often"),
    ("length", "size"),
    ("average", "mean"),
    ("dictionary", "dict", "mapping"),
    ("character", "char", "letter"),
    ("convert", "change", "turn", "transform"),
    ("find", "get", "calculate", "compute", "obtain"),
    ("unique", "distinct", "different"),
    ("duplicate", "repeated"),
    ("index", "position"),
    ("reverse", "backwards"),
    ("swap", "interchange", "exchange"),
    ("join", "concatenate", "combine", "merge"),
    ("equal", "same", "identical"),
    ("ascending", "increasing"),
    ("descending", "decreasing"),
    ("sort", "order", "arrange"),
)
"""Each row is one thing under several names."""
OPPOSITES: Final = (
    ("maximum", "minimum"),
    ("sum", "subtract", "product", "divide", "division", "difference"),
    ("even", "odd"),
    ("first", "last"),
    ("ascending", "descending"),
    ("upper", "lower"),
    ("uppercase", "lowercase"),
    ("positive", "negative"),
    ("left", "right"),
    ("row", "column"),
    ("prefix", "suffix"),
    ("square", "cube", "fourth", "fifth"),
    ("two", "three", "four", "five"),
    ("area", "perimeter", "volume", "surface"),
)
"""Who asks for one of a row does not mean another."""
_ENDINGS: Final = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("ing", ""),
    ("ed", ""),
    ("s", ""),
)


@lru_cache(maxsize=10_000)
def stemmed(text: str) -> tuple[str, ...]:
    """The stems of what a text or a name tells, in order; `isPrime2` has two: prime, 2."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|_", " ", text).lower()
    found = re.findall(r"[a-z]+|\d+", MANNER.sub("", parted))
    return tuple(stem(word) for word in found if word not in CLOTHING)


@cache
def stem(word: str) -> str:
    """The word without its common endings; for all words of a row of SYNONYMS the first's."""
    bare = _bare(word)
    return _synonyms().get(bare, bare)


@cache
def opposites() -> tuple[tuple[str, ...], ...]:
    """The rows of OPPOSITES as stems."""
    return tuple(tuple(map(stem, row)) for row in OPPOSITES)


@cache
def _synonyms() -> dict[str, str]:
    return {_bare(word): _bare(row[0]) for row in SYNONYMS for word in row}


def _bare(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 3:
            if ending != "s" or not word.endswith(("ss", "us", "is")):
                word = word.removesuffix(ending) + instead
            break
    return word.removesuffix("e") if len(word) > 4 else word
