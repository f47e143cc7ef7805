"""Regular-expression checks: what a string starts, ends, contains; whether it is a valid value."""

from __future__ import annotations

import ipaddress
import re
from datetime import datetime


def starts_with(text: str, prefix: str) -> bool:
    """Check whether a string starts with a given prefix.

    Also: begins with a substring; first characters match.

    >>> starts_with('hello world', 'hell')
    True
    >>> starts_with('hello', 'lo')
    False
    """
    return text.startswith(prefix)


def ends_with(text: str, suffix: str) -> bool:
    """Check whether a string ends with a given suffix.

    Also: finishes with a substring; last characters match.

    >>> ends_with('hello world', 'world')
    True
    >>> ends_with('hello', 'he')
    False
    """
    return text.endswith(suffix)


def contains_substring(text: str, part: str) -> bool:
    """Check whether a string contains a substring.

    Also: search a text for a pattern; is one string inside another.

    >>> contains_substring('concatenate', 'cat')
    True
    >>> contains_substring('abc', 'ac')
    False
    """
    return part in text


def contains_digit(text: str) -> bool:
    """Check whether a string contains a digit.

    Also: has a number in it; any numeric character in a text.

    >>> contains_digit('abc1')
    True
    >>> contains_digit('abc')
    False
    """
    return bool(re.search(r"\d", text))


def starts_with_upper_case(text: str) -> bool:
    """Check whether a string starts with an upper case letter.

    Also: begins with a capital letter.

    >>> starts_with_upper_case('Hello')
    True
    >>> starts_with_upper_case('hello')
    False
    """
    return text[:1].isupper()


def starts_with_vowel(text: str) -> bool:
    """Check whether a string starts with a vowel.

    Also: first letter is one of a, e, i, o, u.

    >>> starts_with_vowel('Apple')
    True
    >>> starts_with_vowel('pear')
    False
    """
    return bool(re.match(r"[aeiou]", text, re.IGNORECASE))


def starts_and_ends_with_same_character(text: str) -> bool:
    """Check whether a string starts and ends with the same character.

    Also: first letter equals last letter.

    >>> starts_and_ends_with_same_character('abca')
    True
    >>> starts_and_ends_with_same_character('abc')
    False
    """
    return bool(text) and text[0] == text[-1]


def ends_with_digit(text: str) -> bool:
    """Check whether a string ends with a digit.

    Also: last character is a number.

    >>> ends_with_digit('abc7')
    True
    >>> ends_with_digit('7abc')
    False
    """
    return bool(re.search(r"[0-9]\Z", text))


def is_alphanumeric(text: str) -> bool:
    """Check whether a string consists of letters and digits only.

    Also: no special characters or spaces; a-z, A-Z and 0-9.

    >>> is_alphanumeric('abc123')
    True
    >>> is_alphanumeric('abc 123')
    False
    """
    return bool(re.fullmatch(r"[a-zA-Z0-9]+", text))


def is_lower_case_with_underscores(text: str) -> bool:
    """Check whether a string is made of lower case words joined by underscores.

    Also: valid snake_case name; small letters and single underscores between words.

    >>> is_lower_case_with_underscores('snake_case')
    True
    >>> is_lower_case_with_underscores('Snake_case')
    False
    """
    return bool(re.fullmatch(r"[a-z]+(_[a-z]+)*", text))


def is_integer_text(text: str) -> bool:
    """Check whether a string is a whole number.

    Also: can be converted to an integer; optional sign followed by digits.

    >>> is_integer_text('-12')
    True
    >>> is_integer_text('1.5')
    False
    """
    return bool(re.fullmatch(r"[+-]?[0-9]+", text))


def is_decimal_text(text: str) -> bool:
    """Check whether a string is a number with or without decimal places.

    Also: valid float; numeric string such as 3.14 or -2e5.

    >>> is_decimal_text('3.14')
    True
    >>> is_decimal_text('3.1.4')
    False
    """
    return bool(re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text))


def has_two_decimal_places(text: str) -> bool:
    """Check whether a string is a number with at most two decimal places.

    Also: valid price or amount of money; decimal with a precision of 2.

    >>> has_two_decimal_places('19.90')
    True
    >>> has_two_decimal_places('19.901')
    False
    >>> has_two_decimal_places('5')
    True
    """
    return bool(re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", text))


def is_binary_text(text: str) -> bool:
    """Check whether a string is a binary number.

    Also: consists of zeros and ones only.

    >>> is_binary_text('0101')
    True
    >>> is_binary_text('012')
    False
    """
    return bool(re.fullmatch(r"[01]+", text))


def is_hexadecimal_text(text: str) -> bool:
    """Check whether a string is a hexadecimal number.

    Also: only digits and the letters a to f.

    >>> is_hexadecimal_text('1aF')
    True
    >>> is_hexadecimal_text('xyz')
    False
    """
    return bool(re.fullmatch(r"[0-9a-fA-F]+", text))


def is_hex_color(text: str) -> bool:
    """Check whether a string is a hexadecimal colour code.

    Also: valid CSS color such as #ff8800 or #f80.

    >>> is_hex_color('#ff8800')
    True
    >>> is_hex_color('ff8800')
    False
    """
    return bool(re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text))


