"""Exchanges: what a user says and what the model should do, as lists of messages.

Each scene takes the dice and the offered tools; `exchange` picks one. `Memory` is what a follow-up
such as "and the second derivative?" refers to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hrm_agents.embedded.dialogues import asking, talk, tools
from hrm_agents.embedded.dialogues.dice import Dice
from hrm_agents.embedded.dialogues.people import dress
from hrm_agents.embedded.dialogues.questions import (
    Question,
    bare,
    expression,
    ordinal,
    question,
    quoted,
    result,
)
from hrm_agents.embedded.sentences import answer
from hrm_agents.embedded.template import result_text

Message = dict[str, Any]

ERRORS = (
    "expected ')' after '{e}', column {n}", "unknown name '{w}'", "'{w}' is not a known function",
    "the expression is too long", "no answer in the time allowed", "the server is busy",
    "the tool is not available", "the order must be between 1 and 9",
    "unexpected '{c}', column {n}",
    "no derivative found", "the answer did not pass the check", "the server cannot be reached",
    "the expression is empty", "too many nested brackets", "expected a number, column {n}",
)  # fmt: skip
WORDS = ("foo", "gamma", "floor", "abc", "round", "max", "sum", "mod", "bessel", "zeta", "sgn")
AGAIN = (
    "{and |now |what about |then |next |and what is |also |what's |how about |find |give me |}"
    "the <o> {derivative|one|derivative of that|derivative of it|derivative too|order}",
    "{and |now |then |}the <o>{| please| one please}",
    "<o> derivative{|?| too| please| of the same}",
)
ONCE_MORE = (
    "{differentiate|derive} {it |that |this |the result |}{again|once more|one more time}",
    "{again|once more|and again|one more time|differentiate again please|again please}",
    "{take|find} the derivative {of that|of the result|of the answer|again}",
    "{now |and |}differentiate {that|the result|the answer}[ again]",
)
OTHER_VARIABLE = (
    "{now |and |what about |and now |then |how about |the same |same |again but |}"
    "{with respect to|wrt|w.r.t.|in} <v>[ {please|instead|now}]",
    "{and |now |what is |}the {partial |}derivative {with respect to|wrt} <v>",
    "{i meant|sorry, i meant|no,} {with respect to|wrt|in} <v>",
)
ANOTHER = (
    "{same for|same with|the same for|and|what about|how about|and for|now|now for|now do|"
    "next|next:|also|and of|then|do the same for|also for|try|okay and|and what about|"
    "now try|same question for|another one:|one more:|also do|and this one:|do|what if it is|"
    "and if it's|instead take|i meant|sorry, i meant|change it to|make that} <e>"
    "[ {please|too|now}]",
    "<e> {too|next|as well|instead|now}",
)
PAIRS = (
    "{derivative|the derivative|the derivatives|derivatives|find the derivative|"
    "find the derivatives|what is the derivative|what are the derivatives|i need the derivative|"
    "compute the derivatives|give me the derivative|slopes|rates of change} of <e> "
    "{and|and of|and also of|and then of|as well as|, and of|,|and the derivative of} <g>",
    "{differentiate|derive|please differentiate|can you differentiate|take the derivative of} "
    "{|both |}<e> {and|and then|, then|and also|and after that|; also|as well as|and next} <g>",
    "{first|start:} {differentiate |derive |the derivative of |}<e>{, then|. then|; then|, next} "
    "{differentiate |derive |}<g>",
    "{what is|find|compute} d/dx of <e> and {d/dx |d/dx of |}<g>",
)
BOTH_ORDERS = (
    "{find|compute|what are|give me|calculate|i need} the {first and second|first and the second|"
    "1st and 2nd|first two} {derivative|derivatives} of <e>",
    "{first and second|1st and 2nd|first two} derivatives of <e>",
    "{if|let|given} {f(x) =|y =} <e>{,|.} {find|compute|what are} {f'(x) and f''(x)|f' and f''|"
    "y' and y''|the first and second derivatives}",
    "{differentiate|derive} <e> once, and {then |}{twice|a second time}",
)
RESULTS = {
    "weather": "light rain, 12 degrees", "search": "see the first page found",
    "plan": "1. start 2. go on 3. finish", "code": "def f(): pass",
    "plot": "plot.png", "convert": "42",
}  # fmt: skip


@dataclass
class Memory:
    """The last derivative asked for in this dialogue."""

    last: Question | None = None


def derivative(dice: Dice, memory: Memory) -> list[Message]:
    """A question for a derivative, the call, the answer."""
    asked = question(dice)
    return [_user(asked.text), *_solve(dice, [asked], memory)]


def two(dice: Dice, memory: Memory) -> list[Message]:
    """Two derivatives in one question: two calls, one after another, then one answer."""
    variable = dice.pick("xxxxtyz")
    first, second = expression(dice, variable), expression(dice, variable)
    template = dice.pick(PAIRS)
    if variable != "x":
        template = template.replace("d/dx", f"d/d{variable}")
    pieces = dice.fill(template, e=quoted(first, dice), g=quoted(second, dice))
    asked = [Question("", first, variable), Question("", second, variable)]
    return [_user(dress(pieces, dice)), *_solve(dice, asked, memory)]


def check(dice: Dice, memory: Memory) -> list[Message]:
    """Somebody's own answer is doubted: the tool is asked."""
    variable = dice.pick("xxxxt")
    text = expression(dice, variable)
    claimed = result(dice, variable) if dice.chance(0.7) else expression(dice, variable)
    pieces = dice.fill(dice.pick(asking.CHECKS), e=quoted(text, dice), r=claimed)
    return [_user(dress(pieces, dice)), *_solve(dice, [Question("", text, variable)], memory)]


