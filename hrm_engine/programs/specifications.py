"""A program in English: a template around the phrases of its statements, then noise.

    Write a function that takes a list of integers xs and returns the sum of each item of xs
    that is positive.

Short programs may be one nested phrase; longer ones name their steps. Noise swaps in synonyms,
drops articles, and now and then mistypes a word, as the people who will ask do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from hrm_engine.programs.phrases import phrase
from hrm_engine.programs.program import Program
from hrm_engine.programs.splits import is_held_out_template
from hrm_engine.programs.types import Type

_TYPES = {
    Type.INT: ("an integer", "a number", "an int"),
    Type.BOOL: ("a truth value", "a boolean"),
    Type.FLOAT: ("a float", "a real number"),
    Type.STR: ("a string", "a text"),
    Type.INTS: ("a list of integers", "a list of numbers", "an integer list"),
    Type.STRS: ("a list of strings", "a list of words"),
    Type.BOOLS: ("a list of booleans", "a list of truth values"),
    Type.INT_COUNTS: ("a dictionary from integers to counts",),
    Type.STR_COUNTS: ("a dictionary from strings to counts",),
}
_SYNONYMS = (
    ("each item", "every element"), ("item", "element"), ("items", "elements"),
    ("largest", "biggest"), ("smallest", "least"), ("in ascending order", "sorted"),
    ("in descending order", "sorted from large to small"), ("in reverse order", "reversed"),
    ("the number of items", "the length"), ("greater than", "above"), ("less than", "below"),
    ("the sum of", "the total of"), ("distinct", "unique"), ("squared", "to the second power"),
    ("times two", "doubled"), ("negated", "with the sign flipped"), ("plus", "added to"),
    ("how often", "how many times"), ("whether", "if"), ("running", "cumulative"),
    ("the first", "the leading"), ("followed by", "and then"), ("characters", "letters"),
    ("modulo", "mod"), ("in upper case", "uppercased"), ("in lower case", "lowercased"),
)  # fmt: skip
STEP_NAMES = "abcdeghi"
LONGEST_NESTED = 2


@dataclass(frozen=True)
class Template:
    """One way to word a program: {inputs} are spoken inputs, {result} what is wanted."""

    name: str
    text: str


TEMPLATES = (
    Template("function", "Write a function that takes {inputs} and returns {result}."),
    Template("python", "Write a python function to return {result}, given {inputs}."),
    Template("given", "Given {inputs}, return {result}."),
    Template("find", "Write a function to find {result}. The input is {inputs}."),
    Template("compute", "Compute {result} from {inputs}."),
    Template("plain", "{result}"),
    Template("need", "I need {result}, where the input is {inputs}."),
    Template("how", "How do I get {result} out of {inputs}?"),
    Template("take", "Take {inputs}. Give back {result}."),
    Template("implement", "Implement a function of {inputs}: it should give {result}."),
    Template("please", "Please write code that calculates {result} for {inputs}."),
    Template("output", "Input: {inputs}. Output: {result}."),
    Template("define", "Define a function which, for {inputs}, produces {result}."),
    Template("task", "Your task is to work out {result}. You get {inputs}."),
)  # fmt: skip
BY_NAME = {template.name: template for template in TEMPLATES}


def draw_template(rng: np.random.Generator, *, held_out: bool) -> Template:
    """A template of the training splits, or one that training never shows."""
    choices = [each for each in TEMPLATES if is_held_out_template(each.name) is held_out]
    return choices[int(rng.integers(len(choices)))]


def specify(program: Program, template: Template, rng: np.random.Generator, noise: float) -> str:
    """The program in English. noise: 0 for the plain wording, 1 for changes everywhere."""
    inputs = _joined([
        f"{_choice(_TYPES[kind], rng, noise)} {name}"
        for name, kind in zip(program.names, program.types, strict=True)
    ])  # fmt: skip
    nested = len(program.statements) <= LONGEST_NESTED
    result, steps = (_nested(program), "") if nested else _stepwise(program)
    text = template.text.format(inputs=inputs, result=result)
    if steps:
        end = text[-1] if text[-1] in ".?" else ""
        text = f"{text.removesuffix(end)}, where {steps}{end}"
    names = {*program.names, *STEP_NAMES}
    if re.split(r"\W", text, maxsplit=1)[0] not in names:
        text = text[0].upper() + text[1:]
    return _noisy(text, rng, noise)


def _nested(program: Program) -> str:
    """The result as one phrase."""
    spoken = list(program.names)
    for statement in program.statements:
        spoken.append(phrase(statement, spoken))
    return spoken[-1]


def _stepwise(program: Program) -> tuple[str, str]:
    """The result over named steps, and what the steps are."""
    spoken = list(program.names)
    steps = []
    free = (name for name in STEP_NAMES if name not in program.names)
    for statement in program.statements[:-1]:
        name = next(free)
        steps.append(f"{name} is {phrase(statement, spoken)}")
        spoken.append(name)
    return phrase(program.statements[-1], spoken), _joined(steps, "; ")


def _joined(parts: Sequence[str], by: str = ", ") -> str:
    """A, b and c."""
    if len(parts) == 1:
        return parts[0]
    return f"{by.join(parts[:-1])} and {parts[-1]}"


def _choice(words: Sequence[str], rng: np.random.Generator, noise: float) -> str:
    return words[int(rng.integers(len(words)))] if rng.random() < noise else words[0]


def _noisy(text: str, rng: np.random.Generator, noise: float) -> str:
    """The text with synonyms, fewer articles, another end, at times a typing error."""
    for plain, other in _SYNONYMS:
        if rng.random() < noise / 2:
            text = re.sub(rf"\b{plain}\b", other, text)
    text = re.sub(r"\bthe ", _sometimes(rng, noise / 4), text)
    if rng.random() < noise / 2:
        text = text.rstrip(".?")
    if rng.random() < noise / 4:
        text = text.lower()
    return _mistyped(text, rng) if rng.random() < noise / 5 else text


def _sometimes(rng: np.random.Generator, chance: float) -> Callable[[re.Match[str]], str]:
    """A replacement that drops its match now and then."""
    return lambda found: "" if rng.random() < chance else found.group()


def _mistyped(text: str, rng: np.random.Generator) -> str:
    """The text with two neighbouring letters of one long word swapped."""
    words = list(re.finditer(r"(?<!')\b[a-z]{5,}\b(?!')", text))
    if not words:
        return text
    at = words[int(rng.integers(len(words)))].start() + 1 + int(rng.integers(2))
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
