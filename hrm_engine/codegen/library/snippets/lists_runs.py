"""Runs of equal consecutive elements: removing, packing, encoding and decoding them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import dropwhile, groupby, pairwise, takewhile
from typing import Any


def drop_consecutive_duplicates(items: Iterable[Any]) -> list[Any]:
    """Remove the consecutive duplicates of a list.

    Also: reduce each run of equal neighbours to one; compress repeated elements.

    >>> drop_consecutive_duplicates([1, 1, 2, 3, 3, 1])
    [1, 2, 3, 1]
    >>> drop_consecutive_duplicates([])
    []
    """
    return [item for item, _ in groupby(items)]


def pack_consecutive_duplicates(items: Iterable[Any]) -> list[list[Any]]:
    """Pack the consecutive duplicates of a list into sublists.

    Also: group equal neighbours; nested list of runs.

    >>> pack_consecutive_duplicates([1, 1, 2, 3, 3])
    [[1, 1], [2], [3, 3]]
    >>> pack_consecutive_duplicates([])
    []
    """
    return [list(run) for _, run in groupby(items)]


def encode_runs(items: Iterable[Any]) -> list[list[Any]]:
    """Encode a list by its runs, each as a pair of length and element.

    Also: run-length encoding of an array; count consecutive equal values.

    >>> encode_runs([1, 1, 2, 3, 3, 3])
    [[2, 1], [1, 2], [3, 3]]
    >>> encode_runs('aab')
    [[2, 'a'], [1, 'b']]
    """
    return [[len(list(run)), item] for item, run in groupby(items)]


def encode_runs_keeping_singles(items: Iterable[Any]) -> list[Any]:
    """Encode a list by its runs, leaving single elements as they are.

    Also: modified run-length encoding; pairs of count and value for repeats only.

    >>> encode_runs_keeping_singles([1, 1, 2, 3, 3])
    [[2, 1], 2, [2, 3]]
    >>> encode_runs_keeping_singles([])
    []
    """
    runs = [[len(list(run)), item] for item, run in groupby(items)]
    return [run if run[0] > 1 else run[1] for run in runs]


def decode_runs(runs: Iterable[Sequence[Any]]) -> list[Any]:
    """Decode a list of pairs of length and element to the list of its runs.

    Also: run-length decoding; repeat each value as often as its count.

    >>> decode_runs([[2, 1], [1, 2]])
    [1, 1, 2]
    >>> decode_runs([])
    []
    """
    return [item for count, item in runs for _ in range(count)]


def count_runs(items: Iterable[Any]) -> int:
    """Count the runs of equal consecutive elements of a list.

    Also: number of groups of equal neighbours.

    >>> count_runs([1, 1, 2, 3, 3, 1])
    4
    >>> count_runs([])
    0
    """
    return sum(1 for _ in groupby(items))


def longest_run(items: Iterable[Any]) -> list[Any]:
    """Find the longest run of equal consecutive elements, the first one of several.

    Also: most equal neighbours in a row; longest repeated stretch.

    >>> longest_run([1, 2, 2, 3, 3])
    [2, 2]
    >>> longest_run([])
    []
    """
    return max((list(run) for _, run in groupby(items)), key=len, default=[])


def consecutive_equal_items(items: Sequence[Any]) -> list[Any]:
    """Find the elements of a list that are equal to the one before.

    Also: values that repeat their neighbour; consecutive identical elements.

    >>> consecutive_equal_items([1, 1, 2, 2, 3])
    [1, 2]
    >>> consecutive_equal_items([1])
    []
    """
    return [item for previous, item in pairwise(items) if previous == item]


def group_consecutive_numbers(numbers: Iterable[int]) -> list[list[int]]:
    """Group the numbers of a list into runs that rise by one.

    Also: split consecutive integers into sublists.

    >>> group_consecutive_numbers([1, 2, 3, 7, 8, 10])
    [[1, 2, 3], [7, 8], [10]]
    >>> group_consecutive_numbers([])
    []
    """
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def summarize_ranges(numbers: Iterable[int]) -> list[str]:
    """Write sorted whole numbers as ranges of consecutive ones.

    Also: summary ranges; compress page numbers such as 1-3.

    >>> summarize_ranges([0, 1, 2, 4, 5, 7])
    ['0-2', '4-5', '7']
    >>> summarize_ranges([])
    []
    """
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [f"{g[0]}-{g[-1]}" if len(g) > 1 else str(g[0]) for g in groups]


def expand_ranges(text: str) -> list[int]:
    """Expand a string of numbers and ranges to a list of numbers.

    Also: read page numbers such as 1-3,5; parse ranges.

    >>> expand_ranges('1-3,5,8-9')
    [1, 2, 3, 5, 8, 9]
    >>> expand_ranges('7')
    [7]
    """
    result: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        result.extend(range(int(first), int(last or first) + 1))
    return result


def merge_intervals(intervals: Iterable[Sequence[float]]) -> list[list[float]]:
    """Merge the overlapping intervals of a list.

    Also: union of ranges; combine intervals that touch or overlap.

    >>> merge_intervals([[1, 3], [8, 10], [2, 6]])
    [[1, 6], [8, 10]]
    >>> merge_intervals([])
    []
    """
    merged: list[list[float]] = []
    for start, end in sorted(map(tuple, intervals)):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged


def has_overlapping_intervals(intervals: Iterable[Sequence[float]]) -> bool:
    """Check whether any two intervals of a list overlap.

    Also: meeting conflict; do time ranges intersect.

    >>> has_overlapping_intervals([[1, 3], [2, 4]])
    True
    >>> has_overlapping_intervals([[1, 2], [2, 3]])
    False
    """
    ordered = sorted(map(tuple, intervals))
    return any(b[0] < a[1] for a, b in pairwise(ordered))


def leading_positives(numbers: Iterable[float]) -> list[float]:
    """Take the elements of a list before the first one that is not positive.

    Also: take while greater than zero; leading positive values.

    >>> leading_positives([3, 1, -2, 5])
    [3, 1]
    >>> leading_positives([-1])
    []
    """
    return list(takewhile(lambda number: number > 0, numbers))


def items_before(items: Iterable[Any], stop: Any) -> list[Any]:
    """Take the elements of a list before the first occurrence of a value.

    Also: cut a list at a marker; take until an item.

    >>> items_before([1, 2, 0, 3], 0)
    [1, 2]
    >>> items_before([1, 2], 5)
    [1, 2]
    """
    return list(takewhile(lambda item: item != stop, items))


def strip_value(items: Sequence[Any], value: Any) -> list[Any]:
    """Remove a value from both ends of a list.

    Also: trim leading and trailing zeros of an array.

    >>> strip_value([0, 0, 1, 0, 2, 0], 0)
    [1, 0, 2]
    >>> strip_value([0], 0)
    []
    """
    tail = list(dropwhile(lambda item: item == value, items))[::-1]
    return list(dropwhile(lambda item: item == value, tail))[::-1]
