"""Whole sentences and lists of words: replacing, joining, wrapping, anagram groups."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence


def count_word_occurrences(text: str, word: str) -> int:
    """Count how often a word occurs in a text, ignoring case.

    Also: occurrences of a whole word; frequency of one word in a sentence.

    >>> count_word_occurrences('The cat saw the catalogue', 'the')
    2
    >>> count_word_occurrences('The cat saw the catalogue', 'cat')
    1
    """
    return re.findall(r"\w+", text.lower()).count(word.lower())


def replace_word(text: str, old: str, new: str) -> str:
    """Replace every whole word of a text that equals a given word.

    Also: substitute a word by another one without touching longer words.

    >>> replace_word('cat and catalogue', 'cat', 'dog')
    'dog and catalogue'
    >>> replace_word('a b a', 'a', 'x')
    'x b x'
    """
    return re.sub(rf"\b{re.escape(old)}\b", lambda _: new, text)


def replace_words_from_dictionary(text: str, replacements: Mapping[str, str]) -> str:
    """Replace the words of a text by what a dictionary says.

    Also: substitute words using a mapping; translate word by word.

    >>> replace_words_from_dictionary('my cat is big', {'cat': 'dog', 'big': 'small'})
    'my dog is small'
    >>> replace_words_from_dictionary('same', {})
    'same'
    """
    return re.sub(r"\w+", lambda word: replacements.get(word[0], word[0]), text)


def censor_words(text: str, banned: Iterable[str]) -> str:
    """Replace each banned word of a text by stars of the same length.

    Also: mask bad words; censor a list of words with asterisks.

    >>> censor_words('you silly old goose', ['silly', 'goose'])
    'you ***** old *****'
    >>> censor_words('fine', [])
    'fine'
    """
    hidden = {word.lower() for word in banned}
    return re.sub(
        r"\w+", lambda word: "*" * len(word[0]) if word[0].lower() in hidden else word[0], text
    )


def remove_words(sentence: str, unwanted: Iterable[str]) -> str:
    """Remove given words from a sentence.

    Also: delete stop words from a string; drop all words that are in a list.

    >>> remove_words('the cat and the dog', ['the', 'and'])
    'cat dog'
    >>> remove_words('a', ['a'])
    ''
    """
    dropped = set(unwanted)
    return " ".join(word for word in sentence.split() if word not in dropped)


def remove_short_words(sentence: str, length: int) -> str:
    """Remove the words of a sentence that are shorter than a given length.

    Also: keep only words with at least n letters; delete small words.

    >>> remove_short_words('I am a happy person', 3)
    'happy person'
    >>> remove_short_words('', 3)
    ''
    """
    return " ".join(word for word in sentence.split() if len(word) >= length)


def swap_first_and_last_word(sentence: str) -> str:
    """Swap the first and last words of a sentence.

    Also: exchange the first word with the last word of a string.

    >>> swap_first_and_last_word('one two three')
    'three two one'
    >>> swap_first_and_last_word('alone')
    'alone'
    """
    words = sentence.split()
    if len(words) < 2:
        return sentence
    return " ".join([words[-1], *words[1:-1], words[0]])


def first_letters(sentence: str) -> list[str]:
    """List the first letter of each word of a sentence.

    Also: initial characters of the words; starting letters.

    >>> first_letters('green eggs and ham')
    ['g', 'e', 'a', 'h']
    >>> first_letters('')
    []
    """
    return [word[0] for word in sentence.split()]


def join_words(words: Iterable[str], separator: str = " ") -> str:
    """Join a list of words to one string with a separator.

    Also: concatenate strings with spaces or a delimiter; list to sentence.

    >>> join_words(['a', 'b', 'c'], '-')
    'a-b-c'
    >>> join_words(['one', 'two'])
    'one two'
    """
    return separator.join(words)


def join_with_and(words: Sequence[str]) -> str:
    """Join words with commas and the word and before the last one.

    Also: readable enumeration of a list; human list of names.

    >>> join_with_and(['red', 'green', 'blue'])
    'red, green and blue'
    >>> join_with_and(['red'])
    'red'
    >>> join_with_and([])
    ''
    """
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)


def split_on_delimiters(text: str, delimiters: str) -> list[str]:
    """Split a string at any of several separator characters.

    Also: split on multiple delimiters; tokenise by commas, semicolons and spaces.

    >>> split_on_delimiters('a,b;c d', ',; ')
    ['a', 'b', 'c', 'd']
    >>> split_on_delimiters('a, b', ', ')
    ['a', 'b']
    """
    return [part for part in re.split(f"[{re.escape(delimiters)}]", text) if part]


def split_lines(text: str) -> list[str]:
    r"""Split a text into its lines without the empty ones.

    Also: list of non-empty lines; break a multi-line string at newlines.

    >>> split_lines('one\n\ntwo')
    ['one', 'two']
    >>> split_lines('')
    []
    """
    return [line for line in text.splitlines() if line.strip()]


def split_sentences(text: str) -> list[str]:
    """Split a text into sentences.

    Also: break a paragraph after full stops, question marks and exclamation marks.

    >>> split_sentences('It rains. Does it? Yes!')
    ['It rains.', 'Does it?', 'Yes!']
    >>> split_sentences('')
    []
    """
    return [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part]


def wrap_text(text: str, width: int) -> list[str]:
    """Wrap a text into lines of at most a given width.

    Also: break a paragraph into lines at spaces; word wrap.

    >>> wrap_text('the quick brown fox', 10)
    ['the quick', 'brown fox']
    >>> wrap_text('', 10)
    []
    """
    return textwrap.wrap(text, width)


def common_words(first: str, second: str) -> list[str]:
    """Find the words that two sentences have in common, in the order of the first.

    Also: shared words; intersection of the words of two strings.

    >>> common_words('the cat sat', 'a cat and the dog')
    ['the', 'cat']
    >>> common_words('a', 'b')
    []
    """
    others = set(second.split())
    return [word for word in dict.fromkeys(first.split()) if word in others]


def uncommon_words(first: str, second: str) -> list[str]:
    """Find the words that occur in only one of two sentences.

    Also: words not shared by two strings; symmetric difference of words.

    >>> uncommon_words('red green blue', 'green black')
    ['red', 'blue', 'black']
    >>> uncommon_words('a', 'a')
    []
    """
    left, right = first.split(), second.split()
    words = dict.fromkeys(left + right)
    return [word for word in words if (word in left) != (word in right)]


def group_anagrams(words: Iterable[str]) -> list[list[str]]:
    """Group the words of a list that are anagrams of each other.

    Also: collect words with the same letters; anagram classes.

    >>> group_anagrams(['eat', 'tea', 'tan', 'ate', 'nat', 'bat'])
    [['eat', 'tea', 'ate'], ['tan', 'nat'], ['bat']]
    >>> group_anagrams([])
    []
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        groups["".join(sorted(word))].append(word)
    return list(groups.values())


def palindromic_words(words: Iterable[str]) -> list[str]:
    """Find the palindromes in a list of strings.

    Also: filter words that read the same backwards.

    >>> palindromic_words(['level', 'tree', 'noon'])
    ['level', 'noon']
    >>> palindromic_words([])
    []
    """
    return [word for word in words if word == word[::-1]]


def find_anagrams_of(word: str, candidates: Iterable[str]) -> list[str]:
    """Find the anagrams of a word in a list of words.

    Also: words made of the same letters as a given word.

    >>> find_anagrams_of('listen', ['silent', 'google', 'enlist'])
    ['silent', 'enlist']
    >>> find_anagrams_of('abc', ['ab'])
    []
    """
    return [candidate for candidate in candidates if sorted(candidate) == sorted(word)]


def same_first_and_last_letter(words: Iterable[str]) -> list[str]:
    """Find the words of a list whose first and last letters are the same.

    Also: strings that begin and end with the same character.

    >>> same_first_and_last_letter(['abca', 'xyz', 'aa', ''])
    ['abca', 'aa']
    >>> same_first_and_last_letter(['ab'])
    []
    """
    return [word for word in words if word and word[0] == word[-1]]
