"""Questions from a keyboard, with line editing, a history between sessions and a few commands.

A question may have several lines, as a pasted puzzle has: a terminal says what was pasted (so the
lines arrive as one), and in a file the further lines of a question are indented.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

HELP = """Ask a question, or type
  /new    to forget what was said
  /tools  to see the tools
  /quit   to leave (so does Ctrl-D; Ctrl-C ends the current answer)"""
_LENGTH = 1000
_PASTED_AS_ONE = "set enable-bracketed-paste on"
_INDENT = ("    ", "\t")


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
    readline.parse_and_bind(_PASTED_AS_ONE)
    try:
        yield
    finally:
        readline.write_history_file(path)


def written_questions(lines: Iterable[str]) -> Iterator[str]:
    r"""Questions from a file or a pipe: one a line, and what is indented below it.

    >>> list(written_questions(["Hi", "Solve this:", "    1.3.", "    ..2."]))
    ['Hi', 'Solve this:\n1.3.\n..2.']
    """
    question: list[str] = []
    for line in lines:
        if question and line.startswith(_INDENT) and line.strip():
            question.append(line.removeprefix(_INDENT[0]).removeprefix(_INDENT[1]).rstrip("\r\n"))
        elif line.strip():
            if question:
                yield "\n".join(question)
            question = [line.strip()]
    if question:
        yield "\n".join(question)


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
