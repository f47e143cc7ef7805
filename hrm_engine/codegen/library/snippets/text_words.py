"""The words of a sentence: order, length, frequency, first letters, filtering."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence


def reverse_words(sentence: str) -> str:
    """Reverse the order of the words in a sentence.

    Also: last word first; reverse a string word by word.

    >>> reverse_words('the sky is blue')
    'blue is sky the'
    >>> reverse_words('  hello   world ')
    'world hello'
    """
    return " ".join(sentence.split()[::-1])


def reverse_each_word(sentence: str) -> str:
    """Reverse the letters of each word of a sentence, the words staying in their order.

    Also: flip every word individually; write each word backwards.

    >>> reverse_each_word('the sky is blue')
    'eht yks si eulb'
    >>> reverse_each_word('')
    ''
    """
    return " ".join(word[::-1] for word in sentence.split(" "))


def count_words(sentence: str) -> int:
    """Count the words in a sentence.

    Also: number of words in a string separated by spaces; word count.

    >>> count_words('the sky  is blue')
    4
    >>> count_words('')
    0
    """
    return len(sentence.split())


def longest_word(sentence: str) -> str:
    """Find the longest word in a sentence, the first one where several are equally long.

    Also: word with the most letters; word of maximum length.

    >>> longest_word('a quick brown fox')
    'quick'
    >>> longest_word('')
    ''
    """
    return max(sentence.split(), key=len, default="")


def shortest_word(sentence: str) -> str:
    """Find the shortest word in a sentence, the first one where several are equally short.

    Also: word with the fewest letters; word of minimum length.

    >>> shortest_word('the quick fox')
    'the'
    >>> shortest_word('')
    ''
    """
    return min(sentence.split(), key=len, default="")


def longest_string(words: Sequence[str]) -> str:
    """Find the longest string in a list of strings.

    Also: longest word of a list; string of maximum length in an array.

    >>> longest_string(['red', 'yellow', 'purple', 'blue'])
    'yellow'
    >>> longest_string(['a'])
    'a'
    """
    return max(words, key=len)


def longest_word_length(words: Sequence[str]) -> int:
    """Find the length of the longest word in a list.

    Also: maximum word length; size of the longest string of an array.

    >>> longest_word_length(['red', 'yellow', 'blue'])
    6
    >>> longest_word_length([])
    0
    """
    return max(map(len, words), default=0)


def shortest_word_length(words: Sequence[str]) -> int:
    """Find the length of the shortest word in a list.

    Also: minimum word length; size of the smallest string of an array.

    >>> shortest_word_length(['red', 'go', 'blue'])
    2
    >>> shortest_word_length([])
    0
    """
    return min(map(len, words), default=0)


def words_longer_than(sentence: str, length: int) -> list[str]:
    """Find the words of a sentence that are longer than a given length.

    Also: filter long words; words with more than n letters from a string.

    >>> words_longer_than('python is a programming language', 6)
    ['programming', 'language']
    >>> words_longer_than('so it is', 2)
    []
    """
    return [word for word in sentence.split() if len(word) > length]


def words_of_length(sentence: str, length: int) -> list[str]:
    """Find the words of a sentence that have exactly a given length.

    Also: words with n letters; extract words of a certain size from a text.

    >>> words_of_length('the cat sat on a mat', 3)
    ['the', 'cat', 'sat', 'mat']
    >>> words_of_length('one', 4)
    []
    """
    return [word for word in re.findall(r"\w+", sentence) if len(word) == length]


def words_starting_with(words: Sequence[str], prefix: str) -> list[str]:
    """Find the words of a list that start with a given prefix.

    Also: filter strings by their first letter; names beginning with a letter.

    >>> words_starting_with(['apple', 'bat', 'ant'], 'a')
    ['apple', 'ant']
    >>> words_starting_with([], 'a')
    []
    """
    return [word for word in words if word.startswith(prefix)]


def words_ending_with(words: Sequence[str], suffix: str) -> list[str]:
    """Find the words of a list that end with a given suffix.

    Also: filter strings by their last letters; file names with an extension.

    >>> words_ending_with(['a.py', 'b.txt', 'c.py'], '.py')
    ['a.py', 'c.py']
    >>> words_ending_with(['x'], 'y')
    []
    """
    return [word for word in words if word.endswith(suffix)]


def words_containing(words: Sequence[str], part: str) -> list[str]:
    """Find the strings of a list that contain a given substring.

    Also: filter words by a part; search a list of strings for a text.

    >>> words_containing(['green', 'orange', 'black'], 'ange')
    ['orange']
    >>> words_containing(['green', 'red'], 'e')
    ['green', 'red']
    """
    return [word for word in words if part in word]


def word_frequencies(sentence: str) -> dict[str, int]:
    """Count how often each word occurs in a sentence.

    Also: word frequency dictionary; occurrences of the words of a text.

    >>> word_frequencies('the cat and the dog')
    {'the': 2, 'cat': 1, 'and': 1, 'dog': 1}
    >>> word_frequencies('')
    {}
    """
    return dict(Counter(sentence.split()))


def most_frequent_word(sentence: str) -> str:
    """Find the most frequent word of a sentence, ignoring case and punctuation.

    Also: most common word; word with the highest count in a text.

    >>> most_frequent_word('The cat, the dog and THE bird.')
    'the'
    >>> most_frequent_word('one two two')
    'two'
    """
    counts = Counter(re.findall(r"[\w']+", sentence.lower()))
    return counts.most_common(1)[0][0] if counts else ""


def most_common_words(words: Sequence[str], count: int) -> list[tuple[str, int]]:
    """Find the n most common words of a list with their counts.

    Also: top n frequent words; words that occur most often.

    >>> most_common_words(['a', 'b', 'a', 'c', 'b', 'a'], 2)
    [('a', 3), ('b', 2)]
    >>> most_common_words([], 3)
    []
    """
    return Counter(words).most_common(count)


def first_repeated_word(sentence: str) -> str | None:
    """Find the first repeated word in a sentence, or None where no word is repeated.

    Also: first word that occurs twice; first duplicate word of a text.

    >>> first_repeated_word('one two three two one')
    'two'
    >>> first_repeated_word('a b a')
    'a'
    """
    seen = set()
    for word in sentence.split():
        if word in seen:
            return word
        seen.add(word)
    return None


def remove_duplicate_words(sentence: str) -> str:
    """Remove the duplicate words of a sentence, keeping the first of each.

    Also: delete repeated words from a string; unique words in order.

    >>> remove_duplicate_words('one two one three two')
    'one two three'
    >>> remove_duplicate_words('')
    ''
    """
    return " ".join(dict.fromkeys(sentence.split()))


def unique_words_sorted(sentence: str) -> list[str]:
    """List the different words of a sentence in alphabetical order.

    Also: distinct words sorted; vocabulary of a text.

    >>> unique_words_sorted('the cat and the dog')
    ['and', 'cat', 'dog', 'the']
    >>> unique_words_sorted('')
    []
    """
    return sorted(set(sentence.split()))


def sort_words(sentence: str) -> str:
    """Sort the words of a sentence in alphabetical order.

    Also: arrange words lexicographically, ignoring case.

    >>> sort_words('the Quick brown fox')
    'brown fox Quick the'
    >>> sort_words('b a')
    'a b'
    """
    return " ".join(sorted(sentence.split(), key=str.lower))


def sort_words_by_length(words: Sequence[str]) -> list[str]:
    """Sort a list of words by their length.

    Also: order strings from shortest to longest.

    >>> sort_words_by_length(['banana', 'fig', 'apple'])
    ['fig', 'apple', 'banana']
    >>> sort_words_by_length([])
    []
    """
    return sorted(words, key=len)


def word_lengths(sentence: str) -> list[int]:
    """List the length of each word of a sentence.

    Also: number of letters of every word; sizes of the words.

    >>> word_lengths('to be or not')
    [2, 2, 2, 3]
    >>> word_lengths('')
    []
    """
    return [len(word) for word in sentence.split()]


def average_word_length(sentence: str) -> float:
    """Find the average length of the words in a sentence.

    Also: mean number of letters per word.

    >>> average_word_length('to be free')
    2.6666666666666665
    >>> average_word_length('')
    0.0
    """
    words = sentence.split()
    return sum(map(len, words)) / len(words) if words else 0.0


def acronym(phrase: str) -> str:
    """Make an acronym from the first letters of the words of a phrase.

    Also: initials of a name in capitals; abbreviation of a phrase.

    >>> acronym('portable network graphics')
    'PNG'
    >>> acronym('Light-amplifying device')
    'LAD'
    """
    return "".join(word[0].upper() for word in re.findall(r"[A-Za-z0-9']+", phrase))


def last_word_length(sentence: str) -> int:
    """Find the length of the last word in a sentence.

    Also: number of letters in the final word of a string.

    >>> last_word_length('hello big world ')
    5
    >>> last_word_length('')
    0
    """
    words = sentence.split()
    return len(words[-1]) if words else 0
