"""Two or more lists compared: common items, differences, unions, containment, equality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any


def intersection_of_lists(first: Iterable[Any], second: Sequence[Any]) -> list[Any]:
    """Find the elements that two lists have in common, each once, in the order of the first.

    Also: intersection of two arrays; shared values.

    >>> intersection_of_lists([1, 2, 2, 3], [2, 3, 4])
    [2, 3]
    >>> intersection_of_lists([], [1])
    []
    """
    common: list[Any] = []
    for item in first:
        if item in second and item not in common:
            common.append(item)
    return common


def sorted_intersection(first: Iterable[Any], second: Iterable[Any]) -> list[Any]:
    """Find the common elements of two lists in sorted order.

    Also: intersection as a sorted array; shared values in ascending order.

    >>> sorted_intersection([3, 1, 2, 2], [2, 3, 5])
    [2, 3]
    >>> sorted_intersection([], [])
    []
    """
    return sorted(set(first) & set(second))


def intersection_with_repeats(first: Iterable[Any], second: Iterable[Any]) -> list[Any]:
    """Find the common elements of two lists, as often as they occur in both.

    Also: multiset intersection of two arrays; keep duplicates.

    >>> intersection_with_repeats([1, 2, 2, 1], [2, 2])
    [2, 2]
    >>> intersection_with_repeats([4], [])
    []
    """
    return list((Counter(first) & Counter(second)).elements())


def common_to_all(lists: Sequence[Iterable[Any]]) -> list[Any]:
    """Find the elements that all lists of a list have in common, in sorted order.

    Also: intersection of several arrays; values shared by every nested list.

    >>> common_to_all([[1, 2, 3], [2, 3, 4], [3, 2]])
    [2, 3]
    >>> common_to_all([])
    []
    """
    return sorted(set.intersection(*map(set, lists))) if lists else []


def common_to_three(first: Iterable[Any], second: Iterable[Any], third: Iterable[Any]) -> list[Any]:
    """Find the elements that three lists have in common, in sorted order.

    Also: intersection of three sorted arrays.

    >>> common_to_three([1, 5, 10], [5, 10, 15], [10, 5, 3])
    [5, 10]
    >>> common_to_three([1], [2], [3])
    []
    """
    return sorted(set(first) & set(second) & set(third))


def union_of_lists(first: Iterable[Any], second: Iterable[Any]) -> list[Any]:
    """Join two lists without duplicates, in the order of first appearance.

    Also: union of two arrays; merge and keep unique values.

    >>> union_of_lists([1, 2], [2, 3])
    [1, 2, 3]
    >>> union_of_lists([], [])
    []
    """
    return list(dict.fromkeys([*first, *second]))


def difference_of_lists(first: Iterable[Any], second: Sequence[Any]) -> list[Any]:
    """Find the elements of the first list that are not in the second.

    Also: list difference; values missing from another array.

    >>> difference_of_lists([1, 2, 3, 4], [2, 4])
    [1, 3]
    >>> difference_of_lists([], [1])
    []
    """
    return [item for item in first if item not in second]


def symmetric_difference_of_lists(first: Sequence[Any], second: Sequence[Any]) -> list[Any]:
    """Find the elements that are in only one of two lists.

    Also: symmetric difference; values not shared by both arrays.

    >>> symmetric_difference_of_lists([1, 2, 3], [2, 3, 4])
    [1, 4]
    >>> symmetric_difference_of_lists([1], [1])
    []
    """
    left = [item for item in first if item not in second]
    return left + [item for item in second if item not in first]


def have_common_element(first: Iterable[Any], second: Sequence[Any]) -> bool:
    """Check whether two lists have at least one common element.

    Also: do two arrays share a value; overlap.

    >>> have_common_element([1, 2], [2, 3])
    True
    >>> have_common_element([1, 2], [3, 4])
    False
    """
    return any(item in second for item in first)


def is_subset_of_list(part: Iterable[Any], whole: Sequence[Any]) -> bool:
    """Check whether all elements of a list are in another list.

    Also: is one array a subset of another; contains every item.

    >>> is_subset_of_list([1, 3], [3, 2, 1])
    True
    >>> is_subset_of_list([1, 5], [1, 2])
    False
    """
    return all(item in whole for item in part)


def is_subset_with_repeats(part: Iterable[Any], whole: Iterable[Any]) -> bool:
    """Check whether a list contains the elements of another at least as often.

    Also: multiset inclusion; enough copies of every item.

    >>> is_subset_with_repeats([1, 1], [1, 2, 1])
    True
    >>> is_subset_with_repeats([1, 1], [1, 2])
    False
    """
    return not Counter(part) - Counter(whole)


def same_elements(first: Iterable[Any], second: Iterable[Any]) -> bool:
    """Check whether two lists have the same elements in any order.

    Also: equal as multisets; one array is a permutation of the other.

    >>> same_elements([1, 2, 2], [2, 1, 2])
    True
    >>> same_elements([1, 2], [1, 1])
    False
    """
    return Counter(first) == Counter(second)


def count_equal_positions(first: Iterable[Any], second: Iterable[Any]) -> int:
    """Count the positions at which two lists have equal elements.

    Also: number of matching items of two arrays at the same index.

    >>> count_equal_positions([1, 2, 3], [1, 5, 3])
    2
    >>> count_equal_positions([], [1])
    0
    """
    return sum(bool(a == b) for a, b in zip(first, second, strict=False))


def first_difference_index(first: Sequence[Any], second: Sequence[Any]) -> int:
    """Find the first index at which two lists differ, or -1 where they are equal.

    Also: position of the first mismatch of two arrays or strings.

    >>> first_difference_index([1, 2, 3], [1, 5, 3])
    1
    >>> first_difference_index([1, 2], [1, 2, 3])
    2
    >>> first_difference_index([1], [1])
    -1
    """
    for index, (a, b) in enumerate(zip(first, second, strict=False)):
        if a != b:
            return index
    return -1 if len(first) == len(second) else min(len(first), len(second))


def extra_element(longer: Iterable[Any], shorter: Iterable[Any]) -> Any:
    """Find the element that a list has in addition to those of another list.

    Also: the one added letter or value; missing item of the second array.

    >>> extra_element([1, 2, 3, 4], [4, 1, 3])
    2
    >>> extra_element('abcde', 'bdca')
    'e'
    """
    return next((Counter(longer) - Counter(shorter)).elements())


def elementwise_maximum(first: Iterable[Any], second: Iterable[Any]) -> list[Any]:
    """List the larger of the elements of two lists at each position.

    Also: pairwise maximum of two arrays.

    >>> elementwise_maximum([1, 5, 3], [4, 2, 3])
    [4, 5, 3]
    >>> elementwise_maximum([], [])
    []
    """
    return [max(a, b) for a, b in zip(first, second, strict=False)]


def elementwise_minimum(first: Iterable[Any], second: Iterable[Any]) -> list[Any]:
    """List the smaller of the elements of two lists at each position.

    Also: pairwise minimum of two arrays.

    >>> elementwise_minimum([1, 5, 3], [4, 2, 3])
    [1, 2, 3]
    >>> elementwise_minimum([], [])
    []
    """
    return [min(a, b) for a, b in zip(first, second, strict=False)]


def all_first_smaller(first: Iterable[Any], second: Iterable[Any]) -> bool:
    """Check whether each element of a list is smaller than the one of another list at its place.

    Also: compare two arrays or tuples position by position; less than everywhere.

    >>> all_first_smaller([1, 2], [3, 4])
    True
    >>> all_first_smaller([1, 5], [3, 4])
    False
    """
    return all(a < b for a, b in zip(first, second, strict=False))


def jaccard_index(first: Iterable[Any], second: Iterable[Any]) -> float:
    """Find the Jaccard index of two lists or sets.

    Also: size of the intersection divided by the size of the union; set similarity.

    >>> jaccard_index([1, 2, 3], [2, 3, 4])
    0.5
    >>> jaccard_index([], [])
    1.0
    """
    left, right = set(first), set(second)
    return len(left & right) / len(left | right) if left or right else 1.0
