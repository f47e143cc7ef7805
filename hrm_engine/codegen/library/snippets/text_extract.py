"""Finding things in texts: numbers, quoted parts, tags, addresses, hashtags, positions."""

from __future__ import annotations

import re


def extract_integers(text: str) -> list[int]:
    """Extract all whole numbers from a string.

    Also: find the integers in a text, with their signs; list of numbers in a sentence.

    >>> extract_integers('3 cats, 12 dogs and -5 degrees')
    [3, 12, -5]
    >>> extract_integers('none')
    []
    """
    return [int(number) for number in re.findall(r"(?<![\w.])-?\d+|\d+", text)]


def extract_decimals(text: str) -> list[float]:
    """Extract all numbers with or without decimals from a string.

    Also: find the floats in a text; list of prices in a sentence.

    >>> extract_decimals('from 1.5 to -20')
    [1.5, -20.0]
    >>> extract_decimals('')
    []
    """
    return [
        float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?|\d+(?:\.\d+)?", text)
    ]


def extract_digits(text: str) -> str:
    """Keep only the digits of a string.

    Also: extract numeric characters; remove everything that is not a digit.

    >>> extract_digits('tel. 555-12')
    '55512'
    >>> extract_digits('abc')
    ''
    """
    return re.sub(r"[^0-9]", "", text)


def extract_letters(text: str) -> str:
    """Keep only the letters of a string.

    Also: extract alphabetic characters; remove digits, spaces and punctuation.

    >>> extract_letters('a1-b2 c')
    'abc'
    >>> extract_letters('12')
    ''
    """
    return "".join(filter(str.isalpha, text))


def largest_number_in_text(text: str) -> int | None:
    """Find the largest whole number that is written in a string, or None.

    Also: maximum numeric value in a text of letters and digits.

    >>> largest_number_in_text('abc12def340g7')
    340
    >>> largest_number_in_text('x1')
    1
    """
    return max(map(int, re.findall(r"\d+", text)), default=None)


def first_number_position(text: str) -> int:
    """Find the position of the first digit in a string, or -1.

    Also: index at which a number starts in a text.

    >>> first_number_position('abc 42')
    4
    >>> first_number_position('abc')
    -1
    """
    found = re.search(r"\d", text)
    return found.start() if found else -1


def numbers_and_positions(text: str) -> list[tuple[int, int]]:
    """List the numbers of a string with the positions at which they start.

    Also: find numbers and their indexes in a text.

    >>> numbers_and_positions('a12 b7')
    [(12, 1), (7, 5)]
    >>> numbers_and_positions('')
    []
    """
    return [(int(found[0]), found.start()) for found in re.finditer(r"\d+", text)]


def extract_quoted(text: str) -> list[str]:
    """Extract the parts of a string that stand in double quotes.

    Also: find the values between quotation marks; quoted text.

    >>> extract_quoted('say "yes" or "no"')
    ['yes', 'no']
    >>> extract_quoted('plain')
    []
    """
    return re.findall(r'"([^"]*)"', text)


def extract_in_parentheses(text: str) -> list[str]:
    """Extract the parts of a string that stand in parentheses.

    Also: find the text between round brackets.

    >>> extract_in_parentheses('a (b) c (d e)')
    ['b', 'd e']
    >>> extract_in_parentheses('none')
    []
    """
    return re.findall(r"\(([^()]*)\)", text)


def text_between(text: str, start: str, end: str) -> str:
    """Find the text between two markers in a string, empty where there is none.

    Also: substring between two delimiters or words.

    >>> text_between('key=[value];', '[', ']')
    'value'
    >>> text_between('abc', '<', '>')
    ''
    """
    _, marker, rest = text.partition(start)
    inner, closing, _ = rest.partition(end)
    return inner if marker and closing else ""


def text_before(text: str, marker: str) -> str:
    """Take the part of a string before the first occurrence of a marker.

    Also: substring up to a delimiter; everything left of a character.

    >>> text_before('user@example.com', '@')
    'user'
    >>> text_before('abc', '-')
    'abc'
    """
    return text.partition(marker)[0]


def text_after(text: str, marker: str) -> str:
    """Take the part of a string after the first occurrence of a marker.

    Also: substring behind a delimiter; everything right of a character.

    >>> text_after('user@example.com', '@')
    'example.com'
    >>> text_after('abc', '-')
    ''
    """
    return text.partition(marker)[2]


