"""Which split a problem belongs to: a fixed rule on hashes, so that no list has to be kept.

    length      more than four statements
    pairs       one operation feeds another, and the hash of the two families is 0 modulo 20
    behaviour   the hash of the fingerprint is 0 modulo 20
    template    the text is of a template whose hash is 0 modulo 4
    train       none of these

The first that applies counts, so splits are disjoint; training meets no held-out length, pair of
operations, behaviour or template. The hash is BLAKE2b of the text, 8 bytes, big-endian.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

from hrm_engine.programs.behaviour import stable_hash
from hrm_engine.programs.program import Program, Ref

Split = Literal["train", "length", "pairs", "behaviour", "template"]
SPLITS: tuple[Split, ...] = get_args(Split)
LONGEST_TRAINED = 4
LONGEST = 6


def split_of(program: Program, fingerprint: str, template: str) -> Split:
    """The split of a problem, from its program, its behaviour and the name of its template."""
    structural = structural_split(program)
    if structural is not None:
        return structural
    if stable_hash("behaviour", fingerprint) % 20 == 0:
        return "behaviour"
    return "template" if is_held_out_template(template) else "train"


def structural_split(program: Program) -> Split | None:
    """The split that the statements alone decide; None when behaviour and wording do."""
    if len(program.statements) > LONGEST_TRAINED:
        return "length"
    held_out = any(is_held_out_pair(*pair) for pair in operation_pairs(program))
    return "pairs" if held_out else None


def operation_pairs(program: Program) -> set[tuple[str, str]]:
    """The families of operations of which the first feeds the second."""
    inputs = len(program.types)
    return {
        (program.statements[each.index - inputs].operation.family, statement.operation.family)
        for statement in program.statements
        for each in statement.arguments
        if isinstance(each, Ref) and each.index >= inputs
    }


@cache
def is_held_out_pair(first: str, second: str) -> bool:
    """Whether no training program feeds family `second` from family `first`."""
    return stable_hash("pair", first, second) % 20 == 0


def is_held_out_template(template: str) -> bool:
    """Whether no training problem is worded by this template."""
    return stable_hash("wording", template) % 4 == 0