def is_valid_email(address: str) -> bool:
    """Check whether a string is a valid e-mail address.

    Also: validate an email with a regular expression; user name, at sign and domain.

    >>> is_valid_email('john.doe@example.com')
    True
    >>> is_valid_email('john.doe@com')
    False
    >>> is_valid_email('a b@example.com')
    False
    """
    local = r"[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*"
    return bool(re.fullmatch(local + r"@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}", address))


def is_valid_url(address: str) -> bool:
    """Check whether a string is a valid web address.

    Also: validate a URL that starts with http or https.

    >>> is_valid_url('https://example.com/a?b=1')
    True
    >>> is_valid_url('example')
    False
    """
    host = r"([A-Za-z0-9-]+\.)+[A-Za-z]{2,}|localhost|[0-9]{1,3}(\.[0-9]{1,3}){3}"
    return bool(re.fullmatch(rf"https?://({host})(:[0-9]+)?([/?#]\S*)?", address))


def is_valid_ipv4(address: str) -> bool:
    """Check whether a string is a valid IP address of version 4.

    Also: validate dotted quad; four numbers from 0 to 255 separated by dots.

    >>> is_valid_ipv4('192.168.0.1')
    True
    >>> is_valid_ipv4('256.1.1.1')
    False
    >>> is_valid_ipv4('1.2.3')
    False
    """
    try:
        ipaddress.IPv4Address(address)
    except ValueError:
        return False
    return True


def is_valid_date(text: str, layout: str = "%Y-%m-%d") -> bool:
    """Check whether a string is a valid date of the form year-month-day.

    Also: validate a calendar date; yyyy-mm-dd; the day exists in the month.

    >>> is_valid_date('2024-02-29')
    True
    >>> is_valid_date('2023-02-29')
    False
    >>> is_valid_date('29/02/2024', '%d/%m/%Y')
    True
    """
    try:
        datetime.strptime(text, layout)  # noqa: DTZ007 - a date has no time zone
    except ValueError:
        return False
    return True


def is_valid_time(text: str) -> bool:
    """Check whether a string is a valid time on the 24-hour clock.

    Also: validate hours and minutes, hh:mm.

    >>> is_valid_time('23:59')
    True
    >>> is_valid_time('24:00')
    False
    """
    return bool(re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text))


def is_strong_password(password: str) -> bool:
    """Check whether a password is strong.

    Also: at least eight characters with upper case, lower case, a digit and a special character;
    validate a password.

    >>> is_strong_password('Passw0rd!')
    True
    >>> is_strong_password('password1')
    False
    """
    needed = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9\s]")
    return len(password) >= 8 and all(re.search(kind, password) for kind in needed)


def is_valid_phone_number(text: str) -> bool:
    """Check whether a string is a phone number of ten digits.

    Also: validate a telephone number with or without hyphens, spaces or parentheses.

    >>> is_valid_phone_number('555-123-4567')
    True
    >>> is_valid_phone_number('(555) 123 4567')
    True
    >>> is_valid_phone_number('12345')
    False
    """
    return bool(re.fullmatch(r"(\(\d{3}\)|\d{3})[ -]?\d{3}[ -]?\d{4}", text))


def is_valid_identifier(text: str) -> bool:
    """Check whether a string is a valid variable name.

    Also: identifier of letters, digits and underscores that does not start with a digit.

    >>> is_valid_identifier('total_1')
    True
    >>> is_valid_identifier('1total')
    False
    """
    return bool(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", text))


def matches_wildcard(text: str, pattern: str) -> bool:
    """Check whether a string matches a pattern with question marks and stars.

    Also: wildcard matching; ? stands for one character and * for any number of characters.

    >>> matches_wildcard('report.txt', '*.txt')
    True
    >>> matches_wildcard('cat', 'c?')
    False
    """
    translated = "".join({"*": ".*", "?": "."}.get(sign) or re.escape(sign) for sign in pattern)
    return bool(re.fullmatch(translated, text, re.DOTALL))


def contains_whole_word(text: str, word: str) -> bool:
    """Check whether a text contains a given whole word.

    Also: search for a word between word boundaries; not a part of a longer word.

    >>> contains_whole_word('the cat sat', 'cat')
    True
    >>> contains_whole_word('concatenate', 'cat')
    False
    """
    return bool(re.search(rf"\b{re.escape(word)}\b", text))
