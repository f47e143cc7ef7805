"""The values of dictionaries: sorting, filtering, extremes, sums; nested data and records."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any


def sort_by_key(mapping: Mapping[Any, Any]) -> dict[Any, Any]:
    """Sort a dictionary by its keys.

    Also: order the entries of a dict by key, ascending.

    >>> sort_by_key({'b': 1, 'a': 2})
    {'a': 2, 'b': 1}
    >>> sort_by_key({})
    {}
    """
    return {key: mapping[key] for key in sorted(mapping)}


def sort_by_value(mapping: Mapping[Any, Any]) -> dict[Any, Any]:
    """Sort a dictionary by its values, the smallest first.

    Also: order the entries of a dict by value, ascending.

    >>> sort_by_value({'a': 3, 'b': 1})
    {'b': 1, 'a': 3}
    >>> sort_by_value({})
    {}
    """
    return dict(sorted(mapping.items(), key=lambda entry: entry[1]))


def sort_by_value_descending(mapping: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    """List the entries of a dictionary sorted by value, the largest first.

    Also: rank the items of a counter by count, descending.

    >>> sort_by_value_descending({'tea': 2, 'milk': 1, 'jam': 4})
    [('jam', 4), ('tea', 2), ('milk', 1)]
    >>> sort_by_value_descending({})
    []
    """
    return sorted(mapping.items(), key=lambda entry: entry[1], reverse=True)


def filter_by_min_value(mapping: Mapping[Any, Any], limit: float) -> dict[Any, Any]:
    """Keep the entries of a dictionary whose value is at least a limit.

    Also: filter a dict by value; values greater than or equal to n.

    >>> filter_by_min_value({'a': 5, 'b': 2, 'c': 9}, 5)
    {'a': 5, 'c': 9}
    >>> filter_by_min_value({}, 0)
    {}
    """
    return {key: value for key, value in mapping.items() if value >= limit}


def filter_even_values(mapping: Mapping[Any, int]) -> dict[Any, int]:
    """Keep the entries of a dictionary whose value is even.

    Also: filter a dict by parity of its values.

    >>> filter_even_values({'a': 1, 'b': 2, 'c': 4})
    {'b': 2, 'c': 4}
    >>> filter_even_values({})
    {}
    """
    return {key: value for key, value in mapping.items() if value % 2 == 0}


def drop_empty_values(mapping: Mapping[Any, Any]) -> dict[Any, Any]:
    """Remove the entries of a dictionary whose value is None.

    Also: drop empty items; delete missing values from a dict.

    >>> drop_empty_values({'a': 1, 'b': None, 'c': 0})
    {'a': 1, 'c': 0}
    >>> drop_empty_values({})
    {}
    """
    return {key: value for key, value in mapping.items() if value is not None}


def key_of_max_value(mapping: Mapping[Any, Any]) -> Any:
    """Find the key with the largest value of a dictionary, the first one of several.

    Also: name with the highest score in a dict; argmax.

    >>> key_of_max_value({'a': 3, 'b': 9, 'c': 5})
    'b'
    >>> key_of_max_value({'x': 0})
    'x'
    """
    return max(mapping, key=mapping.__getitem__)


def key_of_min_value(mapping: Mapping[Any, Any]) -> Any:
    """Find the key with the smallest value of a dictionary, the first one of several.

    Also: name with the lowest score in a dict; argmin.

    >>> key_of_min_value({'a': 3, 'b': 9, 'c': 1})
    'c'
    >>> key_of_min_value({'x': 0})
    'x'
    """
    return min(mapping, key=mapping.__getitem__)


def keys_of_max_value(mapping: Mapping[Any, Any]) -> list[Any]:
    """Find all keys with the largest value of a dictionary.

    Also: every name that shares the highest score in a dict.

    >>> keys_of_max_value({'a': 9, 'b': 1, 'c': 9})
    ['a', 'c']
    >>> keys_of_max_value({})
    []
    """
    largest = max(mapping.values(), default=None)
    return [key for key, value in mapping.items() if value == largest]


def keys_with_value(mapping: Mapping[Any, Any], value: Any) -> list[Any]:
    """Find the keys of a dictionary that have a given value.

    Also: look up keys by value; reverse look-up in a dict.

    >>> keys_with_value({'a': 1, 'b': 2, 'c': 1}, 1)
    ['a', 'c']
    >>> keys_with_value({}, 1)
    []
    """
    return [key for key, each in mapping.items() if each == value]


def top_n_values(mapping: Mapping[Any, Any], count: int) -> list[Any]:
    """Find the n keys with the largest values of a dictionary, the largest first.

    Also: top scorers; most expensive items of a dict.

    >>> top_n_values({'a': 3, 'b': 9, 'c': 5}, 2)
    ['b', 'c']
    >>> top_n_values({}, 2)
    []
    """
    return heapq.nlargest(count, mapping, key=mapping.__getitem__)


def sum_of_values(mapping: Mapping[Any, float]) -> float:
    """Add up the values of a dictionary.

    Also: total of all items of a dict.

    >>> sum_of_values({'a': 100, 'b': 200})
    300
    >>> sum_of_values({})
    0
    """
    return sum(mapping.values())


def unique_values(mapping: Mapping[Any, Any]) -> list[Any]:
    """List the different values of a dictionary in order of appearance.

    Also: distinct values of a dict.

    >>> unique_values({'a': 1, 'b': 2, 'c': 1})
    [1, 2]
    >>> unique_values({})
    []
    """
    return list(dict.fromkeys(mapping.values()))


def unique_values_of_lists(mapping: Mapping[Any, Iterable[Any]]) -> list[Any]:
    """List the different elements of a dictionary of lists in sorted order.

    Also: unique values over all value lists of a dict.

    >>> unique_values_of_lists({'a': [5, 1], 'b': [1, 3]})
    [1, 3, 5]
    >>> unique_values_of_lists({})
    []
    """
    return sorted({item for items in mapping.values() for item in items})


def count_list_values(mapping: Mapping[Any, Sequence[Any]]) -> int:
    """Count the elements of all lists that are values of a dictionary.

    Also: total number of items in a dict of lists.

    >>> count_list_values({'a': [1, 2], 'b': [3]})
    3
    >>> count_list_values({})
    0
    """
    return sum(map(len, mapping.values()))


def all_values_equal_to(mapping: Mapping[Any, Any], value: Any) -> bool:
    """Check whether all values of a dictionary are equal to a given value.

    Also: same value everywhere in a dict.

    >>> all_values_equal_to({'a': 1, 'b': 1}, 1)
    True
    >>> all_values_equal_to({'a': 1, 'b': 2}, 1)
    False
    """
    return all(each == value for each in mapping.values())


def transform_values(mapping: Mapping[Any, float], factor: float) -> dict[Any, float]:
    """Multiply all values of a dictionary by a number.

    Also: scale the values of a dict.

    >>> transform_values({'a': 1, 'b': 2}, 10)
    {'a': 10, 'b': 20}
    >>> transform_values({}, 2)
    {}
    """
    return {key: value * factor for key, value in mapping.items()}


def sort_lists_in_values(mapping: Mapping[Any, Iterable[Any]]) -> dict[Any, list[Any]]:
    """Sort each list that is a value of a dictionary.

    Also: order the lists inside a dict.

    >>> sort_lists_in_values({'a': [2, 1], 'b': [3]})
    {'a': [1, 2], 'b': [3]}
    >>> sort_lists_in_values({})
    {}
    """
    return {key: sorted(values) for key, values in mapping.items()}


def nested_get(data: Any, path: Sequence[Any], default: Any = None) -> Any:
    """Get a value of a nested dictionary by a list of keys, or a default.

    Also: access deep JSON data by a path; look up keys one inside another.

    >>> nested_get({'a': {'b': [10, 20]}}, ['a', 'b', 1])
    20
    >>> nested_get({'a': 1}, ['x', 'y'], 0)
    0
    """
    for key in path:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return default
    return data


def flatten_dictionary(data: Mapping[str, Any], separator: str = ".") -> dict[str, Any]:
    """Flatten a nested dictionary, joining the keys with a separator.

    Also: nested JSON to flat keys; dotted paths.

    >>> flatten_dictionary({'a': 1, 'b': {'c': 2, 'd': {'e': 3}}})
    {'a': 1, 'b.c': 2, 'b.d.e': 3}
    >>> flatten_dictionary({})
    {}
    """
    flat: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict) and value:
            inner = flatten_dictionary(value, separator)
            flat |= {f"{key}{separator}{path}": each for path, each in inner.items()}
        else:
            flat[key] = value
    return flat


def dictionary_depth(data: Any) -> int:
    """Find the depth of a nested dictionary.

    Also: how many levels of dicts are inside each other.

    >>> dictionary_depth({'a': 1, 'b': {'c': {}}})
    3
    >>> dictionary_depth({})
    1
    >>> dictionary_depth(5)
    0
    """
    if not isinstance(data, dict):
        return 0
    return 1 + max(map(dictionary_depth, data.values()), default=0)


def values_of_key(records: Iterable[Mapping[Any, Any]], key: Any) -> list[Any]:
    """List the values of a key in a list of dictionaries, skipping those without it.

    Also: pluck a field from records; column of a list of dicts.

    >>> values_of_key([{'a': 1}, {'b': 2}, {'a': 3}], 'a')
    [1, 3]
    >>> values_of_key([], 'a')
    []
    """
    return [record[key] for record in records if key in record]


def sort_records(records: Iterable[Mapping[Any, Any]], key: Any) -> list[Mapping[Any, Any]]:
    """Sort a list of dictionaries by the value of a key.

    Also: order records by a field using lambda.

    >>> sort_records([{'n': 2}, {'n': 1}], 'n')
    [{'n': 1}, {'n': 2}]
    >>> sort_records([], 'n')
    []
    """
    return sorted(records, key=lambda record: record[key])


def find_records(
    records: Iterable[Mapping[Any, Any]], key: Any, value: Any
) -> list[Mapping[Any, Any]]:
    """Find the dictionaries of a list in which a key has a given value.

    Also: filter records by a field; query a list of dicts.

    >>> find_records([{'n': 1, 'c': 'x'}, {'n': 2, 'c': 'y'}], 'c', 'y')
    [{'n': 2, 'c': 'y'}]
    >>> find_records([], 'a', 1)
    []
    """
    return [record for record in records if key in record and record[key] == value]


def top_records(
    records: Iterable[Mapping[Any, Any]], key: Any, count: int
) -> list[Mapping[Any, Any]]:
    """Find the n dictionaries of a list with the largest values of a key.

    Also: n most expensive items; records with the highest field, the largest first.

    >>> top_records([{'p': 5}, {'p': 9}, {'p': 7}], 'p', 2)
    [{'p': 9}, {'p': 7}]
    >>> top_records([], 'p', 1)
    []
    """
    return heapq.nlargest(count, records, key=lambda record: record[key])


def remove_empty_dictionaries(items: Iterable[Any]) -> list[Any]:
    """Remove the empty dictionaries from a list.

    Also: filter out dicts without entries.

    >>> remove_empty_dictionaries([{}, {'a': 1}, {}])
    [{'a': 1}]
    >>> remove_empty_dictionaries([])
    []
    """
    return [item for item in items if item != {}]


def combinations_of_values(mapping: Mapping[Any, Iterable[Any]]) -> list[dict[Any, Any]]:
    """List all dictionaries that choose one value from each list of a dictionary.

    Also: Cartesian product of the value lists; grid of parameters.

    >>> combinations_of_values({'a': [1, 2], 'b': [3]})
    [{'a': 1, 'b': 3}, {'a': 2, 'b': 3}]
    >>> combinations_of_values({})
    [{}]
    """
    return [dict(zip(mapping, chosen, strict=True)) for chosen in product(*mapping.values())]
