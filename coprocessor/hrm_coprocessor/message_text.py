"""What a language model reads when a call has ended, where a message is all that it gets.

    {"result": "5*cos(5*x)", ...}                        the answer as JSON
    {"kind": "invalid", "detail": "order: ..."}          what went wrong, as on the REST side

A tool message of OpenAI's and one of LangChain's hold the same text.
"""

from __future__ import annotations

import json

from hrm_tools.spec import Outcome


def text_of(outcome: Outcome) -> str:
    """The answer, or the kind of error with its detail."""
    return outcome.text if outcome.ok else failure_text(outcome.kind, outcome.text)


def failure_text(kind: str, detail: str) -> str:
    """An error of this kind (a key of `problems.TYPES`)."""
    return json.dumps({"kind": kind, "detail": detail}, ensure_ascii=False)
