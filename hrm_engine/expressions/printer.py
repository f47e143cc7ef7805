r"""A tree to plain text, to LaTeX and to prefix tokens, so that reading it back gives the tree.

    to_text    5*cos(5*x), x^2*sin(x), 1/(2*sqrt(x)), log_2(x), root_5(x)
    to_latex   5\cos\left(5x\right), \frac{1}{2\sqrt{x}}
    to_prefix  ["mul", "INT", "5", "cos", "mul", "INT", "5", "x"]

`parse(to_text(e)) == e` and `parse(to_latex(e)) == e` hold for every tree, so parentheses stand
exactly where precedence needs them: `a - (b - c)`, but `a - b - c`. `exp(u)` is the one way to
hold a power of Euler's number (`e^u` reads as `exp(u)`); a power whose base is the constant `e`
itself prints as `(e)^u`.
"""

from __future__ import annotations

from collections.abc import Sequence

from hrm_engine.errors import ExpressionError
from hrm_engine.expressions.names import GREEK_COMMANDS, LATEX_NAMES, is_symbol
from hrm_engine.expressions.tree import ARITY, MAX_DIGITS, PI, E, Expr, integer, node, symbol

SUM, NEGATION, PRODUCT, POWER, ATOM = 10, 15, 20, 30, 40
#: How tightly the outermost operator of a node holds together; all else is an atom.
STRENGTH = {"add": SUM, "sub": SUM, "neg": NEGATION, "mul": PRODUCT, "div": PRODUCT, "pow": POWER}
_SIGNS = {"add": " + ", "sub": " - ", "mul": "*", "div": "/", "pow": "^"}


def _strength(expr: Expr) -> int:
    return STRENGTH.get(expr.op, ATOM)


def to_text(expr: Expr) -> str:
    """Plain text as people write it; `parse` reads it back to the same tree."""
    if not expr.args:
        return _leaf(expr)
    first, last = expr.args[0], expr.args[-1]
    if expr.op == "neg":
        return f"-{_held(first, NEGATION + 1)}"
    if expr.op in ("add", "sub"):
        return f"{_held(first, SUM)}{_SIGNS[expr.op]}{_held(last, PRODUCT)}"
    if expr.op in ("mul", "div"):
        return f"{_held(first, PRODUCT)}{_SIGNS[expr.op]}{_held(last, PRODUCT + 1)}"
    if expr.op == "pow":
        base = "(e)" if first == E else _held(first, ATOM)
        return f"{base}^{_held(last, ATOM)}"
    if expr.op in ("log", "root"):
        if expr.op == "root" and first == integer(3):
            return f"cbrt({to_text(last)})"
        return f"{expr.op}_{_held_leaf(first)}({to_text(last)})"
    return f"{expr.op}({to_text(first)})"


def _leaf(expr: Expr) -> str:
    return str(expr.value) if expr.op in ("int", "sym") else expr.op


def _held(expr: Expr, strength: int) -> str:
    """`expr`, in parentheses unless it holds together at least as tightly as `strength`."""
    text = to_text(expr)
    return text if _strength(expr) >= strength else f"({text})"


def _held_leaf(expr: Expr) -> str:
    return f"({to_text(expr)})" if expr.args else _leaf(expr)


def to_latex(expr: Expr) -> str:
    """LaTeX for display mathematics; `parse` reads it back to the same tree."""
    if not expr.args:
        return _latex_leaf(expr)
    first, last = expr.args[0], expr.args[-1]
    if expr.op == "neg":
        return f"-{_latex_held(first, NEGATION + 1)}"
    if expr.op in ("add", "sub"):
        sign = _SIGNS[expr.op]
        return f"{_latex_held(first, SUM)}{sign}{_latex_held(last, PRODUCT)}"
    if expr.op == "mul":
        return _latex_product(first, last)
    if expr.op == "div":
        return f"\\frac{{{to_latex(first)}}}{{{to_latex(last)}}}"
    if expr.op == "pow":
        return _latex_power(first, last)
    return _latex_call(expr)


def _latex_leaf(expr: Expr) -> str:
    if expr.op != "sym":
        return str(expr.value) if expr.op == "int" else {"pi": "\\pi", "e": "e"}[expr.op]
    letter, digits = str(expr.value)[0], str(expr.value)[1:]
    shown = f"\\{GREEK_COMMANDS[letter]}" if letter in GREEK_COMMANDS else letter
    return f"{shown}_{{{digits}}}" if digits else shown