def choice(dice: Dice, memory: Memory) -> list[Message]:
    """Two functions are given, one is meant."""
    first, second = expression(dice, "x"), expression(dice, "x")
    name, meant = ("f", first) if dice.chance(0.5) else ("g", second)
    slots = {"e": quoted(first, dice), "g": quoted(second, dice), "n": name}
    pieces = dice.fill(dice.pick(asking.CHOICES), **slots)
    return [_user(dress(pieces, dice)), *_solve(dice, [Question("", meant, "x")], memory)]


def orders(dice: Dice, memory: Memory) -> list[Message]:
    """The first and the second derivative of one expression: two calls."""
    variable = dice.pick("xxxxt")
    text = expression(dice, variable)
    pieces = dice.fill(dice.pick(BOTH_ORDERS), e=quoted(text, dice))
    asked = [Question("", text, variable, order) for order in (1, 2)]
    return [_user(dress(pieces, dice)), *_solve(dice, asked, memory)]


def missing(dice: Dice, memory: Memory) -> list[Message]:
    """No expression: ask for it; often it follows."""
    text = dress(dice.fill(dice.pick(asking.MISSING)), dice)
    messages = [_user(text), _assistant(talk.WHICH)]
    if dice.chance(0.6):
        asked = bare(dice)
        if dice.chance(0.5):
            words = "{of |it's |it is |the function is |sorry, |i mean |this one: |y = |f(x) = }<e>"
            pieces = dice.fill(words, e=quoted(asked.expression, dice))
            text = dress(pieces, dice, question=False) if asked.variable == "x" else asked.text
            asked = Question(text, asked.expression, asked.variable)
        order = (
            2
            if "second" in messages[0]["content"]
            else 3
            if "third" in messages[0]["content"]
            else 1
        )
        asked = Question(asked.text, asked.expression, asked.variable, order)
        messages += [_user(asked.text), *_solve(dice, [asked], memory)]
    return messages


def follow_up(dice: Dice, memory: Memory) -> list[Message]:
    """A question that leans on the one before."""
    last = memory.last
    if last is None:
        return derivative(dice, memory)
    kind = dice.weighted({"order": 32, "again": 14, "variable": 18, "another": 36})
    expression_, variable, order = last.expression, last.variable, last.order
    if kind == "order":
        order = dice.weighted({2: 60, 3: 28, 4: 8, 1: 4}) if order == 1 else order % 9 + 1
        words = {"o": "first" if order == 1 else ordinal(dice, order)}
        template = dice.pick(AGAIN)
    elif kind == "again":
        order, words, template = order % 9 + 1, {}, dice.pick(ONCE_MORE)
    elif kind == "variable":
        variable = dice.pick([name for name in "xyztabk" if name != last.variable])
        order, words, template = 1, {"v": variable}, dice.pick(OTHER_VARIABLE)
    else:
        expression_ = expression(dice, variable)
        words, template = {"e": quoted(expression_, dice)}, dice.pick(ANOTHER)
    text = dress(dice.fill(template, **words), dice)
    asked = Question(text, expression_, variable, order)
    return [_user(text), *_solve(dice, [asked], memory)]


