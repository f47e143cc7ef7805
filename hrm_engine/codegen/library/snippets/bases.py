"""Ways to write a whole number: binary, octal, hexadecimal, any base, Roman, addresses."""

from __future__ import annotations

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ROMAN = {
    "M": 1000,
    "CM": 900,
    "D": 500,
    "CD": 400,
    "C": 100,
    "XC": 90,
    "L": 50,
    "XL": 40,
    "X": 10,
    "IX": 9,
    "V": 5,
    "IV": 4,
    "I": 1,
}


def decimal_to_binary(n: int) -> str:
    """Convert a decimal number to binary.

    Also: base ten to base two as text; binary representation of an integer.

    >>> decimal_to_binary(10)
    '1010'
    >>> decimal_to_binary(0)
    '0'
    """
    return format(n, "b")


def binary_to_decimal(text: str) -> int:
    """Convert a binary string to a decimal number.

    Also: base two to base ten; value of binary text; parse bits as an integer.

    >>> binary_to_decimal('1010')
    10
    >>> binary_to_decimal('0')
    0
    """
    return int(text, 2)


def binary_digits_to_decimal(n: int) -> int:
    """Convert a number written with binary digits to decimal.

    Also: read the integer 1010 as base two; binary number to decimal number.

    >>> binary_digits_to_decimal(1010)
    10
    >>> binary_digits_to_decimal(111)
    7
    """
    return int(str(n), 2)


def decimal_to_binary_number(n: int) -> int:
    """Convert a decimal number to a number written with binary digits.

    Also: base ten to base two as an integer of zeros and ones; binary equivalent of an integer as a
    number.

    >>> decimal_to_binary_number(10)
    1010
    >>> decimal_to_binary_number(0)
    0
    """
    return int(format(n, "b"))


def decimal_to_octal(n: int) -> str:
    """Convert a decimal number to octal.

    Also: base ten to base eight as text; octal representation.

    >>> decimal_to_octal(64)
    '100'
    >>> decimal_to_octal(9)
    '11'
    """
    return format(n, "o")


def octal_to_decimal(text: str) -> int:
    """Convert an octal string to a decimal number.

    Also: base eight to base ten; value of octal text.

    >>> octal_to_decimal('17')
    15
    >>> octal_to_decimal('100')
    64
    """
    return int(text, 8)


def decimal_to_hexadecimal(n: int) -> str:
    """Convert a decimal number to hexadecimal.

    Also: base ten to base sixteen, capital letters; hex representation of an integer.

    >>> decimal_to_hexadecimal(255)
    'FF'
    >>> decimal_to_hexadecimal(16)
    '10'
    """
    return format(n, "X")


def hexadecimal_to_decimal(text: str) -> int:
    """Convert a hexadecimal string to a decimal number.

    Also: base sixteen to base ten; parse hex text.

    >>> hexadecimal_to_decimal('FF')
    255
    >>> hexadecimal_to_decimal('1a')
    26
    """
    return int(text, 16)


def binary_to_hexadecimal(text: str) -> str:
    """Convert a binary string to hexadecimal.

    Also: base two to base sixteen, capital letters; bin to hex.

    >>> binary_to_hexadecimal('11111010')
    'FA'
    >>> binary_to_hexadecimal('101')
    '5'
    """
    return format(int(text, 2), "X")


def hexadecimal_to_binary(text: str) -> str:
    """Convert a hexadecimal string to binary.

    Also: base sixteen to base two as text without leading zeros; hex to bin.

    >>> hexadecimal_to_binary('1A')
    '11010'
    >>> hexadecimal_to_binary('0')
    '0'
    """
    return format(int(text, 16), "b")


