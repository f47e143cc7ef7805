"""The arrangement of characters: rotating, padding, cutting, repeating, interleaving."""

from __future__ import annotations


def swap_first_and_last_character(text: str) -> str:
    """Swap the first and last characters of a string.

    Also: exchange the first and the last letter.

    >>> swap_first_and_last_character('abcd')
    'dbca'
    >>> swap_first_and_last_character('a')
    'a'
    """
    return text if len(text) < 2 else text[-1] + text[1:-1] + text[0]


def rotate_string_left(text: str, steps: int) -> str:
    """Rotate a string to the left by a number of characters.

    Also: left shift a string cyclically; move the first n letters to the end.

    >>> rotate_string_left('abcdef', 2)
    'cdefab'
    >>> rotate_string_left('abc', 4)
    'bca'
    >>> rotate_string_left('', 3)
    ''
    """
    steps = steps % len(text) if text else 0
    return text[steps:] + text[:steps]


def rotate_string_right(text: str, steps: int) -> str:
    """Rotate a string to the right by a number of characters.

    Also: right shift a string cyclically; move the last n letters to the front.

    >>> rotate_string_right('abcdef', 2)
    'efabcd'
    >>> rotate_string_right('abc', 3)
    'abc'
    """
    steps = steps % len(text) if text else 0
    return text[len(text) - steps :] + text[: len(text) - steps]


def pad_left(text: str, width: int, fill: str = " ") -> str:
    """Pad a string on the left to a given width.

    Also: right justify text; fill the front with spaces or another character to a length.

    >>> pad_left('42', 5)
    '   42'
    >>> pad_left('42', 5, '*')
    '***42'
    """
    return text.rjust(width, fill)


def pad_right(text: str, width: int, fill: str = " ") -> str:
    """Pad a string on the right to a given width.

    Also: left justify text; fill the end with spaces or another character to a length.

    >>> pad_right('42', 5, '.')
    '42...'
    >>> pad_right('long', 2)
    'long'
    """
    return text.ljust(width, fill)


def center_text(text: str, width: int, fill: str = " ") -> str:
    """Center a string in a field of a given width.

    Also: pad on both sides; put a text in the middle between fill characters.

    >>> center_text('ab', 6, '*')
    '**ab**'
    >>> center_text('abc', 2)
    'abc'
    """
    return text.center(width, fill)


def pad_with_zeros(number: int, width: int) -> str:
    """Write a number with leading zeros to a given width.

    Also: zero fill; pad an integer with zeros on the left; fixed number of digits.

    >>> pad_with_zeros(7, 3)
    '007'
    >>> pad_with_zeros(-5, 4)
    '-005'
    """
    return str(number).zfill(width)


def truncate_text(text: str, length: int) -> str:
    """Shorten a string to a maximum length, ending in three dots where it was cut.

    Also: truncate text with an ellipsis; limit the number of characters.

    >>> truncate_text('a long sentence', 9)
    'a long...'
    >>> truncate_text('short', 9)
    'short'
    """
    return text if len(text) <= length else text[: max(0, length - 3)] + "..."[:length]


def repeat_string(text: str, times: int) -> str:
    """Repeat a string a number of times.

    Also: concatenate n copies of a text; multiply a string.

    >>> repeat_string('ab', 3)
    'ababab'
    >>> repeat_string('ab', 0)
    ''
    """
    return text * times


def repeat_each_character(text: str, times: int = 2) -> str:
    """Repeat each character of a string a number of times.

    Also: double every letter; duplicate each character in place.

    >>> repeat_each_character('abc')
    'aabbcc'
    >>> repeat_each_character('hi!', 3)
    'hhhiii!!!'
    """
    return "".join(letter * times for letter in text)


def interleave_strings(first: str, second: str) -> str:
    """Merge two strings by taking their characters in turn.

    Also: interleave two words; alternate letters of two strings and append the rest.

    >>> interleave_strings('abc', '123')
    'a1b2c3'
    >>> interleave_strings('ab', 'wxyz')
    'awbxyz'
    """
    shared = min(len(first), len(second))
    mixed = "".join(a + b for a, b in zip(first, second, strict=False))
    return mixed + first[shared:] + second[shared:]


def insert_at_position(text: str, part: str, position: int) -> str:
    """Insert a string into another at a given position.

    Also: put a substring in the middle of a text; add characters at an index.

    >>> insert_at_position('held', 'l wor', 3)
    'hell word'
    >>> insert_at_position('abc', 'X', 0)
    'Xabc'
    """
    return text[:position] + part + text[position:]


def every_nth_character(text: str, step: int) -> str:
    """Take every nth character of a string, starting with the first.

    Also: characters at even positions; skip letters; every second character.

    >>> every_nth_character('abcdefg', 2)
    'aceg'
    >>> every_nth_character('abcdefg', 3)
    'adg'
    """
    return text[::step]


def split_into_halves(text: str) -> tuple[str, str]:
    """Split a string into two halves, the first one longer where the length is odd.

    Also: cut a word in the middle; first half and second half of a text.

    >>> split_into_halves('abcdef')
    ('abc', 'def')
    >>> split_into_halves('abc')
    ('ab', 'c')
    """
    middle = (len(text) + 1) // 2
    return text[:middle], text[middle:]


def middle_characters(text: str) -> str:
    """Get the middle character of a string, or the middle two where the length is even.

    Also: centre letter of a word; middle of a text.

    >>> middle_characters('abc')
    'b'
    >>> middle_characters('abcd')
    'bc'
    """
    return text[(len(text) - 1) // 2 : len(text) // 2 + 1]


def first_and_last_characters(text: str, count: int = 2) -> str:
    """Join the first and last n characters of a string.

    Also: string made of the first two and the last two letters.

    >>> first_and_last_characters('programming')
    'prng'
    >>> first_and_last_characters('ab')
    'abab'
    >>> first_and_last_characters('hello', 1)
    'ho'
    """
    return text[:count] + text[max(0, len(text) - count) :]


def mask_all_but_last(text: str, visible: int = 4, mark: str = "#") -> str:
    """Mask all but the last n characters of a string.

    Also: hide the digits of a credit card number; maskify.

    >>> mask_all_but_last('12345678')
    '####5678'
    >>> mask_all_but_last('123')
    '123'
    """
    hidden = max(0, len(text) - visible)
    return mark * hidden + text[hidden:]
