"""Questions from a keyboard, with line editing, a history between sessions and a few commands."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HELP = """Ask a question, or type
  /new    to forget what was said
  /tools  to see the tools
  /quit   to leave (so does Ctrl-D; Ctrl-C ends the current answer)"""
_LENGTH = 1000


def history_file() -> Path:
    """Where typed questions are kept, by the XDG convention."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "hrm" / "chat_history"


@contextmanager
def line_editing(path: Path) -> Iterator[None]:
    """Line editing and a history kept in `path`; without readline, plain input."""
    try:
        import readline
    except ImportError:  # a Python built without it
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        readline.read_history_file(path)
    readline.set_history_length(_LENGTH)
    try:
        yield
    finally:
        readline.write_history_file(path)


def typed_questions(
    read: Callable[[str], str], say: Callable[[str], None], commands: dict[str, Callable[[], None]]
) -> Iterator[str]:
    """Questions until the user leaves.

    Args:
        read: Shows a prompt and returns a line, as `input` does.
        say: Shows a text.
        commands: What the commands other than `/quit` do.
    """
    while True:
        try:
            line = read("› ").strip()
        except EOFError:
            return
        except KeyboardInterrupt:
            say("")
            continue
        if line == "/quit":
            return
        if line.startswith("/"):
            commands.get(line, lambda: say(HELP))()
        elif line:
            yield line
