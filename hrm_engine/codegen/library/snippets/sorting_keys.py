"""Sorting by what matters: descending, by length, last digit, absolute value, given order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any


def sort_ascending(items: Iterable[Any]) -> list[Any]:
    """Sort a list in ascending order.

    Also: order elements from smallest to largest; increasing order.

    >>> sort_ascending([3, 1, 2])
    [1, 2, 3]
    >>> sort_ascending([])
    []
    """
    return sorted(items)


def sort_descending(items: Iterable[Any]) -> list[Any]:
    """Sort a list in descending order.

    Also: order elements from largest to smallest; decreasing order; reverse sort.

    >>> sort_descending([3, 1, 2])
    [3, 2, 1]
    >>> sort_descending([])
    []
    """
    return sorted(items, reverse=True)


def sort_strings_ignoring_case(words: Iterable[str]) -> list[str]:
    """Sort a list of strings in alphabetical order, ignoring case.

    Also: case-insensitive sort of words.

    >>> sort_strings_ignoring_case(['b', 'A', 'c'])
    ['A', 'b', 'c']
    >>> sort_strings_ignoring_case([])
    []
    """
    return sorted(words, key=str.lower)


def sort_by_length_then_alphabet(words: Iterable[str]) -> list[str]:
    """Sort a list of strings by length, those of equal length in alphabetical order.

    Also: shortlex order; order words by size and then by letters.

    >>> sort_by_length_then_alphabet(['pear', 'fig', 'kiwi', 'apple'])
    ['fig', 'kiwi', 'pear', 'apple']
    >>> sort_by_length_then_alphabet([])
    []
    """
    return sorted(words, key=lambda word: (len(word), word))


def sort_by_last_character(words: Iterable[str]) -> list[str]:
    """Sort a list of strings by their last character.

    Also: order words by the final letter.

    >>> sort_by_last_character(['ab', 'ca', 'bc'])
    ['ca', 'ab', 'bc']
    >>> sort_by_last_character([])
    []
    """
    return sorted(words, key=lambda word: word[-1:])


def sort_by_last_digit(numbers: Iterable[int]) -> list[int]:
    """Sort a list of whole numbers by their last digit.

    Also: order integers by the units place.

    >>> sort_by_last_digit([23, 11, 40])
    [40, 11, 23]
    >>> sort_by_last_digit([-12, 5])
    [-12, 5]
    """
    return sorted(numbers, key=lambda number: abs(number) % 10)


def sort_by_digit_sum(numbers: Iterable[int]) -> list[int]:
    """Sort a list of whole numbers by the sum of their digits.

    Also: order integers by digit total.

    >>> sort_by_digit_sum([19, 100, 12])
    [100, 12, 19]
    >>> sort_by_digit_sum([])
    []
    """
    return sorted(numbers, key=lambda number: sum(map(int, str(abs(number)))))


def sort_by_absolute_value(numbers: Iterable[float]) -> list[float]:
    """Sort a list of numbers by their absolute value.

    Also: order by magnitude, the sign ignored.

    >>> sort_by_absolute_value([-5, 3, -1, 4])
    [-1, 3, 4, -5]
    >>> sort_by_absolute_value([])
    []
    """
    return sorted(numbers, key=abs)


def sort_by_distance(numbers: Iterable[float], target: float) -> list[float]:
    """Sort a list of numbers by their distance from a given number.

    Also: order values by absolute difference to a target.

    >>> sort_by_distance([10, 5, 3, 9, 2], 7)
    [5, 9, 10, 3, 2]
    >>> sort_by_distance([], 0)
    []
    """
    return sorted(numbers, key=lambda number: abs(number - target))


def sort_by_count_of_ones(numbers: Iterable[int]) -> list[int]:
    """Sort a list of whole numbers by the number of ones in their binary form.

    Also: order integers by set bits, then by value.

    >>> sort_by_count_of_ones([7, 8, 3, 4])
    [4, 8, 3, 7]
    >>> sort_by_count_of_ones([])
    []
    """
    return sorted(numbers, key=lambda number: (number.bit_count(), number))


def sort_numeric_strings(words: Iterable[str]) -> list[str]:
    """Sort a list of numbers given as strings by their value.

    Also: order numeric strings numerically, not alphabetically.

    >>> sort_numeric_strings(['10', '9', '-2'])
    ['-2', '9', '10']
    >>> sort_numeric_strings([])
    []
    """
    return sorted(words, key=int)


def sort_mixed(items: Iterable[Any]) -> list[Any]:
    """Sort a list of numbers and strings, the numbers first.

    Also: order mixed types; integers before words.

    >>> sort_mixed(['red', 3, 'blue', 1])
    [1, 3, 'blue', 'red']
    >>> sort_mixed([])
    []
    """
    return sorted(items, key=lambda item: (isinstance(item, str), item))


def sort_by_reference(items: Iterable[Any], order: Sequence[Any]) -> list[Any]:
    """Sort a list in the order of another list, the elements not in it at the end.

    Also: custom order; relative sorting of an array by a second one.

    >>> sort_by_reference([1, 2, 3, 2, 9], [2, 1, 3])
    [2, 2, 1, 3, 9]
    >>> sort_by_reference([], [])
    []
    """
    place = {item: index for index, item in enumerate(order)}
    return sorted(items, key=lambda item: (place.get(item, len(place)), item))


def sort_one_list_by_another(items: Sequence[Any], keys: Sequence[Any]) -> list[Any]:
    """Sort a list by the values of a second list at the same positions.

    Also: order items by parallel keys; sort one array according to another.

    >>> sort_one_list_by_another(['a', 'b', 'c'], [3, 1, 2])
    ['b', 'c', 'a']
    >>> sort_one_list_by_another([], [])
    []
    """
    order = sorted(range(len(items)), key=keys.__getitem__)
    return [items[index] for index in order]


def sort_even_positions_up_odd_down(items: Sequence[Any]) -> list[Any]:
    """Sort the elements at even indexes ascending and those at odd indexes descending.

    Also: sort alternate positions in opposite orders.

    >>> sort_even_positions_up_odd_down([4, 1, 2, 3])
    [2, 3, 4, 1]
    >>> sort_even_positions_up_odd_down([])
    []
    """
    result = list(items)
    result[::2] = sorted(items[::2])
    result[1::2] = sorted(items[1::2], reverse=True)
    return result


def sort_number_words(words: Iterable[str]) -> list[str]:
    """Sort number words from zero to nine by their value.

    Also: order spelled-out digits; numerals written in English.

    >>> sort_number_words(['three', 'one', 'five'])
    ['one', 'three', 'five']
    >>> sort_number_words([])
    []
    """
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return sorted(words, key=names.index)


def natural_sort(words: Iterable[str]) -> list[str]:
    """Sort strings with numbers in them in natural order.

    Also: human sort; file2 before file10; alphanumeric order.

    >>> natural_sort(['file10', 'file2', 'file1'])
    ['file1', 'file2', 'file10']
    >>> natural_sort([])
    []
    """

    def key(word: str) -> list[tuple[int, int, str]]:
        parts = re.findall(r"\d+|\D+", word)
        return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]

    return sorted(words, key=key)


def min_swaps_to_sort(items: Sequence[Any]) -> int:
    """Count the fewest swaps of any two elements that sort a list of distinct elements.

    Also: minimum number of exchanges to order an array; cycles of a permutation.

    >>> min_swaps_to_sort([4, 3, 2, 1])
    2
    >>> min_swaps_to_sort([1, 2])
    0
    """
    order = sorted(range(len(items)), key=items.__getitem__)
    swaps = 0
    for start in range(len(order)):
        while order[start] != start:
            target = order[start]
            order[start], order[target] = order[target], order[start]
            swaps += 1
    return swaps


def can_sort_by_one_swap(items: Sequence[Any]) -> bool:
    """Check whether a list can be sorted by swapping at most two of its elements.

    Also: nearly sorted array; one exchange makes it ordered.

    >>> can_sort_by_one_swap([1, 5, 3, 4, 2])
    True
    >>> can_sort_by_one_swap([2, 3, 1])
    False
    """
    misplaced = [a for a, b in zip(items, sorted(items), strict=True) if a != b]
    return len(misplaced) <= 2
