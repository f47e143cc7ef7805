"""Comparing strings: edit distance, common prefix, subsequence and substring, similarity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile


def edit_distance(first: str, second: str) -> int:
    """Find the edit distance of two strings.

    Also: Levenshtein distance; minimum number of insertions, deletions and replacements of
    characters to change one string to another.

    >>> edit_distance('kitten', 'sitting')
    3
    >>> edit_distance('', 'abc')
    3
    >>> edit_distance('same', 'same')
    0
    """
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        previous, row = row, [i]
        for j, b in enumerate(second, start=1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (a != b)))
    return row[-1]


def hamming_distance(first: str, second: str) -> int:
    """Find the Hamming distance of two strings of the same length.

    Also: number of positions at which the characters differ; count mismatches.

    >>> hamming_distance('karolin', 'kathrin')
    3
    >>> hamming_distance('', '')
    0
    """
    return sum(a != b for a, b in zip(first, second, strict=True))


def count_matching_positions(first: str, second: str) -> int:
    """Count the positions at which two strings have the same character.

    Also: number of equal letters at equal indexes.

    >>> count_matching_positions('abcd', 'abxd')
    3
    >>> count_matching_positions('ab', '')
    0
    """
    return sum(a == b for a, b in zip(first, second, strict=False))


def longest_common_subsequence(first: str, second: str) -> str:
    """Find the longest common subsequence of two strings.

    Also: LCS; longest sequence of letters that appears in both in the same order.

    >>> longest_common_subsequence('ABCBDAB', 'BDCAB')
    'BCAB'
    >>> longest_common_subsequence('abc', 'xyz')
    ''
    """
    best = [""] * (len(second) + 1)
    for a in first:
        previous, best = best, [""]
        for j, b in enumerate(second, start=1):
            best.append(previous[j - 1] + a if a == b else max(previous[j], best[-1], key=len))
    return best[-1]


def longest_common_subsequence_length(first: Sequence[object], second: Sequence[object]) -> int:
    """Find the length of the longest common subsequence of two sequences.

    Also: LCS length of two strings or lists.

    >>> longest_common_subsequence_length('AGGTAB', 'GXTXAYB')
    4
    >>> longest_common_subsequence_length([1, 2, 3], [2, 3, 1])
    2
    """
    best = [0] * (len(second) + 1)
    for a in first:
        previous, best = best, [0]
        for j, b in enumerate(second, start=1):
            best.append(previous[j - 1] + 1 if a == b else max(previous[j], best[-1]))
    return best[-1]


def longest_common_substring(first: str, second: str) -> str:
    """Find the longest common substring of two strings.

    Also: longest run of consecutive characters that both texts contain.

    >>> longest_common_substring('the photograph', 'a tomograph')
    'ograph'
    >>> longest_common_substring('abc', 'xyz')
    ''
    """
    best = ""
    lengths = [0] * (len(second) + 1)
    for i, a in enumerate(first, start=1):
        previous, lengths = lengths, [0]
        for j, b in enumerate(second):
            lengths.append(previous[j] + 1 if a == b else 0)
            if lengths[-1] > len(best):
                best = first[i - lengths[-1] : i]
    return best


def longest_common_prefix(words: Sequence[str]) -> str:
    """Find the longest common prefix of a list of strings.

    Also: shared beginning of all words; common start of strings.

    >>> longest_common_prefix(['flower', 'flow', 'flight'])
    'fl'
    >>> longest_common_prefix(['dog', 'car'])
    ''
    >>> longest_common_prefix([])
    ''
    """
    columns = takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False))
    return "".join(letters[0] for letters in columns)


def longest_common_suffix(words: Sequence[str]) -> str:
    """Find the longest common suffix of a list of strings.

    Also: shared ending of all words.

    >>> longest_common_suffix(['walking', 'talking', 'king'])
    'king'
    >>> longest_common_suffix(['a', 'b'])
    ''
    """
    backwards = zip(*(word[::-1] for word in words), strict=False)
    columns = takewhile(lambda letters: len(set(letters)) == 1, backwards)
    return "".join(letters[0] for letters in columns)[::-1]


def is_subsequence(part: Sequence[object], whole: Sequence[object]) -> bool:
    """Check whether one string is a subsequence of another.

    Also: letters appear in the same order, not necessarily next to each other.

    >>> is_subsequence('ace', 'abcde')
    True
    >>> is_subsequence('aec', 'abcde')
    False
    >>> is_subsequence('', 'abc')
    True
    """
    rest = iter(whole)
    return all(item in rest for item in part)


def count_subsequences(text: str, part: str) -> int:
    """Count in how many ways a string occurs as a subsequence of another.

    Also: number of distinct subsequences equal to a pattern.

    >>> count_subsequences('rabbbit', 'rabbit')
    3
    >>> count_subsequences('abc', '')
    1
    """
    ways = [1] + [0] * len(part)
    for letter in text:
        for index in range(len(part), 0, -1):
            if part[index - 1] == letter:
                ways[index] += ways[index - 1]
    return ways[-1]


def shortest_common_supersequence_length(first: str, second: str) -> int:
    """Find the length of the shortest string that has two strings as subsequences.

    Also: shortest common supersequence.

    >>> shortest_common_supersequence_length('abac', 'cab')
    5
    >>> shortest_common_supersequence_length('', 'ab')
    2
    """
    best = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        previous, best = best, [i]
        for j, b in enumerate(second, start=1):
            best.append(1 + (previous[j - 1] if a == b else min(previous[j], best[-1])))
    return best[-1]


def longest_palindromic_substring(text: str) -> str:
    """Find the longest palindromic substring of a string, the first one of several.

    Also: longest part that reads the same backwards.

    >>> longest_palindromic_substring('babad')
    'bab'
    >>> longest_palindromic_substring('cbbd')
    'bb'
    >>> longest_palindromic_substring('')
    ''
    """
    best = ""
    for center in range(2 * len(text) - 1):
        left, right = center // 2, (center + 1) // 2
        while left >= 0 and right < len(text) and text[left] == text[right]:
            left, right = left - 1, right + 1
        if right - left - 1 > len(best):
            best = text[left + 1 : right]
    return best


def longest_palindromic_subsequence_length(text: str) -> int:
    """Find the length of the longest palindromic subsequence of a string.

    Also: most letters that can be kept to form a palindrome without reordering.

    >>> longest_palindromic_subsequence_length('bbbab')
    4
    >>> longest_palindromic_subsequence_length('')
    0
    """
    best = [0] * (len(text) + 1)
    for a in text:
        previous, best = best, [0]
        for j, b in enumerate(reversed(text), start=1):
            best.append(previous[j - 1] + 1 if a == b else max(previous[j], best[-1]))
    return best[-1]


def count_palindromic_substrings(text: str) -> int:
    """Count the palindromic substrings of a string.

    Also: number of parts that read the same backwards, single letters included.

    >>> count_palindromic_substrings('aaa')
    6
    >>> count_palindromic_substrings('abc')
    3
    """
    count = 0
    for center in range(2 * len(text) - 1):
        left, right = center // 2, (center + 1) // 2
        while left >= 0 and right < len(text) and text[left] == text[right]:
            left, right, count = left - 1, right + 1, count + 1
    return count


def min_deletions_to_anagrams(first: str, second: str) -> int:
    """Count the characters to delete to make two strings anagrams of each other.

    Also: minimum number of letters to remove so that both have the same letters.

    >>> min_deletions_to_anagrams('cde', 'abc')
    4
    >>> min_deletions_to_anagrams('ab', 'ba')
    0
    """
    left, right = Counter(first), Counter(second)
    return ((left - right) + (right - left)).total()


def jaccard_similarity(first: str, second: str) -> float:
    """Find the Jaccard similarity of the words of two texts.

    Also: number of shared words divided by the number of different words.

    >>> jaccard_similarity('the cat sat', 'the cat ran')
    0.5
    >>> jaccard_similarity('', '')
    1.0
    """
    left, right = set(first.split()), set(second.split())
    return len(left & right) / len(left | right) if left | right else 1.0
