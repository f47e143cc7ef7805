"""Values to JSON and back, and what is refused on both ways."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.evaluation.sandbox.inside.codec import (
    MalformedError,
    NotPlainError,
    Packer,
    Unpacker,
)

hashable = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    | st.binary() | st.complex_numbers(allow_nan=False),
    lambda inner: st.lists(inner).map(tuple) | st.frozensets(inner),
    max_leaves=8,
)  # fmt: skip
values = st.recursive(
    hashable,
    lambda inner: st.lists(inner) | st.dictionaries(hashable, inner) | st.sets(hashable),
    max_leaves=16,
)


def through(value: Any) -> Any:
    return Unpacker(10**6).unpack(json.loads(json.dumps(Packer(10**6).pack(value))))


def repr_sorted(value: Any) -> str:
    """A spelling of values that tells types apart and does not hang on the order of sets."""
    if isinstance(value, (set, frozenset)):
        return f"{type(value).__name__}{sorted(map(repr_sorted, value))}"
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}[{', '.join(map(repr_sorted, value))}]"
    if isinstance(value, dict):
        return str([(repr_sorted(k), repr_sorted(v)) for k, v in value.items()])
    return repr(value)


def test_nan_and_mutable_bytes_survive_as_what_equals_them() -> None:
    assert math.isnan(through(float("nan")))
    assert through(bytearray(b"ab")) == b"ab"


@pytest.mark.parametrize("size", [1, 100, 5000])
def test_what_a_value_costs_is_near_its_length(size: int) -> None:
    for value in (
        "x" * size,
        [1] * size,
        b"x" * size,
        1 << (4 * size),
        {str(k) for k in range(size)},
    ):
        assert Packer(12 * size + 100).pack(value) is not None
        with pytest.raises(NotPlainError, match="larger than the output limit"):
            Packer(size // 2).pack(value)


def test_an_endless_nest_is_refused() -> None:
    nest: list[Any] = []
    nest.append(nest)
    with pytest.raises(NotPlainError, match="more than 100 levels"):
        Packer(10**6).pack(nest)


MALFORMED = [
    {}, {"a": 1, "b": 2}, {"object": []}, {"tuple": 3}, {"set": [[1]]}, {"dict": [1]},
    {"dict": [[[], 1]]}, {"complex": [1]}, {"complex": ["x", 1]}, {"bytes": "zz"}, {"int": 3},
    {"int": "x"}, {"frozenset": "ab"}, {"bytes": 3}, [{"set": [{"dict": []}]}],
]  # fmt: skip


@pytest.mark.parametrize("node", MALFORMED, ids=json.dumps)
def test_what_spells_no_value_is_malformed(node: Any) -> None:
    with pytest.raises(MalformedError):
        Unpacker(10**6).unpack(node)


@settings(max_examples=15, deadline=None)
@given(values)
def test_a_plain_value_survives_with_its_types_and_fits_on_both_sides(value: Any) -> None:
    packer = Packer(10**6)
    packed = json.loads(json.dumps(packer.pack(value)))
    again = Unpacker(10**6 - packer.left).unpack(packed)
    assert repr_sorted(again) == repr_sorted(value)


def test_numbers_with_one_hash_are_too_many_before_they_are_too_slow() -> None:
    forged = {"set": [{"int": hex(k * (2**61 - 1))} for k in range(10, 20_000)]}
    with pytest.raises(MalformedError, match="larger than the output limit"):
        Unpacker(65_536).unpack(forged)


def test_a_nest_too_deep_to_read_is_malformed() -> None:
    node: Any = []
    for _ in range(100_000):
        node = [node]
    with pytest.raises(MalformedError):
        Unpacker(10**6).unpack(node)
    while node:  # unwound by hand: freeing a deep nest at once is slow to do for the interpreter
        node = node[0]
