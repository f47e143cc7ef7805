"""From the scores of a program grid to programs, every one of which type-checks.

All slots were predicted at once; here statements are read off in order. At each one only those
operations count whose arguments can be had, and only arguments of the right type that stand
before it; the probabilities are shared anew among what is legal. A program ends where the
network ends it and its result has the type that is wanted. A beam of 1 is greedy.

Shapes: R statements, K slots, V tokens.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from hrm_engine.programs.generate import CONSTANTS
from hrm_engine.programs.operation import Operation
from hrm_engine.programs.operations import OPERATIONS, lambdas_for
from hrm_engine.programs.program import (
    Argument,
    Constant,
    Program,
    Ref,
    Statement,
    input_names,
)
from hrm_engine.programs.types import ArgumentType, Type
from hrm_engine.tokens.program import (
    END,
    SLOTS,
    STATEMENTS,
    argument_id,
    operation_id,
)

Scores = NDArray[np.float32]
_FEW_OPERATIONS, _FEW_ARGUMENTS = 8, 2
"""Most choices looked at for one statement of one partial program, and for each argument."""
LIKELY, POSSIBLE = 0.2, 0.02
"""Expected occurrences from which an operation costs 1, and 2; all others cost 3."""
_HOPELESS = 12.0
"""What is so much less likely than the best (in nats) is left out of the beam."""


@dataclass(frozen=True)
class Decoded:
    """A program and the logarithm of its probability among the legal ones."""

    program: Program
    score: float


@dataclass(frozen=True)
class _Partial:
    """Some statements; kinds: the types of all values so far."""

    score: float
    statements: tuple[Statement, ...]
    kinds: tuple[Type, ...]


def log_softmax(logits: Scores) -> Scores:
    """Logarithms of probabilities over the last axis."""
    shifted = logits - logits.max(-1, keepdims=True)
    found: Scores = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return found


def decode(
    logits: Scores, types: Sequence[Type], result: Type | None, beam: int = 1
) -> list[Decoded]:
    """At most `beam` different programs, the most likely first; may be none.

    logits: (R * K, V) of one row. result: the type wanted, None for any.
    """
    scores = log_softmax(logits.reshape(STATEMENTS, SLOTS, -1))
    partial, done = [_Partial(0.0, (), tuple(types))], list[_Partial]()
    for row in scores:
        longer: list[_Partial] = []
        for each in partial:
            for share, operation in _operations(row[0], each, result, beam):
                reached = _Partial(each.score + share, each.statements, each.kinds)
                if reached.score < partial[0].score - _HOPELESS:
                    continue
                if operation is None:
                    done.append(reached)
                else:
                    longer.extend(_extended(reached, operation, row, len(types), beam))
        partial = heapq.nlargest(beam, longer, key=lambda each: each.score)
        if not partial or _decided(done, partial, beam):
            break
    done += [each for each in partial if len(each.statements) == STATEMENTS and _ends(each, result)]
    names = input_names(types)
    best = heapq.nlargest(beam, done, key=lambda each: each.score)
    return [Decoded(Program(names, tuple(types), each.statements), each.score) for each in best]


def _decided(done: Sequence[_Partial], partial: Sequence[_Partial], beam: int) -> bool:
    """Whether nothing longer can come before the `beam` best that have ended."""
    if len(done) < beam:
        return False
    worst = heapq.nlargest(beam, (each.score for each in done))[-1]
    return worst >= max(each.score for each in partial)


def _ends(partial: _Partial, result: Type | None) -> bool:
    return bool(partial.statements) and result in (None, partial.kinds[-1])


def _operations(
    scores: Scores, partial: _Partial, result: Type | None, beam: int
) -> list[tuple[float, Operation | None]]:
    """The likeliest legal choices for a statement, None for the end, with their logarithms."""
    operations, ids = _legal(frozenset(partial.kinds))
    choices: tuple[Operation | None, ...] = operations
    if _ends(partial, result):
        choices, ids = (None, *operations), np.concatenate(([END], ids))
    legal = scores[ids]
    legal = legal - np.logaddexp.reduce(legal)
    few = min(beam, _FEW_OPERATIONS) if beam > 1 else 1
    return [(float(legal[k]), choices[k]) for k in np.argsort(-legal, kind="stable")[:few]]


def _extended(
    partial: _Partial, operation: Operation, row: Scores, inputs: int, beam: int
) -> Iterator[_Partial]:
    """The partial program with one more statement, with the likeliest arguments."""
    few = min(beam, _FEW_ARGUMENTS)
    slots = []
    for slot, kind in enumerate(operation.arguments, start=1):
        known = _choices(operation, kind, partial.kinds, inputs)
        ids = np.array([number for _, number in known])
        legal = row[slot][ids] - np.logaddexp.reduce(row[slot][ids])
        order = np.argsort(-legal, kind="stable")[:few]
        slots.append([(float(legal[k]), known[k][0]) for k in order])
    for arguments in product(*slots):
        found = tuple(argument for _, argument in arguments)
        if any(isinstance(argument, Ref) for argument in found):
            score = partial.score + math.fsum(each for each, _ in arguments)
            statement = Statement(operation, found)
            yield _Partial(
                score, (*partial.statements, statement), (*partial.kinds, operation.result)
            )


@lru_cache(maxsize=4096)
def _legal(kinds: frozenset[Type]) -> tuple[tuple[Operation, ...], NDArray[np.intp]]:
    """The operations with some argument among values of these types, and their tokens."""
    to_be_had = kinds | CONSTANTS.keys()
    found = tuple(
        operation
        for operation in OPERATIONS
        if to_be_had.issuperset(operation.values) and not kinds.isdisjoint(operation.values)
    )
    return found, np.array([operation_id(each) for each in found], dtype=np.intp)


@lru_cache(maxsize=16384)
def _choices(
    operation: Operation, kind: ArgumentType, kinds: tuple[Type, ...], inputs: int
) -> tuple[tuple[Argument, int], ...]:
    """What may stand for one argument, with its token."""
    found: list[Argument]
    if isinstance(kind, Type):
        found = [Ref(place) for place, each in enumerate(kinds) if each is kind]
        found += [Constant(value) for value in CONSTANTS.get(kind, ())]
    else:
        found = list(lambdas_for(operation))
    numbered = [(each, argument_id(each, inputs)) for each in found]
    return tuple((each, number) for each, number in numbered if number is not None)


def move_costs(logits: Scores) -> dict[str, int]:
    """What each step costs a search that goes by the network: 1, 2 or 3, by name."""
    return {
        name: 1 if chance >= LIKELY else 2 if chance >= POSSIBLE else 3
        for name, chance in move_probabilities(logits).items()
    }


def move_probabilities(logits: Scores) -> dict[str, float]:
    """How likely each operation with its lambda stands somewhere, by `general.step_name`.

    The expected number of times over all statements until the end; not normalised.
    """
    found: dict[str, float] = {}
    scores = np.exp(log_softmax(logits.reshape(STATEMENTS, SLOTS, -1)))
    reached = 1.0
    for row in scores:
        reached *= 1.0 - float(row[0, END])
        for operation in OPERATIONS:
            chance = reached * float(row[0, operation_id(operation)])
            if operation.function is None:
                found[operation.name] = found.get(operation.name, 0.0) + chance
                continue
            ids = [(each, argument_id(each, 0)) for each in lambdas_for(operation)]
            total = sum(float(row[1, number]) for _, number in ids if number) or 1.0
            for function, number in ids:
                name = f"{operation.name} {function.name}"
                part = chance * float(row[1, number or 0]) / total
                found[name] = found.get(name, 0.0) + part
    return found
