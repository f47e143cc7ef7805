"""Our snippets on lists agree with trying everything."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.codegen.library.snippets import (
    lists_combinations,
    lists_counts,
    lists_order,
    lists_pairs,
    lists_runs,
    lists_search,
    sets_heaps,
    sorting,
    sorting_keys,
    sublists,
)

LISTS = st.lists(st.integers(-5, 5), max_size=7)
FILLED = st.lists(st.integers(-5, 5), min_size=3, max_size=7)
NUMBERS = st.integers(-6, 6)
COMPARING = [
    sorting.bubble_sort,
    sorting.cocktail_sort,
    sorting.comb_sort,
    sorting.gnome_sort,
    sorting.odd_even_sort,
    sorting.selection_sort,
    sorting.insertion_sort,
    sorting.shell_sort,
    sorting.merge_sort,
    sorting.quick_sort,
    sorting.heap_sort,
    sorting.counting_sort,
    sorting.bucket_sort,
    sorting.pancake_sort,
    sorting.cycle_sort,
]


def _runs(items: Sequence[Any]) -> list[Sequence[Any]]:
    """Every contiguous part that is not empty."""
    return [items[i:j] for i in range(len(items)) for j in range(i + 1, len(items) + 1)]


def _choices(items: Sequence[int]) -> list[tuple[int, ...]]:
    """Every selection of elements, in their order."""
    return [c for size in range(len(items) + 1) for c in combinations(items, size)]


@pytest.mark.parametrize("sort", COMPARING, ids=lambda sort: sort.__name__)
@given(items=LISTS)
@settings(max_examples=60, deadline=None)
def test_a_sorting_algorithm_sorts(sort: Callable[[Any], list[Any]], items: list[int]) -> None:
    given_items = tuple(items)
    assert sort(items) == sort(given_items) == sorted(items)
    assert tuple(items) == given_items


@given(st.lists(st.integers(0, 5000)), st.lists(st.integers(0, 2)))
@settings(max_examples=60, deadline=None)
def test_sorting_of_special_numbers_sorts(numbers: list[int], colours: list[int]) -> None:
    assert sorting.radix_sort(numbers) == sorted(numbers)
    assert sorting.dutch_flag_sort(colours) == sorted(colours)


@given(LISTS, NUMBERS)
@settings(max_examples=150, deadline=None)
def test_a_sorted_list_is_searched_as_by_looking_at_all(items: list[int], target: int) -> None:
    ordered = sorted(items)
    places = [k for k, item in enumerate(ordered) if item == target]
    first, last = (places[0], places[-1]) if places else (-1, -1)
    assert lists_search.first_position_sorted(ordered, target) == first
    assert lists_search.last_position_sorted(ordered, target) == last
    assert lists_search.position_range_sorted(ordered, target) == (first, last)
    assert lists_search.count_in_sorted(ordered, target) == len(places)
    assert lists_search.contains_sorted(ordered, target) == bool(places)
    found = lists_search.binary_search(ordered, target)
    assert found in (places or [-1])
    assert lists_search.insert_sorted(ordered, target) == sorted([*items, target])


@given(st.sets(st.integers(-9, 9), min_size=1), st.integers(0, 20), NUMBERS)
@settings(max_examples=150, deadline=None)
def test_a_rotated_list_is_searched_as_by_looking_at_all(
    items: set[int], steps: int, target: int
) -> None:
    steps %= len(items)
    rotated = lists_order.rotate_right(sorted(items), steps)
    expected = rotated.index(target) if target in rotated else -1
    assert lists_search.search_rotated(rotated, target) == expected
    assert lists_search.min_of_rotated(rotated) == min(items)
    assert lists_order.count_rotations(rotated) == steps
    assert lists_order.rotate_left(rotated, steps) == sorted(items)
    assert lists_order.is_list_rotation(rotated, sorted(items))
    assert not lists_order.is_list_rotation(rotated, [*sorted(items), 0])


@given(FILLED)
@settings(max_examples=150, deadline=None)
def test_order_in_a_list_is_that_of_its_definition(items: list[int]) -> None:
    count = len(items)
    pairs = list(combinations(items, 2))
    assert lists_order.count_inversions(items) == sum(a > b for a, b in pairs)
    largest_after = [all(item > other for other in items[k + 1 :]) for k, item in enumerate(items)]
    assert lists_order.leaders(items) == [
        i for i, is_one in zip(items, largest_after, strict=True) if is_one
    ]
    later = [[other for other in items[k + 1 :] if other > items[k]] for k in range(count)]
    assert lists_order.next_greater(items) == [(each or [-1])[0] for each in later]
    assert [lists_order.kth_smallest(items, k + 1) for k in range(count)] == sorted(items)
    assert [lists_order.kth_largest(items, count - k) for k in range(count)] == sorted(items)
    digits = [abs(item) * 4 for item in items]
    largest = max(int("".join(map(str, order))) for order in permutations(digits[:5]))
    assert lists_order.largest_number_from(digits[:5]) == largest
    peak = lists_search.peak_index(items)
    assert items[peak] >= max(items[max(0, peak - 1) : peak + 2])
    majority: list[int | None] = [item for item in set(items) if items.count(item) * 2 > count]
    assert lists_counts.majority_element(items) == (majority or [None])[0]


@given(FILLED, NUMBERS)
@settings(max_examples=150, deadline=None)
def test_pairs_and_triples_are_those_of_trying_all(items: list[int], target: int) -> None:
    pairs = list(combinations(items, 2))
    sums = [a + b for a, b in pairs]
    assert lists_pairs.count_pairs_with_sum(items, target) == sums.count(target)
    assert lists_pairs.has_pair_with_sum(items, target) == (target in sums)
    indexes = lists_pairs.two_sum(items, target)
    assert bool(indexes) == (target in sums)
    assert not indexes or sum(items[k] for k in indexes) == target
    assert lists_pairs.count_pairs_with_even_sum(items) == sum(s % 2 == 0 for s in sums)
    assert lists_pairs.count_pairs_with_odd_sum(items) == sum(s % 2 == 1 for s in sums)
    assert lists_pairs.max_product_of_two(items) == max(map(math.prod, pairs))
    assert math.prod(lists_pairs.max_product_pair(items)) == max(map(math.prod, pairs))
    triples = list(combinations(items, 3))
    assert lists_pairs.max_product_of_three(items) == max(map(math.prod, triples))
    assert lists_pairs.min_difference(items) == min(abs(a - b) for a, b in pairs)


@given(LISTS, NUMBERS)
@settings(max_examples=150, deadline=None)
def test_subsets_are_those_of_trying_all(items: list[int], target: int) -> None:
    sums = [sum(choice) for choice in _choices(items)]
    assert lists_combinations.has_subset_with_sum(items, target) == (target in sums)
    assert lists_combinations.count_subsets_with_sum(items, target) == sums.count(target)
    gap = min(abs(sum(items) - 2 * each) for each in sums)
    assert lists_combinations.min_partition_difference(items) == gap
    assert lists_combinations.can_partition_equally(items) == (gap == 0)


@given(FILLED, NUMBERS, st.integers(1, 3))
@settings(max_examples=150, deadline=None)
def test_sublists_are_those_of_trying_all(items: list[int], target: int, size: int) -> None:
    runs = _runs(items)
    fitting = [len(run) for run in runs if sum(run) == target]
    assert sublists.longest_sublist_with_sum(items, target) == max(fitting, default=0)
    assert sublists.has_zero_sum_sublist(items) == any(sum(run) == 0 for run in runs)
    rising = [len(run) for run in runs if all(a < b for a, b in pairwise(run))]
    assert sublists.longest_increasing_run(items) == max(rising)
    assert sublists.window_maxima(items, size) == [max(run) for run in runs if len(run) == size]
    balanced = [k for k in range(len(items)) if sum(items[:k]) == sum(items[k + 1 :])]
    assert sublists.equilibrium_index(items) == (balanced or [-1])[0]
    values = set(items)
    chains = [list(range(low, high + 1)) for low in values for high in values]
    unbroken = [len(chain) for chain in chains if values.issuperset(chain)]
    assert sublists.longest_consecutive_numbers(items) == max(unbroken)
    positive = [abs(item) + 1 for item in items]
    enough = [len(run) for run in _runs(positive) if sum(run) >= 2 * size]
    assert sublists.shortest_sublist_reaching(positive, 2 * size) == min(enough, default=0)
    lowest = sorted(sorted(range(len(items)), key=items.__getitem__)[:size])
    assert sets_heaps.n_smallest_in_order(items, size) == [items[k] for k in lowest]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted), max_size=5))
@settings(max_examples=100, deadline=None)
def test_merged_intervals_cover_the_same_points_and_lie_apart(intervals: list[list[int]]) -> None:
    def covered(some: Sequence[Sequence[float]]) -> list[bool]:
        return [any(low <= k / 2 <= high for low, high in some) for k in range(20)]

    merged = lists_runs.merge_intervals(intervals)
    assert covered(merged) == covered(intervals)
    assert all(a[1] < b[0] for a, b in pairwise(merged))
    numbers = sorted({low for low, _ in intervals})
    ranges = ",".join(lists_runs.summarize_ranges(numbers))
    assert not numbers or lists_runs.expand_ranges(ranges) == numbers


@given(st.permutations(range(6)))
@settings(max_examples=60, deadline=None)
def test_orders_follow_each_other_and_are_sorted_by_few_swaps(order: list[int]) -> None:
    orders = list(map(list, permutations(range(6))))
    following = orders[(orders.index(order) + 1) % len(orders)]
    assert lists_combinations.next_permutation(order) == following
    swapped = [sorting_keys.min_swaps_to_sort(_swapped(order, *pair)) for pair in SWAPS]
    left = sorting_keys.min_swaps_to_sort(order)
    assert left == (0 if order == sorted(order) else 1 + min(swapped))
    assert sorting_keys.can_sort_by_one_swap(order) == (left <= 1)


SWAPS = list(combinations(range(6), 2))


def _swapped(items: list[int], first: int, second: int) -> list[int]:
    result = list(items)
    result[first], result[second] = result[second], result[first]
    return result


@pytest.mark.parametrize("count", range(6))
def test_derangements_are_counted_as_by_trying_all(count: int) -> None:
    orders = permutations(range(count))
    moved = sum(all(place != item for place, item in enumerate(order)) for order in orders)
    assert lists_combinations.count_derangements_of(range(count)) == moved


def test_what_is_missing_is_none() -> None:
    assert lists_search.first_duplicate([1, 2]) is None
    assert lists_search.first_non_repeated([1, 1]) is None
    assert lists_order.second_largest([4, 4]) is None
    assert lists_order.second_smallest([]) is None
