"""Special kinds of primes, and numbers told apart by their prime factors."""

from __future__ import annotations

import math


def _prime(n: int) -> bool:
    """Whether n is prime."""
    return n > 1 and all(n % divisor for divisor in range(2, math.isqrt(n) + 1))


def is_palindromic_prime(n: int) -> bool:
    """Check whether a number is a palindromic prime.

    Also: a prime that reads the same backwards; both prime and palindrome.

    >>> is_palindromic_prime(131)
    True
    >>> is_palindromic_prime(13)
    False
    >>> is_palindromic_prime(121)
    False
    """
    return _prime(n) and str(n) == str(n)[::-1]


def is_emirp(n: int) -> bool:
    """Check whether a number is an emirp.

    Also: a prime whose reversed digits give a different prime; different prime when its digits are
    turned round; prime spelled backwards.

    >>> is_emirp(13)
    True
    >>> is_emirp(11)
    False
    >>> is_emirp(19)
    False
    """
    reverse = int(str(abs(n))[::-1])
    return n != reverse and _prime(n) and _prime(reverse)


def is_circular_prime(n: int) -> bool:
    """Check whether a number is a circular prime.

    Also: every rotation of the digits is prime; prime under cyclic shifts.

    >>> is_circular_prime(197)
    True
    >>> is_circular_prime(23)
    False
    """
    text = str(n)
    return n > 1 and all(_prime(int(text[cut:] + text[:cut])) for cut in range(len(text)))


def is_truncatable_prime(n: int) -> bool:
    """Check whether a number stays prime as its digits are removed from the right.

    Also: right-truncatable prime; all prefixes of the number are prime.

    >>> is_truncatable_prime(7393)
    True
    >>> is_truncatable_prime(47)
    False
    """
    text = str(n)
    return n > 1 and all(_prime(int(text[:end])) for end in range(1, len(text) + 1))


def is_mersenne_prime(n: int) -> bool:
    """Check whether a number is a Mersenne prime.

    Also: a prime that is one less than a power of two; prime of the form 2^p - 1.

    >>> is_mersenne_prime(31)
    True
    >>> is_mersenne_prime(15)
    False
    >>> is_mersenne_prime(11)
    False
    """
    return n & (n + 1) == 0 and _prime(n)


def is_sophie_germain_prime(n: int) -> bool:
    """Check whether a number is a Sophie Germain prime.

    Also: p and twice p plus one are both prime; prime p with 2p + 1 prime too.

    >>> is_sophie_germain_prime(11)
    True
    >>> is_sophie_germain_prime(7)
    False
    """
    return _prime(n) and _prime(2 * n + 1)


def is_safe_prime(n: int) -> bool:
    """Check whether a number is a safe prime.

    Also: a prime p for which half of p minus one is prime too; prime of the form 2q + 1 with q
    prime.

    >>> is_safe_prime(23)
    True
    >>> is_safe_prime(13)
    False
    """
    return _prime(n) and _prime((n - 1) // 2) and n % 2 == 1


def are_twin_primes(a: int, b: int) -> bool:
    """Check whether two numbers are twin primes.

    Also: both prime and two apart; a twin prime pair.

    >>> are_twin_primes(11, 13)
    True
    >>> are_twin_primes(13, 17)
    False
    """
    return abs(a - b) == 2 and _prime(a) and _prime(b)


def are_coprime(a: int, b: int) -> bool:
    """Check whether two numbers are coprime.

    Also: relatively prime; no common factor but one; greatest common divisor is one.

    >>> are_coprime(8, 15)
    True
    >>> are_coprime(12, 18)
    False
    """
    return math.gcd(a, b) == 1


def is_ugly(n: int) -> bool:
    """Check whether a number is an ugly number.

    Also: its only prime factors are 2, 3 and 5; regular number; Hamming number; 5-smooth.

    >>> is_ugly(30)
    True
    >>> is_ugly(14)
    False
    >>> is_ugly(1)
    True
    >>> is_ugly(0)
    False
    """
    if n < 1:
        return False
    for prime in (2, 3, 5):
        while n % prime == 0:
            n //= prime
    return n == 1


def nth_ugly_number(n: int) -> int:
    """Find the nth ugly number.

    Also: nth Hamming number; the nth number whose only prime factors are 2, 3 and 5.

    >>> nth_ugly_number(10)
    12
    >>> nth_ugly_number(1)
    1
    """
    found = [1]
    twos = threes = fives = 0
    while len(found) < n:
        new = min(2 * found[twos], 3 * found[threes], 5 * found[fives])
        found.append(new)
        twos += new == 2 * found[twos]
        threes += new == 3 * found[threes]
        fives += new == 5 * found[fives]
    return found[n - 1]


def is_powerful(n: int) -> bool:
    """Check whether a number is powerful.

    Also: every prime factor appears at least twice; the square of each prime factor divides n.

    >>> is_powerful(72)
    True
    >>> is_powerful(12)
    False
    >>> is_powerful(18)
    False
    """
    divisor, rest = 2, n
    while divisor * divisor <= rest:
        times = 0
        while rest % divisor == 0:
            rest //= divisor
            times += 1
        if times == 1:
            return False
        divisor += 1
    return n > 0 and rest == 1


def mobius(n: int) -> int:
    """Find the Moebius function of a number.

    Also: 0 if a square divides n, else 1 or -1 by an even or odd number of prime factors; mu of n;
    Möbius inversion coefficient.

    >>> mobius(6)
    1
    >>> mobius(30)
    -1
    >>> mobius(12)
    0
    """
    sign, divisor = 1, 2
    while divisor * divisor <= n:
        if n % divisor == 0:
            n //= divisor
            if n % divisor == 0:
                return 0
            sign = -sign
        divisor += 1
    return -sign if n > 1 else sign


def prime_power_in_factorial(n: int, prime: int) -> int:
    """Find the exponent of a prime in the factorial of n.

    Also: Legendre's formula; the highest power of a prime that divides n factorial.

    >>> prime_power_in_factorial(10, 2)
    8
    >>> prime_power_in_factorial(25, 5)
    6
    """
    exponent = 0
    while n > 0 and prime > 1:
        n //= prime
        exponent += n
    return exponent


def prime_digit_count(n: int) -> int:
    """Count the prime digits of a number.

    Also: how many digits are 2, 3, 5 or 7; number of digits that are prime.

    >>> prime_digit_count(12345)
    3
    >>> prime_digit_count(0)
    0
    """
    return sum(digit in "2357" for digit in str(n))


def has_prime_sum_of_digits(n: int) -> bool:
    """Check whether the sum of the digits of a number is prime.

    Also: is the digit sum a prime number; digits add up to a prime.

    >>> has_prime_sum_of_digits(23)
    True
    >>> has_prime_sum_of_digits(22)
    False
    """
    return _prime(sum(map(int, str(abs(n)))))


def is_carmichael(n: int) -> bool:
    """Check whether a number is a Carmichael number.

    Also: a composite number that passes the Fermat primality test for every coprime base; absolute
    Fermat pseudoprime.

    >>> is_carmichael(561)
    True
    >>> is_carmichael(15)
    False
    >>> is_carmichael(7)
    False
    """
    bases = (base for base in range(2, n) if math.gcd(base, n) == 1)
    return n > 3 and not _prime(n) and all(pow(base, n - 1, n) == 1 for base in bases)
