"""How a terminal shows a network that thinks: the grid after each segment.

    try 1, segment 4 of 16             1 ▕█               0.03
     5  3  4 │ 6  7 .. │ ...           2 ▕███             0.18
     ...                               4 ▕████████████▌   0.83

Bold: what was given. On yellow: what this segment changed. Dim: what the network
is not sure of. The bars are the halt head's probability that the answer is right. Where
there is no terminal, each segment's grid is printed once, as text.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from hrm_engine.inference.grid_search import Thought
    from hrm_engine.tasks.base import GridTask

SURE = 0.9
"""The probability above which a cell is shown as settled."""
BAR = 24
GLYPHS = {"#": "██", " ": "  ", "o": "• ", "<pad>": "? "}
"""Two columns a cell for tokens that are no digits or letters."""
Show = Callable[["Thought"], None]


def ignore(thought: Thought) -> None:
    """Where nobody looks."""


@dataclass(frozen=True)
class Scene:
    """What is being solved.

    depth: most segments of a try. box: rows and columns after which a line is drawn.
    """

    task: GridTask[Any, Any]
    problem: Any
    depth: int
    box: tuple[int, int] = (0, 0)


@contextmanager
def watching(console: Console, scene: Scene, pace: float) -> Iterator[Show]:
    """A function that shows a thought; on a terminal each stays for `pace` seconds at least."""
    if not console.is_terminal:
        yield lambda thought: console.print(plain(scene, thought), markup=False, soft_wrap=True)
        return
    from rich.live import Live

    past: list[Thought] = []
    with Live(console=console, auto_refresh=False, transient=True) as live:

        def show(thought: Thought) -> None:
            past.append(thought)
            live.update(frame(scene, past), refresh=True)
            time.sleep(pace)

        yield show


def headline(scene: Scene, thought: Thought) -> str:
    """Where the network is, what it believes, how far it moved."""
    return (
        f"try {thought.attempt}, segment {thought.segment} of {scene.depth}:"
        f" believes {thought.halt:.2f}, moved {thought.residual:.3f},"
        f" changed {len(thought.changed)}{', accepted' if thought.verified else ''}"
    )


def plain(scene: Scene, thought: Thought) -> str:
    """One segment as text."""
    grid = scene.task.render(scene.problem, thought.tokens.tolist())
    return f"{headline(scene, thought)}\n{grid}\n"


def frame(scene: Scene, past: Sequence[Thought]) -> Table:
    """The last thought of `past` as a grid, with the bars of its try beside it."""
    from rich.table import Table
    from rich.text import Text

    last = past[-1]
    lines = cells(scene, last)
    mine = [thought for thought in past if thought.attempt == last.attempt]
    bars = Text("\n").join(bar(thought) for thought in mine[-len(lines) :])
    table = Table.grid(padding=(0, 4))
    table.add_row(Text("\n").join(lines), bars)
    whole = Table.grid()
    whole.add_row(Text(headline(scene, last), style="bold"))
    whole.add_row(table)
    return whole


def bar(thought: Thought) -> Text:
    """The halt head's probability after one segment."""
    from rich.text import Text

    filled = round(BAR * thought.halt)
    style = "green" if thought.halt > 0.5 else "cyan"
    return Text.assemble(
        (f"{thought.segment:>3} ", "dim"),
        ("█" * filled, style),
        ("░" * (BAR - filled), "dim"),
        f" {thought.halt:.2f}",
    )


def cells(scene: Scene, thought: Thought) -> list[Text]:
    """The grid as lines, with rules between boxes."""
    from rich.text import Text

    rows, columns = scene.task.shape
    high, wide = scene.box
    given = scene.task.inputs(scene.problem)
    lines: list[Text] = []
    for row in range(rows):
        if high and row and row % high == 0:
            lines.append(Text("┼─".join(["──" * wide] * (columns // wide)), style="dim"))
        line = Text()
        for column in range(columns):
            if wide and column and column % wide == 0:
                line.append("│ ", style="dim")
            cell = row * columns + column
            mark = scene.task.vocabulary[thought.tokens[cell]]
            kept = given[cell] == thought.tokens[cell]
            line.append(GLYPHS.get(mark, f"{mark} "), style=style_of(cell, thought, kept=kept))
        lines.append(line)
    return lines


def style_of(cell: int, thought: Thought, *, kept: bool) -> str:
    """Changed just now, given (and `kept`), settled or unsure."""
    if cell in thought.changed:
        return "black on yellow"
    if kept:
        return "bold"
    return "green" if thought.confidence[cell] >= SURE else "dim green"
