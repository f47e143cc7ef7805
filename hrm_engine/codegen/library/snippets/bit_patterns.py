"""Patterns and arithmetic of bits: rotating, reversing, Gray code, masks, tricks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations


def rotate_bits_left(n: int, by: int, width: int) -> int:
    """Rotate the bits of a number to the left within a width.

    Also: circular left shift; bits that fall off come back at the right.

    >>> rotate_bits_left(18, 2, 5)
    10
    >>> rotate_bits_left(1, 3, 8)
    8
    """
    by %= width
    return (n << by | n >> (width - by)) & ((1 << width) - 1)


def rotate_bits_right(n: int, by: int, width: int) -> int:
    """Rotate the bits of a number to the right within a width.

    Also: circular right shift; bits that fall off come back at the left.

    >>> rotate_bits_right(10, 2, 5)
    18
    >>> rotate_bits_right(1, 1, 8)
    128
    """
    by %= width
    return (n >> by | n << (width - by)) & ((1 << width) - 1)


def reverse_bits(n: int, width: int) -> int:
    """Reverse the bits of a non-negative number within a width.

    Also: mirror the binary digits; read the bits from right to left.

    >>> reverse_bits(6, 4)
    6
    >>> reverse_bits(1, 8)
    128
    """
    return int(format(n, f"0{width}b")[::-1], 2)


def reverse_binary_digits(n: int) -> int:
    """Reverse the binary digits of a non-negative number within its own length.

    Also: number whose binary form is written backwards; mirrored bits of an integer.

    >>> reverse_binary_digits(11)
    13
    >>> reverse_binary_digits(8)
    1
    """
    return int(format(n, "b")[::-1], 2)


def swap_even_and_odd_bits(n: int) -> int:
    """Swap each bit at an even position with its neighbour at the odd position.

    Also: exchange pairs of neighbouring bits of a 32-bit number; exchange odd and even bits.

    >>> swap_even_and_odd_bits(23)
    43
    >>> swap_even_and_odd_bits(1)
    2
    """
    return (n & 0x55555555) << 1 | (n & 0xAAAAAAAA) >> 1


def swap_nibbles(n: int) -> int:
    """Swap the two halves of a byte.

    Also: exchange the upper and the lower four bits; nibbles.

    >>> swap_nibbles(100)
    70
    >>> swap_nibbles(15)
    240
    """
    return (n & 0x0F) << 4 | (n & 0xF0) >> 4


def to_gray_code(n: int) -> int:
    """Convert a non-negative number to Gray code.

    Also: reflected binary code of an integer; binary to Gray.

    >>> to_gray_code(5)
    7
    >>> to_gray_code(0)
    0
    """
    return n ^ n >> 1


def from_gray_code(n: int) -> int:
    """Convert a Gray code to the number it stands for.

    Also: decode reflected binary code; Gray to binary.

    >>> from_gray_code(7)
    5
    >>> from_gray_code(0)
    0
    """
    number = 0
    while n > 0:
        number ^= n
        n >>= 1
    return number


def gray_codes(bits: int) -> list[str]:
    """List the Gray codes with so many bits.

    Also: binary words in which neighbours differ in one bit only; Gray code sequence of n bits.

    >>> gray_codes(2)
    ['00', '01', '11', '10']
    >>> gray_codes(1)
    ['0', '1']
    """
    return [format(n ^ n >> 1, f"0{bits}b") for n in range(1 << bits)]


def binary_words(length: int) -> list[str]:
    """List all binary strings of a length.

    Also: every combination of zeros and ones; generate bit strings.

    >>> binary_words(2)
    ['00', '01', '10', '11']
    >>> binary_words(1)
    ['0', '1']
    """
    return [format(n, f"0{length}b") for n in range(1 << length)] if length else [""]


def has_alternating_bits(n: int) -> bool:
    """Check whether the bits of a positive number alternate.

    Also: binary form like 10101; no two equal neighbouring bits.

    >>> has_alternating_bits(10)
    True
    >>> has_alternating_bits(11)
    False
    """
    filled = n ^ n >> 1
    return n > 0 and filled & (filled + 1) == 0


def has_adjacent_ones(n: int) -> bool:
    """Check whether the binary form of a number has two ones side by side.

    Also: consecutive set bits; the number is not sparse.

    >>> has_adjacent_ones(6)
    True
    >>> has_adjacent_ones(10)
    False
    """
    return n & n >> 1 != 0


def longest_run_of_ones(n: int) -> int:
    """Find the length of the longest run of ones in the binary form of a number.

    Also: most consecutive set bits; longest streak of 1 bits.

    >>> longest_run_of_ones(222)
    4
    >>> longest_run_of_ones(0)
    0
    """
    return max(map(len, format(n, "b").split("0")))


def binary_gap(n: int) -> int:
    """Find the longest run of zeros between two ones in the binary form of a number.

    Also: binary gap; zeros enclosed by set bits.

    >>> binary_gap(529)
    4
    >>> binary_gap(32)
    0
    """
    return max(map(len, format(n, "b").strip("0").split("1")))


def bit_mask(bits: int) -> int:
    """Make a number whose lowest bits, so many of them, are set.

    Also: mask of n ones; two to the n minus one.

    >>> bit_mask(4)
    15
    >>> bit_mask(0)
    0
    """
    return (1 << bits) - 1


def extract_bits(n: int, low: int, count: int) -> int:
    """Extract some bits of a number from a position counted from 0 at the right.

    Also: bit field; slice of the binary digits.

    >>> extract_bits(172, 2, 3)
    3
    >>> extract_bits(255, 4, 4)
    15
    """
    return n >> low & ((1 << count) - 1)


def set_bit_positions(n: int) -> list[int]:
    """List the positions of the set bits of a non-negative number, from 0 at the right.

    Also: which bits are one; indices of the ones in binary.

    >>> set_bit_positions(10)
    [1, 3]
    >>> set_bit_positions(0)
    []
    """
    return [place for place in range(n.bit_length()) if n >> place & 1]


def powers_of_two_that_sum_to(n: int) -> list[int]:
    """Write a non-negative number as a sum of different powers of two, smallest first.

    Also: binary decomposition; values of the set bits.

    >>> powers_of_two_that_sum_to(13)
    [1, 4, 8]
    >>> powers_of_two_that_sum_to(0)
    []
    """
    return [1 << place for place in range(n.bit_length()) if n >> place & 1]


def twos_complement(n: int, width: int) -> str:
    """Write a number in two's complement with so many bits.

    Also: signed binary form of a negative integer; negative number in binary.

    >>> twos_complement(-5, 8)
    '11111011'
    >>> twos_complement(5, 4)
    '0101'
    """
    return format(n & ((1 << width) - 1), f"0{width}b")


def from_twos_complement(text: str) -> int:
    """Read a number written in two's complement.

    Also: value of a signed binary string; two's complement to decimal.

    >>> from_twos_complement('11111011')
    -5
    >>> from_twos_complement('0101')
    5
    """
    return int(text, 2) - (1 << len(text)) * (text[0] == "1")


def ones_complement(text: str) -> str:
    """Flip every bit of a binary string.

    Also: ones' complement of text; change 0 to 1 and 1 to 0.

    >>> ones_complement('1010')
    '0101'
    >>> ones_complement('')
    ''
    """
    return text.translate(str.maketrans("01", "10"))


def xor_up_to(n: int) -> int:
    """Find the exclusive or of the numbers from 1 to n.

    Also: XOR of a range; 1 ^ 2 ^ 3 up to n.

    >>> xor_up_to(5)
    1
    >>> xor_up_to(4)
    4
    """
    return (n, 1, n + 1, 0)[n % 4]


def add_without_plus(a: int, b: int) -> int:
    """Add two non-negative numbers with bit operations only.

    Also: sum without the plus operator; carry and xor.

    >>> add_without_plus(13, 9)
    22
    >>> add_without_plus(0, 0)
    0
    """
    if a < 0 or b < 0:
        raise ValueError("the numbers must not be negative")
    while b:
        a, b = a ^ b, (a & b) << 1
    return a


def multiply_by_doubling(a: int, b: int) -> int:
    """Multiply two numbers by doubling and halving.

    Also: Russian peasant multiplication; product without the times operator.

    >>> multiply_by_doubling(18, 7)
    126
    >>> multiply_by_doubling(5, 0)
    0
    """
    product, rest = 0, abs(b)
    while rest:
        if rest & 1:
            product += a
        a, rest = a << 1, rest >> 1
    return -product if b < 0 else product


def total_differing_bits(values: Sequence[int]) -> int:
    """Find the sum of the numbers of differing bits over all pairs of a list.

    Also: total Hamming distance of an array; pairwise bit differences.

    >>> total_differing_bits([4, 14, 2])
    6
    >>> total_differing_bits([7])
    0
    """
    return sum((a ^ b).bit_count() for a, b in combinations(values, 2))
