r"""Expressions as people write them: random trees, and seven ways of writing each one down.

The trees are small (a textbook line), the surface forms many, because a question is copied
from, never parsed, by the model: `5*x**2`, `5x^2`, `5x²`, `5 x^2`, `5\cdot x^{2}`. `result`
writes a tree the way the tool answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrm_agents.embedded.dialogues.dice import Dice

Tree = tuple[object, ...]

FUNCTIONS = (
    *("sin", "cos", "tan", "exp", "ln", "sqrt") * 4,
    *("log", "arctan", "arcsin", "sinh", "cosh", "tanh", "sec", "csc", "cot", "abs") * 1,
    *("arccos", "asin", "acos", "atan", "sech", "cbrt"),
)
LATEX_FUNCTIONS = {"sin", "cos", "tan", "exp", "ln", "log", "arctan", "arcsin", "arccos"}
LATEX_FUNCTIONS |= {"sinh", "cosh", "tanh", "sec", "csc", "cot"}
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
STYLES = {"implicit": 40.0, "spaced": 14.0, "explicit": 16.0, "python": 8.0, "unicode": 8.0}
STYLES |= {"latex": 9.0, "sloppy": 5.0}
GREEK = {"θ": "\\theta", "φ": "\\phi", "ω": "\\omega", "α": "\\alpha", "λ": "\\lambda"}


@dataclass(frozen=True)
class Style:
    """How a tree is written down."""

    name: str

    @property
    def latex(self) -> bool:
        """Whether the form is LaTeX."""
        return self.name == "latex"

    @property
    def times(self) -> str:
        """The sign of a product, empty where it is implied."""
        signs = {"explicit": "*", "python": "*", "result": "*", "unicode": "·", "spaced": " "}
        return signs.get(self.name, "")

    @property
    def spaces(self) -> bool:
        """Whether a sum has spaces around its signs."""
        return self.name in ("spaced", "result", "implicit")


def style(dice: Dice) -> Style:
    """A way of writing, as often as people use it."""
    return Style(dice.weighted(STYLES))


def tree(dice: Dice, variable: str, size: int, letters: tuple[str, ...] = ()) -> Tree:
    """A random tree with about `size` leaves; `letters` are further names in it."""
    if size <= 1:
        return _leaf(dice, variable, letters)
    kind = dice.weighted({"fun": 30, "poly": 20, "mul": 24, "sum": 16, "div": 10, "pow": 10})
    if kind == "poly":
        return _polynomial(dice, variable, min(size, 4))
    if kind == "fun":
        return ("fun", dice.pick(FUNCTIONS), tree(dice, variable, size - 1, letters))
    if kind == "pow":
        base = tree(dice, variable, size - 1, letters)
        return ("pow", base, ("num", str(2 + dice.below(8))))
    left = 1 + dice.below(size - 1)
    first = tree(dice, variable, left, letters)
    second = tree(dice, variable, size - left, letters)
    if kind == "sum":
        return ("sum", first, dice.pick("++-"), second)
    return (kind, first, second)


def _leaf(dice: Dice, variable: str, letters: tuple[str, ...]) -> Tree:
    name: Tree = ("var", variable)
    if letters and dice.chance(0.5):
        name = ("var", dice.pick(letters))
    kind = dice.below(20)
    if kind < 2:
        return name
    if kind < 11:
        return ("mul", ("num", number(dice)), name)
    if kind < 15:
        return ("pow", name, ("num", str(2 + dice.below(9))))
    if kind < 17:
        return ("fun", dice.pick(FUNCTIONS), name)
    if kind < 18:
        return ("pow", ("num", dice.pick(["e", "e", "e", "2", "10", "3", "pi"])), name)
    if kind < 19:
        return ("div", ("num", number(dice)), name)
    return ("num", number(dice))


def number(dice: Dice) -> str:
    """Mostly one digit, sometimes more, rarely a decimal."""
    kind = dice.below(20)
    if kind < 12:
        return str(2 + dice.below(8))
    if kind < 17:
        return str(10 + dice.below(90))
    if kind < 19:
        return str(100 + dice.below(1900))
    return f"{dice.below(9)}.{1 + dice.below(99)}"


def _polynomial(dice: Dice, variable: str, terms: int) -> Tree:
    degree = terms - 1 + dice.below(4)
    node: Tree | None = None
    for _ in range(terms):
        power: Tree = ("var", variable)
        if degree != 1:
            power = ("pow", power, ("num", str(degree))) if degree else ("num", number(dice))
        factor: Tree = ("mul", ("num", number(dice)), power)
        term = power if degree == 0 or dice.chance(0.35) else factor
        node = term if node is None else ("sum", node, dice.pick("++-"), term)
        degree -= 1
        if degree < 0:
            break
    return node if node is not None else ("var", variable)


def write(node: Tree, form: Style, dice: Dice) -> str:
    """The tree as text in one form."""
    return _write(node, form, dice)[0].strip()


def _write(node: Tree, form: Style, dice: Dice) -> tuple[str, int]:
    """Text and binding strength: 1 sum, 2 product, 3 power, 4 atom."""
    kind = node[0]
    if kind == "num":
        text = str(node[1])
        return {"pi": _pi(form)}.get(text, text), 4
    if kind == "var":
        return _name(str(node[1]), form), 4
    if kind == "fun":
        return _function(str(node[1]), _child(node, 2), form, dice)
    if kind == "sum":
        left, sign = _write(_child(node, 1), form, dice)[0], str(node[2])
        right = _tight(_child(node, 3), 2, form, dice)
        if form.name == "unicode" and sign == "-":
            sign = "−"
        gap = " " if form.spaces or (form.latex and dice.chance(0.5)) else ""
        return f"{left}{gap}{sign}{gap}{right}", 1
    if kind == "mul":
        return _product(node, form, dice)
    if kind == "div":
        return _quotient(node, form, dice)
    return _power(node, form, dice)


def _child(node: Tree, index: int) -> Tree:
    child = node[index]
    if not isinstance(child, tuple):
        raise TypeError(f"not a tree: {child!r}")
    return child


def _tight(node: Tree, least: int, form: Style, dice: Dice) -> str:
    """The text of `node`, in brackets when it binds less than `least`."""
    text, strength = _write(node, form, dice)
    return text if strength >= least else _bracket(text, form, dice)


def _bracket(text: str, form: Style, dice: Dice) -> str:
    if form.latex and dice.chance(0.4):
        return f"\\left({text}\\right)"
    return f"({text})"


def _pi(form: Style) -> str:
    return "\\pi" if form.latex else "π" if form.name == "unicode" else "pi"


def _name(name: str, form: Style) -> str:
    return GREEK.get(name, name) if form.latex else name


def _function(name: str, inner: Tree, form: Style, dice: Dice) -> tuple[str, int]:
    text = _write(inner, form, dice)[0]
    if form.latex:
        return _latex_function(name, text, inner, dice)
    if name == "sqrt" and form.name == "unicode":
        return (f"√{text}" if len(text) == 1 else f"√({text})"), 4
    if name == "abs" and form.name in ("implicit", "unicode", "spaced") and "|" not in text:
        return f"|{text}|", 4
    short = inner[0] in ("var",) or (inner[0] == "mul" and len(text) <= 3 and text.isalnum())
    if short and name not in ("sqrt", "abs", "exp", "cbrt"):
        if form.name == "sloppy" and text.isalpha():
            return f"{name}{text}", 3
        if form.name == "spaced":
            return f"{name} {text}", 2
    return f"{name}({text})", 4


def _latex_function(name: str, text: str, inner: Tree, dice: Dice) -> tuple[str, int]:
    if name == "sqrt":
        return f"\\sqrt{{{text}}}", 4
    if name == "abs":
        return f"\\left|{text}\\right|", 4
    if name == "exp" and dice.chance(0.5):
        return f"e^{{{text}}}", 3
    head = f"\\{name}" if name in LATEX_FUNCTIONS else f"\\operatorname{{{name}}}"
    if inner[0] == "var" and dice.chance(0.6):
        return f"{head} {text}", 2
    return (f"{head}\\left({text}\\right)" if dice.chance(0.4) else f"{head}({text})"), 4


def _product(node: Tree, form: Style, dice: Dice) -> tuple[str, int]:
    left = _tight(_child(node, 1), 2, form, dice)
    right = _tight(_child(node, 2), 3, form, dice)
    if form.times.strip():
        return f"{left}{form.times}{right}", 2
    if form.latex:
        return (f"{left} \\cdot {right}" if dice.chance(0.3) else f"{left} {right}"), 2
    if right[0].isdigit() or right[0] == ".":
        return f"{left}*{right}", 2
    if _child(node, 1)[0] == "num" and right[0] != " ":
        return f"{left}{right}", 2
    glued = (form.name == "sloppy" and left[-1] != right[0]) or right[0] == "(" or left[-1] == ")"
    return f"{left}{'' if glued and dice.chance(0.7) else ' '}{right}", 2


def _quotient(node: Tree, form: Style, dice: Dice) -> tuple[str, int]:
    if form.latex:
        top = _write(_child(node, 1), form, dice)[0]
        bottom = _write(_child(node, 2), form, dice)[0]
        return f"\\frac{{{top}}}{{{bottom}}}", 4
    top = _tight(_child(node, 1), 2, form, dice)
    bottom = _tight(_child(node, 2), 3, form, dice)
    gap = " " if form.name == "spaced" else ""
    return f"{top}{gap}/{gap}{bottom}", 2


def _power(node: Tree, form: Style, dice: Dice) -> tuple[str, int]:
    base, exponent = _child(node, 1), _child(node, 2)
    circular = base[0] == "fun" and base[1] in ("sin", "cos", "tan")
    if (
        circular
        and exponent[0] == "num"
        and form.name in ("implicit", "latex")
        and dice.chance(0.5)
    ):
        return _function_power(base, str(exponent[1]), form, dice)
    text = _tight(base, 4, form, dice)
    raised = _write(exponent, form, dice)[0]
    if form.latex:
        return f"{text}^{{{raised}}}" if len(raised) > 1 or dice.chance(
            0.5
        ) else f"{text}^{raised}", 3
    if form.name == "unicode" and raised.isdigit():
        return f"{text}{raised.translate(SUPERSCRIPTS)}", 3
    if len(raised) > 1 and not raised.isdigit():
        raised = f"({raised})"
    return f"{text}{'**' if form.name == 'python' else '^'}{raised}", 3


def _function_power(base: Tree, exponent: str, form: Style, dice: Dice) -> tuple[str, int]:
    text = _write(_child(base, 2), form, dice)[0]
    head = f"\\{base[1]}^{{{exponent}}}" if form.latex else f"{base[1]}^{exponent}"
    return (f"{head} {text}", 2) if text.isalnum() else (f"{head}({text})", 4)
