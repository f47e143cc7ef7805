"""A co-processor on this machine, started for a conversation and stopped with it.

It runs in a process of its own, so that this side needs neither its packages nor its memory, and it
starts while the language model loads. When it is ready it prints one line of JSON with its URL.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from queue import Empty, Queue

from hrm_agents.errors import ToolServerError


@contextmanager
def orderly_sigterm() -> Iterator[None]:
    """Let SIGTERM end this program like Ctrl-C does, so that its server does not outlive it."""

    def leave(*_: object) -> None:
        sys.exit(128 + signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class LocalServer:
    """A server process, starting; `url` waits for it and `close` stops it.

    Args:
        command: Starts the server on a free port of its choice.
        stop_s: Time that it is given to end by itself.

    Raises:
        ToolServerError: The command cannot be run.
    """

    def __init__(self, command: Sequence[str], stop_s: float = 5.0) -> None:
        self._stop_s = stop_s
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115  (closed in `close`)
        try:
            self._process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                text=True,
                start_new_session=True,  # Ctrl-C ends a question, not the server
            )
        except OSError as error:
            self._errors.close()
            raise ToolServerError(f"cannot start `{command[0]}`: {error.strerror}") from error
        self._lines: Queue[str] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def url(self, timeout_s: float = 120.0) -> str:
        """The server's URL, once it is ready.

        Raises:
            ToolServerError: It ended instead, or took too long; says what it printed last.
        """
        try:
            line = self._lines.get(timeout=timeout_s)
        except Empty:
            raise self._error(f"was not ready within {timeout_s:.0f} seconds") from None
        try:
            return str(json.loads(line)["url"])
        except (json.JSONDecodeError, KeyError, TypeError):
            raise self._error("ended before it was ready") from None

    def close(self) -> None:
        """Stop the server; may be called twice."""
        self._process.terminate()
        try:
            self._process.wait(self._stop_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._errors.close()

    def _read(self) -> None:
        """Keep reading, so that the server never waits for us; an empty line means the end."""
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put("")

    def _error(self, what: str) -> ToolServerError:
        self._errors.seek(0)
        last = self._errors.read().strip().splitlines()[-3:]
        return ToolServerError(
            f"the local tool server {what}" + "".join(f"\n  {line}" for line in last),
            hint="run `hrm serve` to see why, or name a server with --server URL",
        )
