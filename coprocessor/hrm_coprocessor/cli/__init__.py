"""The command line `hrm`: one module a verb, imported only when that verb is asked for.

A verb module has `add_arguments(parser) -> None` and `run(args) -> int`, and imports
anything heavy inside `run`, so that `hrm --help` answers at once. Its docstring becomes
the verb's description. To add a verb: write the module and add its line to `VERBS`.

Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 something needed is not available,
130 interrupted. An `HRMError` is shown as a problem and a hint, never as a traceback.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from hrm_engine.errors import HRMError, MissingExtraError

if TYPE_CHECKING:
    from hrm_agents.errors import AgentError

OK, FAILED, USAGE, UNAVAILABLE, INTERRUPTED = 0, 1, 2, 3, 130

VERBS: dict[str, str] = {
    "chat": "talk to a local LLM that calls the tools",
    "solve": "solve a puzzle, and watch a network think",
    "tool": "call one tool from the terminal",
    "gen": "write code: checked by examples, or by your own model",
    "serve": "serve the tools over MCP (HTTP) and REST",
    "mcp": "serve the tools over MCP on stdin and stdout",
    "connect": "bridge a server on another machine to stdin and stdout",
    "config": "print what a host (Claude, VS Code ...) must be told",
    "token": "list, make and revoke the tokens of people and machines",
    "train": "train a model from a YAML recipe",
    "sweep": "search for good settings by many short runs",
    "eval": "measure a model's accuracy on a data file",
    "bench": "time a model here; of grids, remember the best engine",
    "data": "write a data set: generated problems, or raw JSON",
    "export": "write a model in another program's format",
    "models": "list the shipped models and the presets",
    "doctor": "check this installation or a server",
}
ALIASES = {"benchmark": "bench"}
"""Further names of verbs."""
PROGRAMS = ("hrm", "hrm-codegen")
"""The names under which this program is installed."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. `argv` defaults to the process's arguments."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = build_parser(_verb_in(arguments))
    _complete(parser)
    args = parser.parse_args(arguments)
    _set_up_logging(args)
    if args.verb is None:
        parser.print_help()
        return USAGE
    try:
        return int(_module(ALIASES.get(args.verb, args.verb)).run(args))
    except _our_errors() as error:
        return _report(error)
    except ModuleNotFoundError as error:
        return _report_missing(error)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output (`head`, `less`) has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def build_parser(verb: str | None = None) -> argparse.ArgumentParser:
    """The parser with every verb's name, and the arguments of `verb` alone."""
    program = _program()
    parser = argparse.ArgumentParser(
        prog=program,
        description="Tools for local LLMs: small trained reasoners, checked exactly.",
        epilog=f"`{program} VERB --help` explains one verb.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    _add_verbose(parser, default=0)
    forms, text = ("text", "json"), "of a log line: text or json (text)"
    parser.add_argument("--log-format", choices=forms, metavar="FORM", dest="log_lines", help=text)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs")
    for name in (*VERBS, *ALIASES):
        known = ALIASES.get(name, name)
        listed: dict[str, Any] = (
            {"help": VERBS[name]} if name in VERBS else {}
        )  # an alias is not listed
        description = None
        if known == verb:
            description = _module(known).__doc__
        child = verbs.add_parser(
            name,
            **listed,
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        _add_verbose(child, default=argparse.SUPPRESS)
        if known == verb:
            _module(known).add_arguments(child)
    return parser


class _Version(argparse.Action):
    """`--version`, looked up only when asked for: reading the metadata takes 30 ms."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"hrm {version('hrm-coprocessor')}")
        parser.exit(OK)


def _module(verb: str) -> ModuleType:
    return import_module(f"{__name__}.{verb}")


def _verb_in(arguments: Sequence[str]) -> str | None:
    """The verb that the command (or the line being completed by the shell) names."""
    words = os.environ["COMP_LINE"].split()[1:] if "_ARGCOMPLETE" in os.environ else arguments
    found = next((word for word in words if word in VERBS or word in ALIASES), None)
    return ALIASES.get(found, found) if found else None


def _program() -> str:
    """The name that this program was started under."""
    name = Path(sys.argv[0]).name
    return name if name in PROGRAMS else PROGRAMS[0]


def _complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell's completion request, if this is one; then the process ends here."""
    if "_ARGCOMPLETE" in os.environ:
        import argcomplete

        argcomplete.autocomplete(parser)


def _add_verbose(parser: argparse.ArgumentParser, default: int | str) -> None:
    text = "log more; twice for everything"
    parser.add_argument("-v", "--verbose", action="count", default=default, help=text)


def _set_up_logging(args: argparse.Namespace) -> None:
    level = {0: logging.WARNING, 1: logging.INFO}.get(args.verbose, logging.DEBUG)
    # Logs go to stderr: stdout belongs to the answer, and to the protocol in `hrm mcp`.
    if args.log_lines == "json":
        from hrm_coprocessor.watch.logs import LogSettings, set_up

        set_up(LogSettings("json", None, logging.getLevelName(level)))
        args.log_format = getattr(args, "log_format", None) or "json"  # a server's own option
        return
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")


def _our_errors() -> tuple[type[HRMError], type[AgentError]]:
    """Both error trees; asked for only when something was raised."""
    from hrm_agents.errors import AgentError

    return HRMError, AgentError


def _report(error: HRMError | AgentError) -> int:
    from hrm_agents.errors import MissingPackageError, ModelError, ToolServerError

    print(f"error: {error.problem}", file=sys.stderr)
    if error.hint:
        print(f"hint: {error.hint}", file=sys.stderr)
    away = MissingExtraError | MissingPackageError | ModelError | ToolServerError
    return UNAVAILABLE if isinstance(error, away) else FAILED


def _report_missing(error: ModuleNotFoundError) -> int:
    from hrm_coprocessor.extras import missing_extra

    known = missing_extra(error)
    if known is None:
        raise error
    return _report(known)
