"""Best answers by dynamic programming: coins, knapsack, cutting, paths, subsequences, eggs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate


def fewest_coins(coins: Sequence[int], amount: int) -> int:
    """Find the smallest number of coins that make an amount.

    Also: minimum coin change; fewest notes; -1 if the amount cannot be made.

    >>> fewest_coins([1, 3, 4], 6)
    2
    >>> fewest_coins([2], 3)
    -1
    >>> fewest_coins([5], 0)
    0
    """
    never = amount + 1
    fewest = [0] + [never] * amount
    for total in range(1, amount + 1):
        fewest[total] = min((fewest[total - c] + 1 for c in coins if c <= total), default=never)
    return fewest[amount] if amount >= 0 and fewest[amount] < never else -1


def fewest_squares(n: int) -> int:
    """Find the smallest number of perfect squares that add up to a number.

    Also: write n as a sum of as few squares as possible; Lagrange.

    >>> fewest_squares(12)
    3
    >>> fewest_squares(25)
    1
    """
    squares = [k * k for k in range(1, n + 1) if k * k <= n]
    fewest = [0] * (n + 1)
    for total in range(1, n + 1):
        fewest[total] = 1 + min(fewest[total - square] for square in squares if square <= total)
    return fewest[n]


def knapsack(values: Sequence[int], weights: Sequence[int], capacity: int) -> int:
    """Find the greatest value that fits into a knapsack, each item taken at most once.

    Also: 0/1 knapsack problem; best selection within a weight limit.

    >>> knapsack([3, 4, 8], [2, 3, 4], 6)
    11
    >>> knapsack([5], [4], 3)
    0
    """
    best = [0] * (capacity + 1)
    for value, weight in zip(values, weights, strict=True):
        for room in range(capacity, weight - 1, -1):
            best[room] = max(best[room], best[room - weight] + value)
    return best[capacity]


def unbounded_knapsack(values: Sequence[int], weights: Sequence[int], capacity: int) -> int:
    """Find the greatest value that fits into a knapsack, items taken as often as wanted.

    Also: unbounded knapsack; unlimited supply within a weight limit.

    >>> unbounded_knapsack([4, 9], [2, 4], 7)
    13
    >>> unbounded_knapsack([5], [4], 3)
    0
    """
    best = [0] * (capacity + 1)
    for room in range(1, capacity + 1):
        options = [best[room - w] + v for v, w in zip(values, weights, strict=True) if w <= room]
        best[room] = max([best[room - 1], *options])
    return best[capacity]


def fractional_knapsack(
    values: Sequence[float], weights: Sequence[float], capacity: float
) -> float:
    """Find the greatest value that fits into a knapsack when items may be cut.

    Also: fractional knapsack; greedy by value per weight.

    >>> fractional_knapsack([6, 8], [2, 4], 4)
    10.0
    >>> fractional_knapsack([5], [4], 2)
    2.5
    """
    total = 0.0
    items = sorted(zip(values, weights, strict=True), key=lambda item: -item[0] / item[1])
    for value, weight in items:
        taken = min(weight, capacity)
        total += value * taken / weight
        capacity -= taken
    return total


def cut_rod(prices: Sequence[int], length: int) -> int:
    """Find the greatest price for a rod cut into pieces, prices for lengths from 1.

    Also: rod cutting; maximum revenue.

    >>> cut_rod([1, 5, 8, 9], 4)
    10
    >>> cut_rod([2], 0)
    0
    """
    best = [0] * (length + 1)
    for total in range(1, length + 1):
        pieces = range(1, min(total, len(prices)) + 1)
        best[total] = max(prices[piece - 1] + best[total - piece] for piece in pieces)
    return best[length]


def largest_product_of_parts(n: int) -> int:
    """Find the greatest product of at least two natural numbers that add up to n.

    Also: integer break; rope cutting; split a number for the maximum product.

    >>> largest_product_of_parts(10)
    36
    >>> largest_product_of_parts(2)
    1
    """
    best = [0] * (n + 1)
    for total in range(2, n + 1):
        best[total] = max(k * max(total - k, best[total - k]) for k in range(1, total))
    return best[n]


def min_path_cost(grid: Sequence[Sequence[int]]) -> int:
    """Find the lowest cost of a path through a grid of costs, right and down only.

    Also: minimum path sum from the top left to the bottom right; cheapest way through a matrix.

    >>> min_path_cost([[1, 3, 1], [1, 5, 1], [4, 2, 1]])
    7
    >>> min_path_cost([[5]])
    5
    """
    costs = list(accumulate(grid[0]))
    for row in grid[1:]:
        costs[0] += row[0]
        for column in range(1, len(row)):
            costs[column] = row[column] + min(costs[column], costs[column - 1])
    return costs[-1]


def min_path_cost_with_diagonals(grid: Sequence[Sequence[int]]) -> int:
    """Find the lowest cost of a path through a grid of costs, right, down and diagonal.

    Also: minimum path sum to the bottom right with diagonal steps; cheapest way through a matrix
    with three directions.

    >>> min_path_cost_with_diagonals([[2, 1, 4], [3, 1, 9], [5, 2, 1]])
    4
    >>> min_path_cost_with_diagonals([[5, 1]])
    6
    """
    costs = list(accumulate(grid[0]))
    for row in grid[1:]:
        above = costs
        costs = [above[0] + row[0]]
        for column in range(1, len(row)):
            costs.append(row[column] + min(above[column], above[column - 1], costs[-1]))
    return costs[-1]


def max_path_sum_in_triangle(triangle: Sequence[Sequence[int]]) -> int:
    """Find the greatest sum of a path from the top to the bottom of a number triangle.

    Also: maximum path in a triangle; step to one of the two numbers below.

    >>> max_path_sum_in_triangle([[3], [7, 4], [2, 4, 6]])
    14
    >>> max_path_sum_in_triangle([[5]])
    5
    """
    best = [0] * (len(triangle) + 1)
    for row in reversed(triangle):
        best = [value + max(best[k], best[k + 1]) for k, value in enumerate(row)]
    return best[0]


def min_stairs_cost(costs: Sequence[int]) -> int:
    """Find the lowest cost to climb past the last stair, one or two steps at a time.

    Also: min cost climbing stairs; start at the first or the second stair.

    >>> min_stairs_cost([10, 15, 20])
    15
    >>> min_stairs_cost([])
    0
    """
    below, here = 0, 0
    for cost in costs:
        below, here = here, cost + min(below, here)
    return min(below, here)


def fewest_jumps(jumps: Sequence[int]) -> int:
    """Find the smallest number of jumps to the end of a list of greatest jump lengths.

    Also: jump game; minimum jumps to reach the last index; -1 if it cannot be reached.

    >>> fewest_jumps([2, 3, 1, 1, 4])
    2
    >>> fewest_jumps([0, 1])
    -1
    >>> fewest_jumps([7])
    0
    """
    count = reach = end = 0
    for place in range(len(jumps) - 1):
        reach = max(reach, place + jumps[place])
        if place == end:
            if reach == place:
                return -1
            count, end = count + 1, reach
    return count


def longest_increasing_subsequence(values: Sequence[int]) -> int:
    """Find the length of the longest strictly increasing subsequence.

    Also: LIS; longest run of growing numbers with gaps.

    >>> longest_increasing_subsequence([10, 9, 2, 5, 3, 7, 101, 18])
    4
    >>> longest_increasing_subsequence([])
    0
    """
    ends: list[int] = []
    for value in values:
        place = bisect_left(ends, value)
        ends[place : place + 1] = [value]
    return len(ends)


def longest_decreasing_subsequence(values: Sequence[int]) -> int:
    """Find the length of the longest strictly decreasing subsequence.

    Also: longest run of falling numbers with gaps; LDS.

    >>> longest_decreasing_subsequence([5, 3, 4, 1])
    3
    >>> longest_decreasing_subsequence([])
    0
    """
    return longest_increasing_subsequence([-value for value in values])


def longest_bitonic_subsequence(values: Sequence[int]) -> int:
    """Find the length of the longest subsequence that first increases and then decreases.

    Also: bitonic subsequence; up and down.

    >>> longest_bitonic_subsequence([2, 1, 4, 6, 3, 5, 2])
    5
    >>> longest_bitonic_subsequence([3])
    1
    """

    def rising(items: Sequence[int]) -> list[int]:
        """Length of the longest increasing subsequence that ends at each item."""
        ends: list[int] = []
        for place, item in enumerate(items):
            ends.append(1 + max((ends[k] for k in range(place) if items[k] < item), default=0))
        return ends

    up, down = rising(values), rising(values[::-1])[::-1]
    return max((a + b - 1 for a, b in zip(up, down, strict=True)), default=0)


def max_sum_increasing_subsequence(values: Sequence[int]) -> int:
    """Find the greatest sum of a strictly increasing subsequence.

    Also: heaviest growing subsequence; 0 for no elements.

    >>> max_sum_increasing_subsequence([5, 1, 2, 9, 3])
    14
    >>> max_sum_increasing_subsequence([3, 2, 1])
    3
    """
    sums: list[int] = []
    for place, value in enumerate(values):
        before = (sums[k] for k in range(place) if values[k] < value)
        sums.append(value + max(0, max(before, default=0)))
    return max(sums, default=0)


def egg_drop(eggs: int, floors: int) -> int:
    """Find the fewest trials that always find the critical floor with so many eggs.

    Also: egg dropping puzzle; worst case number of drops.

    >>> egg_drop(2, 10)
    4
    >>> egg_drop(1, 7)
    7
    """
    reach, trials = [0] * (eggs + 1), 0
    while reach[eggs] < floors:
        trials += 1
        for egg in range(eggs, 0, -1):
            reach[egg] += reach[egg - 1] + 1
    return trials


def matrix_chain_cost(sizes: Sequence[int]) -> int:
    """Find the fewest multiplications for a chain of matrices.

    Also: matrix chain order; matrix k has sizes[k] rows and sizes[k + 1] columns.

    >>> matrix_chain_cost([2, 3, 4, 5])
    64
    >>> matrix_chain_cost([10, 20])
    0
    """
    count = len(sizes)
    cost = [[0] * count for _ in range(count)]
    for width in range(2, count):
        for i in range(count - width):
            j = i + width
            cuts = range(i + 1, j)
            cost[i][j] = min(cost[i][k] + cost[k][j] + sizes[i] * sizes[k] * sizes[j] for k in cuts)
    return cost[0][-1]
