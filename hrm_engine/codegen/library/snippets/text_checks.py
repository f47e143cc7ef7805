"""Yes-or-no questions about strings: palindromes, anagrams, uniqueness, kinds of characters."""

from __future__ import annotations

import string
from collections import Counter
from itertools import pairwise


def is_palindrome(text: str) -> bool:
    """Check whether a string is a palindrome.

    Also: reads the same forwards and backwards; equal to its reverse.

    >>> is_palindrome('level')
    True
    >>> is_palindrome('Level')
    False
    >>> is_palindrome('')
    True
    """
    return text == text[::-1]


def is_palindrome_sentence(text: str) -> bool:
    """Check whether a sentence is a palindrome, ignoring case, spaces and punctuation.

    Also: phrase that reads the same backwards; valid palindrome of letters and digits.

    >>> is_palindrome_sentence('A man, a plan, a canal: Panama')
    True
    >>> is_palindrome_sentence('race a car')
    False
    """
    letters = [letter for letter in text.lower() if letter.isalnum()]
    return letters == letters[::-1]


def can_form_palindrome(text: str) -> bool:
    """Check whether the characters of a string can be rearranged to a palindrome.

    Also: palindrome permutation; at most one letter with an odd count.

    >>> can_form_palindrome('civic')
    True
    >>> can_form_palindrome('aabbc')
    True
    >>> can_form_palindrome('abc')
    False
    """
    return sum(count % 2 for count in Counter(text).values()) <= 1


def is_almost_palindrome(text: str) -> bool:
    """Check whether a string is a palindrome after removing at most one character.

    Also: nearly a palindrome; delete one letter to read the same backwards.

    >>> is_almost_palindrome('abca')
    True
    >>> is_almost_palindrome('abc')
    False
    >>> is_almost_palindrome('noon')
    True
    """
    left, right = 0, len(text) - 1
    while left < right and text[left] == text[right]:
        left, right = left + 1, right - 1
    shorter = text[left:right], text[left + 1 : right + 1]
    return any(part == part[::-1] for part in shorter)


def are_anagrams(first: str, second: str) -> bool:
    """Check whether two strings are anagrams of each other.

    Also: same letters in another order; rearranged words; permutation of the other string.

    >>> are_anagrams('listen', 'silent')
    True
    >>> are_anagrams('hello', 'world')
    False
    """
    return sorted(first) == sorted(second)


def are_anagram_phrases(first: str, second: str) -> bool:
    """Check whether two phrases are anagrams, ignoring case, spaces and punctuation.

    Also: sentences that use the same letters.

    >>> are_anagram_phrases('Dormitory', 'dirty room!')
    True
    >>> are_anagram_phrases('abc', 'ab')
    False
    """
    return sorted(filter(str.isalnum, first.lower())) == sorted(filter(str.isalnum, second.lower()))


def is_rotation(first: str, second: str) -> bool:
    """Check whether one string is a rotation of another.

    Also: cyclic shift of a string; rotated version of a word.

    >>> is_rotation('waterbottle', 'erbottlewat')
    True
    >>> is_rotation('abc', 'acb')
    False
    """
    return len(first) == len(second) and second in first + first


def has_unique_characters(text: str) -> bool:
    """Check whether all characters of a string are different.

    Also: no repeated letters; isogram; every character occurs only once.

    >>> has_unique_characters('world')
    True
    >>> has_unique_characters('hello')
    False
    """
    return len(set(text)) == len(text)


def has_all_same_characters(text: str) -> bool:
    """Check whether all characters of a string are the same.

    Also: only one letter repeated; no different characters.

    >>> has_all_same_characters('aaa')
    True
    >>> has_all_same_characters('aab')
    False
    >>> has_all_same_characters('')
    True
    """
    return len(set(text)) <= 1


def has_equal_letter_counts(text: str) -> bool:
    """Check whether every character of a string occurs equally often.

    Also: all letters have the same frequency.

    >>> has_equal_letter_counts('abcabc')
    True
    >>> has_equal_letter_counts('aab')
    False
    """
    return len(set(Counter(text).values())) <= 1


def has_consecutive_repeats(text: str) -> bool:
    """Check whether a string contains two equal characters in a row.

    Also: double letters; adjacent duplicate characters.

    >>> has_consecutive_repeats('hello')
    True
    >>> has_consecutive_repeats('world')
    False
    """
    return any(a == b for a, b in pairwise(text))


def is_pangram(text: str) -> bool:
    """Check whether a string is a pangram.

    Also: contains every letter of the alphabet at least once.

    >>> is_pangram('The quick brown fox jumps over the lazy dog')
    True
    >>> is_pangram('Hello world')
    False
    """
    return set(string.ascii_lowercase) <= set(text.lower())


