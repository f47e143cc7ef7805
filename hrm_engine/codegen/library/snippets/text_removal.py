"""Removing and replacing parts of a string: spaces, vowels, punctuation, duplicates, brackets."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from itertools import groupby


def remove_spaces(text: str) -> str:
    """Remove all whitespace from a string.

    Also: delete blanks, tabs and newlines; strip every space.

    >>> remove_spaces(' a b  c ')
    'abc'
    >>> remove_spaces('')
    ''
    """
    return "".join(text.split())


def collapse_spaces(text: str) -> str:
    """Replace multiple spaces in a string by a single space.

    Also: collapse repeated whitespace; remove extra blanks.

    >>> collapse_spaces('a  b    c')
    'a b c'
    >>> collapse_spaces('ab')
    'ab'
    """
    return re.sub(r" +", " ", text)


def trim_whitespace(text: str) -> str:
    """Remove the whitespace at both ends of a string.

    Also: strip leading and trailing spaces.

    >>> trim_whitespace('  hello ')
    'hello'
    >>> trim_whitespace('')
    ''
    """
    return text.strip()


def replace_spaces(text: str, replacement: str) -> str:
    """Replace the spaces of a string by another character.

    Also: substitute blanks with a given string.

    >>> replace_spaces('a b c', '_')
    'a_b_c'
    >>> replace_spaces('abc', '-')
    'abc'
    """
    return text.replace(" ", replacement)


def remove_vowels(text: str) -> str:
    """Remove the vowels from a string.

    Also: delete all letters a, e, i, o, u; keep consonants.

    >>> remove_vowels('Education is fun')
    'dctn s fn'
    >>> remove_vowels('sky')
    'sky'
    """
    return "".join(letter for letter in text if letter not in "aeiouAEIOU")


def replace_vowels(text: str, replacement: str) -> str:
    """Replace each vowel of a string by a given character.

    Also: substitute vowels with a star or another letter.

    >>> replace_vowels('hello', '*')
    'h*ll*'
    >>> replace_vowels('Up', '_')
    '_p'
    """
    return re.sub(r"[aeiouAEIOU]", lambda _: replacement, text)


def remove_punctuation(text: str) -> str:
    """Remove the punctuation from a string.

    Also: delete full stops, commas and other punctuation marks.

    >>> remove_punctuation('Hello, world! (yes)')
    'Hello world yes'
    >>> remove_punctuation('...')
    ''
    """
    return text.translate(str.maketrans("", "", string.punctuation))


def keep_alphanumeric(text: str) -> str:
    """Remove every character that is not a letter or a digit from a string.

    Also: delete special characters and spaces; keep alphanumeric characters only.

    >>> keep_alphanumeric('a-b c_1!')
    'abc1'
    >>> keep_alphanumeric('')
    ''
    """
    return re.sub(r"[^A-Za-z0-9]", "", text)


def remove_digits(text: str) -> str:
    """Remove the digits from a string.

    Also: delete all numbers of a text.

    >>> remove_digits('a1b22c')
    'abc'
    >>> remove_digits('42')
    ''
    """
    return re.sub(r"\d", "", text)


def remove_letters(text: str) -> str:
    """Remove the letters from a string.

    Also: delete all alphabetic characters.

    >>> remove_letters('a1b2-c')
    '12-'
    >>> remove_letters('abc')
    ''
    """
    return "".join(letter for letter in text if not letter.isalpha())


def remove_upper_case(text: str) -> str:
    """Remove the upper case letters from a string.

    Also: delete capital letters.

    >>> remove_upper_case('HelloWorld')
    'elloorld'
    >>> remove_upper_case('ABC')
    ''
    """
    return "".join(letter for letter in text if not letter.isupper())


def remove_lower_case(text: str) -> str:
    """Remove the lower case letters from a string.

    Also: delete small letters.

    >>> remove_lower_case('HelloWorld')
    'HW'
    >>> remove_lower_case('abc')
    ''
    """
    return "".join(letter for letter in text if not letter.islower())


def remove_character(text: str, character: str) -> str:
    """Remove every occurrence of a character from a string.

    Also: delete all copies of a letter.

    >>> remove_character('banana', 'a')
    'bnn'
    >>> remove_character('abc', 'x')
    'abc'
    """
    return text.replace(character, "")


def remove_characters(text: str, unwanted: str) -> str:
    """Remove all characters from a string that occur in a second string.

    Also: delete dirty characters; letters of the first string that are not in the second.

    >>> remove_characters('watermelon', 'late')
    'wrmon'
    >>> remove_characters('abc', '')
    'abc'
    """
    return "".join(letter for letter in text if letter not in unwanted)


def remove_first_occurrence(text: str, part: str) -> str:
    """Remove the first occurrence of a substring from a string.

    Also: delete one copy of a character or word.

    >>> remove_first_occurrence('banana', 'an')
    'bana'
    >>> remove_first_occurrence('abc', 'x')
    'abc'
    """
    return text.replace(part, "", 1)


def remove_last_occurrence(text: str, part: str) -> str:
    """Remove the last occurrence of a substring from a string.

    Also: delete the final copy of a character or word.

    >>> remove_last_occurrence('banana', 'an')
    'bana'
    >>> remove_last_occurrence('hello', 'l')
    'helo'
    >>> remove_last_occurrence('abc', 'x')
    'abc'
    """
    head, _, tail = text.rpartition(part)
    return head + tail


def remove_character_at(text: str, position: int) -> str:
    """Remove the character at a given position of a string.

    Also: delete the nth letter by its index.

    >>> remove_character_at('python', 2)
    'pyhon'
    >>> remove_character_at('abc', 0)
    'bc'
    """
    return "".join(letter for index, letter in enumerate(text) if index != position)


def remove_odd_positions(text: str) -> str:
    """Remove the characters at odd index positions of a string.

    Also: keep letters with even indexes; delete every second character.

    >>> remove_odd_positions('abcdef')
    'ace'
    >>> remove_odd_positions('')
    ''
    """
    return text[::2]


def remove_duplicate_characters(text: str) -> str:
    """Remove the duplicate characters of a string, keeping the first of each.

    Also: unique letters in order of appearance; delete repeated characters.

    >>> remove_duplicate_characters('programming')
    'progamin'
    >>> remove_duplicate_characters('')
    ''
    """
    return "".join(dict.fromkeys(text))


def remove_consecutive_duplicates(text: str) -> str:
    """Reduce each run of equal consecutive characters in a string to one.

    Also: remove adjacent repeated letters; squeeze doubled characters.

    >>> remove_consecutive_duplicates('aaabbca')
    'abca'
    >>> remove_consecutive_duplicates('')
    ''
    """
    return "".join(letter for letter, _ in groupby(text))


def remove_adjacent_pairs(text: str) -> str:
    """Remove pairs of equal adjacent characters from a string until none is left.

    Also: delete neighbouring duplicates repeatedly; reduced string.

    >>> remove_adjacent_pairs('abbaca')
    'ca'
    >>> remove_adjacent_pairs('aabb')
    ''
    """
    kept: list[str] = []
    for letter in text:
        if kept and kept[-1] == letter:
            kept.pop()
        else:
            kept.append(letter)
    return "".join(kept)


def remove_parenthesized(text: str) -> str:
    """Remove the parts of a string that stand in parentheses, and the parentheses.

    Also: delete round brackets with the text inside them.

    >>> remove_parenthesized('ab(cd)ef')
    'abef'
    >>> remove_parenthesized('a(b(c))d')
    'ad'
    """
    while (shorter := re.sub(r"\([^()]*\)", "", text)) != text:
        text = shorter
    return text


def remove_html_tags(text: str) -> str:
    """Remove the HTML tags from a text.

    Also: strip markup between angle brackets.

    >>> remove_html_tags('<p>Hello <b>you</b></p>')
    'Hello you'
    >>> remove_html_tags('plain')
    'plain'
    """
    return re.sub(r"<[^>]*>", "", text)


def remove_leading_zeros(text: str) -> str:
    """Remove the leading zeros of the numbers in a dotted string such as an IP address.

    Also: strip zeros at the start of each part between dots.

    >>> remove_leading_zeros('010.002.000.7')
    '10.2.0.7'
    >>> remove_leading_zeros('000.1')
    '0.1'
    """
    return ".".join(part.lstrip("0") or "0" for part in text.split("."))


def replace_character(text: str, old: str, new: str) -> str:
    """Replace every occurrence of a character in a string by another one.

    Also: substitute one letter or substring with another.

    >>> replace_character('banana', 'a', 'o')
    'bonono'
    >>> replace_character('', 'a', 'b')
    ''
    """
    return text.replace(old, new)


def replace_last_occurrence(text: str, old: str, new: str) -> str:
    """Replace the last occurrence of a substring in a string.

    Also: substitute only the final match.

    >>> replace_last_occurrence('a-b-c', '-', '+')
    'a-b+c'
    >>> replace_last_occurrence('abc', 'x', 'y')
    'abc'
    """
    head, found, tail = text.rpartition(old)
    return head + new + tail if found else text


def replace_by_mapping(text: str, mapping: Mapping[str, str]) -> str:
    """Replace the characters of a string by what a dictionary says.

    Also: translate letters with a mapping; substitute several characters at once.

    >>> replace_by_mapping('abc', {'a': '1', 'c': '3'})
    '1b3'
    >>> replace_by_mapping('', {'a': 'b'})
    ''
    """
    return "".join(mapping.get(letter, letter) for letter in text)


def remove_empty_strings(words: Iterable[str]) -> list[str]:
    """Remove the empty strings from a list of strings.

    Also: drop blank entries; filter out strings without characters.

    >>> remove_empty_strings(['a', '', 'b', ''])
    ['a', 'b']
    >>> remove_empty_strings([''])
    []
    """
    return [word for word in words if word]
