"""Values belong to types exactly: Python's True is no int of the language."""

from __future__ import annotations

import pytest

from hrm_engine.programs.types import ProgramError, Type, common_type, fits, type_of


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (3, Type.INT),
        (True, Type.BOOL),
        (0.5, Type.FLOAT),
        ("a", Type.STR),
        ([1, 2], Type.INTS),
        (["a"], Type.STRS),
        ([True], Type.BOOLS),
        ({1: 2}, Type.INT_COUNTS),
        ({"a": 2}, Type.STR_COUNTS),
    ],
)
def test_a_value_has_one_type(value: object, kind: Type) -> None:
    assert type_of(value) is kind
    assert [each for each in Type if fits(value, each)] == [kind]


@pytest.mark.parametrize("value", [None, (1,), [1, "a"], [1, True], {1: "a"}, [[1]], {1}])
def test_what_the_language_lacks_has_no_type(value: object) -> None:
    with pytest.raises(ProgramError, match="no value of the program language"):
        type_of(value)


def test_an_empty_list_takes_the_type_of_its_neighbours() -> None:
    assert common_type([[], ["a"]]) is Type.STRS
    assert common_type([[], []]) is Type.INTS


def test_values_of_two_types_have_none_in_common() -> None:
    with pytest.raises(ProgramError, match="no single type"):
        common_type([1, True])
    with pytest.raises(ProgramError, match="no single type"):
        common_type([])


def test_a_list_type_knows_its_items() -> None:
    assert Type.STRS.item is Type.STR
    assert Type.STR.item is None
