"""What the embedded LLM may write, as grammars of llama.cpp (GBNF), made anew for each reply.

    calls(tools, text)       one call to an offered tool, arguments in the order of its schema;
                             a string argument is text that occurs in the conversation, a puzzle
                             the name of a pasted block (`blocks.py`)
    final(results, spans)    a sentence that contains each result word for word; besides words it
                             has only what was asked and answered, so no figure can be made up
    words()                  an answer without tools: text that opens no call

A grammar is a mask: it says what is possible, the model says what is likely. Copying is therefore
exact by construction, and what is left to the model is choosing. Read `calls` first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from hrm_agents.embedded.blocks import LABEL, labels
from hrm_agents.embedded.spans import find, letters

LONGEST_TEXT = 120
_STRING = r'"\"" ( [^"\\\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4}) )* "\""'
_PLAIN = {
    "number": '"-"? [0-9]{1,9} ("." [0-9]{1,9})?',
    "integer": '"-"? [0-9]{1,9}',
    "boolean": '"true" | "false"',
    "null": '"null"',
}
PUZZLES = {
    "maze": ("maze",),
    "puzzle": ("sudoku",),
    "sudoku": ("sudoku",),
    "grid": ("sudoku", "maze"),
    "board": ("sudoku", "maze"),
}
"""Arguments that are a pasted block, with the kinds of block that may be meant."""
EXPRESSIONS = ("expression", "equation", "function", "formula")


def words() -> str:
    """Text of one line that can open no call: the mark `<` does not occur."""
    return r"root ::= [^<\x00-\x1F\x7F]+"


def calls(
    tools: Sequence[Mapping[str, Any]], texts: Sequence[str], *, span_grammar: bool = True
) -> str | None:
    """The grammar of a call after its opening mark; None when no tool can be called.

    Args:
        tools: OpenAI-style tools.
        texts: What the user said, newest first; arguments are taken from it.
        span_grammar: Whether string arguments must occur in `texts`.
    """
    rules: list[str] = []
    names: list[str] = []
    source = _Source(texts, free=not span_grammar)
    for number, tool in enumerate(tools):
        body = _call(tool["function"], source)
        if body is not None:
            names.append(f"call-{number}")
            rules.append(f"{names[-1]} ::= {body}")
    if not names:
        return None
    root = rf'root ::= "\n" ({" | ".join(names)}) "\n</tool_call>"'
    return "\n".join([root, *rules, *source.rules])


def final(results: Sequence[str], spans: Sequence[str]) -> str:
    """The sentence after results: words, `spans`, and each of `results` verbatim, in order."""
    parts = " filler ".join(_literal(result) for result in results)
    shown = "".join(f" | {_literal(span)}" for span in dict.fromkeys(spans) if span)
    return "\n".join(
        [
            f"root ::= filler {parts} filler" if results else "root ::= filler",
            f"filler ::= (word | mark{shown})*",
            "word ::= [A-Za-zα-ω]",
            "mark ::= [ .,':;-]",
        ]
    )


class _Source:
    """Where arguments come from; collects the rules that the argument rules refer to."""

    def __init__(self, texts: Sequence[str], *, free: bool) -> None:
        self.free = free
        self.named = texts
        self.texts = [LABEL.sub(" : ", text) for text in texts]
        self.rules: list[str] = []
        self._made: dict[str, str | None] = {}

    def rule(self, kind: str) -> str | None:
        """The name of the rule for `expression`, `letter`, `text` or `string`; None if empty.

        `sudoku`, `maze` and `sudoku-maze` are the names of blocks of these kinds.
        """
        if kind not in self._made:
            body = self._body(kind)
            self._made[kind] = f"arg-{kind}" if body else None
            if body:
                self.rules.append(f"arg-{kind} ::= {body}")
        return self._made[kind]

    def _body(self, kind: str) -> str:
        """What the rule admits."""
        if kind == "string":
            return _STRING
        made = {"expression": self._expression, "letter": self._letter, "text": self._text}
        return made[kind]() if kind in made else self._block(kind.split("-"))

    def _block(self, kinds: Sequence[str]) -> str:
        """The blocks of the newest text that has any."""
        found = (labels(text, kinds) for text in self.named)
        newest = dict.fromkeys(next((each for each in found if each), []))
        return " | ".join(_literal(json.dumps(label)) for label in newest)

    def _expression(self) -> str:
        """The expressions of the newest text, if it has any, else all that were written.

        A lone letter is no expression beside a longer one: it is the variable.
        """
        everything = [find(text) for text in self.texts]
        newest = [span for spans in everything[:1] for span in spans if len(span) > 1]
        found = dict.fromkeys(newest or [span for spans in everything for span in spans])
        return " | ".join(_literal(json.dumps(span, ensure_ascii=False)) for span in found)

    def _letter(self) -> str:
        """Any letter that was written, and x."""
        found = dict.fromkeys([letter for text in self.texts for letter in letters(text)] + ["x"])
        return " | ".join(_literal(json.dumps(letter, ensure_ascii=False)) for letter in found)

    def _text(self) -> str:
        """Any words that stand side by side in the newest text, without marks at their ends."""
        found = re.findall(r"\S+", self.texts[0] if self.texts else "")[:LONGEST_TEXT]
        if not found:
            return ""
        for number, word in enumerate(found):
            last = _literal(_escaped(word.strip("?!.,;:\"'`") or word))
            further = f' | {_literal(_escaped(word))} " " word-{number + 1}'
            more = further if number + 1 < len(found) else ""
            self.rules.append(f"word-{number} ::= {last}{more}")
        starts = " | ".join(f"word-{number}" for number in range(len(found)))
        return rf'"\"" ({starts}) "\""'


def _call(function: Mapping[str, Any], source: _Source) -> str | None:
    """One call with all its arguments; None when one of them has no possible value."""
    properties: Mapping[str, Any] = function.get("parameters", {}).get("properties", {})
    parts: list[str] = []
    for name, schema in properties.items():
        value = _value(name, schema, source)
        if value is None:
            return None
        comma = ", " if parts else ""
        parts.append(f"{_literal(f'{comma}{json.dumps(name)}: ')} {value}")
    head = f'{{"name": {json.dumps(function["name"])}, "arguments": {{'
    return " ".join([_literal(head), *parts, '"}}"'])


def _value(name: str, schema: Mapping[str, Any], source: _Source) -> str | None:
    """The rule, or the rule's name, for the value of one argument."""
    options = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    if options:
        shown = (_literal(json.dumps(option, ensure_ascii=False)) for option in options)
        return f"({' | '.join(shown)})"
    kind = schema.get("type")
    if kind == "integer" and schema.get("minimum") == 1 and schema.get("maximum", 10) <= 9:
        return f"[1-{schema['maximum']}]"
    if kind in _PLAIN:
        return f"({_PLAIN[kind]})"
    if name == "order":
        return "[1-9]"
    if source.free:
        return source.rule("string")
    if name in PUZZLES:
        return source.rule("-".join(PUZZLES[name]))
    if name == "variable":
        return source.rule("letter")
    return source.rule("expression" if name in EXPRESSIONS else "text")


def _escaped(text: str) -> str:
    """As inside a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _literal(text: str) -> str:
    """A GBNF literal that matches exactly `text`."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped.replace(chr(10), chr(92) + "n").replace(chr(13), chr(92) + "r")}"'
