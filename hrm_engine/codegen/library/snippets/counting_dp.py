"""Counting by dynamic programming: stairs, coins, paths, tilings, partitions, strings."""

from __future__ import annotations

import math
from collections.abc import Sequence


def count_stair_ways(n: int) -> int:
    """Count the ways to climb n stairs taking one or two steps at a time.

    Also: climbing stairs; staircase problem; compositions of n into ones and twos.

    >>> count_stair_ways(4)
    5
    >>> count_stair_ways(0)
    1
    """
    ways, following = 1, 1
    for _ in range(n):
        ways, following = following, ways + following
    return ways if n >= 0 else 0


def count_stair_ways_with_steps(n: int, steps: Sequence[int]) -> int:
    """Count the ways to climb n stairs with steps of the given sizes.

    Also: ordered sums that make n; staircase with allowed jumps.

    >>> count_stair_ways_with_steps(4, [1, 2, 3])
    7
    >>> count_stair_ways_with_steps(3, [2])
    0
    """
    ways = [1] + [0] * n
    for place in range(1, n + 1):
        ways[place] = sum(ways[place - step] for step in steps if step <= place)
    return ways[n] if n >= 0 else 0


def count_coin_ways(coins: Sequence[int], amount: int) -> int:
    """Count the ways to make an amount with coins of the given values.

    Also: coin change; number of combinations of denominations; each coin unlimited.

    >>> count_coin_ways([1, 2, 5], 5)
    4
    >>> count_coin_ways([2], 3)
    0
    """
    ways = [1] + [0] * amount
    for coin in coins:
        for total in range(coin, amount + 1):
            ways[total] += ways[total - coin]
    return ways[amount] if amount >= 0 else 0


def count_sign_assignments(values: Sequence[int], target: int) -> int:
    """Count the ways to put plus or minus before each number to reach a target.

    Also: target sum; assign signs to the elements.

    >>> count_sign_assignments([1, 1, 1, 1, 1], 3)
    5
    >>> count_sign_assignments([2], 1)
    0
    """
    ways = {0: 1}
    for value in values:
        following: dict[int, int] = {}
        for total, times in ways.items():
            for signed in (total + value, total - value):
                following[signed] = following.get(signed, 0) + times
        ways = following
    return ways.get(target, 0)


def count_partitions(n: int) -> int:
    """Count the partitions of a number into positive summands, order ignored.

    Also: partition function; ways to write n as a sum of natural numbers.

    >>> count_partitions(5)
    7
    >>> count_partitions(0)
    1
    """
    ways = [1] + [0] * n
    for part in range(1, n + 1):
        for total in range(part, n + 1):
            ways[total] += ways[total - part]
    return ways[n] if n >= 0 else 0


def count_distinct_partitions(n: int) -> int:
    """Count the partitions of a number into different summands.

    Also: ways to write n as a sum of distinct natural numbers; partitions with unequal parts.

    >>> count_distinct_partitions(6)
    4
    >>> count_distinct_partitions(0)
    1
    """
    ways = [1] + [0] * n
    for part in range(1, n + 1):
        for total in range(n, part - 1, -1):
            ways[total] += ways[total - part]
    return ways[n] if n >= 0 else 0


def count_partitions_into(n: int, parts: int) -> int:
    """Count the partitions of a number into exactly so many summands.

    Also: ways to write n as a sum of k natural numbers, order ignored; partitions with k parts.

    >>> count_partitions_into(7, 3)
    4
    >>> count_partitions_into(3, 4)
    0
    >>> count_partitions_into(0, 0)
    1
    """
    if n == 0 and parts == 0:
        return 1
    if n <= 0 or parts <= 0:
        return 0
    return count_partitions_into(n - 1, parts - 1) + count_partitions_into(n - parts, parts)


def partitions(n: int) -> list[list[int]]:
    """List all partitions of a number, summands in descending order.

    Also: every way to write n as a sum of natural numbers; integer partitions.

    >>> partitions(4)
    [[4], [3, 1], [2, 2], [2, 1, 1], [1, 1, 1, 1]]
    >>> partitions(0)
    [[]]
    """

    def below(rest: int, most: int) -> list[list[int]]:
        """Partitions of rest with no summand above most."""
        if rest == 0:
            return [[]]
        first = range(min(rest, most), 0, -1)
        return [[part, *others] for part in first for others in below(rest - part, part)]

    return below(n, n)


def count_grid_paths(rows: int, columns: int) -> int:
    """Count the paths from the top left to the bottom right of a grid, right and down only.

    Also: unique paths through rows times columns of cells; lattice paths.

    >>> count_grid_paths(3, 3)
    6
    >>> count_grid_paths(1, 5)
    1
    """
    return math.comb(rows + columns - 2, rows - 1)


def count_paths_with_obstacles(grid: Sequence[Sequence[int]]) -> int:
    """Count the paths through a grid around obstacles marked 1, right and down only.

    Also: unique paths with blocked cells; from the top left to the bottom right.

    >>> count_paths_with_obstacles([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
    2
    >>> count_paths_with_obstacles([[1]])
    0
    >>> count_paths_with_obstacles([])
    0
    """
    if not grid:
        return 0
    ways = [1] + [0] * (len(grid[0]) - 1)
    for row in grid:
        for column, blocked in enumerate(row):
            if blocked:
                ways[column] = 0
            elif column:
                ways[column] += ways[column - 1]
    return ways[-1]


