"""The endless, seeded stream of dialogues that the embedded LLM is trained on.

    dice.py        seeded choices and the phrase grammar
    maths.py       expressions in the many forms people write
    asking.py      hundreds of phrasings of one question      people.py   who asks: context, slips
    tools.py       the tools on offer                         talk.py     what needs no tool
    questions.py   a question with its call                   scenes.py   whole exchanges
    puzzles.py     a pasted Sudoku or maze

`stream` is the entry point `dialogue` of the group `hrm_engine.datasets`; it yields one dialogue
at a time as the segments of `template.render`. `dialogue` builds the messages. No language model
wrote or writes any of it: every sentence comes from the phrase grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from hrm_agents.embedded.dialogues import puzzles, scenes, tools
from hrm_agents.embedded.dialogues.dice import Dice
from hrm_agents.embedded.template import Segment, render

Scene = Callable[[Dice, scenes.Memory], list[dict[str, Any]]]
PuzzleScene = Callable[[Dice, puzzles.Pasted, list[tools.Tool]], list[dict[str, Any]]]
EXCHANGES = {1: 62.0, 2: 27.0, 3: 11.0}
SCENES: dict[Scene, float] = {
    scenes.derivative: 40.0,
    scenes.two: 3.0,
    scenes.orders: 1.5,
    scenes.check: 2.5,
    scenes.choice: 1.5,
    scenes.missing: 5.0,
}
PUZZLES: dict[PuzzleScene, float] = {puzzles.ask: 24.0, puzzles.two: 2.5, puzzles.missing: 7.0}
WITHOUT = {"talk": 19.0, "outside": 12.0, "other": 9.0}


def stream(rng: np.random.Generator) -> Iterator[list[Segment]]:
    """Dialogues as segments `(text, is_control, learn)`, for ever; the same for the same seed."""
    dice = Dice(rng)
    while True:
        messages, offered = dialogue(dice)
        yield render(messages, offered)


def dialogue(dice: Dice) -> tuple[list[dict[str, Any]], list[tools.Tool]]:
    """One conversation and the tools it offers; puzzles have their names, see `blocks.py`."""
    derivative = not dice.chance(0.07)
    wanted = dice.pick(list(tools.KINDS)) if dice.chance(0.1 if derivative else 0.6) else ""
    offered = tools.offer(dice, derivative=derivative, wanted=wanted)
    if not derivative:
        return _without_derivative(dice, wanted, offered), offered
    memory, pasted = scenes.Memory(), puzzles.Pasted()
    messages: list[dict[str, Any]] = []
    for turn in range(dice.weighted(EXCHANGES)):
        if turn and pasted.counts and dice.chance(0.45):
            messages += puzzles.ask(dice, pasted, offered)
        elif turn and memory.last and dice.chance(0.6):
            messages += scenes.follow_up(dice, memory)
        elif wanted and turn == 0 and dice.chance(0.7):
            messages += _wanted(dice, wanted, pasted, offered)
        else:
            messages += _scene(dice, memory, pasted, offered)
    return messages, offered


def _scene(
    dice: Dice, memory: scenes.Memory, pasted: puzzles.Pasted, offered: list[tools.Tool]
) -> list[dict[str, Any]]:
    """An exchange of any kind; puzzles less often where there is no tool for them."""
    solvable = len(tools.abilities(offered)) > 1
    groups = {"derivative": sum(SCENES.values()), **WITHOUT}
    groups["puzzle"] = sum(PUZZLES.values()) * (1.0 if solvable else 0.15)
    kind = dice.weighted(groups)
    if kind == "derivative":
        return dice.weighted(SCENES)(dice, memory)
    if kind == "puzzle":
        return dice.weighted(PUZZLES)(dice, pasted, offered)
    if kind == "talk":
        return scenes.chatter(dice, offered)
    if kind == "outside":
        return scenes.outside(dice, offered)
    return scenes.other(dice, _other_kind(dice), offered)


def _wanted(
    dice: Dice, kind: str, pasted: puzzles.Pasted, offered: list[tools.Tool]
) -> list[dict[str, Any]]:
    """A question for a tool of this kind."""
    if kind in puzzles.KINDS:
        return puzzles.ask(dice, pasted, offered, kind)
    return scenes.other(dice, kind, offered)


def _without_derivative(dice: Dice, wanted: str, offered: list[tools.Tool]) -> list[dict[str, Any]]:
    """No tool for derivatives: decline, or call what there is."""
    kind = dice.weighted({"unanswerable": 55, "talk": 20, "other": 25})
    if kind == "unanswerable":
        return scenes.unanswerable(dice, offered)
    if kind == "talk":
        return scenes.chatter(dice, offered)
    return _wanted(dice, wanted or _other_kind(dice), puzzles.Pasted(), offered)


def _other_kind(dice: Dice) -> str:
    """Integrals and the other neighbours of derivatives most of all."""
    return dice.weighted(
        {kind: _ODDS.get(kind, 1.0) for kind in tools.KINDS if kind not in puzzles.KINDS}
    )


_ODDS = {"integral": 7.0, "solve": 4.0, "simplify": 4.0, "evaluate": 4.0, "limit": 2.0, "plot": 2.0}
_ODDS |= {"series": 2.0}