def chatter(dice: Dice, offered: list[tools.Tool]) -> list[Message]:
    """Small talk, ideas and traps: words only."""
    says = dice.pick(
        (talk.HELLO, talk.WELCOME, talk.WELCOME, talk.OKAY, talk.NOT_MATHS, *talk.TALK)
    )
    variable = dice.pick("xxxt")
    text = expression(dice, variable)
    phrase = dice.pick(talk.TALK[says])
    if says == talk.OKAY and dice.chance(0.3):
        phrase = "{don't differentiate|no derivative|do not differentiate <e>}, just say hello"
        says = talk.HELLO
    pieces = dice.fill(phrase, e=text, r=result(dice, variable))
    return [_user(dress(pieces, dice)), _assistant(talk.said(says, tools.abilities(offered)))]


def outside(dice: Dice, offered: list[tools.Tool]) -> list[Message]:
    """What no tool here can do."""
    topic = dice.pick((*talk.OUTSIDE, "that", "that", "that", "that"))
    values = ", ".join(str(dice.below(99)) for _ in range(2 + dice.below(4)))
    pieces = dice.fill(
        dice.pick(talk.OUTSIDE[topic]), e=expression(dice, "x"), n=str(dice.below(200)), list=values
    )
    return [_user(dress(pieces, dice)), decline(topic, offered)]


def other(dice: Dice, kind: str, offered: list[tools.Tool]) -> list[Message]:
    """A question for another tool: called if it is offered, else declined."""
    known = tools.KINDS[kind]
    slots = _slots(dice)
    text = dress(dice.fill(dice.pick(known.ask), **slots), dice)
    name = tools.of_kind(offered, kind)
    if not name:
        return [_user(text), decline(known.topic, offered)]
    if kind == "solve":
        equation = next(
            (
                f"{slots['e']} = {right}"
                for right in ("0", slots["n"])
                if f"{slots['e']} = {right}" in text
            ),
            slots["e"],
        )
        slots["equation"] = equation
    keys = {"expression": "e", "variable": "", "equation": "equation"}
    keys |= {"goal": "goal", "prompt": "code", "city": "city", "query": "topic", "value": "n"}
    keys |= {"unit": "unit", "point": "n"}
    arguments = {key: slots[keys[key]] if keys[key] else "x" for key, _ in known.arguments}
    if kind == "evaluate" and slots["a"] in text:
        arguments["expression"] = slots["a"]
    content = result_text(RESULTS.get(kind) or result(dice, "x"))
    return [
        _user(text),
        _call(name, arguments),
        _tool(content),
        _assistant(answer(name, arguments, content)),
    ]


def unanswerable(dice: Dice, offered: list[tools.Tool]) -> list[Message]:
    """A derivative is asked for and there is no tool for it."""
    return [_user(question(dice).text), decline("derivatives", offered)]


def decline(topic: str, offered: list[tools.Tool]) -> Message:
    """The honest answer, with what is possible instead."""
    return _assistant(talk.declined(topic, tools.abilities(offered)))


def _solve(dice: Dice, asked: list[Question], memory: Memory) -> list[Message]:
    """The calls, their results, and the sentence that states them."""
    messages: list[Message] = []
    says: list[str] = []
    for one in asked:
        content = _content(dice, one)
        messages += [_call(tools.DERIVATIVE, one.arguments), _tool(content)]
        says.append(answer(tools.DERIVATIVE, one.arguments, content))
    memory.last = asked[-1]
    return [*messages, _assistant(" ".join(says))]


def _content(dice: Dice, asked: Question) -> str:
    kind = dice.uniform()
    if kind < 0.07:
        error = dice.pick(ERRORS).format(
            e=asked.expression, n=1 + dice.below(40), w=dice.pick(WORDS), c=dice.pick(")*^,!@#")
        )
        return result_text(None, note=error)
    verdict = "proved" if kind < 0.8 else "verified" if kind < 0.9 else "unverified"
    found = result(dice, asked.variable) if dice.chance(0.97) else dice.pick("01")
    return result_text(found, verdict)


def _slots(dice: Dice) -> dict[str, str]:
    return {
        "e": expression(dice, "x"),
        "n": str(dice.below(300)),
        "a": tools.arithmetic(dice),
        "goal": dice.pick(tools.GOALS),
        "code": dice.pick(tools.CODE),
        "city": dice.pick(tools.CITIES),
        "topic": dice.pick(tools.TOPICS),
        "unit": dice.pick(tools.UNITS),
        "unit1": dice.pick(tools.UNITS),
    }


def _user(text: str) -> Message:
    return {"role": "user", "content": text}


def _assistant(text: str) -> Message:
    return {"role": "assistant", "content": text}


def _tool(content: str) -> Message:
    return {"role": "tool", "content": content}


def _call(name: str, arguments: dict[str, Any]) -> Message:
    call = {"type": "function", "function": {"name": name, "arguments": arguments}}
    return {"role": "assistant", "content": None, "tool_calls": [call]}
