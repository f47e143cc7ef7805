"""Our snippets on text agree with trying everything, or with undoing what they did."""

from __future__ import annotations

import csv
import io
import operator
import re
from collections.abc import Callable
from functools import cache
from itertools import combinations, permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.codegen.library.snippets import (
    brackets,
    conversions,
    text_cases,
    text_checks,
    text_ciphers,
    text_codes,
    text_counts,
    text_distance,
    text_formats,
    text_substrings,
    text_words,
)

WORDS = st.text("abc", max_size=6)
TEXTS = st.text("aB3 -_.!z", max_size=12)
PARENTHESES = st.text("()", max_size=9)


def _parts(text: str) -> list[str]:
    """Every substring that is not empty."""
    return [text[i:j] for i in range(len(text)) for j in range(i + 1, len(text) + 1)]


def _subsequences(text: str) -> set[tuple[str, ...]]:
    return {c for size in range(len(text) + 1) for c in combinations(text, size)}


@cache
def _edits(first: str, second: str) -> int:
    if not first or not second:
        return len(first) + len(second)
    changed = _edits(first[1:], second[1:]) + (first[0] != second[0])
    return min(changed, 1 + _edits(first[1:], second), 1 + _edits(first, second[1:]))


def _balanced(text: str) -> bool:
    while "()" in text:
        text = text.replace("()", "")
    return not text


@given(WORDS, WORDS)
@settings(max_examples=150, deadline=None)
def test_two_texts_are_compared_as_by_trying_everything(first: str, second: str) -> None:
    left, right = _subsequences(first), _subsequences(second)
    shared = max(map(len, left & right))
    assert text_distance.edit_distance(first, second) == _edits(first, second)
    assert text_checks.is_one_edit_away(first, second) == (_edits(first, second) <= 1)
    assert text_distance.longest_common_subsequence_length(first, second) == shared
    found = text_distance.longest_common_subsequence(first, second)
    assert tuple(found) in left & right
    assert len(found) == shared
    length = len(first) + len(second) - shared
    assert text_distance.shortest_common_supersequence_length(first, second) == length
    assert text_distance.is_subsequence(first, second) == (tuple(first) in right)
    ways = sum("".join(c) == second for c in combinations(first, len(second)))
    assert text_distance.count_subsequences(first, second) == ways
    common = set(_parts(first)) & set(_parts(second))
    substring = text_distance.longest_common_substring(first, second)
    assert len(substring) == max(map(len, common), default=0)
    assert substring in common | {""}


@given(WORDS, WORDS)
@settings(max_examples=150, deadline=None)
def test_relations_between_texts_are_those_of_their_definition(first: str, second: str) -> None:
    turned = {first[i:] + first[:i] for i in range(len(first))} | {first}
    assert text_checks.is_rotation(first, second) == (second in turned)
    orders = {"".join(order) for order in permutations(first)}
    assert text_checks.are_anagrams(first, second) == (second in orders)
    places = range(len(first))
    alike = len(first) == len(second) and all(
        (first[i] == first[j]) == (second[i] == second[j]) for i in places for j in places
    )
    assert text_checks.is_isomorphic(first, second) == alike
    assert text_checks.follows_word_pattern(first, " ".join(second)) == alike
    holding = [p for p in _parts(first) if all(p.count(x) >= second.count(x) for x in second)]
    window = text_substrings.smallest_window_containing(first, second)
    if second:
        assert len(window) == min(map(len, holding), default=0)
        assert window in [*holding, ""]


@given(WORDS)
@settings(max_examples=150, deadline=None)
def test_palindromes_are_found_as_by_trying_everything(text: str) -> None:
    found = [part for part in _parts(text) if part == part[::-1]]
    longest = max(map(len, found), default=0)
    first = next((part for part in found if len(part) == longest), "")
    assert text_distance.longest_palindromic_substring(text) == first
    assert text_distance.count_palindromic_substrings(text) == len(found)
    kept = max(len(c) for c in _subsequences(text) if c == c[::-1])
    assert text_distance.longest_palindromic_subsequence_length(text) == kept
    assert text_checks.is_almost_palindrome(text) == (kept >= len(text) - 1)
    can = any(order == order[::-1] for order in permutations(text))
    assert text_checks.can_form_palindrome(text) == can


