"""How textbook expressions are put together: numbers, factors, terms and the families.

Trees have the shapes that the parser gives to what people write: `2x` is `mul(2, x)`,
`-x^2` is `neg(pow(x, 2))`, sums and products lean to the left, `sin^2(x)` is
`pow(sin(x), 2)`, `x^-1` is `pow(x, neg(1))`, `e^(3x)` is `exp(mul(3, x))`. Each function
here takes the dice and a budget, the number of nodes that it may spend, roughly.

Read `expression` first, then the table `FAMILIES` and the functions that it names.
"""

from __future__ import annotations

from collections.abc import Callable

from hrm_engine.data.generators.dice import Dice, Table
from hrm_engine.expressions.tree import (
    FUNCTIONS,
    ONE,
    PI,
    TWO,
    E,
    Expr,
    integer,
    node,
    symbol,
)

X = symbol("x")
_THREE = integer(3)

_RARE_FUNCTIONS = dict.fromkeys(FUNCTIONS, 1.5)
FUNCTION = Table.of(
    _RARE_FUNCTIONS
    | {"sin": 11.0, "cos": 10.0, "tan": 5.0, "ln": 10.0, "exp": 12.0, "e^": 1.5, "sqrt": 8.0}
    | {"sec": 2.0, "csc": 2.0, "cot": 2.0, "asin": 2.2, "acos": 1.8, "atan": 2.6}
    | {"sinh": 1.8, "cosh": 1.8, "tanh": 1.6}
    | {"abs": 2.2, "sign": 1.0, "log": 2.6, "root": 2.2, "a^": 2.2}
)
LETTER = Table.of(
    {"a": 6, "b": 4, "c": 3, "k": 3, "n": 2, "m": 1, "p": 1, "q": 1, "r": 1, "t": 1, "y": 1, "w": 1}
)
SIZE_OF_INTEGER = Table.of(
    {(2, 9): 66, (10, 99): 20, (100, 1000): 11, (1001, 10**9): 1.5, (1, 1): 1.5}
)
LOG_BASE = Table.of({integer(2): 4, integer(10): 4, integer(3): 2, integer(5): 1, symbol("a"): 1})
CONSTANT = Table.of(
    {"integer": 63, "fraction": 8, "letter": 14, "pi": 3, "e": 1, "surd": 3, "composite": 8}
)


def number(dice: Dice) -> Expr:
    """A positive integer, mostly small, to 1000 often enough and seldom beyond."""
    return integer(dice.between(*dice.draw(SIZE_OF_INTEGER)))


def composite(dice: Dice) -> Expr:
    """A constant of formulas: a^2, a*b, 2*pi, 3/(4*pi), a/2, ln(3), a^2*b, sqrt(a)."""
    letter, other = symbol(dice.draw(LETTER)), symbol(dice.draw(LETTER))
    ways: tuple[Callable[[], Expr], ...] = (
        lambda: letter ** integer(dice.between(2, 4)),
        lambda: letter * other,
        lambda: number(dice) * letter,
        lambda: number(dice) * PI,
        lambda: number(dice) / number(dice) * PI,
        lambda: PI / number(dice),
        lambda: letter / (number(dice) * PI if dice.chance(0.3) else number(dice)),
        lambda: letter / other,
        lambda: letter**TWO * other,
        lambda: node("ln", number(dice) if dice.chance(0.6) else letter),
        lambda: node("sqrt", letter),
    )
    return dice.pick(ways)()


def constant(dice: Dice) -> Expr:
    """A positive-looking constant: a number, a letter, pi, e, a surd or a few of them joined."""
    kind = dice.draw(CONSTANT)
    if kind == "composite":
        return composite(dice)
    if kind == "integer":
        return number(dice)
    if kind == "letter":
        return symbol(dice.draw(LETTER))
    if kind == "fraction":
        return number(dice) / number(dice)
    if kind == "surd":
        return node("sqrt", number(dice))
    return PI if kind == "pi" else E


def signed(dice: Dice, negative: float = 0.15) -> Expr:
    """A constant, negative with the given probability."""
    value = constant(dice)
    return -value if dice.chance(negative) else value


def scaled(dice: Dice, part: Expr) -> Expr:
    """`part` with a constant factor, as people write it: 3u, -3u, u/3, u*3, (2/3)u."""
    c, way = constant(dice), dice.uniform()
    if way < 0.66:
        return c * part
    if way < 0.76:
        return -(c * part)
    if way < 0.80:
        return -c * part
    return part / c if way < 0.93 else part * c


