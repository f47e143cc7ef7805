"""One type to another: strings, numbers, lists, dictionaries, booleans, JSON, CSV lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any


def string_to_list(text: str) -> list[str]:
    """Convert a string to a list of its characters.

    Also: split a word into letters; text to array of characters.

    >>> string_to_list('abc')
    ['a', 'b', 'c']
    >>> string_to_list('')
    []
    """
    return list(text)


def string_to_words(text: str) -> list[str]:
    """Convert a string to a list of its words.

    Also: split a sentence at spaces; text to array of words.

    >>> string_to_words('green eggs  and ham')
    ['green', 'eggs', 'and', 'ham']
    >>> string_to_words('')
    []
    """
    return text.split()


def split_by(text: str, separator: str) -> list[str]:
    """Split a string at a separator.

    Also: divide a text at a delimiter such as a comma into a list.

    >>> split_by('a,b,c', ',')
    ['a', 'b', 'c']
    >>> split_by('abc', '-')
    ['abc']
    """
    return text.split(separator)


def characters_to_string(letters: Iterable[str]) -> str:
    """Convert a list of characters to a string.

    Also: join letters to a word; array of characters to text.

    >>> characters_to_string(['a', 'b', 'c'])
    'abc'
    >>> characters_to_string([])
    ''
    """
    return "".join(letters)


def list_to_string(items: Iterable[Any], separator: str = " ") -> str:
    """Convert a list of any elements to a string with a separator.

    Also: join numbers or mixed items with a delimiter.

    >>> list_to_string([1, 'a', 2.5])
    '1 a 2.5'
    >>> list_to_string([1, 2], ',')
    '1,2'
    """
    return separator.join(map(str, items))


def strings_to_integers(words: Iterable[str]) -> list[int]:
    """Convert a list of strings to a list of whole numbers.

    Also: parse numeric strings to integers.

    >>> strings_to_integers(['1', '-2', '30'])
    [1, -2, 30]
    >>> strings_to_integers([])
    []
    """
    return [int(word) for word in words]


def strings_to_floats(words: Iterable[str]) -> list[float]:
    """Convert a list of strings to a list of decimal numbers.

    Also: parse numeric strings to floats.

    >>> strings_to_floats(['1.5', '2'])
    [1.5, 2.0]
    >>> strings_to_floats([])
    []
    """
    return [float(word) for word in words]


def numbers_to_strings(numbers: Iterable[Any]) -> list[str]:
    """Convert a list of numbers to a list of strings.

    Also: integers to text; stringify each element.

    >>> numbers_to_strings([1, 2.5])
    ['1', '2.5']
    >>> numbers_to_strings([])
    []
    """
    return [str(number) for number in numbers]


def numeric_strings_in_nested(lists: Iterable[Iterable[Any]]) -> list[list[Any]]:
    """Convert the numeric strings of a list of lists to whole numbers.

    Also: parse integers inside nested lists, leaving other text alone.

    >>> numeric_strings_in_nested([['a', '12'], ['7', '1.5']])
    [['a', 12], [7, '1.5']]
    >>> numeric_strings_in_nested([])
    []
    """

    def parsed(item: Any) -> Any:
        try:
            return int(item) if isinstance(item, str) else item
        except ValueError:
            return item

    return [[parsed(item) for item in each] for each in lists]


def digits_to_number(digits: Iterable[int]) -> int:
    """Convert a list of digits to a whole number.

    Also: join the numbers of a list or tuple to one integer; concatenate elements.

    >>> digits_to_number([1, 2, 3])
    123
    >>> digits_to_number([12, 0, 5])
    1205
    """
    return int("".join(map(str, digits)))


def string_to_integer(text: str) -> int:
    """Convert the number at the start of a string to a whole number, 0 where there is none.

    Also: atoi; parse an integer with spaces before it and other characters after it.

    >>> string_to_integer('  -42 apples')
    -42
    >>> string_to_integer('words')
    0
    """
    stripped = text.strip()
    end = 1 if stripped[:1] in ("-", "+") else 0
    while stripped[end : end + 1] in tuple("0123456789"):
        end += 1
    return int(stripped[:end]) if stripped[:end].strip("+-") else 0


def string_to_boolean(text: str) -> bool:
    """Convert a string such as yes, true or 1 to a truth value.

    Also: parse a boolean from text; is the answer affirmative.

    >>> string_to_boolean('Yes')
    True
    >>> string_to_boolean('false')
    False
    """
    return text.strip().lower() in {"1", "true", "yes", "y", "on", "t"}


def boolean_to_integer(value: bool) -> int:
    """Convert a truth value to 0 or 1.

    Also: true to one and false to zero; boolean to number.

    >>> boolean_to_integer(True)
    1
    >>> boolean_to_integer(False)
    0
    """
    return int(value)


def list_to_indexed_dictionary(items: Iterable[Any]) -> dict[int, Any]:
    """Convert a list to a dictionary with the indexes as keys.

    Also: enumerate the elements of an array into a dict.

    >>> list_to_indexed_dictionary(['a', 'b'])
    {0: 'a', 1: 'b'}
    >>> list_to_indexed_dictionary([])
    {}
    """
    return dict(enumerate(items))


def dictionary_to_pairs(mapping: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    """Convert a dictionary to a list of tuples of key and value.

    Also: items of a dict; mapping to pairs.

    >>> dictionary_to_pairs({'a': 1, 'b': 2})
    [('a', 1), ('b', 2)]
    >>> dictionary_to_pairs({})
    []
    """
    return list(mapping.items())


def dictionary_to_lists(mapping: Mapping[Any, Any]) -> tuple[list[Any], list[Any]]:
    """Split a dictionary into a list of keys and a list of values.

    Also: keys and values separately.

    >>> dictionary_to_lists({'a': 1, 'b': 2})
    (['a', 'b'], [1, 2])
    >>> dictionary_to_lists({})
    ([], [])
    """
    return list(mapping), list(mapping.values())


def alternating_list_to_dictionary(items: Iterable[Any]) -> dict[Any, Any]:
    """Convert a list of alternating keys and values to a dictionary.

    Also: flat list to dict; pair up consecutive elements.

    >>> alternating_list_to_dictionary(['a', 1, 'b', 2])
    {'a': 1, 'b': 2}
    >>> alternating_list_to_dictionary([])
    {}
    """
    rest = iter(items)
    return dict(zip(rest, rest, strict=False))


def text_to_dictionary(text: str, separator: str = ",", equals: str = "=") -> dict[str, str]:
    """Convert a string of key and value pairs to a dictionary.

    Also: parse a=1,b=2 settings; split a text into a dict.

    >>> text_to_dictionary('a=1,b=2')
    {'a': '1', 'b': '2'}
    >>> text_to_dictionary('x:1;y:2', ';', ':')
    {'x': '1', 'y': '2'}
    """
    pairs = (part.partition(equals) for part in text.split(separator) if part.strip())
    return {key.strip(): value.strip() for key, _, value in pairs}


def records_to_columns(records: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Convert a list of dictionaries to a dictionary of lists.

    Also: rows to columns; records with the same keys to a table.

    >>> records_to_columns([{'a': 1, 'b': 2}, {'a': 3, 'b': 4}])
    {'a': [1, 3], 'b': [2, 4]}
    >>> records_to_columns([])
    {}
    """
    return {key: [record[key] for record in records] for key in (records[0] if records else {})}


