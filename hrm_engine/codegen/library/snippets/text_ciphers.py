"""Ciphers and codes on text: shifts, substitution, Morse, run lengths, digits for letters."""

from __future__ import annotations

import re
import string
from itertools import cycle

_SIGNS = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- "
    "...- .-- -..- -.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----."
)
_MORSE = dict(zip(string.ascii_uppercase + string.digits, _SIGNS.split(), strict=True))


def _shifted(letter: str, shift: int) -> str:
    """One character moved along the alphabet, its case kept; others unchanged."""
    if letter in string.ascii_lowercase:
        return chr((ord(letter) - ord("a") + shift) % 26 + ord("a"))
    if letter in string.ascii_uppercase:
        return chr((ord(letter) - ord("A") + shift) % 26 + ord("A"))
    return letter


def caesar_encrypt(text: str, shift: int) -> str:
    """Encrypt a string with the Caesar cipher.

    Also: shift each letter by n places in the alphabet; rotate letters and keep their case.

    >>> caesar_encrypt('Hello, World!', 3)
    'Khoor, Zruog!'
    >>> caesar_encrypt('xyz', 3)
    'abc'
    >>> caesar_encrypt('abc', -1)
    'zab'
    """
    return "".join(_shifted(letter, shift) for letter in text)


def caesar_decrypt(text: str, shift: int) -> str:
    """Decrypt a string that was encrypted with the Caesar cipher.

    Also: decode a shift cipher; move letters back by n places in the alphabet.

    >>> caesar_decrypt('Khoor, Zruog!', 3)
    'Hello, World!'
    >>> caesar_decrypt('abc', 3)
    'xyz'
    """
    return "".join(_shifted(letter, -shift) for letter in text)


def rot13(text: str) -> str:
    """Encode or decode a string with ROT13.

    Also: rotate every letter by thirteen places.

    >>> rot13('Hello')
    'Uryyb'
    >>> rot13('Uryyb')
    'Hello'
    """
    return "".join(_shifted(letter, 13) for letter in text)


def atbash(text: str) -> str:
    """Encode or decode a string with the Atbash cipher.

    Also: mirror the alphabet; replace a by z, b by y and so on.

    >>> atbash('abc XYZ')
    'zyx CBA'
    >>> atbash('zyx')
    'abc'
    """
    lower, upper = string.ascii_lowercase, string.ascii_uppercase
    return text.translate(str.maketrans(lower + upper, lower[::-1] + upper[::-1]))


def vigenere_encrypt(text: str, key: str) -> str:
    """Encrypt a string with the Vigenere cipher.

    Also: shift each letter by the letters of a repeated keyword.

    >>> vigenere_encrypt('ATTACKATDAWN', 'LEMON')
    'LXFOPVEFRNHR'
    >>> vigenere_encrypt('Hi all', 'b')
    'Ij bmm'
    """
    shifts = cycle([ord(letter) - ord("a") for letter in key.lower()])
    return "".join(
        _shifted(letter, next(shifts)) if letter.isalpha() else letter for letter in text
    )


def vigenere_decrypt(text: str, key: str) -> str:
    """Decrypt a string that was encrypted with the Vigenere cipher.

    Also: decode with a repeated keyword.

    >>> vigenere_decrypt('LXFOPVEFRNHR', 'LEMON')
    'ATTACKATDAWN'
    >>> vigenere_decrypt('Ij bmm', 'b')
    'Hi all'
    """
    shifts = cycle([ord("a") - ord(letter) for letter in key.lower()])
    return "".join(
        _shifted(letter, next(shifts)) if letter.isalpha() else letter for letter in text
    )


def xor_cipher(text: str, key: int) -> str:
    """Encrypt or decrypt a string by the exclusive or of each character code with a key.

    Also: xor encryption; bitwise xor of the characters of a text with a number.

    >>> xor_cipher('abc', 1)
    '`cb'
    >>> xor_cipher('`cb', 1)
    'abc'
    """
    return "".join(chr(ord(letter) ^ key) for letter in text)


def rail_fence_encrypt(text: str, rails: int) -> str:
    """Encrypt a string with the rail fence cipher.

    Also: write text in a zigzag over n rows and read it row by row; zigzag conversion.

    >>> rail_fence_encrypt('PAYPALISHIRING', 3)
    'PAHNAPLSIIGYIR'
    >>> rail_fence_encrypt('abc', 1)
    'abc'
    """
    if rails < 2:
        return text
    rows = [""] * rails
    zigzag = cycle([*range(rails), *range(rails - 2, 0, -1)])
    for letter, row in zip(text, zigzag, strict=False):
        rows[row] += letter
    return "".join(rows)


def text_to_morse(text: str) -> str:
    """Translate a text to Morse code, letters separated by spaces and words by slashes.

    Also: encode letters and digits as dots and dashes.

    >>> text_to_morse('SOS')
    '... --- ...'
    >>> text_to_morse('Hi 5')
    '.... .. / .....'
    """
    words = text.upper().split()
    return " / ".join(" ".join(_MORSE[letter] for letter in w if letter in _MORSE) for w in words)


def morse_to_text(code: str) -> str:
    """Translate Morse code to text, where slashes separate the words.

    Also: decode dots and dashes to letters.

    >>> morse_to_text('... --- ...')
    'SOS'
    >>> morse_to_text('.... .. / .....')
    'HI 5'
    """
    letters = {signs: letter for letter, signs in _MORSE.items()}
    return " ".join("".join(letters[s] for s in word.split()) for word in code.split("/"))


def next_letters(text: str) -> str:
    """Replace each letter of a string by the next one in the alphabet, z by a.

    Also: shift all letters forward by one; following character.

    >>> next_letters('abz')
    'bca'
    >>> next_letters('Hal 9')
    'Ibm 9'
    """
    return "".join(_shifted(letter, 1) for letter in text)


def pig_latin(word: str) -> str:
    """Translate a word to Pig Latin.

    Also: move the first consonants to the end and add ay; add way after a vowel start.

    >>> pig_latin('string')
    'ingstray'
    >>> pig_latin('apple')
    'appleway'
    """
    start = re.match(r"[^aeiouAEIOU]*", word)
    head = start[0] if start else ""
    return word[len(head) :] + head + "ay" if head else word + "way"
