"""Log lines that can be followed: as JSON or text, each with the id of the request it belongs to.

    request ──► context (request_id, caller, client, surface, tool) ──► every line logged
                   └► threads: copied;   worker processes: sent along with the work

The context lives in variables of `contextvars`: whoever handles a request sets them, and
nobody has to pass them on. Lines go to stderr, or to a file that may be rotated from outside.
A file that cannot be written (a full disk) costs one warning, never an answer.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import sys
import uuid
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from hrm_coprocessor.settings import ServeSettings

LogFormat = Literal["text", "json"]

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The request that is being answered; empty outside of requests."""
caller: ContextVar[str] = ContextVar("caller", default="")
"""The name of the token that was sent; empty where no token is demanded."""
client: ContextVar[str] = ContextVar("client", default="")
"""The address that the request came from; empty on stdio."""
surface: ContextVar[str] = ContextVar("surface", default="local")
"""The front door: rest, mcp, stdio, or local for calls from this program."""
tool: ContextVar[str] = ContextVar("tool", default="")
"""The tool that is being called."""

SHOWN = {"request_id": request_id, "tool": tool, "token": caller}
"""What of the context stands in every line."""

REQUEST_ID = "hrm/request_id"
"""The key in an MCP result's `_meta` that names the request."""
AUDIT = "hrm_coprocessor.watch.audit"
"""The logger of the lines about calls."""
VARIABLE = "HRM_LOG"
"""The environment variable by which worker processes learn how to log."""

_SAFE_ID = re.compile(r"[A-Za-z0-9._:+/=-]{1,64}")
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), 127) if chr(code) != "\t"}


def new_request_id() -> str:
    """An id that no other request has."""
    return uuid.uuid4().hex


def accept_request_id(sent: str) -> str:
    """The id that a client sent, if it is fit for logs and headers; else a new one."""
    return sent if _SAFE_ID.fullmatch(sent) else new_request_id()


def current() -> dict[str, str]:
    """The context of what is being answered, to be sent along with work for another process."""
    return {name: variable.get() for name, variable in SHOWN.items()}


def adopt(context: dict[str, str]) -> None:
    """Go on under a context that `current` gave elsewhere."""
    for name, value in context.items():
        SHOWN[name].set(value)


@dataclass(frozen=True)
class LogSettings:
    """format: of each line; file: where lines go, stderr by default; level: the least to log."""

    format: LogFormat = "text"
    file: str | None = None
    level: str = "WARNING"

    def environment(self) -> dict[str, str]:
        """The same settings for a process to be started; `set_up_from` reads them there."""
        return {VARIABLE: json.dumps(asdict(self))}


def of(settings: ServeSettings) -> LogSettings:
    """What a server's settings say about the log."""
    file = None if settings.log_file is None else str(settings.log_file.absolute())
    return LogSettings(settings.log_format, file, settings.log_level.upper())


def set_up(settings: LogSettings) -> None:
    """Send what is logged from now on to stderr or the file, instead of where it went before."""
    handler: logging.Handler = (
        logging.StreamHandler() if settings.file is None else LogFile(settings.file)
    )
    handler.setFormatter(JSONLines() if settings.format == "json" else TextLines())
    logging.basicConfig(level=settings.level, handlers=[handler], force=True)
    logging.getLogger(AUDIT).setLevel(logging.INFO)  # whatever else is worth a line


def set_up_from(environment: Mapping[str, str]) -> None:
    """`set_up` as the program that started this process says; nothing when it says nothing."""
    if VARIABLE in environment:
        set_up(LogSettings(**json.loads(environment[VARIABLE])))


class LogFile(WatchedFileHandler):
    """Appends to a file; reopens it when it was rotated, and tries again when it failed."""

    def __init__(self, path: str) -> None:
        super().__init__(path, delay=True)
        self._warned = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line, or warn once that lines are lost."""
        try:
            super().emit(record)
        except OSError:  # it cannot be opened
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say once on stderr what is wrong with the file; calls are answered all the same."""
        del record
        self._forget_stream()
        if not self._warned:
            self._warned = True
            problem = f"warning: the log file {self.baseFilename} cannot be written"
            sys.stderr.write(f"{problem} ({sys.exception()}); serving goes on\n")

    def _forget_stream(self) -> None:
        """Let the next line open the file again: what could not be written is lost."""
        stream, self.stream = self.stream, None
        if stream is not None:
            with contextlib.suppress(OSError):  # closing tries to write once more
                stream.close()


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says besides its message: the request's context, then the record's own fields."""
    found = {name: variable.get() for name, variable in SHOWN.items()}
    return {name: value for name, value in found.items() if value} | getattr(record, "fields", {})


class JSONLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, the fields, and the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record."""
        line = {
            "time": _time_of(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **fields_of(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """The same for people: `12:00:01 INFO logger: message (request_id=... tool=...)`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record, with its traceback below it."""
        found = " ".join(f"{name}={value}" for name, value in fields_of(record).items())
        message = f"{record.getMessage()} ({found})" if found else record.getMessage()
        message = message.translate(_CONTROL)  # what a caller sent must not look like a line
        line = f"{_time_of(record)} {record.levelname} {record.name}: {message}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _time_of(record: logging.LogRecord) -> str:
    """When it happened, in UTC, to the millisecond."""
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
