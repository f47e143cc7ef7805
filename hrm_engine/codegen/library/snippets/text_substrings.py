"""Parts of a string: all substrings, permutations, combinations, subsequences, windows."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations, product


def all_substrings(text: str) -> list[str]:
    """List all substrings of a string.

    Also: every part of consecutive characters.

    >>> all_substrings('abc')
    ['a', 'ab', 'abc', 'b', 'bc', 'c']
    >>> all_substrings('')
    []
    """
    return [text[i:j] for i in range(len(text)) for j in range(i + 1, len(text) + 1)]


def substrings_of_length(text: str, length: int) -> list[str]:
    """List the substrings of a string that have a given length.

    Also: n-grams of characters; sliding windows of a text.

    >>> substrings_of_length('abcd', 2)
    ['ab', 'bc', 'cd']
    >>> substrings_of_length('ab', 3)
    []
    """
    return [text[i : i + length] for i in range(len(text) - length + 1)]


def count_non_empty_substrings(text: str) -> int:
    """Count the non-empty substrings of a string.

    Also: number of all substrings, n times n plus 1 over 2.

    >>> count_non_empty_substrings('abcd')
    10
    >>> count_non_empty_substrings('')
    0
    """
    return len(text) * (len(text) + 1) // 2


def count_distinct_substrings(text: str) -> int:
    """Count the different non-empty substrings of a string.

    Also: number of unique parts of consecutive characters.

    >>> count_distinct_substrings('aab')
    5
    >>> count_distinct_substrings('aaa')
    3
    """
    return len({text[i:j] for i in range(len(text)) for j in range(i + 1, len(text) + 1)})


def prefixes(text: str) -> list[str]:
    """List all prefixes of a string, the shortest first.

    Also: every beginning of a word.

    >>> prefixes('abc')
    ['a', 'ab', 'abc']
    >>> prefixes('')
    []
    """
    return [text[:end] for end in range(1, len(text) + 1)]


def suffixes(text: str) -> list[str]:
    """List all suffixes of a string, the longest first.

    Also: every ending of a word.

    >>> suffixes('abc')
    ['abc', 'bc', 'c']
    >>> suffixes('')
    []
    """
    return [text[start:] for start in range(len(text))]


def string_rotations(text: str) -> list[str]:
    """List all rotations of a string.

    Also: every cyclic shift of a word.

    >>> string_rotations('abc')
    ['abc', 'bca', 'cab']
    >>> string_rotations('')
    []
    """
    return [text[start:] + text[:start] for start in range(len(text))]


def string_permutations(text: str) -> list[str]:
    """List the different permutations of a string in alphabetical order.

    Also: all arrangements of the letters of a word; anagrams of a text.

    >>> string_permutations('abc')
    ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']
    >>> string_permutations('aab')
    ['aab', 'aba', 'baa']
    """
    return sorted({"".join(order) for order in permutations(text)})


def string_combinations(text: str, length: int) -> list[str]:
    """List the combinations of a given number of characters of a string.

    Also: choose n letters, the order kept.

    >>> string_combinations('abc', 2)
    ['ab', 'ac', 'bc']
    >>> string_combinations('abc', 4)
    []
    """
    return ["".join(chosen) for chosen in combinations(text, length)]


def string_subsequences(text: str) -> list[str]:
    """List all non-empty subsequences of a string, the shortest first.

    Also: every selection of letters in their order; power set of the characters.

    >>> string_subsequences('abc')
    ['a', 'b', 'c', 'ab', 'ac', 'bc', 'abc']
    >>> string_subsequences('')
    []
    """
    lengths = range(1, len(text) + 1)
    return ["".join(chosen) for length in lengths for chosen in combinations(text, length)]


def strings_of_alphabet(alphabet: str, length: int) -> list[str]:
    """List all strings of a given length over an alphabet.

    Also: Cartesian product of characters; words with repetition of letters.

    >>> strings_of_alphabet('ab', 2)
    ['aa', 'ab', 'ba', 'bb']
    >>> strings_of_alphabet('ab', 0)
    ['']
    """
    return ["".join(letters) for letters in product(alphabet, repeat=length)]


def next_permutation_of_text(text: str) -> str:
    """Find the next permutation of a string in alphabetical order, or the first after the last.

    Also: next greater arrangement of the letters.

    >>> next_permutation_of_text('abc')
    'acb'
    >>> next_permutation_of_text('cba')
    'abc'
    """
    letters = list(text)
    pivot = len(letters) - 2
    while pivot >= 0 and letters[pivot] >= letters[pivot + 1]:
        pivot -= 1
    if pivot >= 0:
        after = max(i for i in range(pivot + 1, len(letters)) if letters[i] > letters[pivot])
        letters[pivot], letters[after] = letters[after], letters[pivot]
    return "".join(letters[: pivot + 1] + letters[pivot + 1 :][::-1])


def chunk_string(text: str, size: int) -> list[str]:
    """Split a string into pieces of a given length, the last one shorter where needed.

    Also: chunks of n characters; cut a text at regular distances.

    >>> chunk_string('abcdefg', 3)
    ['abc', 'def', 'g']
    >>> chunk_string('', 3)
    []
    """
    return [text[start : start + size] for start in range(0, len(text), size)]


def longest_substring_without_repeats(text: str) -> str:
    """Find the longest substring without repeated characters, the first one of several.

    Also: longest part in which all letters are different.

    >>> longest_substring_without_repeats('abcabcbb')
    'abc'
    >>> longest_substring_without_repeats('')
    ''
    """
    best, window = "", ""
    for letter in text:
        window = window[window.find(letter) + 1 :] + letter
        if len(window) > len(best):
            best = window
    return best


def longest_unique_substring_length(text: str) -> int:
    """Find the length of the longest substring without repeated characters.

    Also: size of the largest window of distinct letters.

    >>> longest_unique_substring_length('pwwkew')
    3
    >>> longest_unique_substring_length('')
    0
    """
    best = start = 0
    last: dict[str, int] = {}
    for index, letter in enumerate(text):
        start = max(start, last.get(letter, -1) + 1)
        last[letter] = index
        best = max(best, index - start + 1)
    return best


def longest_substring_with_k_distinct(text: str, count: int) -> int:
    """Find the length of the longest substring with at most k different characters.

    Also: largest window with a limited number of distinct letters.

    >>> longest_substring_with_k_distinct('eceba', 2)
    3
    >>> longest_substring_with_k_distinct('aa', 1)
    2
    """
    window: Counter[str] = Counter()
    best = start = 0
    for end, letter in enumerate(text):
        window[letter] += 1
        while len(+window) > count:
            window[text[start]] -= 1
            start += 1
        best = max(best, end - start + 1)
    return best


def smallest_window_containing(text: str, letters: str) -> str:
    """Find the shortest substring that contains all characters of another string.

    Also: minimum window with all letters of a pattern, counted with repeats.

    >>> smallest_window_containing('ADOBECODEBANC', 'ABC')
    'BANC'
    >>> smallest_window_containing('a', 'aa')
    ''
    """
    needed = Counter(letters)
    best, start = "", 0
    window: Counter[str] = Counter()
    for end, letter in enumerate(text, start=1):
        window[letter] += 1
        while start < end and window >= needed:
            if not best or end - start < len(best):
                best = text[start:end]
            window[text[start]] -= 1
            start += 1
    return best


def shortest_repeating_unit(text: str) -> str:
    """Find the shortest string whose repetition makes up a string.

    Also: smallest period of a text; repeated substring pattern.

    >>> shortest_repeating_unit('abcabc')
    'abc'
    >>> shortest_repeating_unit('aba')
    'aba'
    """
    return text[: (text + text).find(text, 1)] if text else ""


def is_repeated_substring(text: str) -> bool:
    """Check whether a string is made of a shorter string repeated several times.

    Also: repeated substring pattern; periodic text.

    >>> is_repeated_substring('abab')
    True
    >>> is_repeated_substring('aba')
    False
    """
    return bool(text) and text in (text + text)[1:-1]


def letter_combinations_of_phone(digits: str) -> list[str]:
    """List the words that a string of phone keys can stand for.

    Also: letter combinations of a telephone number; keypad letters.

    >>> letter_combinations_of_phone('23')
    ['ad', 'ae', 'af', 'bd', 'be', 'bf', 'cd', 'ce', 'cf']
    >>> letter_combinations_of_phone('')
    []
    """
    keys = ["", "", "abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"]
    words = product(*(keys[int(digit)] for digit in digits)) if digits else ()
    return ["".join(word) for word in words]
