"""Sorting algorithms, each returning a new sorted list, and sorting by simple keys."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from typing import Any


def bubble_sort(items: Iterable[Any]) -> list[Any]:
    """Sort a list with bubble sort.

    Also: swap neighbouring elements that are in the wrong order until none is left.

    >>> bubble_sort([5, 1, 4, 2])
    [1, 2, 4, 5]
    >>> bubble_sort([])
    []
    """
    result = list(items)
    for end in range(len(result) - 1, 0, -1):
        for i in range(end):
            if result[i] > result[i + 1]:
                result[i], result[i + 1] = result[i + 1], result[i]
    return result


def cocktail_sort(items: Iterable[Any]) -> list[Any]:
    """Sort a list with cocktail shaker sort.

    Also: bidirectional bubble sort; passes in both directions.

    >>> cocktail_sort([5, 1, 4, 2])
    [1, 2, 4, 5]
    >>> cocktail_sort([])
    []
    """
    result = list(items)
    low, high = 0, len(result) - 1
    while low < high:
        for i in [*range(low, high), *range(high - 1, low - 1, -1)]:
            if result[i] > result[i + 1]:
                result[i], result[i + 1] = result[i + 1], result[i]
        low, high = low + 1, high - 1
    return result


def comb_sort(items: Iterable[Any]) -> list[Any]:
    """Sort a list with comb sort.

    Also: bubble sort with a shrinking gap.

    >>> comb_sort([5, 15, 37, 25, 79])
    [5, 15, 25, 37, 79]
    >>> comb_sort([3, 2, 1])
    [1, 2, 3]
    """
    result = list(items)
    gap, swapped = len(result), True
    while gap > 1 or swapped:
        gap = max(1, gap * 10 // 13)
        swapped = False
        for i in range(len(result) - gap):
            if result[i] > result[i + gap]:
                result[i], result[i + gap] = result[i + gap], result[i]
                swapped = True
    return result


def gnome_sort(items: Iterable[Any]) -> list[Any]:
    """Sort a list with gnome sort.

    Also: step back after each swap of neighbours.

    >>> gnome_sort([3, 1, 2])
    [1, 2, 3]
    >>> gnome_sort([])
    []
    """
    result = list(items)
    place = 1
    while place < len(result):
        if place and result[place - 1] > result[place]:
            result[place - 1], result[place] = result[place], result[place - 1]
            place -= 1
        else:
            place += 1
    return result


def odd_even_sort(items: Iterable[Any]) -> list[Any]:
    """Sort a list with odd-even sort.

    Also: brick sort; compare odd and even pairs in turn.

    >>> odd_even_sort([4, 3, 2, 1])
    [1, 2, 3, 4]
    >>> odd_even_sort([])
    []
    """
    result = list(items)
    for turn in range(len(result)):
        for i in range(turn % 2, len(result) - 1, 2):
            if result[i] > result[i + 1]:
                result[i], result[i + 1] = result[i + 1], result[i]
    return result


def selection_sort(items: Iterable[Any]) -> list[Any]:
    """Sort a list with selection sort.

    Also: put the smallest remaining element at the front each time.

    >>> selection_sort([64, 25, 12, 22])
    [12, 22, 25, 64]
    >>> selection_sort([])
    []
    """
    result = list(items)
    for start in range(len(result)):
        smallest = min(range(start, len(result)), key=result.__getitem__)
        result[start], result[smallest] = result[smallest], result[start]
    return result


def insertion_sort(items: Iterable[Any]) -> list[Any]:
    """Sort a list with insertion sort.

    Also: insert each element at its place among those before it.

    >>> insertion_sort([4, 3, 1, 2])
    [1, 2, 3, 4]
    >>> insertion_sort([])
    []
    """
    result: list[Any] = []
    for item in items:
        place = len(result)
        while place and result[place - 1] > item:
            place -= 1
        result.insert(place, item)
    return result


def shell_sort(items: Iterable[Any]) -> list[Any]:
    """Sort a list with Shell sort.

    Also: insertion sort with decreasing gaps.

    >>> shell_sort([12, 34, 54, 2, 3])
    [2, 3, 12, 34, 54]
    >>> shell_sort([])
    []
    """
    result = list(items)
    gap = len(result) // 2
    while gap:
        for i in range(gap, len(result)):
            item, place = result[i], i
            while place >= gap and result[place - gap] > item:
                result[place] = result[place - gap]
                place -= gap
            result[place] = item
        gap //= 2
    return result


def merge_sort(items: Sequence[Any]) -> list[Any]:
    """Sort a list with merge sort.

    Also: divide in halves, sort both and merge them; stable sort.

    >>> merge_sort([38, 27, 43, 3])
    [3, 27, 38, 43]
    >>> merge_sort([])
    []
    """
    if len(items) < 2:
        return list(items)
    middle = len(items) // 2
    left, right = merge_sort(items[:middle]), merge_sort(items[middle:])
    merged: list[Any] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    return [*merged, *left[i:], *right[j:]]


def quick_sort(items: Sequence[Any]) -> list[Any]:
    """Sort a list with quicksort.

    Also: partition around a pivot and sort both sides.

    >>> quick_sort([3, 6, 1, 8, 2, 3])
    [1, 2, 3, 3, 6, 8]
    >>> quick_sort([])
    []
    """
    if len(items) < 2:
        return list(items)
    pivot = items[len(items) // 2]
    smaller = [item for item in items if item < pivot]
    equal = [item for item in items if item == pivot]
    larger = [item for item in items if item > pivot]
    return [*quick_sort(smaller), *equal, *quick_sort(larger)]


def heap_sort(items: Iterable[Any]) -> list[Any]:
    """Sort a list with heap sort.

    Also: build a heap and take out the smallest element again and again; heap queue.

    >>> heap_sort([35, 2, 9, -1])
    [-1, 2, 9, 35]
    >>> heap_sort([])
    []
    """
    heap = list(items)
    heapq.heapify(heap)
    return [heapq.heappop(heap) for _ in range(len(heap))]


def counting_sort(numbers: Sequence[int]) -> list[int]:
    """Sort a list of whole numbers with counting sort.

    Also: count each value and write it out as often.

    >>> counting_sort([4, -2, 2, 8, 2])
    [-2, 2, 2, 4, 8]
    >>> counting_sort([])
    []
    """
    if not numbers:
        return []
    low = min(numbers)
    counts = [0] * (max(numbers) - low + 1)
    for number in numbers:
        counts[number - low] += 1
    return [low + offset for offset, count in enumerate(counts) for _ in range(count)]


def radix_sort(numbers: Iterable[int]) -> list[int]:
    """Sort a list of non-negative whole numbers with radix sort.

    Also: sort by the last digit, then the one before; buckets of digits.

    >>> radix_sort([170, 45, 75, 802, 2])
    [2, 45, 75, 170, 802]
    >>> radix_sort([])
    []
    """
    result = list(numbers)
    place = 1
    while any(number >= place for number in result):
        buckets: list[list[int]] = [[] for _ in range(10)]
        for number in result:
            buckets[number // place % 10].append(number)
        result = [number for bucket in buckets for number in bucket]
        place *= 10
    return result


def bucket_sort(numbers: Sequence[float]) -> list[float]:
    """Sort a list of numbers with bucket sort.

    Also: spread values over buckets by size and sort each.

    >>> bucket_sort([0.42, 0.32, 0.75, 0.12])
    [0.12, 0.32, 0.42, 0.75]
    >>> bucket_sort([5, -1, 3])
    [-1, 3, 5]
    """
    if not numbers:
        return []
    low, high = min(numbers), max(numbers)
    width = (high - low) / len(numbers) or 1
    buckets: list[list[float]] = [[] for _ in range(len(numbers) + 1)]
    for number in numbers:
        buckets[int((number - low) / width)].append(number)
    return [number for bucket in buckets for number in sorted(bucket)]


def pancake_sort(items: Iterable[Any]) -> list[Any]:
    """Sort a list with pancake sort.

    Also: sort by reversing the first elements only; flips of a prefix.

    >>> pancake_sort([15, 79, 25, 38, 69])
    [15, 25, 38, 69, 79]
    >>> pancake_sort([])
    []
    """
    result = list(items)
    for size in range(len(result), 1, -1):
        largest = max(range(size), key=result.__getitem__)
        result[: largest + 1] = result[largest::-1]
        result[:size] = result[size - 1 :: -1]
    return result


def cycle_sort(items: Iterable[Any]) -> list[Any]:
    """Sort a list with cycle sort.

    Also: write each element once to its final place.

    >>> cycle_sort([3, 1, 2, 1])
    [1, 1, 2, 3]
    >>> cycle_sort([])
    []
    """
    result = list(items)
    for start in range(len(result)):
        while True:
            place = start + sum(result[i] < result[start] for i in range(start + 1, len(result)))
            if place == start:
                break
            while result[place] == result[start]:
                place += 1
            result[place], result[start] = result[start], result[place]
    return result


def dutch_flag_sort(numbers: Iterable[int]) -> list[int]:
    """Sort a list of zeros, ones and twos in one pass.

    Also: Dutch national flag; sort colors 0, 1 and 2; binary array.

    >>> dutch_flag_sort([2, 0, 2, 1, 1, 0])
    [0, 0, 1, 1, 2, 2]
    >>> dutch_flag_sort([])
    []
    """
    result = list(numbers)
    low, middle, high = 0, 0, len(result) - 1
    while middle <= high:
        if result[middle] == 0:
            result[low], result[middle] = result[middle], result[low]
            low, middle = low + 1, middle + 1
        elif result[middle] == 1:
            middle += 1
        else:
            result[middle], result[high] = result[high], result[middle]
            high -= 1
    return result