def delannoy_number(m: int, n: int) -> int:
    """Find the Delannoy number of m and n.

    Also: paths on a grid with steps right, up and diagonal; king's walks across a board.

    >>> delannoy_number(2, 2)
    13
    >>> delannoy_number(0, 5)
    1
    """
    return sum(math.comb(m, k) * math.comb(n, k) * 2**k for k in range(min(m, n) + 1))


def motzkin_number(n: int) -> int:
    """Find the nth Motzkin number.

    Also: ways to join points on a circle by chords that do not cross; up, down, level paths.

    >>> motzkin_number(4)
    9
    >>> motzkin_number(0)
    1
    """
    terms = (math.comb(n, 2 * k) * math.comb(2 * k, k) // (k + 1) for k in range(n // 2 + 1))
    return sum(terms)


def count_domino_tilings(n: int) -> int:
    """Count the ways to tile a 2 by n board with dominoes.

    Also: tilings of a strip two cells high with 2x1 tiles; cover a 2 x n floor with dominoes.

    >>> count_domino_tilings(4)
    5
    >>> count_domino_tilings(1)
    1
    """
    return count_stair_ways(n)


def count_tilings_three_high(n: int) -> int:
    """Count the ways to tile a 3 by n board with dominoes.

    Also: tilings of a strip three cells high with 2x1 tiles; 0 for odd n.

    >>> count_tilings_three_high(4)
    11
    >>> count_tilings_three_high(3)
    0
    """
    if n % 2:
        return 0
    ways, following = 1, 3
    for _ in range(n // 2):
        ways, following = following, 4 * following - ways
    return ways


def count_tilings_with_width(n: int, width: int) -> int:
    """Count the ways to tile a board of width by n with tiles of 1 by width.

    Also: tiles laid flat or upright; generalised strip tilings.

    >>> count_tilings_with_width(4, 3)
    3
    >>> count_tilings_with_width(2, 3)
    1
    """
    ways = [1] * (n + 1)
    for place in range(width, n + 1):
        ways[place] = ways[place - 1] + ways[place - width]
    return ways[n] if n >= 0 else 0


def count_binary_strings_without_ones_adjacent(n: int) -> int:
    """Count the binary strings of length n without two ones in a row.

    Also: bit strings with no consecutive 1s; binary words in which ones are never neighbours.

    >>> count_binary_strings_without_ones_adjacent(3)
    5
    >>> count_binary_strings_without_ones_adjacent(0)
    1
    """
    return count_stair_ways(n + 1)


def count_friend_pairings(n: int) -> int:
    """Count the ways in which n friends can stay single or be paired.

    Also: friends pairing problem; involutions of n items; telephone numbers.

    >>> count_friend_pairings(4)
    10
    >>> count_friend_pairings(0)
    1
    """
    ways, following = 1, 1
    for k in range(1, n + 1):
        ways, following = following, following + k * ways
    return ways


def count_fence_paintings(posts: int, colors: int) -> int:
    """Count the ways to paint a fence with at most two neighbouring posts of one colour.

    Also: paint fence problem; n posts and k colors.

    >>> count_fence_paintings(3, 2)
    6
    >>> count_fence_paintings(1, 4)
    4
    >>> count_fence_paintings(0, 3)
    1
    """
    if posts == 0:
        return 1
    same, different = 0, colors
    for _ in range(posts - 1):
        same, different = different, (same + different) * (colors - 1)
    return same + different


def count_decodings(digits: str) -> int:
    """Count the ways to decode digits as letters with A as 1 to Z as 26.

    Also: decode ways of a numeric message; letters from a digit string in how many ways.

    >>> count_decodings('226')
    3
    >>> count_decodings('06')
    0
    """
    before, ways = 0, 1
    for place, digit in enumerate(digits):
        pair = place > 0 and "10" <= digits[place - 1 : place + 1] <= "26"
        before, ways = ways, ways * (digit != "0") + before * pair
    return ways


def count_dice_throws(dice: int, sides: int, total: int) -> int:
    """Count the ways to throw a total with dice of so many sides.

    Also: number of dice rolls with a target sum; n dice with m faces and sum x.

    >>> count_dice_throws(3, 4, 5)
    6
    >>> count_dice_throws(0, 6, 0)
    1
    """
    ways = [1] + [0] * total
    for _ in range(dice):
        ways = [sum(ways[max(rest - sides, 0) : rest]) for rest in range(total + 1)]
    return ways[total] if total >= 0 else 0


def count_numbers_with_digit_sum(digits: int, total: int) -> int:
    """Count the numbers with so many digits whose digits add up to a total.

    Also: n-digit numbers of a given digit sum, no leading zero; how many n-digit numbers have a
    digit sum.

    >>> count_numbers_with_digit_sum(2, 5)
    5
    >>> count_numbers_with_digit_sum(1, 10)
    0
    """
    ways = [int(1 <= rest <= 9) for rest in range(total + 1)]
    for _ in range(digits - 1):
        ways = [sum(ways[max(rest - 9, 0) : rest + 1]) for rest in range(total + 1)]
    return ways[total] if total >= 0 else 0
