"""A question about a program, and the program, as a canvas of tokens.

    cells   0 .. 13   the specification, four words a cell
           14 .. 29   four examples, each three inputs and the output
           30 .. 39   ten statements, answered by four tokens each: operation, then arguments

Every cell holds `CHANNELS` tokens whose embeddings the model adds: its place, the type and
length of a value, the value's first items, and words. A word is three hashes, so that there is
no unknown word (Bloom embeddings, Serra and Karatzoglou 2017, arXiv:1706.03993); a parameter's
name is replaced by its place first. Large numbers keep sign and magnitude; what does not
fit is cut off: the network guesses, and the examples decide.

An answered token is an operation in slot 0 and an argument elsewhere; 0 is not answered.
Shapes: S cells, C channels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from hrm_engine.programs.generate import CONSTANTS
from hrm_engine.programs.lambdas import LAMBDAS
from hrm_engine.programs.operation import Operation
from hrm_engine.programs.operations import OPERATIONS
from hrm_engine.programs.program import Argument, Constant, Program, Ref, Statement
from hrm_engine.programs.types import Type, Value

VOCABULARY_SIZE = 256
WORDS, WORDS_A_CELL, HASHES = 56, 4, 3
EXAMPLES, INPUTS = 4, 3
STATEMENTS, SLOTS = 10, 4
ITEMS = 24
"""Items of a list or characters of a text that are seen."""
WORD_CELLS = WORDS // WORDS_A_CELL
VALUE_CELLS = EXAMPLES * (INPUTS + 1)
CELLS = WORD_CELLS + VALUE_CELLS + STATEMENTS
PLACE, KIND, LENGTH, FIRST_ITEM = 0, 1, 2, 3
FIRST_WORD = FIRST_ITEM + ITEMS
CHANNELS = FIRST_WORD + WORDS_A_CELL * HASHES

_PIECE = re.compile(r"[A-Za-z_]+\d*|\d+|[^\sA-Za-z_\d]")
_LARGEST, _MAGNITUDES, _FIRST_CHARACTER = 60, 12, 146
_TRUE, _FALSE, _OTHER, _GAP = 241, 242, 243, 244
_KINDS = {kind: number for number, kind in enumerate(Type, start=1)}
_LONGEST = 40

END, NOTHING = 1, 1
"""In slot 0: no statement; in the others: no argument (never a target, it is not answered)."""
_ARGUMENTS: tuple[Argument, ...] = (
    *(Ref(place) for place in range(INPUTS + STATEMENTS - 1)),
    *(Constant(value) for values in CONSTANTS.values() for value in values),
    *LAMBDAS,
)
_OPERATION_IDS = {operation.name: i for i, operation in enumerate(OPERATIONS, start=END + 1)}
_ARGUMENT_IDS = {argument: i for i, argument in enumerate(_ARGUMENTS, start=NOTHING + 1)}
assert max(len(OPERATIONS), len(_ARGUMENTS)) + 2 <= VOCABULARY_SIZE


@dataclass(frozen=True)
class Question:
    """What the network sees of a request: text, types of the inputs, and examples or none.

    names: of the parameters, where they are known; they may stand in the text. rows: the inputs
    of each example and its output last.
    """

    specification: str
    types: tuple[Type, ...]
    result: Type | None
    names: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()


@cache
def vocabulary() -> tuple[str, ...]:
    """Each id as an operation and as an argument; a checkpoint of other tables is refused."""
    operations = dict(enumerate(["-", "end", *(each.name for each in OPERATIONS)]))
    arguments = dict(enumerate(["-", "none", *map(_spoken, _ARGUMENTS)]))
    return tuple(
        f"{i} {operations.get(i, '-')} / {arguments.get(i, '-')}" for i in range(VOCABULARY_SIZE)
    )


def _spoken(argument: Argument) -> str:
    return str(argument) if isinstance(argument, (Ref, Constant)) else argument.name


def inputs_of(question: Question) -> NDArray[np.uint8]:
    """The canvas (S * C,) of a question."""
    canvas = np.zeros((CELLS, CHANNELS), np.uint8)
    canvas[:, PLACE] = np.arange(1, CELLS + 1)
    for number, word in enumerate(_words(question)[:WORDS]):
        cell, part = divmod(number, WORDS_A_CELL)
        begin = FIRST_WORD + part * HASHES
        canvas[cell, begin : begin + HASHES] = hashes(word)
    examples = canvas[WORD_CELLS : WORD_CELLS + VALUE_CELLS].reshape(EXAMPLES, INPUTS + 1, CHANNELS)
    for place, kind in enumerate((*question.types[:INPUTS], question.result)):
        if kind is not None:  # the output stands last, whatever the number of inputs
            examples[:, INPUTS if place == len(question.types) else place, KIND] = _KINDS[kind]
    for example, row in zip(examples, question.rows, strict=False):
        for place, value in enumerate(row):
            _write(example[INPUTS if place == len(row) - 1 else place], value)
    return canvas.reshape(-1)


def _write(cell: NDArray[np.uint8], value: Value) -> None:
    """Length and first items of a value into its cell (C,)."""
    items = _items(value)
    cell[LENGTH] = min(len(items), _LONGEST) + 1
    shown = items[:ITEMS]
    cell[FIRST_ITEM : FIRST_ITEM + len(shown)] = shown


def _items(value: Value) -> list[int]:
    """The tokens of a value."""
    if isinstance(value, bool):
        return [_TRUE if value else _FALSE]
    if isinstance(value, int):
        return [_number(value), *(_text(str(value)) if abs(value) > _LARGEST else ())]
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        if value and isinstance(value[0], str):
            return [token for word in value for token in (*_text(word), _GAP)]
        return [_TRUE + (not v) if isinstance(v, bool) else _number(v) for v in value]
    return _text(repr(value))


def _number(value: int) -> int:
    """1 to 121 for -60 to 60, then magnitudes by power of two, those of negative numbers last."""
    if abs(value) <= _LARGEST:
        return value + _LARGEST + 1
    magnitude = min((abs(value) // _LARGEST).bit_length(), _MAGNITUDES)
    return 2 * _LARGEST + 1 + magnitude + (_MAGNITUDES if value < 0 else 0)


def _text(text: str) -> list[int]:
    return [
        ord(c) - 32 + _FIRST_CHARACTER if " " <= c <= "~" else _OTHER for c in text[: 2 * ITEMS]
    ]


def _words(question: Question) -> list[str]:
    """The words of the specification, parameters by their place."""
    places = {name: f"<{place}>" for place, name in enumerate(question.names)}
    return [places.get(piece) or piece.lower() for piece in _PIECE.findall(question.specification)]


@lru_cache(maxsize=20_000)
def hashes(word: str) -> tuple[int, ...]:
    """Three numbers from 1 to 255."""
    return tuple(1 + byte % 255 for byte in blake2b(word.encode(), digest_size=HASHES).digest())


def targets_of(program: Program) -> NDArray[np.uint8]:
    """The program's tokens, (STATEMENTS * SLOTS,), then the end, then nothing to answer.

    A program that does not fit (`fits_grid`) raises KeyError or ValueError.
    """
    grid = np.zeros((STATEMENTS, SLOTS), np.uint8)
    for row, statement in zip(grid, program.statements, strict=False):
        row[0] = _OPERATION_IDS[statement.operation.name]
        for slot, argument in enumerate(statement.arguments, start=1):
            row[slot] = _ARGUMENT_IDS[_placed(argument, len(program.types))]
    if len(program.statements) < STATEMENTS:
        grid[len(program.statements), 0] = END
    return grid.reshape(-1)


def fits_grid(program: Program) -> bool:
    """Whether the canvas can hold the program."""
    inputs = len(program.types)
    return (
        inputs <= INPUTS
        and len(program.statements) <= STATEMENTS
        and all(
            _placed(argument, inputs) in _ARGUMENT_IDS
            for statement in program.statements
            for argument in statement.arguments
        )
    )


def _placed(argument: Argument, inputs: int) -> Argument:
    """An argument with statements counted from `INPUTS` on, however many inputs there are."""
    if isinstance(argument, Ref) and argument.index >= inputs:
        return Ref(argument.index - inputs + INPUTS)
    return argument


def operation_id(operation: Operation) -> int:
    """The token of an operation in slot 0."""
    return _OPERATION_IDS[operation.name]


def argument_id(argument: Argument, inputs: int) -> int | None:
    """The token of an argument in a program of so many inputs; None when there is none."""
    return _ARGUMENT_IDS.get(_placed(argument, inputs))


def program_of(names: Sequence[str], types: Sequence[Type], tokens: Sequence[int]) -> Program:
    """The program that tokens (STATEMENTS * SLOTS,) spell, as they stand.

    Raises ProgramError when it does not type-check, KeyError for tokens that are none.
    """
    grid = np.asarray(tokens).reshape(STATEMENTS, SLOTS)
    operations, arguments = dict(enumerate(OPERATIONS, END + 1)), dict(enumerate(_ARGUMENTS, 2))
    statements = []
    for row in grid.tolist():
        if row[0] == END:
            break
        operation = operations[row[0]]
        found = [arguments[token] for token in row[1 : 1 + len(operation.arguments)]]
        statements.append(Statement(operation, tuple(_back(each, len(types)) for each in found)))
    return Program(tuple(names), tuple(types), tuple(statements))


def _back(argument: Argument, inputs: int) -> Argument:
    if isinstance(argument, Ref) and argument.index >= INPUTS:
        return Ref(argument.index - INPUTS + inputs)
    return argument
