"""What a run tells: JSON lines for machines always, and for people a bar or plain lines.

`metrics.jsonl` gets one object a logged step; a resumed run first drops what was logged after
the state that it goes on from. On a terminal a live bar shows loss, speed and time left;
elsewhere a plain line appears every few seconds, so that a log file stays readable.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hrm_engine.train.form import Sample

PLAIN_SECONDS = 15.0
_SAID = 4


class Meter:
    """Tokens and seconds of a run, over all its parts, and the speed since last asked."""

    def __init__(self, seconds: float, tokens: int) -> None:
        self.tokens = tokens
        self._before, self._started = seconds, time.monotonic()
        self._last = (tokens, self._started)

    @property
    def elapsed(self) -> float:
        """Seconds since this part began."""
        return time.monotonic() - self._started

    @property
    def seconds(self) -> float:
        """Seconds of all parts together."""
        return self._before + self.elapsed

    def speed(self) -> float:
        """Tokens a second (padding not counted) since the last call."""
        now = (self.tokens, time.monotonic())
        tokens, seconds = now[0] - self._last[0], now[1] - self._last[1]
        self._last = now
        return tokens / max(seconds, 1e-9)


class Reporter:
    """The output of one run; use in a `with` block. `listeners` hear every line of metrics."""

    def __init__(
        self,
        run: Path,
        steps: int,
        start: int,
        console: Console | None = None,
        *,
        writes: bool = True,
    ) -> None:
        """writes: false in all processes of a run but one: they write and say nothing."""
        self.console = console or Console(stderr=True, highlight=False, quiet=not writes)
        self.listeners: list[Callable[[dict[str, Any]], None]] = []
        self.metrics = run / "metrics.jsonl" if writes else Path(os.devnull)
        self.steps = steps
        run.mkdir(parents=True, exist_ok=True)
        _drop_after(self.metrics, start)
        self._samples = run / "samples.jsonl" if writes else Path(os.devnull)
        _drop_after(self._samples, start)
        self._file = self.metrics.open("a", encoding="utf-8")
        self._bar = Progress(
            TextColumn("step"),
            MofNCompleteColumn(),
            BarColumn(),
            TextColumn("{task.fields[text]}"),
            TimeRemainingColumn(compact=True),
            console=self.console,
            disable=not self.console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("train", total=steps, completed=start, text="")
        self._said = -PLAIN_SECONDS
        self._first = (start, time.monotonic())

    def __enter__(self) -> Self:
        """Start the bar."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the bar and close the file."""
        self._bar.stop()
        self._file.close()

    def log(self, row: dict[str, Any]) -> None:
        """Append one line to the metrics, and tell the listeners."""
        self._file.write(json.dumps(row) + "\n")
        self._file.flush()
        for listener in self.listeners:
            listener(row)

    def say(self, text: str) -> None:
        """A line for people."""
        self.console.print(text, markup=False, soft_wrap=True)

    def samples(self, step: int, samples: Sequence[Sample]) -> None:
        """Append decoded answers to `samples.jsonl`; say the first few."""
        with self._samples.open("a", encoding="utf-8") as file:
            for sample in samples:
                file.write(json.dumps({"step": step, **vars(sample), "right": sample.right}) + "\n")
        for sample in samples[:_SAID]:
            mark = "right" if sample.right else f"not {sample.expected}"
            self.say(f"  {sample.prompt}  ->  {sample.got}  [{mark}]")

    def show(self, step: int, loss: float, speed: float) -> None:
        """Progress after `step` steps, `speed` in tokens a second."""
        text = f"loss {loss:.4f}  {speed:,.0f} tok/s"
        self._bar.update(self._task, completed=step, text=text)
        now = time.monotonic()
        if not self.console.is_terminal and now - self._said >= PLAIN_SECONDS:
            self._said = now
            self.say(f"step {step}/{self.steps}  {text}  {self._left(step, now)}")

    def _left(self, step: int, now: float) -> str:
        done = step - self._first[0]
        if done <= 0:
            return "? left"
        seconds = int((self.steps - step) * (now - self._first[1]) / done)
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02} left"


def _drop_after(metrics: Path, step: int) -> None:
    """Keep the lines of a metrics file up to `step` alone."""
    if not metrics.exists():
        return
    kept = []
    for line in metrics.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            break  # cut short when the program was killed
        if row["step"] <= step:
            kept.append(line + "\n")
    metrics.write_text("".join(kept), encoding="utf-8")