def extract_emails(text: str) -> list[str]:
    """Extract the e-mail addresses from a text.

    Also: find all emails in a string.

    >>> extract_emails('write to a.b@example.com or c@d.org.')
    ['a.b@example.com', 'c@d.org']
    >>> extract_emails('no address')
    []
    """
    return re.findall(r"[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}", text)


def extract_urls(text: str) -> list[str]:
    """Extract the web addresses from a text.

    Also: find all URLs or links in a string.

    >>> extract_urls('see https://example.com/a and http://b.org.')
    ['https://example.com/a', 'http://b.org']
    >>> extract_urls('none')
    []
    """
    return re.findall(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]", text)


def extract_hashtags(text: str) -> list[str]:
    """Extract the hashtags from a text.

    Also: find words that start with a number sign.

    >>> extract_hashtags('so #happy in #python3!')
    ['happy', 'python3']
    >>> extract_hashtags('')
    []
    """
    return re.findall(r"#(\w+)", text)


def extract_dates(text: str) -> list[str]:
    """Extract the dates of the form year-month-day from a text.

    Also: find yyyy-mm-dd dates in a string.

    >>> extract_dates('from 2024-01-31 to 2024-02-01')
    ['2024-01-31', '2024-02-01']
    >>> extract_dates('soon')
    []
    """
    return re.findall(r"\b\d{4}-\d{2}-\d{2}\b", text)


def date_from_url(address: str) -> tuple[int, int, int] | None:
    """Find the year, month and day in a web address, or None.

    Also: extract the date from a URL with slashes.

    >>> date_from_url('https://example.com/news/2024/02/29/leap')
    (2024, 2, 29)
    >>> date_from_url('/1999/12/31/')
    (1999, 12, 31)
    """
    found = re.search(r"/(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)", address)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def extract_capitalized_words(text: str) -> list[str]:
    """Extract the words of a text that start with an upper case letter.

    Also: find capitalised words; proper names in a sentence.

    >>> extract_capitalized_words('Anna met Bob in town')
    ['Anna', 'Bob']
    >>> extract_capitalized_words('none')
    []
    """
    return re.findall(r"\b[A-Z]\w*", text)


def extract_upper_case_letters(text: str) -> str:
    """Keep only the upper case letters of a string.

    Also: extract capital letters; filter capitals.

    >>> extract_upper_case_letters('HyperText Markup')
    'HTM'
    >>> extract_upper_case_letters('abc')
    ''
    """
    return "".join(filter(str.isupper, text))


def find_all_positions(text: str, part: str) -> list[int]:
    """Find all positions at which a substring occurs in a string.

    Also: indexes of every occurrence of a pattern; where a word starts, overlaps included.

    >>> find_all_positions('banana', 'ana')
    [1, 3]
    >>> find_all_positions('abc', 'x')
    []
    """
    return [start for start in range(len(text)) if text.startswith(part, start)]


def find_first_position(text: str, part: str) -> int:
    """Find the position of the first occurrence of a substring, or -1.

    Also: index of a pattern in a text; locate a string in another one.

    >>> find_first_position('hello', 'l')
    2
    >>> find_first_position('hello', 'x')
    -1
    """
    return text.find(part)


def find_last_position(text: str, part: str) -> int:
    """Find the position of the last occurrence of a substring, or -1.

    Also: last index of a character in a string.

    >>> find_last_position('hello', 'l')
    3
    >>> find_last_position('hello', 'x')
    -1
    """
    return text.rfind(part)


def match_span(text: str, part: str) -> tuple[int, int] | None:
    """Find the start and end positions of a substring in a string, or None.

    Also: location of a literal pattern; span of the first match.

    >>> match_span('the quick fox', 'quick')
    (4, 9)
    >>> match_span('aa', 'a')
    (0, 1)
    """
    start = text.find(part)
    return (start, start + len(part)) if start >= 0 else None


def file_extension(name: str) -> str:
    """Find the extension of a file name, without the dot.

    Also: file type; part after the last dot.

    >>> file_extension('archive.tar.gz')
    'gz'
    >>> file_extension('README')
    ''
    """
    return name.rpartition(".")[2] if "." in name else ""


def parse_query_string(query: str) -> dict[str, str]:
    """Read the parameters of a query string to a dictionary.

    Also: key=value pairs joined by ampersands; parse URL parameters.

    >>> parse_query_string('a=1&b=two')
    {'a': '1', 'b': 'two'}
    >>> parse_query_string('')
    {}
    """
    pairs = (part.partition("=") for part in query.split("&") if part)
    return {key: value for key, _, value in pairs}
