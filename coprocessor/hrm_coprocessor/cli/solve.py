"""Solve a puzzle with a small trained network, and watch it think.

    hrm solve sudoku 1...3..44..2...1
    hrm solve sudoku puzzle.txt --watch
    hrm solve maze - --json --trace < maze.txt

A puzzle is the text itself, a file, or `-` for what comes in. A file may hold one puzzle in
any layout, or one a line. The grid goes to stdout, who found it to stderr; where the network
does not find an answer that the exact check accepts, a classical method answers and is named.
Exit code 1: no puzzle, or one without a solution.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrm_coprocessor.cli.eval import add_grid_arguments, grid_settings
from hrm_engine.errors import ConfigError, HRMError, TaskError

if TYPE_CHECKING:
    from hrm_engine.inference.grid_search import Thought
    from hrm_engine.inference.grid_solve import GridSolver
    from hrm_tools.answering import Found, Method

FALLBACK_S = 60.0
"""Seconds that the classical method may take, beside the network's."""
_NAME_BYTES = 255
_SUFFIXES = {".txt", ".json", ".jsonl", ".csv"}


@dataclass(frozen=True)
class Kind:
    """One kind of puzzle.

    read: text to problem. method: how a problem is answered. draw: the solution as people
    write it. box: where the display draws lines.
    """

    read: Callable[[str], Any]
    method: Callable[[Any], Method]
    draw: Callable[[Any], str]
    box: Callable[[Any], tuple[int, int]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm solve`."""
    parser.add_argument("kind", choices=sorted(KINDS), help="what kind of puzzle")
    parser.add_argument("puzzle", metavar="PUZZLE", help="the puzzle, a file, or - for stdin")
    parser.add_argument("--model", help="checkpoint name or folder (default: the shipped one)")
    parser.add_argument("--breadth", type=int, default=8, metavar="K", help="most tries (8)")
    text = "time for the network (30); the classical method has its own"
    parser.add_argument("--seconds", type=float, default=30.0, metavar="S", help=text)
    parser.add_argument("--json", action="store_true", help="one JSON object a puzzle")
    parser.add_argument("--trace", action="store_true", help="with --json: every segment, too")
    parser.add_argument("--watch", action="store_true", help="show every segment")
    text = "with --watch on a terminal: how long a segment is shown at least (0.2)"
    parser.add_argument("--pace", type=float, default=0.2, metavar="S", help=text)
    add_grid_arguments(parser, engine="auto")


def run(args: argparse.Namespace) -> int:
    """Solve each puzzle and print it."""
    kind = KINDS[args.kind]()
    networks = Networks(args)
    failed = False
    for number, problem in enumerate(list(puzzles(kind, args.puzzle))):
        method = kind.method(problem)
        networks.prepare(method)  # loading is no part of the time that is told
        start = time.perf_counter()
        thoughts: list[Thought] = []
        found = answer(args, kind, problem, networks, thoughts)
        elapsed = 1e3 * (time.perf_counter() - start)
        failed = failed or found.solution is None
        if args.json:
            print(json.dumps(as_json(args, kind, found, thoughts, elapsed), ensure_ascii=False))
        elif found.solution is None:
            print(f"error: {found.verdict.note or found.notes[-1]}", file=sys.stderr)
        else:
            print(("\n" if number else "") + kind.draw(found.solution))
            print(describe(found, elapsed), file=sys.stderr)
    return int(failed)


class Networks:
    """The networks that these arguments ask for, each loaded once."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self._loaded: dict[str, GridSolver] = {}

    def prepare(self, method: Method) -> None:
        """Load, so that it is done. Raises CheckpointError for a model that was asked for."""
        from hrm_engine.errors import CheckpointError

        try:
            self.load(method)
        except CheckpointError:
            if self._args.model:
                raise

    def load(self, method: Method) -> GridSolver:
        """The network for a task. Raises CheckpointError when there is none."""
        from hrm_coprocessor.cli.eval import DEFAULT_MODELS
        from hrm_engine.inference.load import load_grid_solver

        if method.task not in self._loaded:
            model = self._args.model or DEFAULT_MODELS.get(method.task, f"hrm-{method.task}")
            settings = grid_settings(self._args)
            self._loaded[method.task] = load_grid_solver(model, method.task, **settings)
        return self._loaded[method.task]


def answer(
    args: argparse.Namespace,
    kind: Kind,
    problem: Any,
    networks: Networks,
    thoughts: list[Thought],
) -> Found:
    """What the network or the classical method found, shown on the way if asked for."""
    from rich.console import Console

    from hrm_coprocessor.cli.watch import Scene, Show, ignore, watching
    from hrm_engine.deadline import Deadline
    from hrm_tools.answering import NETWORK_SHARE, cascade
    from hrm_tools.spec import Context, InThisProcess, ignore_progress

    method = kind.method(problem)
    with ExitStack() as screens:

        def network() -> GridSolver:
            solver = networks.load(method)
            show: Show = ignore
            if args.watch and not args.json:
                scene = Scene(solver.task, problem, solver.plan.depth, kind.box(problem))
                console = Console(highlight=False)
                show = screens.enter_context(watching(console, scene, args.pace))

            def watch(thought: Thought) -> None:
                thoughts.append(thought)
                show(thought)

            return solver.watched(watch) if args.watch or args.trace else solver

        deadline = Deadline.after(args.seconds / NETWORK_SHARE + FALLBACK_S)
        context = Context(deadline, ignore_progress, InThisProcess(deadline))
        asked = replace(method, network=network, candidates=args.breadth, seconds=args.seconds)
        return cascade(problem, context, asked)


def puzzles(kind: Kind, where: str) -> Iterator[Any]:
    """The problems that a text, a file or stdin holds. Raises TaskError, ConfigError."""
    text = _text(where)
    try:
        yield kind.read(text)
        return
    except TaskError as error:
        whole = error
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) < 2 or not _reads(kind, lines[0][1]):
        raise whole
    yield from _each(kind, lines)


def _text(where: str) -> str:
    if where == "-":
        return sys.stdin.read()
    named = Path(where).suffix.lower() in _SUFFIXES
    if not named and (len(where.encode()) > _NAME_BYTES or not Path(where).is_file()):
        return where
    try:
        return Path(where).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {where}: {error}") from None


def _reads(kind: Kind, line: str) -> bool:
    try:
        kind.read(_record(line))
    except HRMError:
        return False
    return True


def _each(kind: Kind, lines: Iterable[tuple[int, str]]) -> Iterator[Any]:
    for number, line in lines:
        try:
            yield kind.read(_record(line))
        except TaskError as error:
            raise TaskError(f"line {number}: {error.problem}", hint=error.hint) from None


def _record(line: str) -> str:
    """The puzzle in one line of a file: the line, or the `input` of a JSON object."""
    if not line.lstrip().startswith("{"):
        return line
    try:
        value = json.loads(line)["input"]
    except (ValueError, KeyError):
        raise TaskError("not a JSON object with `input`") from None
    return value if isinstance(value, str) else json.dumps(value)


def describe(found: Found, elapsed: float) -> str:
    """Who found it, what the check said, and what it took."""
    tries = f", segments {found.steps}, tries {found.candidates}" if found.candidates else ""
    notes = f" ({'; '.join(found.notes)})" if found.notes else ""
    return f"{found.source}, {found.verdict.status}{tries}, {elapsed:.0f} ms{notes}"


def as_json(
    args: argparse.Namespace, kind: Kind, found: Found, thoughts: list[Thought], elapsed: float
) -> dict[str, object]:
    """The answer as tools give it, with `restarts` and, if asked for, `thoughts`."""
    shown = {
        "result": None if found.solution is None else kind.draw(found.solution),
        **found.fields(),
        "restarts": max(0, found.candidates - 1),
        "elapsed_ms": round(elapsed, 2),
        "note": "; ".join(found.notes),
    }
    return shown | ({"thoughts": [_traced(t) for t in thoughts]} if args.trace else {})


def _traced(thought: Thought) -> dict[str, object]:
    """One segment: cells by token id, row by row."""
    return {
        "attempt": thought.attempt,
        "segment": thought.segment,
        "tokens": thought.tokens.tolist(),
        "confidence": [round(float(p), 3) for p in thought.confidence],
        "halt": round(thought.halt, 4),
        "residual": round(thought.residual, 5),
        "changed": list(thought.changed),
        "verified": thought.verified,
        "left": thought.left,
    }


def _sudoku() -> Kind:
    from hrm_engine.puzzles.sudoku_grid import to_block
    from hrm_tools import solve_sudoku

    return Kind(
        read=solve_sudoku.understand,
        method=lambda problem: solve_sudoku.method(problem.size),
        draw=to_block,
        box=lambda problem: (problem.shape.box_rows, problem.shape.box_columns),
    )


def _maze() -> Kind:
    from hrm_tools import solve_maze

    return Kind(
        read=solve_maze.understand, method=solve_maze.method, draw=str, box=lambda problem: (0, 0)
    )


KINDS: dict[str, Callable[[], Kind]] = {"sudoku": _sudoku, "maze": _maze}