def to_base(n: int, base: int) -> str:
    """Convert a number to a given base from 2 to 36.

    Also: change of base; write an integer in another number system.

    >>> to_base(255, 16)
    'ff'
    >>> to_base(10, 3)
    '101'
    >>> to_base(-5, 2)
    '-101'
    """
    if not 2 <= base <= 36:
        raise ValueError("the base must be from 2 to 36")
    rest, written = abs(n), ""
    while rest or not written:
        rest, digit = divmod(rest, base)
        written = _DIGITS[digit] + written
    return "-" * (n < 0) + written


def from_base(text: str, base: int) -> int:
    """Convert a text in a given base to a decimal number.

    Also: value of a number written in another number system; parse digits in base b.

    >>> from_base('101', 3)
    10
    >>> from_base('zz', 36)
    1295
    """
    return int(text, base)


def base_digits(n: int, base: int) -> list[int]:
    """List the digits of a non-negative number in a given base.

    Also: digits of an integer in base b, most significant first; split an integer into digits of a
    radix.

    >>> base_digits(10, 2)
    [1, 0, 1, 0]
    >>> base_digits(0, 7)
    [0]
    """
    found = [n % base]
    while n >= base > 1:
        n //= base
        found.append(n % base)
    return found[::-1]


def add_binary(a: str, b: str) -> str:
    """Add two binary strings.

    Also: sum of two numbers in base two as text; binary addition.

    >>> add_binary('1010', '11')
    '1101'
    >>> add_binary('0', '0')
    '0'
    """
    return format(int(a, 2) + int(b, 2), "b")


def is_binary_number(n: int) -> bool:
    """Check whether a number consists of binary digits only.

    Also: only zeros and ones among the decimal digits; does an integer look like binary.

    >>> is_binary_number(1010)
    True
    >>> is_binary_number(1020)
    False
    """
    return set(str(n)) <= {"0", "1"}


def to_roman(n: int) -> str:
    """Convert a number to a Roman numeral.

    Also: integer to Roman; write 1 to 3999 with the letters I, V, X, L, C, D and M.

    >>> to_roman(1994)
    'MCMXCIV'
    >>> to_roman(4)
    'IV'
    """
    numeral = ""
    for letters, value in _ROMAN.items():
        times, n = divmod(n, value)
        numeral += letters * times
    return numeral


def from_roman(numeral: str) -> int:
    """Convert a Roman numeral to a number.

    Also: Roman to integer; read the value of I, V, X, L, C, D and M.

    >>> from_roman('MCMXCIV')
    1994
    >>> from_roman('IX')
    9
    >>> from_roman('')
    0
    """
    values = [_ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=False))


def ip_to_number(address: str) -> int:
    """Convert an IPv4 address to a number.

    Also: dotted quad to a 32-bit integer; integer value of an IP.

    >>> ip_to_number('192.168.0.1')
    3232235521
    >>> ip_to_number('0.0.1.0')
    256
    """
    number = 0
    for part in address.split("."):
        number = number << 8 | int(part)
    return number


def number_to_ip(number: int) -> str:
    """Convert a number to an IPv4 address.

    Also: 32-bit integer to a dotted quad; IP from an integer.

    >>> number_to_ip(3232235521)
    '192.168.0.1'
    >>> number_to_ip(256)
    '0.0.1.0'
    """
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def rgb_to_hex(red: int, green: int, blue: int) -> str:
    """Convert a colour from red, green and blue to hexadecimal.

    Also: RGB color to a web colour code with a hash sign; colour code for CSS.

    >>> rgb_to_hex(255, 165, 0)
    '#ffa500'
    >>> rgb_to_hex(0, 0, 0)
    '#000000'
    """
    return f"#{red:02x}{green:02x}{blue:02x}"


def hex_to_rgb(colour: str) -> tuple[int, int, int]:
    """Convert a hexadecimal colour to red, green and blue.

    Also: web color code to RGB; with or without a hash sign.

    >>> hex_to_rgb('#ffa500')
    (255, 165, 0)
    >>> hex_to_rgb('000000')
    (0, 0, 0)
    """
    number = int(colour.lstrip("#"), 16)
    return number >> 16, number >> 8 & 255, number & 255
