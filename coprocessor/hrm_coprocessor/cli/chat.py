"""Ask a local language model that calls the tools.

    hrm chat "What's the derivative of sin(5x)?"   one question
    hrm chat                                       a conversation
    hrm chat < questions.txt                       one question a line, more of it indented
    hrm chat "Solve this: $(cat sudoku.txt)"       a puzzle in any layout
    hrm chat --demo                                a few questions, then a conversation
    hrm chat --server http://pc2.lan:8765          tools on another machine

The embedded model and a co-processor started for the occasion need no network. Other models:
--model gguf:PATH, openai:URL[#MODEL], litellm:NAME. Exit code 1: a question got no answer.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hrm_agents.chat import Conversation, Parts
    from hrm_agents.settings import AgentSettings
    from hrm_agents.ui.screen import Screen

LOCAL_SERVER = (sys.executable, "-m", "hrm_coprocessor", "serve", "--port", "0", "--json")
OK, FAILED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm chat`."""
    parser.add_argument("question", nargs="?", help="without one, read them from the keyboard")
    text = "embedded, gguf:PATH, openai:URL[#MODEL] or litellm:NAME"
    parser.add_argument("--model", metavar="SPEC", help=text)
    text = "http://HOST:PORT (MCP), rest:URL or stdio:COMMAND, instead of a server started here"
    parser.add_argument("--server", metavar="URL", help=text)
    parser.add_argument("--token", help="the server's bearer token (default: $HRM_TOKEN)")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings (configs/agent.yaml)")
    parser.add_argument("--transcript", type=Path, metavar="FILE", help="append events as JSONL")
    parser.add_argument("--demo", action="store_true", help="ask a few questions first; --timings")
    parser.add_argument("--timings", action="store_true", help="say how long each part took")
    look = parser.add_mutually_exclusive_group()
    look.add_argument("--plain", action="store_true", help="plain lines; the answer is the last")
    look.add_argument("--json", action="store_true", help="events as JSON lines")


def run(args: argparse.Namespace) -> int:
    """Answer the questions; raises an `AgentError` when a part cannot be had at the start."""
    from hrm_agents.chat import answer_all, conversation, open_parts
    from hrm_agents.local_server import orderly_sigterm
    from hrm_agents.transcript import Transcript

    settings = _settings(args)
    typed = args.question is None and sys.stdin.isatty() and (sys.stdout.isatty() or not args.demo)
    rich = sys.stdout.isatty() and not (args.plain or args.json)
    with ExitStack() as stack:
        stack.enter_context(orderly_sigterm())
        transcript = stack.enter_context(Transcript(args.transcript)) if args.transcript else None
        with _spinner() if rich else nullcontext():
            parts = stack.enter_context(open_parts(settings, LOCAL_SERVER, args.token))
        talk = conversation(parts, settings)
        if args.demo:
            screen = _screen(args.json, rich, echo=True)
            answer_all(talk, _timed(_demo(), parts), screen, transcript)
            _show_timings(parts)
        questions = _questions(args, talk, stack, typed=typed)
        screen = _screen(args.json, rich, echo=args.question is None and not typed)
        unanswered = answer_all(talk, _timed(questions, parts), screen, transcript)
        if args.timings and not args.demo:
            _show_timings(parts)
    return FAILED if unanswered else OK


def _questions(
    args: argparse.Namespace, talk: Conversation, stack: ExitStack, *, typed: bool
) -> Iterator[str]:
    """Where the questions come from: the argument, the keyboard or a pipe."""
    if args.question is not None:
        return iter([args.question])
    if typed:
        return _typed(talk, stack)
    if args.demo:
        return iter(())  # not on a terminal the demo ends by itself
    from hrm_agents.ui.prompt import written_questions

    return written_questions(sys.stdin)


def _demo() -> Iterator[str]:
    """The questions that the demo asks."""
    from hrm_agents.settings import data_file
    from hrm_agents.ui.prompt import written_questions

    return written_questions(data_file("prompts/demo.txt").read_text("utf-8").splitlines())


def _settings(args: argparse.Namespace) -> AgentSettings:
    """The settings file, changed by the flags."""
    from hrm_agents.settings import load_settings

    settings = load_settings(args.config)
    if args.model:
        settings = settings.model_copy(update={"model": args.model})
    if args.server:
        tools = settings.tools.model_copy(update={"server": args.server})
        settings = settings.model_copy(update={"tools": tools})
    return settings


def _typed(talk: Conversation, stack: ExitStack) -> Iterator[str]:
    """Questions from the keyboard, with a history that outlives the session."""
    from hrm_agents.ui.prompt import HELP, history_file, line_editing, typed_questions

    stack.enter_context(line_editing(history_file()))
    print(HELP)

    def list_tools() -> None:
        for tool in talk.toolbox.list():
            function = tool["function"]
            print(f"  {function['name']}: {function['description'].splitlines()[0]}")

    return typed_questions(input, print, {"/new": talk.forget, "/tools": list_tools})


def _screen(as_json: bool, rich: bool, *, echo: bool) -> Screen:
    from hrm_agents.ui.jsonl import JSONScreen
    from hrm_agents.ui.plain import PlainScreen

    if as_json:
        return JSONScreen(sys.stdout)
    if not rich:
        return PlainScreen(sys.stdout, sys.stderr, echo=echo)
    from rich.console import Console

    from hrm_agents.ui.terminal import TerminalScreen

    return TerminalScreen(Console(highlight=False), echo=echo)


def _spinner() -> AbstractContextManager[object]:
    from rich.console import Console

    return Console(stderr=True).status("starting the language model and the tools")


def _timed(questions: Iterable[str], parts: Parts) -> Iterator[str]:
    """The questions, noting how long the first took to answer."""
    for question in questions:
        began = time.monotonic()
        yield question
        parts.seconds.setdefault("first answer", time.monotonic() - began)


def _show_timings(parts: Parts) -> None:
    """How many seconds each part took; the first two began together."""
    for name, seconds in parts.seconds.items():
        print(f"{name}: {seconds:.2f} s", file=sys.stderr)
