"""Our snippets on numbers agree with another implementation: sympy, statistics, brute force."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise, permutations, product
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.functions.combinatorial.numbers import stirling

from hrm_engine.codegen.library.snippets import (
    averages,
    bases,
    bit_patterns,
    bits,
    clock,
    combinatorics,
    counting_dp,
    dates,
    digits,
    divisors,
    figurate,
    grids,
    matrices,
    modular,
    money,
    number_words,
    optimising_dp,
    primes,
    puzzles,
    pyramids,
    ratios,
    roots,
    sequences,
    subarrays,
)

Oracle = tuple[Callable[[int], Any], Callable[[int], Any]]

OF_ONE_NUMBER: dict[str, Oracle] = {
    "is prime": (primes.is_prime, sympy.isprime),
    "factors": (primes.prime_factor_powers, lambda n: dict(sympy.factorint(n))),
    "primes up to": (primes.primes_up_to, lambda n: list(sympy.primerange(n + 1))),
    "next prime": (primes.next_prime, sympy.nextprime),
    "divisors": (divisors.divisors, sympy.divisors),
    "sum of divisors": (divisors.sum_of_divisors, sympy.divisor_sigma),
    "totient": (modular.totient, sympy.totient),
    "Fibonacci": (sequences.fibonacci, sympy.fibonacci),
    "Lucas": (sequences.lucas_number, sympy.lucas),
    "Catalan": (combinatorics.catalan_number, sympy.catalan),
    "Bell": (combinatorics.bell_number, sympy.bell),
    "derangements": (combinatorics.subfactorial, sympy.subfactorial),
    "partitions": (counting_dp.count_partitions, sympy.partition),
    "perfect squares": (roots.is_perfect_square, lambda n: n in {k * k for k in range(9)}),
    "Roman": (lambda n: bases.from_roman(bases.to_roman(n)), lambda n: n),
    "words": (lambda n: number_words.words_to_number(number_words.number_to_words(n)), int),
    "set bits": (bits.count_set_bits, lambda n: format(n, "b").count("1")),
}


@pytest.mark.parametrize("name", OF_ONE_NUMBER)
def test_a_function_of_one_number_agrees_with_its_oracle(name: str) -> None:
    ours, other = OF_ONE_NUMBER[name]
    assert [ours(n) for n in range(1, 60)] == [other(n) for n in range(1, 60)]


@pytest.mark.parametrize("sides", range(3, 11))
def test_figurate_numbers_are_the_sums_that_they_are_named_for(sides: int) -> None:
    polygon = [sum(1 + (sides - 2) * k for k in range(n)) for n in range(12)]
    assert [figurate.polygonal_number(sides, n) for n in range(12)] == polygon
    stacked = [sum(polygon[: n + 1]) for n in range(12)]
    assert [pyramids.pyramidal_number(sides, n) for n in range(12)] == stacked


@pytest.mark.parametrize("n", range(7))
def test_permutations_are_counted_by_cycles_groups_rises_and_places(n: int) -> None:
    orders = list(permutations(range(n)))
    rises = [sum(a < b for a, b in pairwise(order)) for order in orders]
    fixed = [sum(k == value for k, value in enumerate(order)) for order in orders]
    for k in range(n + 2):
        assert combinatorics.stirling_second(n, k) == stirling(n, k)
        assert combinatorics.stirling_first(n, k) == stirling(n, k, kind=1, signed=False)
        assert combinatorics.eulerian_number(n, k) == rises.count(k)
        assert combinatorics.count_partial_derangements(n, k) == fixed.count(k)


def test_the_next_number_with_the_same_digits_is_the_next_of_all_orders() -> None:
    for n in range(1, 1500):
        larger = [int("".join(order)) for order in permutations(str(n))]
        expected = min((other for other in larger if other > n), default=-1)
        assert digits.next_number_with_same_digits(n) == expected


LISTS = st.lists(st.integers(-9, 9), min_size=2, max_size=7)
MATRICES = st.integers(1, 4).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(-5, 5), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


def _choices(values: Sequence[int]) -> list[tuple[int, ...]]:
    """Every selection of places of `values`."""
    return [c for size in range(len(values) + 1) for c in combinations(range(len(values)), size)]


@given(LISTS)
@settings(max_examples=50, deadline=None)
def test_the_best_of_a_list_is_the_best_of_all_that_could_be_taken(values: list[int]) -> None:
    runs = [values[i:j] for i in range(len(values)) for j in range(i + 1, len(values) + 1)]
    assert subarrays.max_subarray_sum(values) == max(map(sum, runs))
    assert subarrays.min_subarray_sum(values) == min(map(sum, runs))
    assert subarrays.max_subarray_product(values) == max(map(math.prod, runs))
    assert subarrays.count_subarrays_with_sum(values, 3) == [*map(sum, runs)].count(3)
    chosen = [[values[k] for k in places] for places in _choices(values)]
    rising = [each for each in chosen if all(a < b for a, b in pairwise(each))]
    assert optimising_dp.longest_increasing_subsequence(values) == max(map(len, rising))
    assert optimising_dp.max_sum_increasing_subsequence(values) == max(map(sum, rising[1:]))
    apart = [p for p in _choices(values) if all(b - a > 1 for a, b in pairwise(p))]
    best = max(sum(values[k] for k in places) for places in apart)
    assert subarrays.max_sum_without_neighbours(values) == best


@given(LISTS)
@settings(max_examples=50, deadline=None)
def test_knapsacks_and_coins_agree_with_trying_everything(values: list[int]) -> None:
    worth = [abs(value) + 1 for value in values]
    weights = [value % 5 + 1 for value in values]
    fitting = [c for c in _choices(values) if sum(weights[k] for k in c) <= 9]
    expected = max(sum(worth[k] for k in c) for c in fitting)
    assert optimising_dp.knapsack(worth, weights, 9) == expected
    coins = sorted(set(worth))[:3]
    paid = [
        p for p in product(range(13), repeat=len(coins)) if sum(map(int.__mul__, p, coins)) == 12
    ]
    assert counting_dp.count_coin_ways(coins, 12) == len(paid)
    assert optimising_dp.fewest_coins(coins, 12) == min(map(sum, paid), default=-1)


@given(LISTS)
@settings(max_examples=50, deadline=None)
def test_averages_agree_with_the_standard_library(values: list[int]) -> None:
    assert averages.median(values) == statistics.median(values)
    assert averages.modes(values) == statistics.multimode(values)
    assert averages.population_variance(values) == pytest.approx(statistics.pvariance(values))
    assert averages.sample_deviation(values) == pytest.approx(statistics.stdev(values))
    expected = statistics.quantiles(values, method="inclusive")
    assert averages.quartiles(values) == pytest.approx(tuple(expected))


@given(MATRICES)
@settings(max_examples=25, deadline=None)
def test_matrices_agree_with_sympy(rows: list[list[int]]) -> None:
    exact = sympy.Matrix(rows)
    assert matrices.determinant(rows) == exact.det()
    assert matrices.matrix_power(rows, 5) == (exact**5).tolist()
    assert sorted(grids.spiral_order(rows)) == sorted(exact)


def test_fractions_survive_each_way_of_writing_them() -> None:
    for b in range(2, 40):
        for a in range(1, b):
            units = ratios.egyptian_fraction(a, b)
            assert sum(Fraction(1, unit) for unit in units) == Fraction(a, b)
            quotients = ratios.continued_fraction(a, b)
            assert Fraction(*ratios.from_continued_fraction(quotients)) == Fraction(a, b)


def test_dates_and_times_agree_with_datetime() -> None:
    for passed in range(0, 1500, 11):
        day = date(2019, 1, 1) + timedelta(days=passed)
        parts = day.year, day.month, day.day
        assert dates.day_of_week(*parts) == day.strftime("%A")
        assert dates.day_of_year(*parts) == int(day.strftime("%j"))
        assert dates.week_number(*parts) == int(day.strftime("%V"))
    for minutes in range(1440):
        time = clock.minutes_to_time(minutes)
        assert clock.to_24_hours(clock.to_12_hours(time)) == time


def test_a_solved_puzzle_keeps_its_rules() -> None:
    pegs: dict[str, list[int]] = {"A": [4, 3, 2, 1], "B": [], "C": []}
    for source, target in puzzles.hanoi_moves(4, "A", "C", "B"):
        disc = pegs[source].pop()
        assert not pegs[target] or pegs[target][-1] > disc
        pegs[target].append(disc)
    assert pegs["C"] == [4, 3, 2, 1]
    assert all(matrices.is_magic_square(puzzles.magic_square(n)) for n in (1, 3, 5, 7))
    assert [puzzles.count_queens(n) for n in range(1, 8)] == [1, 0, 0, 2, 10, 4, 40]


@pytest.mark.parametrize(
    "call",
    [
        lambda: bases.to_base(5, 1),
        lambda: primes.largest_prime_factor(1),
        lambda: money.years_to_double(0),
        lambda: averages.mean([]),
        lambda: money.change_in_coins(3, [2]),
        lambda: bit_patterns.add_without_plus(-1, 1),
    ],
)
def test_what_has_no_answer_is_an_error(call: Callable[[], Any]) -> None:
    with pytest.raises((ValueError, ArithmeticError, LookupError)):
        call()
