"""Numbers in words and in print: spelling out, ordinals, separators, column names."""

from __future__ import annotations

_SMALL = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGE = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))


def number_to_words(n: int) -> str:
    """Convert a number to English words.

    Also: spell out an integer; write a number in letters; up to the billions.

    >>> number_to_words(342)
    'three hundred forty-two'
    >>> number_to_words(1000001)
    'one million one'
    >>> number_to_words(-7)
    'minus seven'
    """
    if n < 0:
        return "minus " + number_to_words(-n)
    for value, name in _LARGE:
        if n >= value:
            rest = " " + number_to_words(n % value) if n % value else ""
            return f"{number_to_words(n // value)} {name}{rest}"
    if n < 20:
        return _SMALL[n]
    return _TENS[n // 10 - 2] + (f"-{_SMALL[n % 10]}" if n % 10 else "")


def digits_to_words(n: int) -> str:
    """Spell out each digit of a number in words.

    Also: read the digits of an integer one by one; digit names; say each digit.

    >>> digits_to_words(305)
    'three zero five'
    >>> digits_to_words(7)
    'seven'
    """
    return " ".join(_SMALL[int(digit)] for digit in str(abs(n)))


def word_to_digit(word: str) -> int:
    """Convert the English word for a number below twenty to the number.

    Also: value of a number word; parse one, two, three.

    >>> word_to_digit('seven')
    7
    >>> word_to_digit('Twelve')
    12
    """
    return _SMALL.index(word.lower())


def ordinal(n: int) -> str:
    """Convert a number to an ordinal such as 1st, 2nd or 3rd.

    Also: add the suffix st, nd, rd or th to an integer; rank with a suffix; position in a list.

    >>> ordinal(1)
    '1st'
    >>> ordinal(12)
    '12th'
    >>> ordinal(23)
    '23rd'
    """
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{'th' if n // 10 % 10 == 1 else suffix}"


def with_thousands_separator(n: int) -> str:
    """Format a number with commas between the thousands.

    Also: group digits by three; thousands separator.

    >>> with_thousands_separator(1234567)
    '1,234,567'
    >>> with_thousands_separator(999)
    '999'
    """
    return f"{n:,}"


def number_to_column(n: int) -> str:
    """Convert a number to the name of a spreadsheet column.

    Also: Excel column title of an index, 1 is A and 27 is AA; spreadsheet letters of a column
    index.

    >>> number_to_column(28)
    'AB'
    >>> number_to_column(26)
    'Z'
    """
    name = ""
    while n > 0:
        n, place = divmod(n - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def column_to_number(name: str) -> int:
    """Convert the name of a spreadsheet column to its number.

    Also: index of an Excel column title, A is 1 and AA is 27; spreadsheet column letters to an
    index.

    >>> column_to_number('AB')
    28
    >>> column_to_number('Z')
    26
    """
    number = 0
    for letter in name.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def words_to_number(words: str) -> int:
    """Convert English number words to a number.

    Also: parse a spelled-out integer such as forty-two; read written numbers.

    >>> words_to_number('three hundred and forty-two')
    342
    >>> words_to_number('one million two thousand five')
    1002005
    >>> words_to_number('zero')
    0
    """
    scales = {name: value for value, name in _LARGE}
    total = group = 0
    for word in words.lower().replace("-", " ").replace(" and ", " ").split():
        if word in _SMALL:
            group += _SMALL.index(word)
        elif word in _TENS:
            group += 10 * _TENS.index(word) + 20
        elif word == "hundred":
            group *= 100
        else:
            total, group = total + group * scales[word], 0
    return total + group


def ordinal_words(n: int) -> str:
    """Convert a number to an ordinal in words.

    Also: first, second, third; spell out a rank or position.

    >>> ordinal_words(1)
    'first'
    >>> ordinal_words(20)
    'twentieth'
    >>> ordinal_words(42)
    'forty-second'
    """
    irregular = {
        "one": "first",
        "two": "second",
        "three": "third",
        "five": "fifth",
        "eight": "eighth",
        "nine": "ninth",
        "twelve": "twelfth",
    }
    words = number_to_words(n)
    start = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[start:]
    regular = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return words[:start] + irregular.get(last, regular)


def scientific_notation(x: float, places: int) -> str:
    """Format a number in scientific notation with so many decimals.

    Also: mantissa and exponent; write as a power of ten.

    >>> scientific_notation(12345, 2)
    '1.23e+04'
    >>> scientific_notation(0.5, 1)
    '5.0e-01'
    """
    return f"{x:.{places}e}"


def fixed_decimals(x: float, places: int) -> str:
    """Format a number with a fixed number of decimals.

    Also: show a float with two digits after the point as text; two decimal places as a string.

    >>> fixed_decimals(3.14159, 2)
    '3.14'
    >>> fixed_decimals(2, 1)
    '2.0'
    """
    return f"{x:.{places}f}"


def as_percentage(x: float, places: int) -> str:
    """Format a ratio as a percentage.

    Also: show 0.25 as 25 per cent; fraction as a percent string.

    >>> as_percentage(0.256, 1)
    '25.6%'
    >>> as_percentage(1, 0)
    '100%'
    """
    return f"{x:.{places}%}"


def human_readable_size(size: int) -> str:
    """Format a number of bytes as a readable file size.

    Also: bytes to KB, MB or GB, one decimal, 1024 to the step; format file size.

    >>> human_readable_size(1536)
    '1.5 KB'
    >>> human_readable_size(10)
    '10 B'
    >>> human_readable_size(2251799813685248)
    '2.0 PB'
    """
    if size < 1024:
        return f"{size} B"
    value = float(size)
    for unit in ("KB", "MB", "GB", "TB"):
        value /= 1024
        if value < 1024:
            return f"{value:.1f} {unit}"
    return f"{value / 1024:.1f} PB"


def short_number(n: int) -> str:
    """Format a large number with K, M or B.

    Also: abbreviate thousands, millions and billions with one decimal; compact number format.

    >>> short_number(1500)
    '1.5K'
    >>> short_number(999)
    '999'
    >>> short_number(2000000)
    '2.0M'
    """
    for value, letter in ((10**9, "B"), (10**6, "M"), (1000, "K")):
        if abs(n) >= value:
            return f"{n / value:.1f}{letter}"
    return str(n)
