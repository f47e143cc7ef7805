"""Upper and lower case, naming styles, padding, and the order of characters in a text."""

from __future__ import annotations

import re


def to_upper_case(text: str) -> str:
    """Convert a string to upper case.

    Also: make all letters capital; change lowercase characters to uppercase.

    >>> to_upper_case('Tea for two')
    'TEA FOR TWO'
    >>> to_upper_case('')
    ''
    """
    return text.upper()


def to_lower_case(text: str) -> str:
    """Convert a string to lower case.

    Also: make all letters small; change uppercase characters to lowercase.

    >>> to_lower_case('Tea for TWO')
    'tea for two'
    >>> to_lower_case('ABC1')
    'abc1'
    """
    return text.lower()


def swap_case(text: str) -> str:
    """Swap the case of every letter in a string.

    Also: toggle the case of all characters; turn uppercase to lowercase and the reverse.

    >>> swap_case('Hello World')
    'hELLO wORLD'
    >>> swap_case('a1B')
    'A1b'
    """
    return text.swapcase()


def capitalize_first_letter(text: str) -> str:
    """Make the first letter of a string upper case and leave the rest as it is.

    Also: capitalise the first character; start the text with a capital letter.

    >>> capitalize_first_letter('hello McCoy')
    'Hello McCoy'
    >>> capitalize_first_letter('')
    ''
    """
    return text[:1].upper() + text[1:]


def capitalize_each_word(text: str) -> str:
    """Capitalize the first letter of each word in a string.

    Also: title case; make every word start with an uppercase letter.

    >>> capitalize_each_word('the quick  brown fox')
    'The Quick  Brown Fox'
    >>> capitalize_each_word("it's 5 o'clock")
    "It's 5 O'clock"
    """
    return re.sub(r"\S+", lambda word: word[0][0].upper() + word[0][1:], text)


def uncapitalize_first_letter(text: str) -> str:
    """Make the first letter of a string lower case and leave the rest as it is.

    Also: decapitalise a string; uncapitalise the first character.

    >>> uncapitalize_first_letter('HelloWorld')
    'helloWorld'
    >>> uncapitalize_first_letter('A')
    'a'
    """
    return text[:1].lower() + text[1:]


def alternate_case(text: str) -> str:
    """Make the characters of a string upper and lower case in turn.

    Also: alternating caps; uppercase at even positions and lowercase at odd positions.

    >>> alternate_case('hello')
    'HeLlO'
    >>> alternate_case('ABCD')
    'AbCd'
    """
    return "".join(
        letter.lower() if position % 2 else letter.upper() for position, letter in enumerate(text)
    )


def camel_to_snake(name: str) -> str:
    """Convert a camel case string to snake case.

    Also: camelCase or PascalCase to snake_case; put an underscore before each capital letter and
    make it lowercase.

    >>> camel_to_snake('camelCaseName')
    'camel_case_name'
    >>> camel_to_snake('PascalCase')
    'pascal_case'
    >>> camel_to_snake('parseHTTPHeader')
    'parse_http_header'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def snake_to_camel(name: str) -> str:
    """Convert a snake case string to lower camel case.

    Also: snake_case to camelCase; join words at underscores, first word in lowercase.

    >>> snake_to_camel('snake_case_name')
    'snakeCaseName'
    >>> snake_to_camel('word')
    'word'
    """
    first, *others = name.split("_")
    return first.lower() + "".join(word.capitalize() for word in others)


def snake_to_pascal(name: str) -> str:
    """Convert a snake case string to Pascal case.

    Also: snake_case to PascalCase; upper camel case; class name from words with underscores.

    >>> snake_to_pascal('snake_case_name')
    'SnakeCaseName'
    >>> snake_to_pascal('word')
    'Word'
    """
    return "".join(word.capitalize() for word in name.split("_"))


def to_kebab_case(text: str) -> str:
    """Convert a string to kebab case.

    Also: lowercase words joined by hyphens; dash case; slug of a title.

    >>> to_kebab_case('Hello big World!')
    'hello-big-world'
    >>> to_kebab_case('snake_case_name')
    'snake-case-name'
    """
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def words_to_snake(text: str) -> str:
    """Convert the words of a sentence to snake case.

    Also: lowercase words joined by underscores; sentence to variable name.

    >>> words_to_snake('Total number of Items')
    'total_number_of_items'
    >>> words_to_snake('one-two three')
    'one_two_three'
    """
    return "_".join(re.findall(r"[a-z0-9]+", text.lower()))


def split_camel_case(name: str) -> list[str]:
    """Split a camel case string into its words.

    Also: split a string at uppercase letters; separate words that start with capitals.

    >>> split_camel_case('splitThisName')
    ['split', 'This', 'Name']
    >>> split_camel_case('PascalCase')
    ['Pascal', 'Case']
    """
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).split()


def reverse_string(text: str) -> str:
    """Reverse a string.

    Also: write text backwards; characters in opposite order; last character first.

    >>> reverse_string('abcd')
    'dcba'
    >>> reverse_string('')
    ''
    """
    return text[::-1]


def reverse_vowels(text: str) -> str:
    """Reverse only the vowels of a string.

    Also: swap vowels from both ends and keep the consonants in place.

    >>> reverse_vowels('hello')
    'holle'
    >>> reverse_vowels('Education')
    'odicatuEn'
    """
    vowels = [letter for letter in text if letter in "aeiouAEIOU"]
    return "".join(vowels.pop() if letter in "aeiouAEIOU" else letter for letter in text)


def reverse_only_letters(text: str) -> str:
    """Reverse the letters of a string and keep all other characters in place.

    Also: reverse a string without moving the special characters and digits.

    >>> reverse_only_letters('ab-cd')
    'dc-ba'
    >>> reverse_only_letters('a1b2c!')
    'c1b2a!'
    """
    letters = [letter for letter in text if letter.isalpha()]
    return "".join(letters.pop() if letter.isalpha() else letter for letter in text)


def sort_characters(text: str) -> str:
    """Sort the characters of a string in alphabetical order.

    Also: arrange letters in ascending order; order a word's letters lexicographically.

    >>> sort_characters('python')
    'hnopty'
    >>> sort_characters('banana')
    'aaabnn'
    """
    return "".join(sorted(text))
