"""What an executor is told: `prompts/generate_code.md` with its places filled.

A paragraph whose place stays empty is left out, so a request without examples or plan is a
shorter text and not one with holes.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Template

from hrm_engine.codegen.request import Request
from hrm_engine.evaluation.sandbox import Example

NAME = "prompts/generate_code.md"
LONGEST_EXAMPLE = 600
"""Characters of one example; a longer one costs more context than it is worth."""


def write_prompt(request: Request, plan: str = "") -> str:
    """The text that asks for `request`; `plan`: steps to follow, "" for none."""
    shown = [text for text in map(as_assert, request.examples) if len(text) <= LONGEST_EXAMPLE]
    fields = {
        "name": request.name,
        "specification": request.specification.strip(),
        "signature": request.signature.strip().removesuffix(":"),
        "examples": "\n".join(shown),
        "plan": plan.strip(),
    }
    empty = [f"${name}" for name, text in fields.items() if not text]
    paragraphs = _template().strip().split("\n\n")
    kept = [each for each in paragraphs if not any(place in each for place in empty)]
    return Template("\n\n".join(kept)).substitute(fields)


def as_assert(example: Example) -> str:
    """The example as a line of Python: `assert f(1, 2) == 3`."""
    call = example.call
    given = [repr(value) for value in call.arguments]
    given += [f"{name}={value!r}" for name, value in call.keywords.items()]
    return f"assert {call.function}({', '.join(given)}) == {example.expected!r}"


@lru_cache(maxsize=1)
def _template() -> str:
    """The shipped text: from the package or the checkout."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "_data" / NAME
    place = packaged if packaged.exists() else package.parent / NAME
    return place.read_text(encoding="utf-8")
