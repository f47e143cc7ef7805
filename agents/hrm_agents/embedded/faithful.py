"""Whether a final sentence says what the tools said, no more and no less.

The model may word the answer; the host checks it. A sentence must contain every result word for
word, name what was asked, and may claim a check only where the verdict says so. Otherwise the
sentence of `sentences.answer` takes its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrm_agents.embedded import sentences
from hrm_agents.embedded.template import compact_result

_CLAIM = re.compile(r"\b(?:verif|prov(?:ed|en)|check|confirm|certain|guarante)\w*", re.IGNORECASE)
_ORDINAL = re.compile(rf"\b({'|'.join(sentences.ORDINALS.values())}) derivative")
_DOUBT = re.compile(r"\bnot (?:verified|checked|proved|confirmed)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Step:
    """A call that was carried out, and what came back."""

    name: str
    arguments: Mapping[str, Any]
    content: str

    @property
    def result(self) -> sentences.Result:
        """The content, taken apart."""
        return sentences.read(self.content)

    @property
    def must_say(self) -> str:
        """What the answer has to contain: the result, or the error."""
        return self.result.result or sentences.error_text(self.result)

    @property
    def sentence(self) -> str:
        """The host's own sentence for it."""
        return sentences.answer(self.name, self.arguments, self.content)

    @property
    def is_puzzle(self) -> bool:
        """Whether a puzzle was solved."""
        return sentences.is_puzzle(self.name, self.arguments, self.result)

    @property
    def is_one_of_several(self) -> bool:
        """Whether the sentence has to say that there are other solutions."""
        return self.is_puzzle and sentences.SEVERAL in self.sentence

    @property
    def spans(self) -> tuple[str, ...]:
        """What the answer may quote besides the result."""
        return tuple(str(value) for value in self.arguments.values() if isinstance(value, str))


def steps(messages: Sequence[Mapping[str, Any]]) -> list[Step]:
    """The calls since the last question with their results, in order."""
    begin = max((i for i, m in enumerate(messages) if m["role"] == "user"), default=-1) + 1
    waiting: list[tuple[str, dict[str, Any]]] = []
    found: list[Step] = []
    for message in messages[begin:]:
        if message["role"] == "assistant":
            waiting = [_read(call) for call in message.get("tool_calls") or ()]
        elif message["role"] == "tool" and waiting:
            name, arguments = waiting.pop(0)
            found.append(Step(name, arguments, compact_result(str(message.get("content") or ""))))
    return found


def is_faithful(text: str, done: Sequence[Step]) -> bool:
    """Whether `text` states every step's outcome and claims no more than the verdicts allow."""
    place = 0
    for step in done:
        found = text.find(step.must_say, place)
        if found < 0 or not _names_subject(text, step):
            return False
        place = found + len(step.must_say)
    bare = text
    for quoted in sorted((s for step in done for s in (step.must_say, *step.spans)), key=len)[::-1]:
        bare = re.sub(rf"(?<!\w){re.escape(quoted)}(?!\w)", " ", bare)
    if not set(_ORDINAL.findall(bare)) <= {sentences.ordinal(step.arguments) for step in done}:
        return False
    doubtful = any(not step.result.accepted and not step.result.error for step in done)
    if (sentences.SEVERAL in bare) != any(step.is_one_of_several for step in done):
        return False
    if doubtful and any(step.name == sentences.DERIVATIVE or step.is_puzzle for step in done):
        return _DOUBT.search(bare) is not None
    return _CLAIM.search(bare) is None or all(step.result.accepted for step in done)


def sentence(done: Sequence[Step]) -> str:
    """The host's own answer."""
    return " ".join(step.sentence for step in done)


def _names_subject(text: str, step: Step) -> bool:
    """Whether the expression and the order are those of the call."""
    if step.name != sentences.DERIVATIVE or step.result.error:
        return True
    return sentences.subject(step.arguments) in text


def _read(call: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    function = call["function"]
    arguments = function["arguments"]
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except ValueError:
            arguments = {}
    return str(function["name"]), dict(arguments) if isinstance(arguments, Mapping) else {}
