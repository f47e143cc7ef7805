"""What a function's name means once its base and its arguments are known.

The names of `names.py` are a few more than the operators of `tree.py`: `lg`, `cbrt`, `root` and
`pow` are spellings of others, and `log` is two of them.
"""

from __future__ import annotations

from hrm_engine.expressions.tree import ARITY, CIRCULAR, HYPERBOLIC, Expr, integer, node

#: Functions whose parentheses may hold two arguments: log(x, base), root(x, index), pow(x, n).
TWO_PLACES = ("log", "root", "pow")
_MINUS_ONE = integer(-1)


class CallError(Exception):
    """The arguments do not fit the function; the message says how."""


def called(name: str, base: Expr | None, power: Expr | None, arguments: list[Expr]) -> Expr:
    """`name_base^power(arguments)` as a tree.

    A power of -1 on a circular or hyperbolic function means the inverse function, as in
    `sin^-1(x)`; any other power raises the value, as in `sin^2(x)`.

    Raises:
        CallError: a base or a number of arguments that the function does not have.
    """
    if name in CIRCULAR + HYPERBOLIC and power == _MINUS_ONE:
        name, power = f"a{name}", None
    if base is not None and (name not in ("log", "root") or len(arguments) > 1):
        raise CallError(f"{name} takes no subscript here")
    value = _value(name, base, arguments)
    return value if power is None else value**power


def _value(name: str, base: Expr | None, arguments: list[Expr]) -> Expr:
    argument, extra = arguments[0], arguments[1] if len(arguments) > 1 else base
    if name == "log":
        return node("ln", argument) if extra is None else node("log", extra, argument)
    if name in ("root", "pow"):
        if extra is None:
            raise CallError(f"{name} needs two arguments, such as {name}(x, 3)")
        return node("root", extra, argument) if name == "root" else argument**extra
    if name == "lg":
        return node("log", integer(10), argument)
    if name == "cbrt":
        return node("root", integer(3), argument)
    if name not in ARITY:
        raise CallError(f"{name} is no function")
    return node(name, argument)