def joined(dice: Dice, terms: list[Expr]) -> Expr:
    """The sum of `terms` with random signs, leaning left as the parser builds it."""
    total = terms[0]
    for k, term in enumerate(terms[1:]):
        if dice.chance(0.05) and k:
            total = term + total if dice.chance(0.5) else term - total
        else:
            total = total - term if dice.chance(0.38) else total + term
    return total


def exponent(dice: Dice) -> Expr:
    """A constant exponent: 2, 3 ... often, negative, a fraction or a letter at times."""
    way = dice.uniform()
    if way < 0.45:
        return TWO if dice.chance(0.6) else _THREE
    if way < 0.70:
        return integer(dice.between(4, 12))
    if way < 0.78:
        return -integer(dice.between(1, 6))
    if way < 0.90:
        share = integer(dice.between(1, 7)) / integer(dice.between(2, 6))
        return -share if dice.chance(0.3) else share
    if way < 0.95:
        return symbol(dice.draw(LETTER))
    return number(dice) if dice.chance(0.8) else constant(dice)


def power_of_x(dice: Dice) -> Expr:
    """`x`, or `x` with a constant exponent."""
    return X if dice.chance(0.4) else X ** exponent(dice)


def linear(dice: Dice) -> Expr:
    """`ax`, `ax + b`, `x + b`, `b - ax`, `x/a`, `-x`."""
    way = dice.uniform()
    if way < 0.12:
        return -X
    part = X if way < 0.3 else scaled(dice, X)
    if way < 0.55 and part is not X:
        return part
    b = constant(dice)
    if dice.chance(0.2):
        return b - part if dice.chance(0.7) else b + part
    return part - b if dice.chance(0.4) else part + b


