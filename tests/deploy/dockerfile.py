"""The Dockerfile as the tests read it: stages with their instructions, in order."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Stage:
    """One `FROM`: what it builds on, its name, and its other instructions as (word, text)."""

    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all(self, word: str) -> list[str]:
        """The texts of every instruction `word`."""
        return [text for found, text in self.steps if found == word]

    def command(self, word: str) -> list[str]:
        """The words of the last `word`, which is written as a JSON list."""
        text = self.all(word)[-1]
        return list(json.loads(text[text.index("[") :]))

    def variables(self, word: str) -> dict[str, str]:
        """The `NAME=VALUE` pairs of every `ARG` or `ENV`."""
        pairs = [pair for text in self.all(word) for pair in shlex.split(text)]
        return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}


def stages() -> dict[str, Stage]:
    """The Dockerfile's stages by name, in order."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    found: dict[str, Stage] = {}
    stage = Stage("", "")
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            stage = found.setdefault(name, Stage(base, name))
        elif word:
            stage.steps.append((word, rest.strip()))
    return found