def columns_to_records(columns: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    """Convert a dictionary of lists to a list of dictionaries.

    Also: columns to rows; split a table into records.

    >>> columns_to_records({'a': [1, 3], 'b': [2, 4]})
    [{'a': 1, 'b': 2}, {'a': 3, 'b': 4}]
    >>> columns_to_records({})
    []
    """
    rows = zip(*columns.values(), strict=False)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def parse_json(text: str) -> Any:
    """Read a JSON text to Python values.

    Also: deserialise JSON; convert a JSON string to a dictionary or list.

    >>> parse_json('{"a": [1, true, null]}')
    {'a': [1, True, None]}
    >>> parse_json('3')
    3
    """
    return json.loads(text)


def to_json(value: Any) -> str:
    """Write a value as JSON text with sorted keys.

    Also: serialise a dictionary or list to a JSON string.

    >>> to_json({'b': [1, None], 'a': True})
    '{"a": true, "b": [1, null]}'
    >>> to_json([])
    '[]'
    """
    return json.dumps(value, sort_keys=True)


def parse_csv_line(line: str) -> list[str]:
    """Split a line of comma separated values, where quotes protect commas.

    Also: parse a CSV row to a list of fields.

    >>> parse_csv_line('a,"b,c",d')
    ['a', 'b,c', 'd']
    >>> parse_csv_line('x,,"say ""hi"" twice"')
    ['x', '', 'say "hi" twice']
    """
    fields = [""]
    quoted = False
    for index, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
            doubled = quoted and line[index - 1 : index] == '"'
            fields[-1] += '"' if doubled else ""
        elif sign == "," and not quoted:
            fields.append("")
        else:
            fields[-1] += sign
    return fields


def parse_table(text: str) -> list[dict[str, str]]:
    r"""Read comma separated lines under a header line to a list of dictionaries.

    Also: parse simple CSV text without quotes to records.

    >>> parse_table('name,age\nAnn,30\nBob,25')
    [{'name': 'Ann', 'age': '30'}, {'name': 'Bob', 'age': '25'}]
    >>> parse_table('a,b')
    []
    """
    header, *rows = [line.split(",") for line in text.splitlines() if line] or [[]]
    return [dict(zip(header, row, strict=False)) for row in rows]


def remove_empty_items(items: Iterable[Any]) -> list[Any]:
    """Remove the empty elements of a list, such as None, empty strings and lists.

    Also: drop falsy values other than zero and False; compact an array.

    >>> remove_empty_items([1, None, '', [], 0, 'a'])
    [1, 0, 'a']
    >>> remove_empty_items([])
    []
    """
    return [item for item in items if item or item == 0]
