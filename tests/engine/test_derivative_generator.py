"""The stream of derivative problems: seeded, wide, disjoint from the held-out share."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import numpy as np
import pytest

from hrm_engine.data.generators.derivative import (
    MAX_SIZE,
    MIXTURE,
    RESERVED_EVERY,
    distinct,
    fingerprint,
    fits,
    held_out,
    propose,
    reserved,
    training,
)
from hrm_engine.data.generators.dice import Dice, Table
from hrm_engine.data.generators.records import records
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.printer import to_text
from hrm_engine.expressions.tree import ARITY, FUNCTIONS, depends_on, size, walk


def stream(seed: int, count: int) -> list[str]:
    """The first expressions of the training stream as text."""
    rng = np.random.default_rng(seed)
    return [to_text(training(rng)) for _ in range(count)]


def test_the_same_seed_gives_the_same_stream_and_another_seed_another() -> None:
    assert stream(1, 40) == stream(1, 40)
    assert stream(1, 40) != stream(2, 40)


@pytest.mark.requirement("EN-8")
def test_training_and_held_out_expressions_are_disjoint_by_construction() -> None:
    rng = np.random.default_rng(3)
    assert not any(reserved(training(rng)) for _ in range(500))
    kept = held_out(12, seed=0)
    assert all(fingerprint(expr) % RESERVED_EVERY == 0 for expr in kept)
    assert len({fingerprint(expr) for expr in kept}) == 12
    assert kept == held_out(12, seed=0)


def test_a_fingerprint_forgets_the_names_of_letters_but_not_their_places() -> None:
    assert fingerprint(parse("a*x + b")) == fingerprint(parse("c*x + k"))
    assert fingerprint(parse("a*t + b"), "t") == fingerprint(parse("a*x + b"))
    assert fingerprint(parse("a*x + a")) != fingerprint(parse("a*x + b"))
    assert fingerprint(parse("x + 1")) != fingerprint(parse("1 + x"))


def test_every_function_and_operator_occurs_often_enough_to_be_learnt() -> None:
    rng = np.random.default_rng(4)
    count, seen = 2000, Counter[str]()
    for _ in range(count):
        seen.update({part.op for part in walk(training(rng))})
    shares = {op: seen[op] / count for op in ARITY}
    assert min(shares[op] for op in FUNCTIONS) > 0.008
    assert min(shares[op] for op in ("sin", "cos", "ln", "sqrt")) > 0.08
    assert min(shares[op] for op in ("abs", "log", "root", "sign", "pi", "e", "neg")) > 0.008


def test_sizes_reach_from_leaves_to_long_textbook_lines() -> None:
    rng = np.random.default_rng(6)
    sizes = sorted(size(training(rng)) for _ in range(1000))
    assert 10 < sum(sizes) / 1000 < 18
    assert sizes[0] <= 2
    assert sizes[990] > 30
    assert MAX_SIZE == 60


def test_the_mixture_is_in_per_cent_and_holds_constants() -> None:
    assert sum(MIXTURE.values()) == 100
    rng = np.random.default_rng(7)
    constants = sum(not depends_on(propose(rng), "x") for _ in range(1500))
    assert 5 <= constants <= 90


def test_coefficients_reach_a_thousand_and_beyond() -> None:
    rng = np.random.default_rng(8)
    values = [int(p.value or 0) for _ in range(800) for p in walk(training(rng)) if p.op == "int"]
    assert max(values) > 1000
    assert sum(value <= 12 for value in values) > 0.6 * len(values)
    assert sum(100 < value <= 1000 for value in values) > 0.03 * len(values)


def test_the_distinct_stream_repeats_nothing() -> None:
    marks = [fingerprint(expr) for expr in islice(distinct(np.random.default_rng(9)), 300)]
    assert len(set(marks)) == 300


def test_an_expression_that_is_too_long_does_not_fit() -> None:
    assert fits(parse("sin(5x)"))
    assert not fits(parse(" + ".join(f"{k}x" for k in range(2, 60))))


def test_a_table_is_drawn_from_by_weight() -> None:
    dice = Dice(np.random.default_rng(10))
    table = Table.of({"often": 9, "seldom": 1})
    seen = Counter(dice.draw(table) for _ in range(2000))
    assert 0.85 < seen["often"] / 2000 < 0.95
    assert {dice.between(2, 4) for _ in range(100)} == {2, 3, 4}


def test_records_are_distinct_readable_and_checked() -> None:
    dropped = Counter[str]()
    found = list(records(25, 0, "train", dropped=dropped))
    assert [record["id"] for record in found] == [f"train-{k}" for k in range(25)]
    assert len({record["input"] for record in found}) == 25
    assert all(parse(str(r["input"])) and parse(str(r["answer"])) for r in found)
    assert found == list(records(25, 0, "train"))


def test_held_out_records_come_from_the_reserved_share() -> None:
    found = list(records(3, 1, "held-out", check=False))
    assert all(reserved(parse(str(record["input"]))) for record in found)
