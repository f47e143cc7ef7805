"""Counting in texts: letters, vowels, digits, frequencies, the first and the most common."""

from __future__ import annotations

import re
from collections import Counter


def count_vowels(text: str) -> int:
    """Count the vowels in a string.

    Also: number of letters a, e, i, o, u in a text.

    >>> count_vowels('Education')
    5
    >>> count_vowels('sky')
    0
    """
    return sum(letter in "aeiouAEIOU" for letter in text)


def count_consonants(text: str) -> int:
    """Count the consonants in a string.

    Also: number of letters that are not vowels.

    >>> count_consonants('Hello, World')
    7
    >>> count_consonants('aei 12')
    0
    """
    return sum(letter.isalpha() and letter not in "aeiouAEIOU" for letter in text)


def count_vowels_and_consonants(text: str) -> tuple[int, int]:
    """Count the vowels and the consonants of a string.

    Also: pair of the number of vowels and the number of consonants.

    >>> count_vowels_and_consonants('Hello')
    (2, 3)
    >>> count_vowels_and_consonants('')
    (0, 0)
    """
    letters = [letter for letter in text.lower() if letter.isalpha()]
    vowels = sum(letter in "aeiou" for letter in letters)
    return vowels, len(letters) - vowels


def count_upper_case(text: str) -> int:
    """Count the upper case letters in a string.

    Also: number of capital letters.

    >>> count_upper_case('Hello World')
    2
    >>> count_upper_case('abc')
    0
    """
    return sum(letter.isupper() for letter in text)


def count_lower_case(text: str) -> int:
    """Count the lower case letters in a string.

    Also: number of small letters.

    >>> count_lower_case('Hello World')
    8
    >>> count_lower_case('ABC')
    0
    """
    return sum(letter.islower() for letter in text)


def count_upper_and_lower_case(text: str) -> tuple[int, int]:
    """Count the upper case and the lower case letters of a string.

    Also: pair of the numbers of capital and small letters.

    >>> count_upper_and_lower_case('Hello World')
    (2, 8)
    >>> count_upper_and_lower_case('12')
    (0, 0)
    """
    return sum(map(str.isupper, text)), sum(map(str.islower, text))


def count_digits_in_text(text: str) -> int:
    """Count the digits in a string.

    Also: number of numeric characters of a text.

    >>> count_digits_in_text('a1b22')
    3
    >>> count_digits_in_text('')
    0
    """
    return sum(letter.isdigit() for letter in text)


def count_letters_and_digits(text: str) -> tuple[int, int]:
    """Count the letters and the digits of a string.

    Also: number of alphabetic and numeric characters.

    >>> count_letters_and_digits('Python 3.11')
    (6, 3)
    >>> count_letters_and_digits('?')
    (0, 0)
    """
    return sum(map(str.isalpha, text)), sum(map(str.isdigit, text))


def count_special_characters(text: str) -> int:
    """Count the special characters in a string, which are no letters, digits or spaces.

    Also: number of punctuation marks and symbols.

    >>> count_special_characters('a@b #1!')
    3
    >>> count_special_characters('plain text')
    0
    """
    return sum(not (letter.isalnum() or letter.isspace()) for letter in text)


def count_spaces(text: str) -> int:
    """Count the spaces in a string.

    Also: number of blanks in a text.

    >>> count_spaces('a b  c')
    3
    >>> count_spaces('abc')
    0
    """
    return text.count(" ")


def count_character(text: str, character: str) -> int:
    """Count how often a character occurs in a string.

    Also: occurrences of a letter; frequency of one character in a word.

    >>> count_character('banana', 'a')
    3
    >>> count_character('banana', 'x')
    0
    """
    return text.count(character)


def count_substring(text: str, part: str) -> int:
    """Count the occurrences of a substring in a string, overlapping ones too.

    Also: how many times a pattern appears with overlaps.

    >>> count_substring('aaaa', 'aa')
    3
    >>> count_substring('abc', 'd')
    0
    """
    return sum(text.startswith(part, start) for start in range(len(text) - len(part) + 1))


def count_substring_without_overlap(text: str, part: str) -> int:
    """Count the occurrences of a substring in a string that do not overlap.

    Also: how many times a string appears in another one.

    >>> count_substring_without_overlap('aaaa', 'aa')
    2
    >>> count_substring_without_overlap('std.std', 'std')
    2
    """
    return text.count(part)


