"""Which snippet a request means, by worked cases."""

from __future__ import annotations

import pytest

from hrm_engine.codegen.library.ranking import NAME, OPPOSED, Ranking, terms
from hrm_engine.codegen.library.vocabulary import stemmed
from tests.engine.codegen.library_toys import snippet

LARGEST = snippet("largest", "xs", "max(xs)", "Find the largest number.", "the top of a list")
SMALLEST = snippet("smallest", "xs", "min(xs)", "Find the smallest number.")
REVERSED = snippet("flip_text", "s", "s[::-1]", "Reverse a string.")
RANKING = Ranking([LARGEST, SMALLEST, REVERSED])


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Write a python function to sort the numbers", ["sort", "number"]),
        ("sorted, sorting and sorts", ["sort", "sort", "sort"]),
        ("cities boxes classes matches wishes", ["city", "box", "class", "match", "wish"]),
        ("the bus is less", ["bus", "less"]),
        ("isPrime2", ["prim", "2"]),
        ("is_prime_2", ["prim", "2"]),
        ("biggest element of an array", ["maximum", "element", "list"]),
        ("add two lists using map and lambda function", ["sum", "two", "list"]),
        ("check whether it is even or not", ["check", "check", "even"]),
    ],
)
def test_what_a_text_tells_is_kept_as_stems(text: str, stems: list[str]) -> None:
    assert list(stemmed(text)) == stems


def test_neighbours_count_half_beside_single_words() -> None:
    assert terms("count vowels") == {"count": 1.0, "vowel": 1.0, "count vowel": 0.5}


def test_a_request_in_the_words_of_a_snippet_is_its_own() -> None:
    scores = RANKING.scores("Find the largest number", "f")
    assert scores[0] == pytest.approx(1.0)
    assert scores.argmax() == 0


def test_any_of_the_texts_of_a_snippet_may_match() -> None:
    assert RANKING.scores("top of a list", "f")[0] == pytest.approx(1.0)


def test_what_says_the_opposite_counts_less() -> None:
    without = Ranking([SMALLEST, REVERSED]).scores("number", "f")[0]
    scores = Ranking([SMALLEST, REVERSED]).scores("maximum number", "f")
    assert scores[0] == pytest.approx(without * OPPOSED)


def test_a_telling_name_counts_beside_the_text() -> None:
    alone = RANKING.scores("Reverse a string", "f")
    named = RANKING.scores("Reverse a string", "flip_text")
    assert alone[2] == named[2] == pytest.approx(1.0)
    assert RANKING.scores("?", "flip_text")[2] == pytest.approx(NAME / (1 + NAME))


def test_a_request_without_a_known_word_means_nothing() -> None:
    assert not RANKING.scores("xyzzy", "f").any()
