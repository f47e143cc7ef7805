"""Tokens to tree: a Pratt parser for what people, books and language models write.

`expression(floor)` reads one operand and then every operator that binds tighter than `floor`;
that loop is the whole method (V. Pratt, "Top down operator precedence", 1973):

    + -                 10
    leading minus       15     -x*y is -(x*y), -x^2 is -(x^2)
    * / juxtaposition   20     left to right, but see `_quotient`
    ^                   30     right to left

Three readings are choices, written down in `docs/expressions.md`, and each adds a note when it
is made: what a slash reaches over (`_quotient`), how far a function without parentheses reaches
(`_argument`), and names that mean two things (`log`, `f(x)`). Read `parse_with_notes` first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from hrm_engine.expressions.calls import TWO_PLACES, CallError, called
from hrm_engine.expressions.cursor import FRAMES, Cursor
from hrm_engine.expressions.framing import strip_frame
from hrm_engine.expressions.lexer import Token, tokenize
from hrm_engine.expressions.limits import check_limits
from hrm_engine.expressions.names import is_symbol
from hrm_engine.expressions.printer import to_text
from hrm_engine.expressions.source import Source, read_source
from hrm_engine.expressions.tree import (
    MAX_DIGITS,
    PI,
    E,
    Expr,
    integer,
    node,
    symbol,
    symbols,
)

SUM: Final = 10
NEGATION: Final = 15
PRODUCT: Final = 20
POWER: Final = 30
BINDING: Final = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "": PRODUCT, "^": POWER}
OPERATORS: Final = {"+": "add", "-": "sub", "*": "mul", "": "mul", "/": "div", "^": "pow"}
CLOSERS: Final = {"(": ")", "[": "]", "{": "}", "|": "|"}


@dataclass(frozen=True)
class Parsed:
    """An expression and how its ambiguous parts were read."""

    expr: Expr
    notes: tuple[str, ...]


def parse(text: str) -> Expr:
    """Read an expression; see `parse_with_notes`."""
    return parse_with_notes(text).expr


def parse_with_notes(text: str) -> Parsed:
    r"""Read an expression in plain text, Unicode or LaTeX, and say what was ambiguous.

    Args:
        text: for example `sin(5x)`, `x² ln|x|` or `\frac{1}{2}\sin^{2} x`.

    Returns:
        The tree, and one note for each place that could have been meant otherwise.

    Raises:
        ExpressionError: what was expected, what stands there, and in which column.
    """
    source = read_source(text)
    frame = strip_frame(source)
    tokens, notes = tokenize(source, frame.start, frame.end)
    parser = _Parser(source, tokens, [*frame.notes, *notes])
    expr = parser.whole()
    check_limits(expr)
    return Parsed(expr, tuple(dict.fromkeys(parser.notes)))


class _Parser(Cursor):
    """One pass over the tokens of one expression."""

    def __init__(self, source: Source, tokens: list[Token], notes: list[str]) -> None:
        super().__init__(source, tokens, notes)
        self.open_bars = 0

    # -- the grammar

    def whole(self) -> Expr:
        """The complete expression; nothing may follow it."""
        expr = self.group_content()
        if self.token.kind != "end":
            if self.token.kind == "close":
                raise self.source.error(f"'{self.token.text}' closes nothing", self.token.start)
            if self.at("operator", "="):
                raise self.source.error(
                    "an equation is not an expression",
                    self.token.start,
                    hint="give one side; only a label such as y = may stand before it",
                )
            raise self.expected("an operator")
        return expr

    def group_content(self) -> Expr:
        r"""An expression, or the `a \over b` that fills a whole group in LaTeX."""
        expr = self.expression(0)
        return node("div", expr, self.expression(0)) if self.skip("command", "over") else expr

    def expression(self, floor: int) -> Expr:
        """An operand and every operator after it that binds tighter than `floor`."""
        self.deeper(FRAMES)
        first = self.here
        left = self.operand(floor)
        while (operator := self.operator()) is not None and BINDING[operator] > floor:
            left = self.extended(left, operator, first)
        self.deeper(-FRAMES)
        return left

    def operand(self, floor: int) -> Expr:
        """What can stand at the start: a number, a name, a group, or a sign before one."""
        token = self.token
        reader = _READERS.get(token.kind)
        if token.kind == "operator" and token.text in ("-", "+"):
            self.advance()
            inner = self.expression(max(floor, NEGATION))
            return -inner if token.text == "-" else inner
        if reader is None:
            raise self.expected("a number, a name or '('")
        self.advance()
        self.deeper(FRAMES)
        value = reader(self, token)
        self.deeper(-FRAMES)
        return value

    def after_bare_number(self) -> bool:
        """Whether the last token is a number that is no exponent: `2 3`, unlike `x^2 3^x`."""
        last, before = self.tokens[self.here - 1], self.tokens[max(0, self.here - 2)]
        return last.kind == "number" and before.text not in ("^", "**")

    def operator(self) -> str | None:
        """The operator at hand; "" for two factors side by side; None where a group ends."""
        token = self.token
        if token.kind == "operator" and token.text in BINDING:
            return token.text
        starts = token.kind in ("symbol", "constant", "function", "open", "radical", "number")
        starts |= token.kind == "command" and token.text in ("frac", "sqrt", "root")
        starts |= token.kind == "bar" and self.open_bars == 0
        if starts and token.kind == "number" and self.after_bare_number():
            raise self.source.error(
                "two numbers stand side by side", token.start, hint="write * between them"
            )
        return "" if starts else None

    def extended(self, left: Expr, operator: str, first: int) -> Expr:
        """`left` with the operator at hand and its right side."""
        if operator:
            self.advance()
        if operator == "^":
            return self.power(left)
        if operator == "/":
            return self.quotient(left, first)
        return node(OPERATORS[operator], left, self.expression(BINDING[operator]))

    def power(self, base: Expr) -> Expr:
        """`base^...`, whose exponent is one factor: `x^2y` is x^2*y. `e^u` is exp(u)."""
        is_euler = self.tokens[self.here - 2][:2] == ("constant", "e")
        first = self.here
        exponent = self.expression(POWER - 1)
        self.note_short_exponent(base, exponent, first)
        return node("exp", exponent) if is_euler else base**exponent

    def note_short_exponent(self, base: Expr, exponent: Expr, first: int) -> None:
        """`x^1/2` and `e^2x` are often meant with the longer exponent."""
        bare = self.tokens[self.here - 1].kind == "number" and self.here - first <= 2
        if not bare or not self.is_tight():
            return
        after = self.tokens[min(self.here + 1, len(self.tokens) - 1)]
        fraction = self.at("operator", "/") and after.kind == "number"
        if fraction and to_text(exponent).endswith(after.text):
            # x^2/2 is half a square to everybody.
            return
        if fraction or (self.token.kind in ("symbol", "constant") and base.op in ("int", "e")):
            rest = f"/{after.text}" if fraction else self.token.text
            self.notes.append(
                f'read "^{self.written(first)}{rest}" with the exponent {to_text(exponent)} alone'
            )

    def quotient(self, left: Expr, first: int) -> Expr:
        """`left/...`: a slash reaches over what is written tight against it.

        `x/2y` is x/(2*y), and `x/2 y` is (x/2)*y. Two things end it at once: a fraction of two
        plain numbers is a coefficient, so `1/2x` is (1/2)*x; and parentheses after the slash
        are the whole denominator, so `1/(2a)(x+1)` is (1/(2*a))*(x + 1).
        """
        in_parentheses = self.token.kind == "open"
        right = self.expression(PRODUCT)
        if self.operator() != "":
            return left / right
        complete = in_parentheses or left.op == right.op == "int"
        if self.is_tight() and not complete:
            while self.operator() == "" and self.is_tight():
                right = right * self.expression(PRODUCT)
            self.notes.append(f'read "{self.written(first)}" as {to_text(left / right)}')
        elif self.is_tight() or not complete:
            gap, after = "" if self.is_tight() else " ", self.token.text
            fraction = to_text(left / right)
            self.notes.append(
                f'read "{self.written(first)}{gap}{after}..." as ({fraction})*{after}...'
            )
        return left / right

    # -- operands

    def number(self, token: Token) -> Expr:
        """An integer; a decimal as the exact fraction it stands for."""
        value = Fraction(token.text)
        top, bottom = integer(value.numerator), integer(value.denominator)
        return top if value.denominator == 1 else top / bottom

    def constant(self, token: Token) -> Expr:
        return PI if token.text == "pi" else E

    def symbol(self, token: Token) -> Expr:
        """A symbol with its subscript, if one follows."""
        name = token.text
        if self.skip("operator", "_"):
            index = self.operand(POWER)
            name += str(index.value)
            if index.op != "int" or not is_symbol(name):
                raise self.source.error(
                    "a subscript must be a whole number", token.start, hint="for example x_1"
                )
        elif self.at("open", "(") and self.is_tight() and name in "fghFGHΓγζ":
            self.notes.append(f'read "{name}(...)" as a product of {name} and the parentheses')
        return symbol(name)

    def group(self, token: Token) -> Expr:
        """The content of a group whose opening token has just been read."""
        (content,) = self.contents(token, 1)
        return content

    def contents(self, opening: Token, most: int) -> list[Expr]:
        """One to `most` expressions between commas, up to the closing token."""
        bars, self.open_bars = self.open_bars, 0
        items = [self.group_content()]
        while len(items) < most and self.skip("operator", ","):
            items.append(self.group_content())
        self.close(opening)
        self.open_bars = bars
        return [node("abs", items[0])] if opening.text == "|" else items

    def close(self, opening: Token) -> None:
        """Step over the token that closes `opening`; LaTeX's `.` closes or opens anything."""
        wanted = CLOSERS.get(opening.text, ".")
        fits = self.token.text in (wanted, ".") or (wanted == "." and self.token.text != "|")
        if self.token.kind != "close" or not fits:
            raise self.expected(f"'{wanted}'")
        self.advance()

    def bar(self, _token: Token) -> Expr:
        """`|...|` with plain bars: one that stands where an operand is due opens."""
        self.open_bars += 1
        inner = self.expression(0)
        if not self.skip("bar", "|"):
            raise self.expected("'|'")
        self.open_bars -= 1
        return node("abs", inner)

    def radical(self, token: Token) -> Expr:
        """`√x²` is sqrt(x²), `√2x` is sqrt(2)*x: the sign takes one factor."""
        first = self.here - 1
        argument = self.group(self.advance()) if self.at("open", "(") else self.expression(PRODUCT)
        if self.is_tight() and self.token.kind in ("symbol", "constant"):
            self.notes.append(f'read "{self.written(first)}" as a factor of its own')
        return node("sqrt", argument) if token.text == "2" else _root(token.text, argument)

    def command(self, token: Token) -> Expr:
        r"""`\frac`, `\sqrt` and `\root n \of`."""
        if token.text == "frac":
            top = self.tex_argument()
            return top / self.tex_argument()
        if token.text == "sqrt":
            if not self.at("open", "["):
                return node("sqrt", self.tex_argument(digits=MAX_DIGITS))
            index = self.group(self.advance())
            return node("root", index, self.tex_argument(digits=MAX_DIGITS))
        if token.text == "root":
            index = self.group_content()
            if not self.skip("command", "of"):
                raise self.expected("\\of")
            return node("root", index, self.tex_argument(digits=MAX_DIGITS))
        raise self.source.error(f"\\{token.text} stands outside of a group", token.start)

    def tex_argument(self, digits: int = 1) -> Expr:
        r"""The argument of a LaTeX command: a group or one token; `\frac12` takes one digit."""
        kind, text, start, end = self.token
        splittable = text.isdigit() if kind == "number" else kind == "symbol"
        length = digits if kind == "number" else 1
        if splittable and len(text) > length and end - start == len(text):
            # The rest of the digits stays behind as a number of its own.
            self.tokens[self.here] = Token("number", text[length:], start + length, end)
            first = Token(kind, text[:length], start, start + length)
            return self.number(first) if kind == "number" else symbol(first.text)
        return self.operand(POWER)

    # -- functions

    def function(self, token: Token) -> Expr:
        r"""A function with what may stand between its name and its argument: `\log_2^3 x`."""
        name, power = token.text, None
        if name == "arc" and self.token.kind == "function":
            name = f"a{self.advance().text}"
        base = self.attached_base(name)
        while self.at("operator", "^", "_"):
            if self.advance().text == "^":
                power = self.exponent_of_function()
            else:
                base = self.operand(POWER)
        arguments = self.arguments(name)
        if name == "log" and base is None and len(arguments) == 1:
            self.notes.append('read "log" as the natural logarithm ln')
        try:
            return called(name, base, power, arguments)
        except CallError as problem:
            raise self.source.error(str(problem), token.start) from None

    def exponent_of_function(self) -> Expr:
        """The power in `sin^2 x` or `sin^-1 x`: a sign and one number, letter or group."""
        return -self.operand(POWER) if self.skip("operator", "-") else self.operand(POWER)

    def attached_base(self, name: str) -> Expr | None:
        """The base in `log2(x)` and `log10 x`; `log2x` has none, it is the logarithm of 2x."""
        if name != "log" or not self.at("number", "2", "10") or not self.is_tight():
            return None
        after = self.tokens[self.here + 1]
        if after.start == self.token.end and after.text != "(":
            return None
        return self.number(self.advance())

    def arguments(self, name: str) -> list[Expr]:
        """The arguments: what the parentheses hold, or as far as `bare_argument` reaches."""
        if self.token.kind == "open":
            return self.contents(self.advance(), 2 if name in TWO_PLACES else 1)
        if self.token.kind == "bar" and self.open_bars == 0:
            return [self.operand(POWER)]
        if self.token.kind in ("end", "close", "bar"):
            raise self.expected(f"the argument of {name}")
        return [self.bare_argument()]

    def bare_argument(self) -> Expr:
        """An argument without parentheses: `sin 2x cos x` is sin(2*x)*cos(x).

        It takes one factor and then letters: it ends before `+ - * /`, a parenthesis, another
        function, `e`, a number, or a letter that it already holds. A single number reaches on
        to whatever follows it but a function: `sin 2(x + 1)`.
        """
        first = self.here
        argument = self.expression(PRODUCT)
        while self.operator() == "" and self.joins(argument, first):
            doubtful = self.token.kind not in ("symbol", "constant")
            argument = argument * self.expression(PRODUCT)
            if doubtful:
                self.notes.append(f'read "{self.written(first - 1)}" as one argument')
        if self.at("operator", "/", "*"):
            self.notes.append(
                f'read "{self.written(first - 1)}{self.token.text}..." with the argument '
                f"{to_text(argument)} alone"
            )
        return argument

    def joins(self, argument: Expr, first: int) -> bool:
        """Whether the factor at hand still belongs to an argument without parentheses."""
        kind, text = self.token[:2]
        if kind == "symbol":
            return text not in symbols(argument)
        is_number = self.here - first == 1 and argument.op in ("int", "div")
        return (kind, text) == ("constant", "pi") or (is_number and kind != "function")


def _root(index: str, argument: Expr) -> Expr:
    return node("root", integer(int(index)), argument)


_READERS: dict[str, Callable[[_Parser, Token], Expr]] = {
    "number": _Parser.number,
    "symbol": _Parser.symbol,
    "constant": _Parser.constant,
    "function": _Parser.function,
    "radical": _Parser.radical,
    "command": _Parser.command,
    "open": _Parser.group,
    "bar": _Parser.bar,
}
