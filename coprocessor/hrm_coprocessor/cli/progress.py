"""Where progress is drawn: on stderr, so that stdout holds the answer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def console() -> Console:
    """A console on stderr; silent bars when it is not a terminal are rich's own choice."""
    from rich.console import Console

    return Console(stderr=True)