def character_frequencies(text: str) -> dict[str, int]:
    """Count how often each character occurs in a string.

    Also: character frequency dictionary; letter histogram.

    >>> character_frequencies('banana')
    {'b': 1, 'a': 3, 'n': 2}
    >>> character_frequencies('')
    {}
    """
    return dict(Counter(text))


def most_frequent_character(text: str) -> str:
    """Find the most frequent character of a string, the first one of several.

    Also: letter that occurs most often; maximum occurring character.

    >>> most_frequent_character('banana')
    'a'
    >>> most_frequent_character('xyyx')
    'x'
    """
    return Counter(text).most_common(1)[0][0]


def least_frequent_character(text: str) -> str:
    """Find the least frequent character of a string, the first one of several.

    Also: letter that occurs least often; minimum occurring character.

    >>> least_frequent_character('aabbc')
    'c'
    >>> least_frequent_character('xy')
    'x'
    """
    return min(text, key=text.count)


def first_non_repeated_character(text: str) -> str | None:
    """Find the first character of a string that is not repeated, or None.

    Also: first unique letter; first character that occurs only once.

    >>> first_non_repeated_character('swiss')
    'w'
    >>> first_non_repeated_character('abcab')
    'c'
    """
    counts = Counter(text)
    return next((letter for letter in text if counts[letter] == 1), None)


def first_repeated_character(text: str) -> str | None:
    """Find the first character of a string that has occurred before, or None.

    Also: first duplicate letter; first recurring character.

    >>> first_repeated_character('abcba')
    'b'
    >>> first_repeated_character('xx')
    'x'
    """
    seen = set()
    for letter in text:
        if letter in seen:
            return letter
        seen.add(letter)
    return None


def first_unique_index(text: str) -> int:
    """Find the index of the first character that occurs only once, or -1.

    Also: position of the first non-repeating letter.

    >>> first_unique_index('loveleetcode')
    2
    >>> first_unique_index('aabb')
    -1
    """
    counts = Counter(text)
    return next((index for index, letter in enumerate(text) if counts[letter] == 1), -1)


def repeated_characters(text: str) -> list[str]:
    """List the characters that occur more than once in a string.

    Also: duplicate letters of a text; repeating characters in order.

    >>> repeated_characters('programming')
    ['r', 'g', 'm']
    >>> repeated_characters('abc')
    []
    """
    return [letter for letter, count in Counter(text).items() if count > 1]


def characters_occurring_once(text: str) -> str:
    """Keep the characters of a string that occur exactly once.

    Also: unique letters only; delete all characters that are repeated.

    >>> characters_occurring_once('programming')
    'poain'
    >>> characters_occurring_once('aa')
    ''
    """
    return "".join(letter for letter in text if text.count(letter) == 1)


def count_distinct_characters(text: str) -> int:
    """Count the different characters in a string.

    Also: number of unique letters, ignoring case.

    >>> count_distinct_characters('Banana')
    3
    >>> count_distinct_characters('')
    0
    """
    return len(set(text.lower()))


def longest_run_length(text: str) -> int:
    """Find the length of the longest run of equal consecutive characters.

    Also: maximum number of times a letter is repeated in a row; power of a string.

    >>> longest_run_length('abbcccdd')
    3
    >>> longest_run_length('')
    0
    """
    return max((len(run[0]) for run in re.finditer(r"(.)\1*", text, re.DOTALL)), default=0)


def sum_of_digits_in_text(text: str) -> int:
    """Add up the digits in a string.

    Also: total of the digit characters of a text.

    >>> sum_of_digits_in_text('a1b23')
    6
    >>> sum_of_digits_in_text('abc')
    0
    """
    return sum(int(letter) for letter in text if letter in "0123456789")


def sum_of_numbers_in_text(text: str) -> int:
    """Add up the whole numbers that are written in a string.

    Also: total of the integers embedded in a text.

    >>> sum_of_numbers_in_text('12 apples and 30 pears')
    42
    >>> sum_of_numbers_in_text('none')
    0
    """
    return sum(map(int, re.findall(r"\d+", text)))
