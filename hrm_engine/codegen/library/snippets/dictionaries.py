"""Dictionaries: making, merging, inverting, looking up, adding and removing keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any


def merge_dictionaries(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> dict[Any, Any]:
    """Merge two dictionaries, the second one winning where both have a key.

    Also: combine two mappings into one; update a dict with another.

    >>> merge_dictionaries({'a': 1, 'b': 2}, {'b': 3, 'c': 4})
    {'a': 1, 'b': 3, 'c': 4}
    >>> merge_dictionaries({}, {})
    {}
    """
    return {**first, **second}


def merge_many_dictionaries(dictionaries: Iterable[Mapping[Any, Any]]) -> dict[Any, Any]:
    """Merge a list of dictionaries into one, later ones winning.

    Also: combine three or more dicts; single expression merge.

    >>> merge_many_dictionaries([{'a': 1}, {'b': 2}, {'a': 3}])
    {'a': 3, 'b': 2}
    >>> merge_many_dictionaries([])
    {}
    """
    return dict(chain.from_iterable(each.items() for each in dictionaries))


def add_dictionaries(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> dict[Any, Any]:
    """Add two dictionaries of numbers, summing the values of common keys.

    Also: combine counts; merge dicts by adding values.

    >>> add_dictionaries({'a': 1, 'b': 2}, {'b': 3, 'c': 4})
    {'a': 1, 'b': 5, 'c': 4}
    >>> add_dictionaries({}, {})
    {}
    """
    keys = dict.fromkeys([*first, *second])
    return {key: first.get(key, 0) + second.get(key, 0) for key in keys}


def add_many_dictionaries(dictionaries: Iterable[Mapping[Any, Any]]) -> dict[Any, Any]:
    """Add a list of dictionaries of numbers, summing the values of each key.

    Also: total per key over several dicts.

    >>> add_many_dictionaries([{'a': 1}, {'a': 2, 'b': 5}])
    {'a': 3, 'b': 5}
    >>> add_many_dictionaries([])
    {}
    """
    totals: dict[Any, Any] = {}
    for each in dictionaries:
        for key, value in each.items():
            totals[key] = totals.get(key, 0) + value
    return totals


def merge_into_lists(dictionaries: Iterable[Mapping[Any, Any]]) -> dict[Any, list[Any]]:
    """Merge a list of dictionaries, collecting the values of each key in a list.

    Also: combine dicts with all values of common keys.

    >>> merge_into_lists([{'a': 1}, {'a': 2, 'b': 5}])
    {'a': [1, 2], 'b': [5]}
    >>> merge_into_lists([])
    {}
    """
    merged: dict[Any, list[Any]] = {}
    for each in dictionaries:
        for key, value in each.items():
            merged.setdefault(key, []).append(value)
    return merged


def invert_dictionary(mapping: Mapping[Any, Any]) -> dict[Any, Any]:
    """Swap the keys and values of a dictionary.

    Also: invert a mapping; values become keys.

    >>> invert_dictionary({'a': 1, 'b': 2})
    {1: 'a', 2: 'b'}
    >>> invert_dictionary({})
    {}
    """
    return {value: key for key, value in mapping.items()}


def invert_to_lists(mapping: Mapping[Any, Any]) -> dict[Any, list[Any]]:
    """Invert a dictionary, collecting the keys of equal values in lists.

    Also: group the keys by their value; swap keys and values with repeats.

    >>> invert_to_lists({'a': 1, 'b': 2, 'c': 1})
    {1: ['a', 'c'], 2: ['b']}
    >>> invert_to_lists({})
    {}
    """
    inverted: dict[Any, list[Any]] = {}
    for key, value in mapping.items():
        inverted.setdefault(value, []).append(key)
    return inverted


def dictionary_from_lists(keys: Iterable[Any], values: Iterable[Any]) -> dict[Any, Any]:
    """Make a dictionary from a list of keys and a list of values.

    Also: convert two lists to a dict; map items of one array to the other; zip.

    >>> dictionary_from_lists(['a', 'b'], [1, 2])
    {'a': 1, 'b': 2}
    >>> dictionary_from_lists([], [])
    {}
    """
    return dict(zip(keys, values, strict=False))


def dictionary_with_default(keys: Iterable[Any], value: Any) -> dict[Any, Any]:
    """Make a dictionary in which all keys of a list have the same value.

    Also: initialise a dict with a default value.

    >>> dictionary_with_default(['a', 'b'], 0)
    {'a': 0, 'b': 0}
    >>> dictionary_with_default([], 1)
    {}
    """
    return dict.fromkeys(keys, value)


def squares_dictionary(n: int) -> dict[int, int]:
    """Make a dictionary of the numbers from 1 to n and their squares.

    Also: map each number to its square.

    >>> squares_dictionary(3)
    {1: 1, 2: 4, 3: 9}
    >>> squares_dictionary(0)
    {}
    """
    return {number: number * number for number in range(1, n + 1)}


def list_to_nested_dictionary(keys: Sequence[Any]) -> dict[Any, Any]:
    """Convert a list of keys to a chain of nested dictionaries.

    Also: nested dict of keys, each inside the one before.

    >>> list_to_nested_dictionary([1, 2, 3])
    {1: {2: {3: {}}}}
    >>> list_to_nested_dictionary([])
    {}
    """
    nested: dict[Any, Any] = {}
    for key in reversed(keys):
        nested = {key: nested}
    return nested


def add_key(mapping: Mapping[Any, Any], key: Any, value: Any) -> dict[Any, Any]:
    """Add a key with a value to a dictionary, leaving the original alone.

    Also: insert or update an entry of a dict.

    >>> add_key({'a': 1}, 'b', 2)
    {'a': 1, 'b': 2}
    >>> add_key({}, 'x', 0)
    {'x': 0}
    """
    return {**mapping, key: value}


def remove_key(mapping: Mapping[Any, Any], key: Any) -> dict[Any, Any]:
    """Remove a key from a dictionary, leaving the original alone.

    Also: delete an entry of a dict by its key.

    >>> remove_key({'a': 1, 'b': 2}, 'a')
    {'b': 2}
    >>> remove_key({'a': 1}, 'z')
    {'a': 1}
    """
    return {each: value for each, value in mapping.items() if each != key}


def remove_keys(mapping: Mapping[Any, Any], keys: Iterable[Any]) -> dict[Any, Any]:
    """Remove several keys from a dictionary.

    Also: omit keys; delete the entries of a dict that are in a list.

    >>> remove_keys({'a': 1, 'b': 2, 'c': 3}, ['a', 'c'])
    {'b': 2}
    >>> remove_keys({}, ['a'])
    {}
    """
    dropped = set(keys)
    return {key: value for key, value in mapping.items() if key not in dropped}


def select_keys(mapping: Mapping[Any, Any], keys: Iterable[Any]) -> dict[Any, Any]:
    """Keep only given keys of a dictionary.

    Also: pick a subset of a dict; extract key-value pairs.

    >>> select_keys({'a': 1, 'b': 2, 'c': 3}, ['a', 'c'])
    {'a': 1, 'c': 3}
    >>> select_keys({}, ['a'])
    {}
    """
    return {key: mapping[key] for key in keys if key in mapping}


def rename_key(mapping: Mapping[Any, Any], old: Any, new: Any) -> dict[Any, Any]:
    """Rename a key of a dictionary, keeping the order.

    Also: change the name of a dict key.

    >>> rename_key({'a': 1, 'b': 2}, 'a', 'x')
    {'x': 1, 'b': 2}
    >>> rename_key({}, 'a', 'b')
    {}
    """
    return {new if key == old else key: value for key, value in mapping.items()}


def has_key(mapping: Mapping[Any, Any], key: Any) -> bool:
    """Check whether a key is present in a dictionary.

    Also: does a dict contain a given key.

    >>> has_key({'a': 1}, 'a')
    True
    >>> has_key({}, 'a')
    False
    """
    return key in mapping


def has_value(mapping: Mapping[Any, Any], value: Any) -> bool:
    """Check whether a value is present in a dictionary.

    Also: does a dict contain a given value.

    >>> has_value({'a': 1}, 1)
    True
    >>> has_value({}, 1)
    False
    """
    return value in mapping.values()


def is_empty_dictionary(mapping: Mapping[Any, Any]) -> bool:
    """Check whether a dictionary is empty.

    Also: has a dict no entries.

    >>> is_empty_dictionary({})
    True
    >>> is_empty_dictionary({'a': 1})
    False
    """
    return len(mapping) == 0


def get_or_default(mapping: Mapping[Any, Any], key: Any, default: Any) -> Any:
    """Get the value of a key of a dictionary, or a default where it is missing.

    Also: safe look-up with a fallback value.

    >>> get_or_default({'a': 1}, 'a', 0)
    1
    >>> get_or_default({}, 'a', 0)
    0
    """
    return mapping.get(key, default)


def common_items(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> dict[Any, Any]:
    """Find the entries that two dictionaries have in common.

    Also: same key and same value in both dicts; intersection.

    >>> common_items({'a': 1, 'b': 2}, {'a': 1, 'b': 3})
    {'a': 1}
    >>> common_items({}, {})
    {}
    """
    return {k: v for k, v in first.items() if k in second and second[k] == v}


def common_keys(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> list[Any]:
    """Find the keys that two dictionaries have in common, in the order of the first.

    Also: shared keys of two dicts.

    >>> common_keys({'a': 1, 'b': 2}, {'b': 3, 'c': 4})
    ['b']
    >>> common_keys({}, {})
    []
    """
    return [key for key in first if key in second]