def is_isomorphic(first: str, second: str) -> bool:
    """Check whether two strings are isomorphic.

    Also: letters can be replaced one for one to get the other string; same pattern of letters.

    >>> is_isomorphic('egg', 'add')
    True
    >>> is_isomorphic('foo', 'bar')
    False
    >>> is_isomorphic('paper', 'title')
    True
    """
    if len(first) != len(second):
        return False
    pairs = set(zip(first, second, strict=True))
    return len(pairs) == len(set(first)) == len(set(second))


def follows_word_pattern(pattern: str, sentence: str) -> bool:
    """Check whether the words of a sentence follow a pattern of letters.

    Also: word pattern; each letter stands for one word.

    >>> follows_word_pattern('abba', 'dog cat cat dog')
    True
    >>> follows_word_pattern('abba', 'dog cat cat fish')
    False
    """
    words = sentence.split()
    if len(words) != len(pattern):
        return False
    pairs = set(zip(pattern, words, strict=True))
    return len(pairs) == len(set(pattern)) == len(set(words))


def is_one_edit_away(first: str, second: str) -> bool:
    """Check whether two strings are at most one edit apart.

    Also: one insertion, deletion or replacement of a character makes them equal.

    >>> is_one_edit_away('pale', 'ple')
    True
    >>> is_one_edit_away('pale', 'bake')
    False
    >>> is_one_edit_away('same', 'same')
    True
    """
    if len(first) < len(second):
        first, second = second, first
    for index, (a, b) in enumerate(zip(first, second, strict=False)):
        if a != b:
            rest = second[index + 1 :] if len(first) == len(second) else second[index:]
            return first[index + 1 :] == rest
    return len(first) - len(second) <= 1


def contains_all_vowels(text: str) -> bool:
    """Check whether a string contains all the vowels.

    Also: a, e, i, o and u occur at least once.

    >>> contains_all_vowels('Education')
    True
    >>> contains_all_vowels('hello')
    False
    """
    return set("aeiou") <= set(text.lower())


def contains_vowel(text: str) -> bool:
    """Check whether a string contains a vowel.

    Also: at least one of a, e, i, o, u in a word.

    >>> contains_vowel('sky')
    False
    >>> contains_vowel('Up')
    True
    """
    return any(letter in "aeiouAEIOU" for letter in text)


def is_vowel(letter: str) -> bool:
    """Check whether a character is a vowel.

    Also: test if a letter is one of a, e, i, o, u.

    >>> is_vowel('E')
    True
    >>> is_vowel('b')
    False
    """
    return len(letter) == 1 and letter in "aeiouAEIOU"


def has_letters_and_digits(text: str) -> bool:
    """Check whether a string has at least one letter and at least one digit.

    Also: contains both alphabets and numbers.

    >>> has_letters_and_digits('abc1')
    True
    >>> has_letters_and_digits('abc')
    False
    """
    return any(map(str.isalpha, text)) and any(map(str.isdigit, text))


def contains_special_character(text: str) -> bool:
    """Check whether a string contains a special character.

    Also: has punctuation or a symbol that is no letter, digit or space.

    >>> contains_special_character('hello!')
    True
    >>> contains_special_character('hello 1')
    False
    """
    return any(not (letter.isalnum() or letter.isspace()) for letter in text)


def is_sorted_alphabetically(text: str) -> bool:
    """Check whether the letters of a string are in alphabetical order.

    Also: characters in ascending order; abecedarian word.

    >>> is_sorted_alphabetically('almost')
    True
    >>> is_sorted_alphabetically('word')
    False
    """
    return list(text) == sorted(text)


def can_build_from_letters(word: str, letters: str) -> bool:
    """Check whether a word can be built from given letters, each used once.

    Also: ransom note; enough characters in the magazine to make a string.

    >>> can_build_from_letters('aab', 'baa')
    True
    >>> can_build_from_letters('aab', 'ab')
    False
    """
    return not Counter(word) - Counter(letters)


def are_brackets_balanced(text: str) -> bool:
    """Check whether the brackets of a string are balanced.

    Also: valid parentheses; every opening bracket is closed in the right order; matching braces.

    >>> are_brackets_balanced('{[()]}')
    True
    >>> are_brackets_balanced('([)]')
    False
    >>> are_brackets_balanced('a(b')
    False
    """
    opening = {")": "(", "]": "[", "}": "{"}
    stack: list[str] = []
    for letter in text:
        if letter in "([{":
            stack.append(letter)
        elif letter in opening and (not stack or stack.pop() != opening[letter]):
            return False
    return not stack