@given(WORDS, st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_parts_of_a_text_are_found_as_by_trying_everything(text: str, count: int) -> None:
    different = [part for part in _parts(text) if len(set(part)) == len(part)]
    longest = max(map(len, different), default=0)
    assert text_substrings.longest_unique_substring_length(text) == longest
    assert len(text_substrings.longest_substring_without_repeats(text)) == longest
    few = [len(part) for part in _parts(text) if len(set(part)) <= count]
    assert text_substrings.longest_substring_with_k_distinct(text, count) == max(few, default=0)
    same = [len(part) for part in _parts(text) if len(set(part)) == 1]
    assert text_counts.longest_run_length(text) == max(same, default=0)
    units = [text[:n] for n in range(1, len(text) + 1) if text[:n] * (len(text) // n) == text]
    assert text_substrings.shortest_repeating_unit(text) == (units or [""])[0]
    assert text_substrings.is_repeated_substring(text) == (len(units) > 1)
    orders = sorted({"".join(order) for order in permutations(text)})
    following = orders[(orders.index(text) + 1) % len(orders)]
    assert text_substrings.string_permutations(text) == orders
    assert text_substrings.next_permutation_of_text(text) == following


@given(TEXTS, st.integers(-30, 30))
@settings(max_examples=100, deadline=None)
def test_what_is_encoded_can_be_decoded(text: str, shift: int) -> None:
    assert text_ciphers.caesar_decrypt(text_ciphers.caesar_encrypt(text, shift), shift) == text
    assert text_ciphers.vigenere_decrypt(text_ciphers.vigenere_encrypt(text, "Key"), "Key") == text
    for twice in (text_ciphers.rot13, text_ciphers.atbash, text_cases.reverse_vowels):
        assert twice(twice(text)) == text
    assert text_codes.text_from_base64(text_codes.text_to_base64(text)) == text
    assert text_codes.text_from_codes(text_codes.character_codes(text)) == text
    bare = re.sub(r"[\d ]", "", text)
    assert text_codes.run_length_decode(text_codes.run_length_encode(bare)) == bare
    words = re.sub(r"[^aB3 ]", "", text).upper().split()
    assert text_ciphers.morse_to_text(text_ciphers.text_to_morse(" ".join(words))) == " ".join(
        words
    )


@given(st.from_regex(r"\A[a-z]{1,4}(_[a-z]{1,4}){0,3}\Z"))
@settings(max_examples=50, deadline=None)
def test_snake_case_survives_camel_case(name: str) -> None:
    if all(len(word) > 1 for word in name.split("_")[1:]):
        assert text_cases.camel_to_snake(text_cases.snake_to_camel(name)) == name
        assert text_cases.words_to_snake(name.replace("_", " ")) == name


@given(st.lists(st.text('ab", x', max_size=4), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_a_csv_line_is_read_as_the_standard_library_writes_it(fields: list[str]) -> None:
    written = io.StringIO()
    csv.writer(written).writerow(fields)
    assert conversions.parse_csv_line(written.getvalue().removesuffix("\r\n")) == fields


@given(st.text("ab", max_size=5), st.text("ab*?", max_size=4))
@settings(max_examples=150, deadline=None)
def test_wildcards_stand_for_one_character_or_for_any_number(text: str, pattern: str) -> None:
    def matches(text: str, pattern: str) -> bool:
        if not pattern:
            return not text
        if pattern[0] == "*":
            return any(matches(text[k:], pattern[1:]) for k in range(len(text) + 1))
        return bool(text) and pattern[0] in ("?", text[0]) and matches(text[1:], pattern[1:])

    assert text_formats.matches_wildcard(text, pattern) == matches(text, pattern)


@given(PARENTHESES)
@settings(max_examples=150, deadline=None)
def test_parentheses_are_judged_as_by_removing_pairs(text: str) -> None:
    assert brackets.is_balanced_parentheses(text) == _balanced(text)
    assert text_checks.are_brackets_balanced(text) == _balanced(text)
    good = [len(part) for part in _parts(text) if _balanced(part)]
    assert brackets.longest_valid_parentheses(text) == max(good, default=0)
    kept = brackets.remove_unmatched_parentheses(text)
    assert _balanced(kept)
    assert len(text) - len(kept) == brackets.min_parentheses_to_add(text)
    assert "".join(brackets.split_balanced_groups(kept)) == kept
    pairs = brackets.bracket_pairs(kept)
    assert sorted(place for pair in pairs for place in pair) == list(range(len(kept)))
    assert all(_balanced(kept[a : b + 1]) for a, b in pairs)


def test_all_balanced_texts_are_generated() -> None:
    for count in range(5):
        texts = map("".join, product("()", repeat=2 * count))
        assert sorted(brackets.generate_parentheses(count)) == sorted(filter(_balanced, texts))


OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def _value(expression: str) -> float:
    return brackets.evaluate_postfix(" ".join(brackets.infix_to_postfix(expression)))


def test_postfix_form_keeps_brackets_and_multiplies_before_it_adds() -> None:
    for (p, first), (q, second), (r, third) in product(OPERATIONS.items(), repeat=3):
        assert _value(f"(7{p}3){q}(2{r}5)") == second(first(7, 3), third(2, 5))
        left_first = p in "*/" or q in "+-"
        expected = second(first(7, 3), 2) if left_first else first(7, second(3, 2))
        assert _value(f"7{p}3{q}2") == expected


def test_what_is_missing_is_told_apart_from_what_is_there() -> None:
    assert text_words.first_repeated_word("one two three") is None
    assert text_counts.first_repeated_character("abc") is None
    assert text_counts.first_non_repeated_character("aabb") is None
    assert text_words.most_frequent_word("") == ""
