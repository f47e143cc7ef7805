"""The endless, seeded stream of dialogues that the embedded LLM is trained on.

    dice.py        seeded choices and the phrase grammar
    maths.py       expressions in the many forms people write
    asking.py      hundreds of phrasings of one question      people.py   who asks: context, slips
    tools.py       the tools on offer                         talk.py     what needs no tool
    questions.py   a question with its call                   scenes.py   whole exchanges

`stream` is the entry point `dialogue` of the group `hrm_engine.datasets`; it yields one dialogue
at a time as the segments of `template.render`. `dialogue` builds the messages. No language model
wrote or writes any of it: every sentence comes from the phrase grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from hrm_agents.embedded.dialogues import scenes, tools
from hrm_agents.embedded.dialogues.dice import Dice
from hrm_agents.embedded.template import Segment, render

Scene = Callable[[Dice, scenes.Memory], list[dict[str, Any]]]
EXCHANGES = {1: 62.0, 2: 27.0, 3: 11.0}
SCENES: dict[Scene, float] = {
    scenes.derivative: 46.0,
    scenes.two: 3.5,
    scenes.orders: 1.5,
    scenes.check: 2.5,
    scenes.choice: 1.5,
    scenes.missing: 5.0,
}
WITHOUT = {"talk": 19.0, "outside": 12.0, "other": 9.0}


def stream(rng: np.random.Generator) -> Iterator[list[Segment]]:
    """Dialogues as segments `(text, is_control, learn)`, for ever; the same for the same seed."""
    dice = Dice(rng)
    while True:
        messages, offered = dialogue(dice)
        yield render(messages, offered)


def dialogue(dice: Dice) -> tuple[list[dict[str, Any]], list[tools.Tool]]:
    """One conversation and the tools it offers."""
    if dice.chance(0.07):
        return _without_derivative(dice)
    memory = scenes.Memory()
    messages: list[dict[str, Any]] = []
    wanted = dice.pick(list(tools.KINDS)) if dice.chance(0.1) else ""
    offered = tools.offer(dice, wanted=wanted)
    for turn in range(dice.weighted(EXCHANGES)):
        if turn and memory.last and dice.chance(0.6):
            messages += scenes.follow_up(dice, memory)
        elif wanted and turn == 0 and dice.chance(0.7):
            messages += scenes.other(dice, wanted, offered, derivative_offered=True)
        else:
            messages += _scene(dice, memory, offered)
    return messages, offered


def _scene(dice: Dice, memory: scenes.Memory, offered: list[tools.Tool]) -> list[dict[str, Any]]:
    wanted = sum(SCENES.values())
    if dice.chance(wanted / (wanted + sum(WITHOUT.values()))):
        return dice.weighted(SCENES)(dice, memory)
    kind = dice.weighted(WITHOUT)
    if kind == "talk":
        return scenes.chatter(dice, derivative_offered=True)
    if kind == "outside":
        return scenes.outside(dice, derivative_offered=True)
    return scenes.other(dice, _other_kind(dice), offered, derivative_offered=True)


def _without_derivative(dice: Dice) -> tuple[list[dict[str, Any]], list[tools.Tool]]:
    """No tool for derivatives: decline, or call what there is."""
    wanted = dice.pick(list(tools.KINDS)) if dice.chance(0.6) else ""
    offered = tools.offer(dice, derivative=False, wanted=wanted)
    kind = dice.weighted({"unanswerable": 55, "talk": 20, "other": 25})
    if kind == "unanswerable":
        return scenes.unanswerable(dice), offered
    if kind == "talk":
        return scenes.chatter(dice, derivative_offered=False), offered
    kind = wanted or _other_kind(dice)
    return scenes.other(dice, kind, offered, derivative_offered=False), offered


def _other_kind(dice: Dice) -> str:
    """Integrals and the other neighbours of derivatives most of all; long puzzles seldom."""
    return dice.weighted({kind: _ODDS.get(kind, 1.0) for kind in tools.KINDS})


_ODDS = {"integral": 7.0, "solve": 4.0, "simplify": 4.0, "evaluate": 4.0, "limit": 2.0, "plot": 2.0}
_ODDS |= {"series": 2.0, "sudoku": 0.3, "maze": 0.3}
