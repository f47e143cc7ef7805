"""Bits of whole numbers: counting, testing, setting, swapping, rotating."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_, xor


def count_set_bits(n: int) -> int:
    """Count the set bits of a number.

    Also: number of ones in the binary representation; population count; Hamming weight.

    >>> count_set_bits(13)
    3
    >>> count_set_bits(0)
    0
    """
    return n.bit_count()


def count_zero_bits(n: int) -> int:
    """Count the zeros in the binary form of a non-negative number.

    Also: number of unset bits; how many binary digits are 0.

    >>> count_zero_bits(10)
    2
    >>> count_zero_bits(7)
    0
    """
    return format(n, "b").count("0")


def bit_length(n: int) -> int:
    """Count the bits that a number needs.

    Also: number of binary digits of an integer; bit length.

    >>> bit_length(8)
    4
    >>> bit_length(0)
    0
    """
    return n.bit_length()


def count_set_bits_up_to(n: int) -> int:
    """Count the set bits of all numbers from 1 to n together.

    Also: total number of ones in the binary forms up to a limit; sum of the bit counts from 1 to n.

    >>> count_set_bits_up_to(4)
    5
    >>> count_set_bits_up_to(0)
    0
    """
    return sum(k.bit_count() for k in range(n + 1))


def bit_counts_up_to(n: int) -> list[int]:
    """List the number of set bits of each number from 0 to n.

    Also: counting bits table; ones in binary of every number up to n.

    >>> bit_counts_up_to(5)
    [0, 1, 1, 2, 1, 2]
    >>> bit_counts_up_to(0)
    [0]
    """
    return [k.bit_count() for k in range(n + 1)]


def is_power_of_two(n: int) -> bool:
    """Check whether a number is a power of two.

    Also: has it exactly one set bit; is n 1, 2, 4, 8, 16 and so on.

    >>> is_power_of_two(16)
    True
    >>> is_power_of_two(18)
    False
    >>> is_power_of_two(0)
    False
    """
    return n > 0 and n & (n - 1) == 0


def is_power_of_four(n: int) -> bool:
    """Check whether a number is a power of four.

    Also: is n 1, 4, 16, 64 and so on; 4 to some exponent.

    >>> is_power_of_four(64)
    True
    >>> is_power_of_four(8)
    False
    """
    return n > 0 and n & (n - 1) == 0 and n % 3 == 1


def next_power_of_two(n: int) -> int:
    """Find the smallest power of two that is not smaller than a number.

    Also: round up to a power of two; next highest power of 2.

    >>> next_power_of_two(17)
    32
    >>> next_power_of_two(16)
    16
    >>> next_power_of_two(0)
    1
    """
    return 1 << max(n - 1, 0).bit_length()


def previous_power_of_two(n: int) -> int:
    """Find the largest power of two that is not larger than a number.

    Also: round down to a power of two; value of the highest set bit.

    >>> previous_power_of_two(17)
    16
    >>> previous_power_of_two(16)
    16
    >>> previous_power_of_two(0)
    0
    """
    return 1 << (n.bit_length() - 1) if n > 0 else 0


def get_bit(n: int, position: int) -> int:
    """Find the bit of a number at a position counted from the right, starting at 0.

    Also: kth bit; is it 0 or 1.

    >>> get_bit(10, 1)
    1
    >>> get_bit(10, 2)
    0
    """
    return n >> position & 1


def is_bit_set(n: int, position: int) -> bool:
    """Check whether the bit of a number at a position is set, counted from 0 at the right.

    Also: test the kth bit; is the flag on.

    >>> is_bit_set(10, 3)
    True
    >>> is_bit_set(10, 0)
    False
    """
    return n >> position & 1 == 1


def set_bit(n: int, position: int) -> int:
    """Set the bit of a number at a position counted from the right, starting at 0.

    Also: turn the kth bit on; switch a flag on.

    >>> set_bit(8, 1)
    10
    >>> set_bit(8, 3)
    8
    """
    return n | 1 << position


def clear_bit(n: int, position: int) -> int:
    """Clear the bit of a number at a position counted from the right, starting at 0.

    Also: turn the kth bit off; unset a flag.

    >>> clear_bit(10, 1)
    8
    >>> clear_bit(8, 0)
    8
    """
    return n & ~(1 << position)


def toggle_bit(n: int, position: int) -> int:
    """Toggle the bit of a number at a position counted from the right, starting at 0.

    Also: flip the kth bit; invert one bit.

    >>> toggle_bit(10, 0)
    11
    >>> toggle_bit(10, 1)
    8
    """
    return n ^ 1 << position


def flip_all_bits(n: int) -> int:
    """Invert all bits of a non-negative number within its own length.

    Also: ones' complement; binary complement; change zeros to ones and ones to zeros.

    >>> flip_all_bits(10)
    5
    >>> flip_all_bits(7)
    0
    """
    return n ^ ((1 << n.bit_length()) - 1)


def toggle_bits_between(n: int, low: int, high: int) -> int:
    """Toggle the bits of a number from one position to another, counted from 1 at the right.

    Also: flip a range of bits, both ends included; invert the bits in positions l to r.

    >>> toggle_bits_between(8, 1, 3)
    15
    >>> toggle_bits_between(7, 2, 2)
    5
    """
    return n ^ (((1 << (high - low + 1)) - 1) << (low - 1))


def lowest_set_bit(n: int) -> int:
    """Find the value of the lowest set bit of a number.

    Also: rightmost one; largest power of two that divides n; least significant set bit.

    >>> lowest_set_bit(12)
    4
    >>> lowest_set_bit(0)
    0
    """
    return n & -n


def position_of_lowest_set_bit(n: int) -> int:
    """Find the position of the lowest set bit of a number, starting at 1; 0 if none is set.

    Also: index of the rightmost one; where is the first 1 bit from the right.

    >>> position_of_lowest_set_bit(12)
    3
    >>> position_of_lowest_set_bit(0)
    0
    """
    return (n & -n).bit_length()


def clear_lowest_set_bit(n: int) -> int:
    """Clear the lowest set bit of a number.

    Also: turn off the rightmost one; unset the least significant set bit.

    >>> clear_lowest_set_bit(12)
    8
    >>> clear_lowest_set_bit(0)
    0
    """
    return n & (n - 1)


def trailing_zero_bits(n: int) -> int:
    """Count the trailing zeros in the binary form of a positive number.

    Also: how often is n divisible by two; zeros after the last one bit.

    >>> trailing_zero_bits(12)
    2
    >>> trailing_zero_bits(7)
    0
    """
    return (n & -n).bit_length() - 1


def has_even_parity(n: int) -> bool:
    """Check whether a number has an even number of set bits.

    Also: parity of the ones; evil number.

    >>> has_even_parity(5)
    True
    >>> has_even_parity(7)
    False
    """
    return n.bit_count() % 2 == 0


def have_equal_bit_counts(a: int, b: int) -> bool:
    """Check whether two numbers have the same number of set bits.

    Also: equally many ones in binary; same popcount.

    >>> have_equal_bit_counts(3, 12)
    True
    >>> have_equal_bit_counts(1, 3)
    False
    """
    return a.bit_count() == b.bit_count()


def differing_bits(a: int, b: int) -> int:
    """Count the bits in which two numbers differ.

    Also: Hamming distance of integers; bits to flip to turn one into the other.

    >>> differing_bits(1, 4)
    2
    >>> differing_bits(7, 7)
    0
    """
    return (a ^ b).bit_count()


def swap_bits(n: int, first: int, second: int) -> int:
    """Swap two bits of a number, positions counted from 0 at the right.

    Also: exchange the bits at positions i and j; interchange two bit positions.

    >>> swap_bits(4, 0, 2)
    1
    >>> swap_bits(5, 0, 2)
    5
    """
    differ = (n >> first ^ n >> second) & 1
    return n ^ (differ << first | differ << second) if first != second else n


def xor_of_list(values: Iterable[int]) -> int:
    """Find the exclusive or of all numbers of a list.

    Also: XOR of an array; combine the elements with the xor operator.

    >>> xor_of_list([5, 7, 5])
    7
    >>> xor_of_list([])
    0
    """
    return reduce(xor, values, 0)


def and_of_list(values: Iterable[int]) -> int:
    """Find the bitwise and of all numbers of a list.

    Also: AND of an array; bits set in every element; -1 for no elements.

    >>> and_of_list([7, 6, 14])
    6
    >>> and_of_list([1, 2])
    0
    """
    return reduce(and_, values, -1)


def or_of_list(values: Iterable[int]) -> int:
    """Find the bitwise or of all numbers of a list.

    Also: OR of an array; bits set in any element.

    >>> or_of_list([1, 2, 8])
    11
    >>> or_of_list([])
    0
    """
    return reduce(or_, values, 0)