def _latex_strength(expr: Expr) -> int:
    """As in text, except that a fraction's bar already groups its parts."""
    return PRODUCT + 1 if expr.op == "div" else _strength(expr)


def _latex_held(expr: Expr, strength: int) -> str:
    latex = to_latex(expr)
    return latex if _latex_strength(expr) >= strength else f"\\left({latex}\\right)"


def _latex_product(first: Expr, last: Expr) -> str:
    """Factors side by side; a dot where digits would run together."""
    left, right = _latex_held(first, PRODUCT), _latex_held(last, PRODUCT + 1)
    if right[0].isdigit() or (_ends_in_digit(left) and right.startswith("\\frac")):
        return f"{left} \\cdot {right}"
    # Letters side by side keep a space, or s*i*n would read as the sine.
    gap = " " if left[-1].isalpha() and right[0].isalpha() else ""
    return f"{left}{gap}{right}"


def _ends_in_digit(latex: str) -> bool:
    return latex[-1].isdigit()


def _latex_power(base: Expr, exponent: Expr) -> str:
    raised = f"^{{{to_latex(exponent)}}}"
    named = base.op in LATEX_NAMES and base.op != "sign"
    if named and exponent.op == "int":
        return f"{LATEX_NAMES[base.op]}{raised}\\left({to_latex(base.args[0])}\\right)"
    if base == E or base.op in ("exp", "div"):
        return f"\\left({to_latex(base)}\\right){raised}"
    return f"{_latex_held(base, ATOM)}{raised}"


def _latex_call(expr: Expr) -> str:
    """A function of one argument, or a logarithm or root with its index."""
    inner = to_latex(expr.args[-1])
    if expr.op == "exp":
        return f"e^{{{inner}}}"
    if expr.op == "sqrt":
        return f"\\sqrt{{{inner}}}"
    if expr.op == "root":
        return f"\\sqrt[{to_latex(expr.args[0])}]{{{inner}}}"
    if expr.op == "abs":
        return f"\\left|{inner}\\right|"
    if expr.op == "log":
        return f"\\log_{{{to_latex(expr.args[0])}}}\\left({inner}\\right)"
    return f"{LATEX_NAMES[expr.op]}\\left({inner}\\right)"


def to_prefix(expr: Expr) -> list[str]:
    """Operators before their arguments; an integer is `INT` and its decimal digits."""
    tokens: list[str] = []
    stack = [expr]
    while stack:
        current = stack.pop()
        if current.op == "int":
            tokens += ["INT", *str(current.value)]
        else:
            tokens.append(_leaf(current) if not current.args else current.op)
        stack.extend(reversed(current.args))
    return tokens


def from_prefix(tokens: Sequence[str]) -> Expr:
    """The tree that `to_prefix` wrote; reads from the right, so depth cannot overflow.

    Raises:
        ExpressionError: an unknown token, an operator without its arguments, or tokens left over.
    """
    stack: list[Expr] = []
    digits = ""
    for word in reversed(tokens):
        if len(word) == 1 and word in "0123456789":
            digits = word + digits
            continue
        if (word == "INT") != bool(digits) or len(digits) > MAX_DIGITS:
            raise ExpressionError(
                f"{word!r} before the digits {digits!r} is no integer",
                hint=f"an integer is INT and 1 to {MAX_DIGITS} digits",
            )
        stack.append(_from_token(word, digits, stack))
        digits = ""
    if len(stack) != 1 or digits:
        raise ExpressionError(
            f"{len(tokens)} prefix tokens hold {len(stack)} expressions, not one",
            hint="each operator needs exactly its number of arguments",
        )
    return stack[0]


def _from_token(word: str, digits: str, stack: list[Expr]) -> Expr:
    """The node that `word` starts; takes its arguments from `stack`, first one on top."""
    if word == "INT":
        return integer(int(digits))
    if word in ("pi", "e"):
        return PI if word == "pi" else E
    arity = 0 if word in ("int", "sym") else ARITY.get(word, 0)
    if not arity:
        if not is_symbol(word):
            raise ExpressionError(f"unknown prefix token {word!r}", hint="see tree.ARITY")
        return symbol(word)
    if len(stack) < arity:
        raise ExpressionError(
            f"{word!r} needs {arity} arguments, {len(stack)} follow",
            hint="each operator stands before all of its arguments",
        )
    return node(word, *(stack.pop() for _ in range(arity)))
