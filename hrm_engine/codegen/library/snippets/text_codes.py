"""Text as numbers and codes: run lengths, character codes, binary, hexadecimal, Base64."""

from __future__ import annotations

import base64
import re
from itertools import groupby


def run_length_encode(text: str) -> str:
    """Compress a string by run-length encoding, each character followed by its count.

    Also: count consecutive repeated characters; aaabb becomes a3b2; basic string compression.

    >>> run_length_encode('aaabbc')
    'a3b2c1'
    >>> run_length_encode('')
    ''
    """
    return "".join(f"{letter}{len(list(run))}" for letter, run in groupby(text))


def compress_if_shorter(text: str) -> str:
    """Compress repeated characters with counts, or return the text where that is not shorter.

    Also: run-length compression only when it saves space.

    >>> compress_if_shorter('aaaabbb')
    'a4b3'
    >>> compress_if_shorter('abc')
    'abc'
    """
    packed = "".join(f"{letter}{len(list(run))}" for letter, run in groupby(text))
    return packed if len(packed) < len(text) else text


def run_length_decode(text: str) -> str:
    """Decode a run-length encoded string in which each character is followed by its count.

    Also: expand a3b2 to aaabb; decompress a string of letters and numbers.

    >>> run_length_decode('a3b2c1')
    'aaabbc'
    >>> run_length_decode('x12')
    'xxxxxxxxxxxx'
    """
    return "".join(letter * int(count) for letter, count in re.findall(r"(\D)(\d+)", text))


def run_lengths(text: str) -> list[tuple[str, int]]:
    """List the runs of equal consecutive characters of a string with their lengths.

    Also: run-length encoding as pairs; group repeated characters and count them.

    >>> run_lengths('aaabb')
    [('a', 3), ('b', 2)]
    >>> run_lengths('')
    []
    """
    return [(letter, len(list(run))) for letter, run in groupby(text)]


def decode_nested_repeats(text: str) -> str:
    """Decode a string in which a number repeats the text in the square brackets after it.

    Also: expand 3[ab] to ababab; nested repeat notation.

    >>> decode_nested_repeats('3[ab]c')
    'abababc'
    >>> decode_nested_repeats('2[a2[b]]')
    'abbabb'
    """
    innermost = re.compile(r"(\d+)\[([^\[\]]*)\]")
    while innermost.search(text):
        text = innermost.sub(lambda found: found[2] * int(found[1]), text)
    return text


def look_and_say_next(term: str) -> str:
    """Find the next term of the look-and-say sequence.

    Also: read off the digits as counts of runs; count and say.

    >>> look_and_say_next('1211')
    '111221'
    >>> look_and_say_next('1')
    '11'
    """
    return "".join(f"{len(list(run))}{digit}" for digit, run in groupby(term))


def letter_positions(text: str) -> list[int]:
    """Replace each letter of a string by its position in the alphabet.

    Also: alphabet index of every letter, a is 1; letters to numbers.

    >>> letter_positions('abcZ')
    [1, 2, 3, 26]
    >>> letter_positions('a-b')
    [1, 2]
    """
    return [ord(letter) - ord("a") + 1 for letter in text.lower() if "a" <= letter <= "z"]


def letter_value_sum(text: str) -> int:
    """Add up the positions in the alphabet of the letters of a string.

    Also: sum of the letter values of a word with a = 1 and z = 26; word score.

    >>> letter_value_sum('abc')
    6
    >>> letter_value_sum('Zoo!')
    56
    """
    return sum(ord(letter) - ord("a") + 1 for letter in text.lower() if "a" <= letter <= "z")


def character_codes(text: str) -> list[int]:
    """List the Unicode code of each character of a string.

    Also: ASCII values of the characters; ordinal numbers of letters.

    >>> character_codes('AZ')
    [65, 90]
    >>> character_codes('a b')
    [97, 32, 98]
    """
    return [ord(letter) for letter in text]


def text_from_codes(codes: list[int]) -> str:
    """Make a string from a list of character codes.

    Also: ASCII values to text; decode ordinals to characters.

    >>> text_from_codes([72, 105])
    'Hi'
    >>> text_from_codes([])
    ''
    """
    return "".join(map(chr, codes))


def ascii_sum(text: str) -> int:
    """Add up the ASCII values of the characters of a string.

    Also: sum of the character codes of a text; total of ordinals.

    >>> ascii_sum('ab')
    195
    >>> ascii_sum('')
    0
    """
    return sum(map(ord, text))


def text_to_binary(text: str) -> str:
    """Write each character of a string as eight binary digits.

    Also: ASCII text to binary; bits of the characters separated by spaces.

    >>> text_to_binary('Hi')
    '01001000 01101001'
    >>> text_to_binary('')
    ''
    """
    return " ".join(f"{ord(letter):08b}" for letter in text)


def text_to_hex(text: str) -> str:
    """Write the UTF-8 bytes of a string in hexadecimal.

    Also: text to hex digits; hex encoding of a string.

    >>> text_to_hex('Hi!')
    '486921'
    >>> text_to_hex('')
    ''
    """
    return text.encode().hex()


def text_to_base64(text: str) -> str:
    """Encode a string in Base64.

    Also: base 64 of a text in UTF-8.

    >>> text_to_base64('hello')
    'aGVsbG8='
    >>> text_to_base64('')
    ''
    """
    return base64.b64encode(text.encode()).decode()


def text_from_base64(code: str) -> str:
    """Decode a Base64 string to text.

    Also: read base 64 as UTF-8 text.

    >>> text_from_base64('aGVsbG8=')
    'hello'
    >>> text_from_base64('')
    ''
    """
    return base64.b64decode(code).decode()


def url_encode_spaces(text: str) -> str:
    """Replace the spaces of a string by %20.

    Also: URLify; percent-encode the blanks of an address.

    >>> url_encode_spaces('Mr John Smith')
    'Mr%20John%20Smith'
    >>> url_encode_spaces('a')
    'a'
    """
    return text.replace(" ", "%20")
