"""Self-referring and counting sequences: Hofstadter, Golomb, Thue-Morse, Farey, and others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise


def golomb_sequence(n: int) -> list[int]:
    """List the first n terms of Golomb's sequence.

    Also: the term k tells how often k occurs; self-describing non-decreasing sequence.

    >>> golomb_sequence(9)
    [1, 2, 2, 3, 3, 4, 4, 4, 5]
    >>> golomb_sequence(1)
    [1]
    """
    terms = [0, 1]
    for k in range(2, n + 1):
        terms.append(1 + terms[k - terms[terms[k - 1]]])
    return terms[1 : n + 1]


def hofstadter_q(n: int) -> int:
    """Find the nth term of the Hofstadter Q sequence.

    Also: Q(1) = Q(2) = 1, then Q(n) = Q(n - Q(n-1)) + Q(n - Q(n-2)); meta-Fibonacci sequence.

    >>> hofstadter_q(7)
    5
    >>> hofstadter_q(1)
    1
    """
    terms = [0, 1, 1]
    for k in range(3, n + 1):
        terms.append(terms[k - terms[k - 1]] + terms[k - terms[k - 2]])
    return terms[n]


def newman_conway(n: int) -> int:
    """Find the nth number of the Hofstadter-Conway sequence.

    Also: Newman-Conway number; P(n) = P(P(n-1)) + P(n - P(n-1)), starting from 1, 1.

    >>> newman_conway(8)
    4
    >>> newman_conway(2)
    1
    """
    terms = [0, 1, 1]
    for k in range(3, n + 1):
        terms.append(terms[terms[k - 1]] + terms[k - terms[k - 1]])
    return terms[n]


def recaman_sequence(n: int) -> list[int]:
    """List the first n terms of Recaman's sequence.

    Also: step k goes back by k if that is positive and new, else forward by k; Recaman numbers;
    subtract if you can, else add.

    >>> recaman_sequence(8)
    [0, 1, 3, 6, 2, 7, 13, 20]
    >>> recaman_sequence(0)
    []
    """
    terms: list[int] = []
    seen: set[int] = set()
    place = 0
    for step in range(n):
        back = place - step
        place = back if back > 0 and back not in seen else place + step
        terms.append(place)
        seen.add(place)
    return terms


def thue_morse(n: int) -> list[int]:
    """List the first n terms of the Thue-Morse sequence.

    Also: parity of the binary ones of 0, 1, 2 and so on; fair share sequence.

    >>> thue_morse(8)
    [0, 1, 1, 0, 1, 0, 0, 1]
    >>> thue_morse(0)
    []
    """
    return [k.bit_count() % 2 for k in range(n)]


def van_eck_sequence(n: int) -> list[int]:
    """List the first n terms of Van Eck's sequence.

    Also: how long ago the last term occurred before, or 0 if it is new; distance to the previous
    occurrence.

    >>> van_eck_sequence(8)
    [0, 0, 1, 0, 2, 0, 2, 2]
    >>> van_eck_sequence(1)
    [0]
    """
    terms = [0] * min(n, 1)
    last_seen: dict[int, int] = {}
    for place in range(1, n):
        before = terms[-1]
        terms.append(place - 1 - last_seen.get(before, place - 1))
        last_seen[before] = place - 1
    return terms


def ulam_numbers(n: int) -> list[int]:
    """List the first n Ulam numbers, starting from 1 and 2.

    Also: each is the smallest sum of two different earlier terms in exactly one way; Ulam sequence.

    >>> ulam_numbers(8)
    [1, 2, 3, 4, 6, 8, 11, 13]
    >>> ulam_numbers(1)
    [1]
    """
    terms = [1, 2]
    while len(terms) < n:
        following = terms[-1] + 1
        while sum(following - a in terms and 2 * a < following for a in terms) != 1:
            following += 1
        terms.append(following)
    return terms[:n]


def lucky_numbers(n: int) -> list[int]:
    """List the lucky numbers up to n.

    Also: sieve of Josephus Flavius; remove every second number, then every third left.

    >>> lucky_numbers(25)
    [1, 3, 7, 9, 13, 15, 21, 25]
    >>> lucky_numbers(1)
    [1]
    """
    left = list(range(1, n + 1, 2))
    place = 1
    while place < len(left) and left[place] <= len(left):
        del left[left[place] - 1 :: left[place]]
        place += 1
    return left


def moser_de_bruijn(n: int) -> int:
    """Find the nth Moser-de Bruijn number, starting from 0.

    Also: sums of different powers of four; binary digits read in base four.

    >>> moser_de_bruijn(5)
    17
    >>> moser_de_bruijn(0)
    0
    """
    return int(format(n, "b"), 4)


def stern_sequence(n: int) -> int:
    """Find the nth term of Stern's diatomic sequence, starting from 0 and 1.

    Also: Stern-Brocot; a(2k) = a(k) and a(2k+1) = a(k) + a(k+1).

    >>> stern_sequence(5)
    3
    >>> stern_sequence(8)
    1
    """
    a, b = 1, 0
    while n > 0:
        if n % 2:
            b += a
        else:
            a += b
        n //= 2
    return b


def farey_sequence(n: int) -> list[tuple[int, int]]:
    """List the Farey sequence of order n as numerators and denominators.

    Also: reduced fractions from 0 to 1 with a denominator not above n, ascending; ascending simple
    fractions between 0 and 1.

    >>> farey_sequence(3)
    [(0, 1), (1, 3), (1, 2), (2, 3), (1, 1)]
    >>> farey_sequence(1)
    [(0, 1), (1, 1)]
    """
    pairs = [(a, b) for b in range(1, n + 1) for a in range(b + 1) if math.gcd(a, b) == 1]
    return sorted(pairs, key=lambda pair: pair[0] / pair[1])


def is_arithmetic_progression(values: Sequence[float]) -> bool:
    """Check whether a sequence is an arithmetic progression.

    Also: constant difference between neighbouring terms; evenly spaced numbers.

    >>> is_arithmetic_progression([2, 5, 8, 11])
    True
    >>> is_arithmetic_progression([1, 2, 4])
    False
    """
    return len({b - a for a, b in pairwise(values)}) <= 1


def is_geometric_progression(values: Sequence[float]) -> bool:
    """Check whether a sequence is a geometric progression.

    Also: constant ratio between neighbouring terms; is it a GP; each term is a multiple of the
    last.

    >>> is_geometric_progression([2, 6, 18])
    True
    >>> is_geometric_progression([1, 2, 3])
    False
    """
    triples = zip(values, values[1:], values[2:], strict=False)
    return 0 not in values and all(b * b == a * c for a, b, c in triples)


def can_form_arithmetic_progression(values: Sequence[float]) -> bool:
    """Check whether numbers can be rearranged to form an arithmetic progression.

    Also: do the sorted elements have a constant difference; can an array be reordered with equal
    gaps.

    >>> can_form_arithmetic_progression([5, 1, 3])
    True
    >>> can_form_arithmetic_progression([1, 2, 4])
    False
    """
    return is_arithmetic_progression(sorted(values))


def missing_in_progression(values: Sequence[int]) -> int:
    """Find the missing term of an arithmetic progression.

    Also: the gap in evenly spaced numbers; one inner term was left out.

    >>> missing_in_progression([2, 4, 8, 10])
    6
    >>> missing_in_progression([1, 7, 10])
    4
    """
    step = (values[-1] - values[0]) // len(values)
    return next(a + step for a, b in pairwise(values) if b != a + step)


def differences(values: Sequence[float]) -> list[float]:
    """List the differences between neighbouring elements.

    Also: consecutive differences; each number minus the one before it.

    >>> differences([1, 4, 9, 16])
    [3, 5, 7]
    >>> differences([5])
    []
    """
    return [b - a for a, b in pairwise(values)]


def josephus(n: int, k: int) -> int:
    """Find the survivor of the Josephus problem, counting positions from 1.

    Also: people in a circle, every kth is removed; the last one left.

    >>> josephus(7, 3)
    4
    >>> josephus(5, 2)
    3
    """
    place = 0
    for size in range(2, n + 1):
        place = (place + k) % size
    return place + 1
