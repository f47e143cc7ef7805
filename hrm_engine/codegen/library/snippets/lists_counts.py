"""Counting in lists: frequencies, duplicates, unique and missing items, majority, mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any


def count_occurrences(items: Iterable[Any], value: Any) -> int:
    """Count how often a value occurs in a list.

    Also: number of occurrences of an element; frequency of an item in an array.

    >>> count_occurrences([1, 2, 1, 3, 1], 1)
    3
    >>> count_occurrences([], 1)
    0
    """
    return sum(item == value for item in items)


def element_frequencies(items: Iterable[Any]) -> dict[Any, int]:
    """Count how often each element occurs in a list.

    Also: frequency of the elements as a dictionary; histogram of an array.

    >>> element_frequencies([10, 10, 20, 40])
    {10: 2, 20: 1, 40: 1}
    >>> element_frequencies([])
    {}
    """
    return dict(Counter(items))


def most_frequent_item(items: Iterable[Any]) -> Any:
    """Find the most frequent element of a list, the first one of several.

    Also: item with the maximum number of occurrences; most common value; mode.

    >>> most_frequent_item([1, 2, 3, 2, 1, 2])
    2
    >>> most_frequent_item(['a', 'b'])
    'a'
    """
    return Counter(items).most_common(1)[0][0]


def least_frequent_item(items: Sequence[Any]) -> Any:
    """Find the least frequent element of a list, the first one of several.

    Also: item with the fewest occurrences; rarest value of an array.

    >>> least_frequent_item([1, 1, 2, 3, 3])
    2
    >>> least_frequent_item([5])
    5
    """
    counts = Counter(items)
    return min(counts, key=counts.__getitem__)


def max_occurrences(items: Iterable[Any]) -> tuple[Any, int]:
    """Find the most frequent element of a list and its number of occurrences.

    Also: item with the highest count, together with the count.

    >>> max_occurrences([2, 3, 8, 8, 2, 8])
    (8, 3)
    >>> max_occurrences(['a'])
    ('a', 1)
    """
    return Counter(items).most_common(1)[0]


def top_n_items(items: Iterable[Any], count: int) -> list[Any]:
    """Find the n most frequent elements of a list.

    Also: top k common values of an array.

    >>> top_n_items([1, 1, 1, 2, 2, 3], 2)
    [1, 2]
    >>> top_n_items([], 1)
    []
    """
    return [item for item, _ in Counter(items).most_common(count)]


def sort_by_frequency(items: Iterable[Any]) -> list[Any]:
    """Sort the elements of a list by decreasing frequency, the order kept among equals.

    Also: most common values first; order an array by the number of occurrences.

    >>> sort_by_frequency([1, 2, 2, 3, 3, 3])
    [3, 3, 3, 2, 2, 1]
    >>> sort_by_frequency([])
    []
    """
    return [item for item, count in Counter(items).most_common() for _ in range(count)]


def majority_element(items: Sequence[Any]) -> Any:
    """Find the majority element of a list, which fills more than half of it, or None.

    Also: element that occurs more than n/2 times; Boyer-Moore vote.

    >>> majority_element([2, 2, 1, 2, 3])
    2
    >>> majority_element([7])
    7
    """
    candidate, votes = None, 0
    for item in items:
        if not votes:
            candidate = item
        votes += 1 if item == candidate else -1
    return candidate if sum(item == candidate for item in items) > len(items) / 2 else None


def is_majority(items: Sequence[Any], value: Any) -> bool:
    """Check whether a value is the majority element of a list.

    Also: does an element occur more than half of the time in an array.

    >>> is_majority([1, 2, 3, 3, 3, 3, 10], 3)
    True
    >>> is_majority([1, 1, 2, 2], 1)
    False
    """
    return list(items).count(value) > len(items) / 2


def remove_duplicates(items: Iterable[Any]) -> list[Any]:
    """Remove the duplicates of a list, keeping the first of each in order.

    Also: unique elements; distinct values of an array; delete repeated items or sublists.

    >>> remove_duplicates([1, 2, 1, 3, 2])
    [1, 2, 3]
    >>> remove_duplicates([[1], [1]])
    [[1]]
    """
    kept: list[Any] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept


def sorted_unique(items: Iterable[Any]) -> list[Any]:
    """List the different elements of a list in sorted order.

    Also: unique values in ascending order; sort and remove duplicates.

    >>> sorted_unique([3, 1, 2, 3, 1])
    [1, 2, 3]
    >>> sorted_unique([])
    []
    """
    return sorted(set(items))


def find_duplicates(items: Iterable[Any]) -> list[Any]:
    """Find the elements that occur more than once in a list.

    Also: duplicate values; repeated elements of an array.

    >>> find_duplicates([1, 2, 3, 2, 1, 2])
    [1, 2]
    >>> find_duplicates([1, 2])
    []
    """
    return [item for item, count in Counter(items).items() if count > 1]


def items_occurring_once(items: Iterable[Any]) -> list[Any]:
    """Find the elements that occur exactly once in a list.

    Also: values without duplicates; remove every element that is repeated.

    >>> items_occurring_once([1, 2, 3, 2])
    [1, 3]
    >>> items_occurring_once([1, 1])
    []
    """
    return [item for item, count in Counter(items).items() if count == 1]


def items_occurring_at_least(items: Iterable[Any], times: int) -> list[Any]:
    """Find the elements that occur at least n times in a list.

    Also: values whose frequency reaches a threshold.

    >>> items_occurring_at_least([1, 2, 2, 3, 3, 3], 2)
    [2, 3]
    >>> items_occurring_at_least([], 1)
    []
    """
    return [item for item, count in Counter(items).items() if count >= times]


def has_duplicates(items: Iterable[Any]) -> bool:
    """Check whether a list contains a duplicate.

    Also: does any element occur more than once; repeated values in an array.

    >>> has_duplicates([1, 2, 1])
    True
    >>> has_duplicates([])
    False
    """
    kept = list(items)
    return len(set(kept)) < len(kept)


def all_distinct(items: Iterable[Any]) -> bool:
    """Check whether all elements of a list are different.

    Also: all values are unique; no number is repeated.

    >>> all_distinct([1, 2, 3])
    True
    >>> all_distinct([1, 2, 1])
    False
    """
    kept = list(items)
    return len(set(kept)) == len(kept)


def all_equal(items: Sequence[Any]) -> bool:
    """Check whether all elements of a list are equal.

    Also: identical values only; same item repeated.

    >>> all_equal([2, 2, 2])
    True
    >>> all_equal([2, 3])
    False
    >>> all_equal([])
    True
    """
    return all(item == items[0] for item in items)


def all_equal_to(items: Iterable[Any], value: Any) -> bool:
    """Check whether all elements of a list are equal to a given value.

    Also: every item is the given string or number.

    >>> all_equal_to(['a', 'a'], 'a')
    True
    >>> all_equal_to(['a', 'b'], 'a')
    False
    """
    return all(item == value for item in items)


def count_distinct(items: Iterable[Any]) -> int:
    """Count the different elements of a list.

    Also: number of unique values of an array.

    >>> count_distinct([1, 2, 1, 3])
    3
    >>> count_distinct([])
    0
    """
    return len(set(items))


def count_in_range(numbers: Iterable[float], low: float, high: float) -> int:
    """Count the elements of a list that lie between two bounds, both included.

    Also: how many numbers are within an interval.

    >>> count_in_range([10, 20, 30, 40], 15, 30)
    2
    >>> count_in_range([], 0, 1)
    0
    """
    return sum(low <= number <= high for number in numbers)


def missing_number(numbers: Sequence[int]) -> int:
    """Find the missing number of a list that has all others from 1 to n.

    Also: one absent value of a sequence of consecutive numbers starting at one.

    >>> missing_number([1, 2, 4, 5])
    3
    >>> missing_number([2, 3])
    1
    """
    n = len(numbers) + 1
    return n * (n + 1) // 2 - sum(numbers)


def missing_numbers_between(numbers: Iterable[int]) -> list[int]:
    """Find the whole numbers missing between the smallest and largest element of a list.

    Also: gaps in a sequence; absent values of a range.

    >>> missing_numbers_between([1, 2, 5, 7])
    [3, 4, 6]
    >>> missing_numbers_between([])
    []
    """
    present = set(numbers)
    if not present:
        return []
    return [n for n in range(min(present), max(present)) if n not in present]


def smallest_missing_positive(numbers: Iterable[int]) -> int:
    """Find the smallest positive whole number that is not in a list.

    Also: first missing positive integer of an unsorted array.

    >>> smallest_missing_positive([3, 4, -1, 1])
    2
    >>> smallest_missing_positive([])
    1
    """
    present = set(numbers)
    candidate = 1
    while candidate in present:
        candidate += 1
    return candidate


def single_among_pairs(numbers: Iterable[int]) -> int:
    """Find the number that occurs once in a list in which all others occur twice.

    Also: single number without a partner; element occurring an odd number of times; xor.

    >>> single_among_pairs([4, 1, 2, 1, 2])
    4
    >>> single_among_pairs([7])
    7
    """
    single = 0
    for number in numbers:
        single ^= number
    return single


def longest_run_of(items: Iterable[Any], value: Any) -> int:
    """Find the length of the longest run of a given value in a list.

    Also: maximum number of consecutive ones; most equal items in a row.

    >>> longest_run_of([1, 1, 0, 1, 1, 1], 1)
    3
    >>> longest_run_of([], 1)
    0
    """
    return max((len(list(run)) for item, run in groupby(items) if item == value), default=0)
