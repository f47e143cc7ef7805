"""Lists of tuples: sorting, filtering, sums, extremes, converting to dictionaries and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def sort_tuples_by_first(pairs: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Sort a list of tuples by their first element.

    Also: order pairs by the first item, ascending.

    >>> sort_tuples_by_first([(2, 'a'), (1, 'b')])
    [(1, 'b'), (2, 'a')]
    >>> sort_tuples_by_first([])
    []
    """
    return sorted(pairs, key=lambda pair: pair[0])


def sort_tuples_by_second(pairs: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Sort a list of tuples by their second element.

    Also: order pairs by the second value using lambda, ascending.

    >>> sort_tuples_by_second([('tea', 9), ('jam', 4), ('ham', 7)])
    [('jam', 4), ('ham', 7), ('tea', 9)]
    >>> sort_tuples_by_second([])
    []
    """
    return sorted(pairs, key=lambda pair: pair[1])


def sort_tuples_by_second_then_first(pairs: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Sort a list of pairs by the second element descending, then by the first ascending.

    Also: order by score and then by name; two sort keys.

    >>> sort_tuples_by_second_then_first([('bo', 3), ('al', 3), ('cy', 5)])
    [('cy', 5), ('al', 3), ('bo', 3)]
    >>> sort_tuples_by_second_then_first([])
    []
    """
    return sorted(sorted(pairs, key=lambda pair: pair[0]), key=lambda pair: pair[1], reverse=True)


def sort_tuples_by_product(pairs: Iterable[Sequence[float]]) -> list[Sequence[float]]:
    """Sort a list of pairs by the product of their two elements.

    Also: order two-element tuples by multiplication.

    >>> sort_tuples_by_product([(2, 3), (1, 4), (5, 1)])
    [(1, 4), (5, 1), (2, 3)]
    >>> sort_tuples_by_product([])
    []
    """
    return sorted(pairs, key=lambda pair: pair[0] * pair[1])


def sort_inside_tuples(tuples: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Sort the elements inside each tuple of a list.

    Also: order every tuple; ascending values within tuples.

    >>> sort_inside_tuples([(3, 1), (2, 5, 4)])
    [(1, 3), (2, 4, 5)]
    >>> sort_inside_tuples([])
    []
    """
    return [tuple(sorted(each)) for each in tuples]


def sum_of_all_tuples(tuples: Iterable[Iterable[float]]) -> float:
    """Add up all elements of a list of tuples.

    Also: grand total of every number in tuples.

    >>> sum_of_all_tuples([(1, 2), (3, 4)])
    10
    >>> sum_of_all_tuples([])
    0
    """
    return sum(map(sum, tuples))


def column_sums_of_tuples(tuples: Iterable[Iterable[float]]) -> tuple[float, ...]:
    """Add up the tuples of a list position by position.

    Also: columnwise sum of tuples; total of every index.

    >>> column_sums_of_tuples([(1, 2), (3, 4), (5, 6)])
    (9, 12)
    >>> column_sums_of_tuples([])
    ()
    """
    return tuple(sum(column) for column in zip(*tuples, strict=False))


def column_averages_of_tuples(tuples: Iterable[Iterable[float]]) -> tuple[float, ...]:
    """Find the average of each position over the tuples of a list.

    Also: columnwise mean of nested tuples.

    >>> column_averages_of_tuples([(1, 2), (3, 4)])
    (2.0, 3.0)
    >>> column_averages_of_tuples([])
    ()
    """
    return tuple(sum(column) / len(column) for column in zip(*tuples, strict=False))


def first_with_max_second(pairs: Iterable[Sequence[Any]]) -> Any:
    """Find the first element of the pair whose second element is the largest.

    Also: name with the highest score; key of the maximum value in tuples.

    >>> first_with_max_second([('Ann', 143), ('Bob', 160), ('Cy', 90)])
    'Bob'
    >>> first_with_max_second([('x', 1)])
    'x'
    """
    return max(pairs, key=lambda pair: pair[1])[0]


def first_with_min_second(pairs: Iterable[Sequence[Any]]) -> Any:
    """Find the first element of the pair whose second element is the smallest.

    Also: name with the lowest score; key of the minimum value in tuples.

    >>> first_with_min_second([('Ann', 143), ('Bob', 160), ('Cy', 90)])
    'Cy'
    >>> first_with_min_second([('x', 1)])
    'x'
    """
    return min(pairs, key=lambda pair: pair[1])[0]


def tuples_to_lists(tuples: Iterable[Iterable[Any]]) -> list[list[Any]]:
    """Convert a list of tuples to a list of lists.

    Also: change each tuple to a list.

    >>> tuples_to_lists([(1, 2), (3,)])
    [[1, 2], [3]]
    >>> tuples_to_lists([])
    []
    """
    return [list(each) for each in tuples]


def lists_to_tuples(lists: Iterable[Iterable[Any]]) -> list[tuple[Any, ...]]:
    """Convert a list of lists to a list of tuples.

    Also: change each sublist to a tuple.

    >>> lists_to_tuples([[1, 2], [3]])
    [(1, 2), (3,)]
    >>> lists_to_tuples([])
    []
    """
    return [tuple(each) for each in lists]


def pairs_to_dictionary(pairs: Iterable[Sequence[Any]]) -> dict[Any, Any]:
    """Convert a list of pairs to a dictionary.

    Also: tuples of key and value to a mapping.

    >>> pairs_to_dictionary([('a', 1), ('b', 2)])
    {'a': 1, 'b': 2}
    >>> pairs_to_dictionary([])
    {}
    """
    return {key: value for key, value in pairs}  # noqa: C416 - dict() is typed for tuples only


def group_pairs_by_first(pairs: Iterable[Sequence[Any]]) -> dict[Any, list[Any]]:
    """Group the second elements of a list of pairs by their first elements.

    Also: pairs to a dictionary of lists; collect values with the same key.

    >>> group_pairs_by_first([('a', 1), ('b', 2), ('a', 3)])
    {'a': [1, 3], 'b': [2]}
    >>> group_pairs_by_first([])
    {}
    """
    groups: dict[Any, list[Any]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def sum_pairs_by_first(pairs: Iterable[Sequence[Any]]) -> dict[Any, Any]:
    """Add up the second elements of a list of pairs for each first element.

    Also: totals by key; aggregate amounts of equal names.

    >>> sum_pairs_by_first([('a', 1), ('b', 2), ('a', 3)])
    {'a': 4, 'b': 2}
    >>> sum_pairs_by_first([])
    {}
    """
    totals: dict[Any, Any] = {}
    for key, value in pairs:
        totals[key] = totals.get(key, 0) + value
    return totals


def swap_pairs(pairs: Iterable[Sequence[Any]]) -> list[tuple[Any, Any]]:
    """Swap the two elements of each pair of a list.

    Also: reverse every tuple; exchange first and second items.

    >>> swap_pairs([(1, 'a'), (2, 'b')])
    [('a', 1), ('b', 2)]
    >>> swap_pairs([])
    []
    """
    return [(second, first) for first, second in pairs]


def count_tuple_frequencies(tuples: Iterable[Sequence[Any]]) -> dict[tuple[Any, ...], int]:
    """Count how often each tuple occurs in a list, the order inside it ignored.

    Also: frequency of unordered pairs; tuples with the same elements.

    >>> count_tuple_frequencies([(1, 2), (2, 1), (3, 4)])
    {(1, 2): 2, (3, 4): 1}
    >>> count_tuple_frequencies([])
    {}
    """
    counts: dict[tuple[Any, ...], int] = {}
    for each in tuples:
        key = tuple(sorted(each))
        counts[key] = counts.get(key, 0) + 1
    return counts


def remove_mirrored_pairs(pairs: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Remove the pairs of a list that occur before with swapped elements or the same.

    Also: unique unordered tuples; drop symmetric duplicates.

    >>> remove_mirrored_pairs([(1, 2), (2, 1), (1, 3)])
    [(1, 2), (1, 3)]
    >>> remove_mirrored_pairs([])
    []
    """
    kept: dict[frozenset[Any], tuple[Any, ...]] = {}
    for pair in pairs:
        kept.setdefault(frozenset(pair), tuple(pair))
    return list(kept.values())
