"""One question for a derivative: an expression in some form, put into one of the phrasings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hrm_agents.embedded.dialogues import asking, maths
from hrm_agents.embedded.dialogues.dice import Dice, Piece
from hrm_agents.embedded.dialogues.people import dress

VARIABLES = {"x": 62.0, "t": 13.0, "y": 5.0, "z": 3.0, "u": 3.0, "r": 2.5, "s": 2.0, "θ": 1.5}
VARIABLES |= {"w": 1.5, "v": 1.5, "n": 1.0, "k": 0.7, "p": 1.0, "q": 0.7, "m": 0.5, "φ": 0.3}
CONSTANTS = tuple("abckmnpqAB")
SIZES = {1: 18.0, 2: 34.0, 3: 28.0, 4: 14.0, 5: 6.0}
ORDERS = {1: 62.0, 2: 23.0, 3: 9.0, 4: 3.0, 5: 1.5, 6: 0.6, 7: 0.4, 8: 0.25, 9: 0.25}
LONGEST = 56
_STANDALONE_X = re.compile(r"(?<![A-Za-z<])x(?![A-Za-z>])|(?<=/d)x\b|(?<=\bd)x\b")


@dataclass(frozen=True)
class Question:
    """What was asked, in words, and the call that answers it."""

    text: str
    expression: str
    variable: str
    order: int = 1

    @property
    def arguments(self) -> dict[str, object]:
        """The arguments of the call, always all three and in this order."""
        return {"expression": self.expression, "variable": self.variable, "order": self.order}


def expression(dice: Dice, variable: str, letters: tuple[str, ...] = ()) -> str:
    """An expression in some form, at most LONGEST characters."""
    form = maths.style(dice)
    while True:
        tree = maths.tree(dice, variable, dice.weighted(SIZES), letters)
        text = maths.write(tree, form, dice)
        if len(text) <= LONGEST and (_names(text, variable) or dice.chance(0.02)):
            return text


def result(dice: Dice, variable: str) -> str:
    """Something that looks like the tool's answer."""
    form = maths.Style("result")
    while True:
        tree = maths.tree(dice, variable, 1 + dice.below(5))
        if len(text := maths.write(tree, form, dice)) <= LONGEST:
            return text


def quoted(text: str, dice: Dice) -> str:
    """The expression as it stands in a sentence: LaTeX in dollars, now and then in quotes."""
    if "\\" in text or (dice.chance(0.03) and "$" not in text):
        kinds = {"$ $": 55, "": 30, "$$ $$": 5, "\\( \\)": 6, "\\[ \\]": 2, "` `": 2}
    else:
        kinds = {"": 95, "` `": 2, '" "': 2, "' '": 1}
    before, _, after = dice.weighted({kind: float(odds) for kind, odds in kinds.items()}).partition(
        " "
    )
    return f"{before}{text}{after}"


def question(dice: Dice) -> Question:
    """A question in words, complete with its expression."""
    variable = dice.weighted(VARIABLES)
    order = dice.weighted(ORDERS)
    several = dice.chance(0.12)
    letters = _letters(dice, variable, several)
    text = expression(dice, variable, letters)
    clear = not several and (variable == "x" or not letters)
    template = _template(dice, order, clear=clear, several=several)
    pieces = _fill(dice, template, text, variable, order)
    return Question(dress(pieces, dice), text, _variable(text, variable, template), order)


def bare(dice: Dice) -> Question:
    """Only an expression in x, t or another lone variable, without a question around it."""
    variable = dice.weighted(VARIABLES)
    text = expression(dice, variable)
    return Question(text, text, _variable(text, variable, ""))


def ordinal(dice: Dice, order: int) -> str:
    """`second`, `2nd` ..."""
    return dice.pick(asking.ORDINALS[order])


def _letters(dice: Dice, variable: str, several: bool) -> tuple[str, ...]:
    """Further names in the expression: other variables, or constants."""
    if several:
        return tuple(name for name in dice.shuffled("xyztuv") if name != variable)[:2]
    if dice.chance(0.1):
        return tuple(name for name in dice.shuffled(CONSTANTS) if name != variable)[:2]
    return ()


def _template(dice: Dice, order: int, *, clear: bool, several: bool) -> str:
    """A phrasing for this order that names the variable unless it is clear without."""
    names = not clear or dice.chance(0.22)
    if order == 1:
        if several and dice.chance(0.45):
            return dice.pick(asking.PARTIAL)
        return dice.pick(asking.WITH_VARIABLE if names else asking.FIRST)
    if names:
        return dice.pick(asking.NTH_WITH_VARIABLE)
    special = {2: asking.SECOND, 3: asking.THIRD}.get(order, ())
    if special and dice.chance(0.5):
        return dice.pick(special)
    return dice.pick(asking.TIMES) if dice.chance(0.12) else dice.pick(asking.NTH)


def _fill(dice: Dice, template: str, text: str, variable: str, order: int) -> list[Piece]:
    phrase = dice.phrase(template)
    if variable != "x":
        phrase = _STANDALONE_X.sub(variable, phrase)
        if variable == "y":
            phrase = re.sub(r"(?<![A-Za-z<])y(?=[ =']+[=|'])|\by'|\bdy/", "z", phrase)
    function = dice.pick([name for name in "fghyspFVPQ" if name != variable])
    slots = {"e": quoted(text, dice), "v": variable, "f": function, "n": str(order)}
    if order > 1:
        slots["o"] = ordinal(dice, order)
    return [
        (slots[part[1:-1]], True) if part.startswith("<") else (part, False)
        for part in re.split(r"(<\w>)", phrase)
        if part
    ]


def _variable(text: str, variable: str, template: str) -> str:
    """The variable of the call: the one meant, or x when the expression names none."""
    return variable if _names(text, variable) or "<v>" in template else "x"


def _names(text: str, variable: str) -> bool:
    """Whether `text` uses the variable."""
    name = maths.GREEK.get(variable, variable) if "\\" in text else variable
    bare_text = re.sub(r"\\(?!theta|phi)[a-z]+|[a-z]{3,}10|arc[a-z]+|sqrt|sinh|cosh|tanh", "", text)
    for known in ("sin", "cos", "tan", "exp", "log", "abs", "sec", "csc", "cot", "erf", "ln", "pi"):
        bare_text = bare_text.replace(known, "")
    return name in bare_text or variable in bare_text
