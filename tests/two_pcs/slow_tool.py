"""A tool that says on stderr when it is called and when it is stopped, and never answers."""

from __future__ import annotations

import sys
import threading

from hrm_tools.spec import Answer, Arguments, Context, ToolSpec


class NoArguments(Arguments):
    """None."""


def wait(_: NoArguments, context: Context) -> Answer:
    sys.stderr.write("slow: called\n")
    try:
        while True:
            context.deadline.check()
            threading.Event().wait(0.01)
    finally:
        sys.stderr.write("slow: stopped\n")


TOOL = ToolSpec("wait_long", "Wait", "Never answers.", NoArguments, Answer, wait, timeout_s=120)
