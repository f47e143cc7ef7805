"""The decimal digits of whole numbers: taking apart, counting, rearranging.

The sign of a negative number is left aside unless a function says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import permutations


def sum_of_digits(n: int) -> int:
    """Find the sum of the digits of a number.

    Also: add up the digits; digit sum; cross sum.

    >>> sum_of_digits(345)
    12
    >>> sum_of_digits(0)
    0
    >>> sum_of_digits(-12)
    3
    """
    return sum(map(int, str(abs(n))))


def product_of_digits(n: int) -> int:
    """Find the product of the digits of a number.

    Also: multiply the digits together; digit product.

    >>> product_of_digits(234)
    24
    >>> product_of_digits(105)
    0
    """
    product = 1
    for digit in str(abs(n)):
        product *= int(digit)
    return product


def count_digits(n: int) -> int:
    """Count the digits of a number.

    Also: how many digits does an integer have; length of a number.

    >>> count_digits(12345)
    5
    >>> count_digits(0)
    1
    >>> count_digits(-70)
    2
    """
    return len(str(abs(n)))


def digits_of(n: int) -> list[int]:
    """List the digits of a number.

    Also: split an integer into its digits; convert a number to a list of digits.

    >>> digits_of(305)
    [3, 0, 5]
    >>> digits_of(0)
    [0]
    """
    return [int(digit) for digit in str(abs(n))]


def number_from_digits(digits: Iterable[int]) -> int:
    """Make a number from a list of digits.

    Also: join digits into an integer; convert a list of digits to one number.

    >>> number_from_digits([3, 0, 5])
    305
    >>> number_from_digits([0, 7])
    7
    >>> number_from_digits([])
    0
    """
    number = 0
    for digit in digits:
        number = 10 * number + digit
    return number


def reverse_number(n: int) -> int:
    """Reverse the digits of a number.

    Also: write an integer backwards; the sign stays.

    >>> reverse_number(1234)
    4321
    >>> reverse_number(-120)
    -21
    >>> reverse_number(0)
    0
    """
    reverse = int(str(abs(n))[::-1])
    return -reverse if n < 0 else reverse


def digital_root(n: int) -> int:
    """Find the digital root of a number.

    Also: add the digits again and again until one digit is left; repeated digit sum.

    >>> digital_root(9875)
    2
    >>> digital_root(0)
    0
    >>> digital_root(18)
    9
    """
    return 1 + (abs(n) - 1) % 9 if n else 0


def first_digit(n: int) -> int:
    """Find the first digit of a number.

    Also: the leading digit; most significant digit.

    >>> first_digit(456)
    4
    >>> first_digit(-9)
    9
    """
    return int(str(abs(n))[0])


def last_digit(n: int) -> int:
    """Find the last digit of a number.

    Also: the units digit; ones place; least significant digit.

    >>> last_digit(456)
    6
    >>> last_digit(-23)
    3
    """
    return abs(n) % 10


def nth_digit(n: int, position: int) -> int:
    """Find the digit of a number at a position counted from the left, starting at 1.

    Also: kth digit of an integer from the front; get the nth digit from the left.

    >>> nth_digit(5678, 2)
    6
    >>> nth_digit(9, 1)
    9
    """
    return int(str(abs(n))[position - 1])


def nth_digit_from_right(n: int, position: int) -> int:
    """Find the digit of a number at a position counted from the right, starting at 1.

    Also: kth digit from the end; 0 beyond the first digit.

    >>> nth_digit_from_right(5678, 2)
    7
    >>> nth_digit_from_right(5, 3)
    0
    """
    return int(str(abs(n)).zfill(position)[-position])


def largest_digit(n: int) -> int:
    """Find the largest digit of a number.

    Also: maximum digit; the biggest digit of an integer.

    >>> largest_digit(2749)
    9
    >>> largest_digit(0)
    0
    """
    return int(max(str(abs(n))))


def smallest_digit(n: int) -> int:
    """Find the smallest digit of a number.

    Also: minimum digit of an integer; the least digit.

    >>> smallest_digit(2749)
    2
    >>> smallest_digit(100)
    0
    """
    return int(min(str(abs(n))))


def count_digit(n: int, digit: int) -> int:
    """Count how often a digit occurs in a number.

    Also: frequency of a digit; occurrences of a digit in an integer.

    >>> count_digit(12232, 2)
    3
    >>> count_digit(0, 0)
    1
    """
    return str(abs(n)).count(str(digit))


def digit_frequencies(n: int) -> dict[int, int]:
    """Count the frequency of each digit of a number.

    Also: map every digit to how often it occurs; digit histogram.

    >>> digit_frequencies(1221)
    {1: 2, 2: 2}
    >>> digit_frequencies(7)
    {7: 1}
    """
    return dict(Counter(digits_of(n)))


def count_digit_up_to(n: int, digit: int) -> int:
    """Count how often a digit is written in the numbers from 0 to n.

    Also: occurrences of a digit in all integers up to a limit; how many times does a digit appear
    from 0 to n.

    >>> count_digit_up_to(13, 1)
    6
    >>> count_digit_up_to(10, 0)
    2
    """
    return sum(str(number).count(str(digit)) for number in range(n + 1))


def count_even_digits(n: int) -> int:
    """Count the even digits of a number.

    Also: how many digits are divisible by two; number of even digits in an integer.

    >>> count_even_digits(12048)
    4
    >>> count_even_digits(135)
    0
    """
    return sum(digit % 2 == 0 for digit in digits_of(n))


def sum_of_even_digits(n: int) -> int:
    """Find the sum of the even digits of a number.

    Also: add only the digits divisible by two; even digit sum.

    >>> sum_of_even_digits(1234)
    6
    >>> sum_of_even_digits(57)
    0
    """
    return sum(digit for digit in digits_of(n) if digit % 2 == 0)


def sum_of_odd_digits(n: int) -> int:
    """Find the sum of the odd digits of a number.

    Also: add only the digits not divisible by two; odd digit sum.

    >>> sum_of_odd_digits(1234)
    4
    >>> sum_of_odd_digits(20)
    0
    """
    return sum(digit for digit in digits_of(n) if digit % 2)


def sum_of_squared_digits(n: int) -> int:
    """Find the sum of the squares of the digits of a number.

    Also: square every digit and add them up; add the squared digits.

    >>> sum_of_squared_digits(123)
    14
    >>> sum_of_squared_digits(0)
    0
    """
    return sum(digit * digit for digit in digits_of(n))


def alternating_digit_sum(n: int) -> int:
    """Find the alternating sum of the digits of a number, the first digit positive.

    Also: add and subtract the digits in turn from the left; difference of the digits in odd and
    even places.

    >>> alternating_digit_sum(521)
    4
    >>> alternating_digit_sum(10)
    1
    """
    found = digits_of(n)
    return sum(found[::2]) - sum(found[1::2])


def sort_digits(n: int) -> int:
    """Sort the digits of a number in ascending order.

    Also: arrange digits from small to large; leading zeros vanish.

    >>> sort_digits(4231)
    1234
    >>> sort_digits(3020)
    23
    """
    return int("".join(sorted(str(abs(n)))))


def largest_number_from_digits(n: int) -> int:
    """Rearrange the digits of a number to form the largest number.

    Also: sort the digits in descending order; the biggest number with the same digits.

    >>> largest_number_from_digits(3075)
    7530
    >>> largest_number_from_digits(0)
    0
    """
    return int("".join(sorted(str(abs(n)), reverse=True)))


def smallest_number_from_digits(n: int) -> int:
    """Rearrange the digits of a number to form the smallest number without leading zeros.

    Also: the least number with the same digits and the same length; minimum number formed by the
    digits.

    >>> smallest_number_from_digits(3075)
    3057
    >>> smallest_number_from_digits(100)
    100
    """
    found = sorted(str(abs(n)))
    lead = next((place for place, digit in enumerate(found) if digit != "0"), 0)
    return int(found[lead] + "".join(found[:lead] + found[lead + 1 :]))


def next_number_with_same_digits(n: int) -> int:
    """Find the next greater number with the same digits.

    Also: the smallest larger permutation of the digits; next permutation; -1 if there is none.

    >>> next_number_with_same_digits(1342)
    1423
    >>> next_number_with_same_digits(321)
    -1
    """
    found = list(str(n))
    drop = next((i for i in range(len(found) - 2, -1, -1) if found[i] < found[i + 1]), None)
    if drop is None:
        return -1
    swap = next(i for i in range(len(found) - 1, drop, -1) if found[i] > found[drop])
    found[drop], found[swap] = found[swap], found[drop]
    return int("".join(found[: drop + 1] + found[:drop:-1]))


def numbers_from_digits(digits: Iterable[int]) -> list[int]:
    """List the different numbers that use each of the given digits once.

    Also: all permutations of digits as numbers, in ascending order, no leading zero; make every
    possible number from digits.

    >>> numbers_from_digits([1, 0, 2])
    [102, 120, 201, 210]
    >>> numbers_from_digits([5, 5])
    [55]
    """
    orders = {order for order in permutations(digits) if order[:1] != (0,) or len(order) == 1}
    return [number_from_digits(order) for order in sorted(orders)]
