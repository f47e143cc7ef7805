"""Keeps tokens out of text that is logged.

Everything that a handler writes passes through `redact`, so it does not matter where a secret
came from: a header, an exception, a URL, a setting. JSON lines stay JSON.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

from hrm_coprocessor.guard.tokens import PREFIX

HIDDEN = "[redacted]"
_SHAPES = re.compile(
    rf"""(?ix)
    \b{PREFIX}[\w-]{{16,}}                          # made by this program
    | (?P<before>
        \b(?:bearer|basic)\ +                       # Authorization: Bearer ...
        | \bauthorization\b[^\w.~+/-]{{1,6}}(?:b['"])?(?!bearer|basic)
        | \bhrm_token['"]?\s*[=:]\s*['"]?           # HRM_TOKEN=...
        | [?&](?:access_)?token=                    # in a URL
      )[\w.~+/=-]{{8,}}
    """
)


def redact(text: str, known: Iterable[str] = ()) -> str:
    """The text with `[redacted]` for every token in it: known ones, and what looks like one."""
    for secret in known:
        text = text.replace(secret, HIDDEN)
    return _SHAPES.sub(lambda found: (found["before"] or "") + HIDDEN, text)


class RedactingFormatter(logging.Formatter):
    """Another formatter, whose lines are redacted: messages, fields and tracebacks alike."""

    def __init__(self, inner: logging.Formatter, known: Iterable[str] = ()) -> None:
        super().__init__()
        self._inner = inner
        self._known = tuple(known)

    def format(self, record: logging.LogRecord) -> str:
        """The other formatter's text of one record, without secrets."""
        return redact(self._inner.format(record), self._known)


def protect_logs(known: Iterable[str] = ()) -> None:
    """Redact what is logged from now on. Call it after logging is set up."""
    known = tuple(known)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(RedactingFormatter(handler.formatter or logging.Formatter(), known))
