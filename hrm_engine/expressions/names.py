"""The names an expression may contain, in every spelling people use for them.

One table maps each accepted spelling of a function to the operator of `tree.py` (or to one of
the few helpers such as `lg`, which the parser turns into operators), another one the Greek
letters. The lexer splits runs of letters by them, the printer writes LaTeX by them.
"""

from __future__ import annotations

import difflib

from hrm_engine.expressions.tree import CIRCULAR, HYPERBOLIC

#: Other spellings of the six circular functions, in books and in other languages.
_CIRCULAR_SPELLINGS = {
    "sin": ("sin", "sine", "sinus"),
    "cos": ("cos", "cosine", "cosinus"),
    "tan": ("tan", "tg", "tangent", "tangens"),
    "cot": ("cot", "ctg", "cotg", "cotan", "cotangent", "cotangens"),
    "sec": ("sec", "secant"),
    "csc": ("csc", "cosec", "cosecant"),
}
_HYPERBOLIC_SPELLINGS = {
    "sinh": ("sinh",),
    "cosh": ("cosh",),
    "tanh": ("tanh", "tgh"),
    "coth": ("coth", "ctgh", "cotanh"),
    "sech": ("sech",),
    "csch": ("csch", "cosech"),
}


_AREA_PREFIXES = ("a", "ar", "arc", "arg")


def _functions() -> dict[str, str]:
    """Every spelling of a function, and the operator it stands for."""
    table = {
        "sqrt": "sqrt", "cbrt": "cbrt", "root": "root", "nthroot": "root", "pow": "pow",
        "exp": "exp", "ln": "ln", "log": "log", "lg": "lg",
        "abs": "abs", "sign": "sign", "sgn": "sign", "signum": "sign", "arc": "arc",
    }  # fmt: skip
    # "ar" stands for an area and so for hyperbolic functions only: `arctg` is `arc tg`.
    families = ((_CIRCULAR_SPELLINGS, ("a", "arc")), (_HYPERBOLIC_SPELLINGS, _AREA_PREFIXES))
    for spellings, prefixes in families:
        for op, names in spellings.items():
            for name in names:
                table[name] = op
                table |= {prefix + name: f"a{op}" for prefix in prefixes}
    return table


FUNCTION_NAMES: dict[str, str] = _functions()

#: Names that the lexer may split off a run of letters, longest first: `xsin` is `x sin`.
SPLITTABLE: tuple[str, ...] = tuple(
    sorted({*FUNCTION_NAMES, "pi"} - {"arc", "root", "pow"}, key=lambda name: (-len(name), name))
)

#: Functions that calculators and languages know and this grammar does not: an error, not a guess.
UNSUPPORTED = (
    "atan2", "log1p", "expm1", "sinc", "erf", "erfc", "floor", "ceil", "round", "max", "min",
    "mod", "gcd", "lcm", "lim", "limit", "sum", "prod", "det", "diff", "integrate", "int",
    "factorial", "binomial", "heaviside", "hypot",
)  # fmt: skip

_GREEK_LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip

#: Greek letters by their LaTeX command; the `var` shapes are the same letter.
GREEK: dict[str, str] = _GREEK_LETTERS | {
    "varepsilon": "ε", "vartheta": "θ", "varrho": "ρ", "varsigma": "ς", "varphi": "φ",
}  # fmt: skip

#: The command for each Greek letter that has one.
GREEK_COMMANDS: dict[str, str] = {letter: name for name, letter in _GREEK_LETTERS.items()} | {
    "ς": "varsigma"
}

#: LaTeX for the functions whose name is no command of plain LaTeX, or is another one.
LATEX_NAMES: dict[str, str] = (
    {op: f"\\{op}" for op in (*CIRCULAR, "sinh", "cosh", "tanh", "coth", "ln")}
    | {op: f"\\operatorname{{{op}}}" for op in ("sech", "csch")}
    | {"asin": "\\arcsin", "acos": "\\arccos", "atan": "\\arctan"}
    | {f"a{op}": f"\\operatorname{{arc{op}}}" for op in ("cot", "sec", "csc")}
    | {f"a{op}": f"\\operatorname{{ar{op}}}" for op in HYPERBOLIC}
    | {"sign": "\\operatorname{sgn}"}
)


def is_symbol(name: str) -> bool:
    """Whether `name` can be a symbol: one Latin or Greek letter, then perhaps digits.

    `e` and `π` are constants, so they are none.
    """
    letter, digits = name[:1], name[1:]
    known = letter.isalpha() and (letter.isascii() or "Α" <= letter <= "ω")
    return known and letter not in "eπ" and (not digits or (digits.isascii() and digits.isdigit()))


def whole_name(name: str) -> tuple[str, str] | None:
    """Kind and canonical text of a complete name in any spelling, or None.

    Examples: `arctg` is ("function", "atan"), `theta` is ("symbol", "θ").
    """
    for spelling in (name, name.lower()):
        if spelling in FUNCTION_NAMES:
            return "function", FUNCTION_NAMES[spelling]
        if spelling in GREEK:
            return "symbol", GREEK[spelling]
        if spelling == "pi":
            return "constant", "pi"
    return None


def split_run(run: str, *, called: bool) -> list[tuple[str, str, int]] | None:
    """Split letters written together into names and single letters: `xsinx` is x, sin, x.

    Args:
        run: Latin letters.
        called: whether an opening parenthesis follows directly, as after a function's name.

    Returns:
        Kind, canonical text and length of each piece; None when the run reads like a word
        that we do not know (four letters or more in a row, a repeated letter, `foo(`).
    """
    if (whole := whole_name(run)) is not None:
        return [(*whole, len(run))]
    pieces: list[tuple[str, str, int]] = []
    letters = ""
    place = 0
    while place < len(run):
        name = next((name for name in SPLITTABLE if run.startswith(name, place)), None)
        if name is None:
            letter = run[place]
            letters += letter
            pieces.append(("constant" if letter == "e" else "symbol", letter, 1))
        else:
            letters = ""
            kind, text = whole_name(name) or ("", "")
            pieces.append((kind, text, len(name)))
        if len(letters) > 3 or len(set(letters)) < len(letters):
            return None
        place += len(name or "x")
    return None if called and len(letters) > 2 else pieces


def suggest(name: str) -> str:
    """A hint for an unknown name: the nearest known one, or how to write a product."""
    # Functions first, and on weaker evidence: they are what people misspell.
    for known, similarity in ((FUNCTION_NAMES, 0.6), (GREEK, 0.75)):
        if near := difflib.get_close_matches(name[:20].lower(), known, n=1, cutoff=similarity):
            return f'did you mean "{near[0]}"?'
    if len(name) <= 4:
        return f"write {'*'.join(name)} for a product of letters"
    return "give only the expression, without words"
