"""Unexpected errors to Sentry, for who has one: only when `SENTRY_DSN` is set.

    SENTRY_DSN=https://key@sentry.example/1 hrm serve

What is sent names the place in the code, never what was asked: the types of exceptions, the
functions and lines, the tool and the request's id. Messages, arguments, variables, headers
and the machine's name stay here. The lists below are of what may leave, not of what may not.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from hrm_coprocessor.extras import install_command
from hrm_coprocessor.watch import logs
from hrm_engine.errors import MissingExtraError

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

VARIABLE = "SENTRY_DSN"
FLUSH_S = 2.0
"""How long the end of the program may wait for reports to leave."""
PLAIN = ("event_id", "timestamp", "level", "logger", "platform", "release", "environment", "sdk")
"""Keys of an event that say nothing of a call."""
FRAME = ("filename", "module", "function", "lineno", "in_app")


def start(environment: Mapping[str, str]) -> None:
    """Report errors that are logged from now on, if a DSN is set.

    Raises MissingExtraError when it is set and the package is not installed.
    """
    dsn = environment.get(VARIABLE, "")
    if not dsn:
        return
    if find_spec("sentry_sdk") is None:
        raise MissingExtraError(
            f"{VARIABLE} is set, and the package `sentry-sdk` is not installed",
            hint=f"{install_command('sentry')}, or unset {VARIABLE}",
        )
    import sentry_sdk
    from sentry_sdk.integrations.logging import LoggingIntegration

    sentry_sdk.init(
        dsn=dsn,
        release=f"hrm-coprocessor@{version('hrm-coprocessor')}",
        default_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR)],
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        before_send=only_the_place,
    )


def finish() -> None:
    """Send what waits to be sent; nothing when no DSN was set."""
    if (sdk := sys.modules.get("sentry_sdk")) is not None:
        sdk.flush(FLUSH_S)


def only_the_place(event: Event, _: Hint) -> Event:
    """A new event that holds only what may leave this machine."""
    sent: Mapping[str, Any] = dict(event)
    kept: dict[str, Any] = {key: sent[key] for key in PLAIN if key in sent}
    kept["tags"] = {name: value for name, value in logs.current().items() if name != "token"}
    kept["logentry"] = {"message": sent.get("logentry", {}).get("message", "")}
    errors = sent.get("exception", {}).get("values", [])
    kept["exception"] = {"values": [_type_and_place(error) for error in errors]}
    return cast("Event", kept)


def _type_and_place(error: Mapping[str, Any]) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames", [])
    kept = [{key: frame[key] for key in FRAME if key in frame} for frame in frames]
    return {
        "type": error.get("type"),
        "module": error.get("module"),
        "stacktrace": {"frames": kept},
    }
