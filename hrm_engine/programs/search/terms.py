"""What a search has found: a tree of operations, and its text as a program of statements.

Equal subtrees become one statement, so a program may be much shorter than its tree.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrm_engine.programs.search.bank import INPUT, Bank
from hrm_engine.programs.search.kernels import Type
from hrm_engine.programs.search.moves import MOVES


@dataclass(frozen=True)
class Term:
    """`move` applied to `arguments`; for an input, `move` is INPUT and `place` its number."""

    move: int
    arguments: tuple[Term, ...] = ()
    place: int = 0


def term_of(bank: Bank, kind: Type, number: int) -> Term:
    """The tree that made a value of the bank."""
    made = bank.all(kind)
    return made_by(bank, int(made.moves[number]), int(made.left[number]), int(made.right[number]))


def made_by(bank: Bank, move: int, left: int, right: int) -> Term:
    """The tree of one statement over numbered values; `left` is the place of an input."""
    if move == INPUT:
        return Term(INPUT, (), left)
    arguments = zip(MOVES[move].arguments, (left, right), strict=False)
    return Term(move, tuple(term_of(bank, kind, number) for kind, number in arguments))


def statements(term: Term, inputs: int) -> list[tuple[int, tuple[int, ...]]]:
    """Move and argument variables of each statement; variables below `inputs` are inputs."""
    made: list[tuple[int, tuple[int, ...]]] = []
    variable: dict[Term, int] = {}

    def visit(node: Term) -> int:
        if node.move == INPUT:
            return node.place
        if node not in variable:
            arguments = tuple(visit(argument) for argument in node.arguments)
            made.append((node.move, arguments))
            variable[node] = inputs + len(made) - 1
        return variable[node]

    visit(term)
    return made


def program_text(term: Term, inputs: int) -> str:
    """ExeDec's text form: `x0 = INPUT | x1 = Map (+1) x0`. An input alone has no statement."""
    lines = [f"x{number} = INPUT" for number in range(inputs)]
    for number, (move, arguments) in enumerate(statements(term, inputs), start=inputs):
        words = [f"x{number} =", MOVES[move].name, *(f"x{argument}" for argument in arguments)]
        lines.append(" ".join(words))
    return " | ".join(lines)
