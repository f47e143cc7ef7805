"""The enumeration makes exactly the values that short programs give, and each once."""

from __future__ import annotations

from itertools import product

import pytest

from hrm_engine.deadline import Deadline
from hrm_engine.programs.exedec import read_program
from hrm_engine.programs.interpreter import Limits, run
from hrm_engine.programs.search.bank import Bank, Values
from hrm_engine.programs.search.enumerate import Enumerator, Value, columns_of
from hrm_engine.programs.search.kernels import Type
from hrm_engine.programs.search.moves import MOVES, equal_costs
from hrm_engine.programs.search.terms import made_by, program_text
from hrm_engine.programs.types import Type as Kind
from tests.engine.programs.search.columns import SHAPE, values_of

COLUMNS: list[list[Value]] = [[[3, -1, 4], [2, 2], [9]], [1, 0, 2]]
KINDS = [Kind.INTS, Kind.INT]


def by_hand(cost: int) -> set[tuple[str, str]]:
    """Type and values of all programs of at most this size, one interpreter step at a time."""
    levels: list[dict[tuple[str, str], list[Value]]] = [
        {("list", repr(COLUMNS[0])): COLUMNS[0], ("int", repr(COLUMNS[1])): COLUMNS[1]}
    ]
    while len(levels) <= cost:
        made: dict[tuple[str, str], list[Value]] = {}
        for move in MOVES:
            for shares in product(range(len(levels)), repeat=len(move.arguments)):
                if sum(shares) != len(levels) - 1:
                    continue
                pools = [
                    [value for (its, _), value in levels[share].items() if its == kind]
                    for kind, share in zip(move.arguments, shares, strict=True)
                ]
                for arguments in product(*pools):
                    result = step(move.name, move.arguments, arguments)
                    known = any((move.result, repr(result)) in level for level in levels)
                    if result is not None and not known:
                        made[move.result, repr(result)] = result
        levels.append(made)
    return {key for level in levels for key in level}


def step(
    name: str, kinds: tuple[Type, ...], arguments: tuple[list[Value], ...]
) -> list[Value] | None:
    names = [f"x{place}" for place in range(len(kinds))]
    text = " | ".join([*(f"{n} = INPUT" for n in names), f"y = {name} {' '.join(names)}"])
    program = read_program(text, [Kind.INT if kind == "int" else Kind.INTS for kind in kinds])
    rows = zip(*arguments, strict=True)
    results = [run(program, row, Limits(integer=SHAPE.bound)) for row in rows]
    return None if None in results else results


@pytest.fixture
def grown() -> Bank:
    bank = Bank(SHAPE, most=100_000)
    inputs = [columns_of(SHAPE, column) for column in COLUMNS]
    enumerator = Enumerator(bank, inputs, equal_costs(), lambda *_: False)
    for _ in range(2):
        enumerator.grow(Deadline.never())
    return bank


def test_the_values_are_those_of_all_programs_of_that_size(grown: Bank) -> None:
    made = [
        (kind, repr(values_of(grown.all(kind).columns, number)))
        for kind in ("list", "int")
        for number in range(grown.all(kind).size)  # type: ignore[arg-type]
    ]
    assert len(made) == len(set(made))
    assert set(made) == by_hand(2)


def test_every_value_is_what_its_program_gives(grown: Bank) -> None:
    values = grown.all("list")
    for number in range(1, values.size):
        origin = int(values.moves[number]), int(values.left[number]), int(values.right[number])
        program = read_program(program_text(made_by(grown, *origin), 2), KINDS)
        rows = zip(*COLUMNS, strict=True)
        assert [run(program, row) for row in rows] == values_of(values.columns, number)


def test_a_list_beside_what_it_was_made_from_costs_no_more() -> None:
    """Sort, then Map, then the ZipWith of both: three statements, though four in the tree."""
    bank = Bank(SHAPE, most=100_000)
    enumerator = Enumerator(bank, [columns_of(SHAPE, COLUMNS[0])], equal_costs(), lambda *_: False)
    for _ in range(3):
        enumerator.grow(Deadline.never())
    by_size = [[-1, 3, 4], [2, 2], [9]]
    wanted = [[x - x // 3 for x in xs] for xs in by_size]
    values = bank.all("list")
    assert any(values_of(values.columns, n) == wanted for n in range(values.size))


def test_dear_moves_come_later() -> None:
    bank = Bank(SHAPE, most=1000)
    costs = equal_costs() | {"Sort": 3}
    enumerator = Enumerator(bank, [columns_of(SHAPE, COLUMNS[0])], costs, lambda *_: False)
    ordered = [sorted(value) for value in COLUMNS[0] if not isinstance(value, int)]
    made = []
    for _ in range(3):
        enumerator.grow(Deadline.never())
        values = bank.at("list", enumerator.cost)
        made.append(any(values_of(values.columns, n) == ordered for n in range(values.size)))
    assert not made[0]
    assert any(made)


def test_the_watcher_ends_a_level() -> None:
    bank = Bank(SHAPE, most=1000)
    shown: list[int] = []

    def watch(kind: Type, values: Values) -> bool:
        shown.append(values.size)
        return len(shown) == 3

    enumerator = Enumerator(bank, [columns_of(SHAPE, COLUMNS[0])], equal_costs(), watch)
    enumerator.grow(Deadline.never())
    assert len(shown) == 3


def test_a_deadline_that_has_passed_ends_a_level_after_one_batch() -> None:
    bank = Bank(SHAPE, most=1000)
    enumerator = Enumerator(bank, [columns_of(SHAPE, COLUMNS[0])], equal_costs(), lambda *_: False)
    enumerator.grow(Deadline.after(0))
    assert bank.at("list", 1).size + bank.at("int", 1).size <= 1