def polynomial(dice: Dice, budget: int) -> Expr:
    """A sum of powers of `x` by falling degree; now and then rising or out of order."""
    count = max(1, min(6, budget // 4))
    degrees = sorted({dice.between(0, count + 1) for _ in range(count + 1)}, reverse=True)
    if dice.chance(0.15):
        degrees.reverse()
    terms = [_monomial(dice, degree) for degree in degrees]
    if dice.chance(0.1):
        terms[0] = -terms[0]
    return joined(dice, terms)


def _monomial(dice: Dice, degree: int) -> Expr:
    if degree == 0:
        return constant(dice)
    if degree > 2 and dice.chance(0.1):
        degree = dice.between(4, 1000)
    base = X if degree == 1 else X ** integer(degree)
    return base if dice.chance(0.35) else scaled(dice, base)


def inner(dice: Dice, budget: int) -> Expr:
    """What stands inside a function: often `x`, `ax + b` or a power, else anything."""
    way = dice.uniform()
    if budget < 2 or way < 0.16:
        return X
    if budget < 5 or way < 0.36:
        return linear(dice)
    if way < 0.48:
        return power_of_x(dice)
    if way < 0.60:
        return polynomial(dice, min(budget, 12))
    return expression(dice, budget)


def function_of(dice: Dice, name: str, u: Expr) -> Expr:
    """`name(u)`, where `e^`, `a^`, `log` and `root` get their second constant."""
    if name == "e^":
        return E**u
    if name == "a^":
        return (number(dice) if dice.chance(0.7) else constant(dice)) ** u
    if name == "log":
        return node("log", dice.draw(LOG_BASE) if dice.chance(0.85) else constant(dice), u)
    if name == "root":
        return node("root", integer(dice.between(3, 3 if dice.chance(0.5) else 9)), u)
    return node(name, u)


def chain(dice: Dice, budget: int) -> Expr:
    """A function of something, one time in six raised to a power: sin(u), ln(u)^3."""
    whole = function_of(dice, dice.draw(FUNCTION), inner(dice, budget - 1))
    return whole ** exponent(dice) if dice.chance(0.16) else whole


def factor(dice: Dice, budget: int) -> Expr:
    """Something that stands in a product: a power of x, a function, a bracket."""
    way = dice.uniform()
    if budget < 2 or way < 0.28:
        return power_of_x(dice)
    if budget < 5 or way < 0.70:
        return chain(dice, budget)
    if way < 0.82:
        return linear(dice) if dice.chance(0.6) else bracket(dice, budget)
    return expression(dice, budget)


def bracket(dice: Dice, budget: int) -> Expr:
    """A bracket with a constant exponent: (2x + 1)^5, sqrt(x^2 + 1), (x^2 - 3)^(2/3)."""
    way = dice.uniform()
    base = linear(dice) if way < 0.3 else polynomial(dice, max(4, min(budget - 2, 14)))
    if way > 0.75:
        base = expression(dice, budget - 2)
    if dice.chance(0.15):
        return node("sqrt", base)
    return base ** exponent(dice)


def term(dice: Dice, budget: int) -> Expr:
    """One term of a sum: a factor, or a product or quotient, perhaps with a constant."""
    way = dice.uniform()
    if budget > 7 and way < 0.25:
        part = product(dice, budget)
    elif budget > 7 and way < 0.35:
        part = quotient(dice, budget)
    else:
        part = factor(dice, budget)
    return scaled(dice, part) if dice.chance(0.4) else part


def total(dice: Dice, budget: int) -> Expr:
    """A sum of two to six terms, a constant among them at times."""
    count = min(2 + int(4.99 * dice.uniform() ** 2.2), max(2, budget // 4))
    terms = [term(dice, budget // count) for _ in range(count)]
    if dice.chance(0.25):
        terms[dice.between(0, count - 1)] = signed(dice, 0.05)
    if dice.chance(0.06):
        terms[0] = -terms[0]
    return joined(dice, terms)


def product(dice: Dice, budget: int) -> Expr:
    """Two to four factors, a constant in front at times."""
    count = 2 if budget < 12 or dice.chance(0.75) else dice.between(3, 4)
    whole = factor(dice, budget // count)
    if dice.chance(0.3):
        whole = scaled(dice, whole)
    for _ in range(count - 1):
        more = factor(dice, budget // count)
        whole = whole * more if dice.chance(0.97) else more * whole
    return whole


def quotient(dice: Dice, budget: int) -> Expr:
    """u/v, c/v, u/c, or u*v^-1."""
    way = dice.uniform()
    if way < 0.22:
        return signed(dice) / side(dice, budget - 2)
    if way < 0.30:
        return side(dice, budget - 2) / signed(dice)
    share = dice.between(3, 7) / 10
    above, below = side(dice, int(budget * share)), side(dice, int(budget * (1 - share)))
    if dice.chance(0.06):
        return above * below ** -(ONE if dice.chance(0.6) else TWO)
    return above / below


def side(dice: Dice, budget: int) -> Expr:
    """A numerator or a denominator."""
    way = dice.uniform()
    if way < 0.25:
        return linear(dice)
    if way < 0.45:
        return polynomial(dice, max(4, min(budget, 14)))
    return factor(dice, budget) if way < 0.75 else expression(dice, budget)


def variable_power(dice: Dice, budget: int) -> Expr:
    """The variable in the exponent, or in both places: a^u, x^x, sin(x)^cos(x)."""
    base = constant(dice) if dice.chance(0.35) else factor(dice, budget // 2)
    return base ** (X if dice.chance(0.2) else factor(dice, budget // 2))


def random_tree(dice: Dice, budget: int) -> Expr:
    """Any tree of the grammar, to cover what no family thinks of."""
    if budget < 2:
        return X if dice.chance(0.7) else constant(dice)
    if budget == 2 or dice.chance(0.4):
        return _random_unary(dice, budget)
    left = dice.between(1, budget - 2)
    u, v = random_tree(dice, left), random_tree(dice, budget - 1 - left)
    op = dice.pick(("add", "add", "sub", "mul", "mul", "mul", "div", "div", "pow"))
    return node("mul" if op == "sub" and u == v else op, u, v)  # u - u is 0: nothing to learn


def _random_unary(dice: Dice, budget: int) -> Expr:
    u = random_tree(dice, budget - 1)
    if dice.chance(0.12):
        return -u
    if dice.chance(0.15):
        return u ** exponent(dice)
    if dice.chance(0.02):
        return node(dice.pick(("log", "root")), u, random_tree(dice, 2))
    return function_of(dice, dice.draw(FUNCTION), u)


FAMILIES: dict[Callable[[Dice, int], Expr], float] = {
    total: 22,
    product: 22,
    quotient: 15,
    chain: 20,
    bracket: 9,
    polynomial: 7,
    variable_power: 2.5,
    random_tree: 6,
}
_FAMILY = Table.of(FAMILIES)


def expression(dice: Dice, budget: int) -> Expr:
    """An expression of about `budget` nodes from one of `FAMILIES`."""
    if budget < 4:
        return chain(dice, budget) if dice.chance(0.6) else power_of_x(dice)
    return dice.draw(_FAMILY)(dice, budget)
