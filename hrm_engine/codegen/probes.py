"""More inputs from the given ones, to see where programs that pass the examples differ.

What should come back for them is not known, and is not needed: only whether two programs agree.
A probe changes one argument of one example, a little (a number by one, a list by one item) or to
an edge (zero, empty), so it mostly stays a question that the function can be asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import Any

from hrm_engine.evaluation.sandbox import Call, Example

MOST = 12
LARGEST = 10_000
"""Numbers beyond this are not made larger: a program may count up to them."""


def derived_calls(examples: Sequence[Example], most: int = MOST) -> list[Call]:
    """At most `most` distinct calls near those of the examples, the nearest first.

    Each example, and each of its arguments, gets a turn before any gets a second.
    """
    known = {_key(example.call) for example in examples}
    streams = [_near(example.call) for example in examples]
    found: dict[str, Call] = {}
    for call in _in_turns(streams):
        key = _key(call)
        if key not in known:
            found.setdefault(key, call)
    return list(islice(found.values(), most))


def _near(call: Call) -> Iterator[Call]:
    """The call with one argument changed."""
    streams = []
    for place, value in enumerate(call.arguments):
        before, after = call.arguments[:place], call.arguments[place + 1 :]
        streams.append(
            [Call(call.function, (*before, v, *after), call.keywords) for v in variants(value)]
        )
    return _in_turns(streams)


def _in_turns(streams: Sequence[Any]) -> Iterator[Call]:
    """One of each stream, then one more of each, until all are empty."""
    rounds = zip_longest(*streams)
    return (call for call in chain.from_iterable(rounds) if call is not None)


def variants(value: Any) -> list[Any]:
    """Values of the same type near `value`; none for a type that is not known."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value - 1, type(value)(0), -value, *_doubled(value)]
    if isinstance(value, str | list | tuple):
        return _sequences(value)
    if isinstance(value, dict):
        return [dict(list(value.items())[:-1]), {}]
    if isinstance(value, set | frozenset):
        return [type(value)(sorted(value, key=repr)[:-1])]
    return []


def _sequences(value: Any) -> list[Any]:
    """A text, list or tuple with an item less, backward, with one more, and empty."""
    return [value[:-1], value[::-1], value + value[:1], value[:0], *_inner(value)]


def _doubled(value: float) -> list[float]:
    return [2 * value] if abs(value) <= LARGEST else []


def _inner(value: Any) -> list[Any]:
    """A list or tuple with its first item changed."""
    if isinstance(value, str) or not value:
        return []
    return [type(value)([changed, *value[1:]]) for changed in variants(value[0])[:2]]


def _key(call: Call) -> str:
    return repr((call.function, call.arguments, sorted(call.keywords.items())))
