"""Grouping lists into dictionaries, by length, first letter, parity, key; counting by groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def group_by_length(words: Iterable[Sequence[Any]]) -> dict[int, list[Any]]:
    """Group strings by their length.

    Also: dictionary from word length to words; collect lists by size.

    >>> group_by_length(['a', 'bb', 'c'])
    {1: ['a', 'c'], 2: ['bb']}
    >>> group_by_length([])
    {}
    """
    groups: dict[int, list[Any]] = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups


def group_by_first_letter(words: Iterable[str]) -> dict[str, list[str]]:
    """Group words by their first letter.

    Also: index of words by initial; dictionary from letter to names.

    >>> group_by_first_letter(['apple', 'bat', 'ant'])
    {'a': ['apple', 'ant'], 'b': ['bat']}
    >>> group_by_first_letter([])
    {}
    """
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1], []).append(word)
    return groups


def group_by_parity(numbers: Iterable[int]) -> dict[str, list[int]]:
    """Group numbers into even and odd ones.

    Also: dictionary with the lists of evens and odds.

    >>> group_by_parity([1, 2, 3])
    {'even': [2], 'odd': [1, 3]}
    >>> group_by_parity([])
    {'even': [], 'odd': []}
    """
    values = list(numbers)
    return {"even": [n for n in values if n % 2 == 0], "odd": [n for n in values if n % 2]}


def group_by_remainder(numbers: Iterable[int], divisor: int) -> dict[int, list[int]]:
    """Group numbers by their remainder after division by a number.

    Also: classes modulo n; bucket integers by modulus.

    >>> group_by_remainder([1, 2, 3, 4, 5], 3)
    {1: [1, 4], 2: [2, 5], 0: [3]}
    >>> group_by_remainder([], 2)
    {}
    """
    groups: dict[int, list[int]] = {}
    for number in numbers:
        groups.setdefault(number % divisor, []).append(number)
    return groups


def group_by_last_digit(numbers: Iterable[int]) -> dict[int, list[int]]:
    """Group whole numbers by their last digit.

    Also: bucket integers by the units place.

    >>> group_by_last_digit([12, 22, 35])
    {2: [12, 22], 5: [35]}
    >>> group_by_last_digit([])
    {}
    """
    groups: dict[int, list[int]] = {}
    for number in numbers:
        groups.setdefault(abs(number) % 10, []).append(number)
    return groups


def group_by_type(items: Iterable[Any]) -> dict[str, list[Any]]:
    """Group the elements of a list by the name of their type.

    Also: split a mixed list into integers, strings and so on.

    >>> group_by_type([1, 'a', 2, 'b'])
    {'int': [1, 2], 'str': ['a', 'b']}
    >>> group_by_type([])
    {}
    """
    groups: dict[str, list[Any]] = {}
    for item in items:
        groups.setdefault(type(item).__name__, []).append(item)
    return groups


def group_by_frequency(items: Iterable[Any]) -> dict[int, list[Any]]:
    """Group the elements of a list by how often they occur.

    Also: dictionary from count to elements.

    >>> group_by_frequency([1, 2, 2, 3])
    {1: [1, 3], 2: [2]}
    >>> group_by_frequency([])
    {}
    """
    groups: dict[int, list[Any]] = {}
    for item, count in Counter(items).items():
        groups.setdefault(count, []).append(item)
    return groups


def group_pairs_by_second(pairs: Iterable[Sequence[Any]]) -> dict[Any, list[Any]]:
    """Group the first elements of a list of pairs by their second elements.

    Also: collect tuples by their second item; dictionary of lists from pairs.

    >>> group_pairs_by_second([(1, 'x'), (2, 'y'), (3, 'x')])
    {'x': [1, 3], 'y': [2]}
    >>> group_pairs_by_second([])
    {}
    """
    groups: dict[Any, list[Any]] = {}
    for first, second in pairs:
        groups.setdefault(second, []).append(first)
    return groups


def group_records(
    records: Iterable[Mapping[Any, Any]], key: Any
) -> dict[Any, list[Mapping[Any, Any]]]:
    """Group a list of dictionaries by the value of a key.

    Also: group records by a field; dict of lists of dicts.

    >>> group_records([{'c': 'x', 'n': 1}, {'c': 'y', 'n': 2}, {'c': 'x', 'n': 3}], 'c')
    {'x': [{'c': 'x', 'n': 1}, {'c': 'x', 'n': 3}], 'y': [{'c': 'y', 'n': 2}]}
    >>> group_records([], 'c')
    {}
    """
    groups: dict[Any, list[Mapping[Any, Any]]] = {}
    for record in records:
        groups.setdefault(record[key], []).append(record)
    return groups


def count_records_by(records: Iterable[Mapping[Any, Any]], key: Any) -> dict[Any, int]:
    """Count the dictionaries of a list for each value of a key.

    Also: number of records per category; group and count.

    >>> count_records_by([{'c': 'x'}, {'c': 'y'}, {'c': 'x'}], 'c')
    {'x': 2, 'y': 1}
    >>> count_records_by([], 'c')
    {}
    """
    return dict(Counter(record[key] for record in records))


def sum_records_by(records: Iterable[Mapping[Any, Any]], key: Any, field: Any) -> dict[Any, Any]:
    """Add up a field of a list of dictionaries for each value of a key.

    Also: total per category; group by and sum.

    >>> sum_records_by([{'c': 'x', 'n': 1}, {'c': 'x', 'n': 3}], 'c', 'n')
    {'x': 4}
    >>> sum_records_by([], 'c', 'n')
    {}
    """
    totals: dict[Any, Any] = {}
    for record in records:
        totals[record[key]] = totals.get(record[key], 0) + record[field]
    return totals


def average_by_key(pairs: Iterable[Sequence[Any]]) -> dict[Any, float]:
    """Find the average of the second elements of a list of pairs for each first element.

    Also: mean score per name; group by key and average.

    >>> average_by_key([('a', 1), ('b', 4), ('a', 2)])
    {'a': 1.5, 'b': 4.0}
    >>> average_by_key([])
    {}
    """
    groups: defaultdict[Any, list[float]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: sum(values) / len(values) for key, values in groups.items()}


def max_by_key(pairs: Iterable[Sequence[Any]]) -> dict[Any, Any]:
    """Find the largest second element of a list of pairs for each first element.

    Also: maximum per group; best score of each name.

    >>> max_by_key([('a', 1), ('b', 4), ('a', 2)])
    {'a': 2, 'b': 4}
    >>> max_by_key([])
    {}
    """
    best: dict[Any, Any] = {}
    for key, value in pairs:
        best[key] = max(value, best.get(key, value))
    return best


def positions_by_value(items: Iterable[Any]) -> dict[Any, list[int]]:
    """Map each element of a list to the indexes at which it occurs.

    Also: inverted index of an array; dictionary from value to positions.

    >>> positions_by_value(['a', 'b', 'a'])
    {'a': [0, 2], 'b': [1]}
    >>> positions_by_value([])
    {}
    """
    places: dict[Any, list[int]] = {}
    for index, item in enumerate(items):
        places.setdefault(item, []).append(index)
    return places


def histogram(numbers: Iterable[float], width: float) -> dict[int, int]:
    """Count how many numbers fall into each bin of a given width.

    Also: histogram of values; frequency per interval, keyed by bin number.

    >>> histogram([1, 2, 11, 25], 10)
    {0: 2, 1: 1, 2: 1}
    >>> histogram([], 5)
    {}
    """
    return dict(sorted(Counter(int(number // width) for number in numbers).items()))


def group_words_by_letters(words: Iterable[str]) -> dict[str, list[str]]:
    """Group words that use the same set of letters.

    Also: collect strings with the same characters, however often.

    >>> group_words_by_letters(['ab', 'ba', 'aab', 'c'])
    {'ab': ['ab', 'ba', 'aab'], 'c': ['c']}
    >>> group_words_by_letters([])
    {}
    """
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault("".join(sorted(set(word))), []).append(word)
    return groups
