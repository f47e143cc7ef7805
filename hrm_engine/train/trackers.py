"""Where else a run's metrics may go: W&B, TensorBoard, trackio. `metrics.jsonl` is always written.

    train:
      trackers: [tensorboard, wandb]

Nothing here is imported unless it is named, nothing is needed to train, and a tracker that
fails (no network, no room on the disk) is said once and left: it never stops a run. W&B works
without a network: WANDB_MODE=offline writes <run>/wandb, `wandb sync` sends it later.

Read `Trackers`; to add one, write a class with `log` and `close` and its line in `TRACKERS`.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol

from hrm_engine.errors import MissingExtraError

TrackerName = Literal["wandb", "tensorboard", "trackio"]
_PROJECT = "hrm"
_PATIENCE_S = 30
"""How long W&B may ask a terminal for a login before the run goes on without it."""


@dataclass(frozen=True)
class About:
    """The run that is tracked; `step` is where this part of it starts."""

    folder: Path
    name: str
    settings: Mapping[str, Any]
    step: int = 0


class Tracker(Protocol):
    """One place that takes rows of figures."""

    def log(self, step: int, figures: Mapping[str, float]) -> None:
        """Take the figures of one step."""
        ...

    def close(self) -> None:
        """Write what is still held back."""
        ...


class TensorBoard:
    """Event files in <run>/tensorboard; look at them with `tensorboard --logdir runs`."""

    def __init__(self, about: About) -> None:
        summary = import_module("torch.utils.tensorboard").SummaryWriter
        # What was logged after the state that a resumed run goes on from is dropped.
        purge = about.step + 1 if about.step else None
        self.writer: Any = summary(str(about.folder / "tensorboard"), purge_step=purge)

    def log(self, step: int, figures: Mapping[str, float]) -> None:
        """One scalar a figure."""
        for name, value in figures.items():
            self.writer.add_scalar(name, value, step)

    def close(self) -> None:
        """Flush the event file."""
        self.writer.close()


class Wandb:
    """One W&B run for one run folder, also when it is resumed: the id is kept in the folder."""

    def __init__(self, about: About) -> None:
        wandb = import_module("wandb")
        kept = about.folder / "wandb-id"
        if not kept.exists():
            kept.write_text(uuid.uuid4().hex[:12] + "\n", encoding="utf-8")
        self.run: Any = wandb.init(
            project=os.environ.get("WANDB_PROJECT", _PROJECT),
            name=about.name,
            id=kept.read_text(encoding="utf-8").strip(),
            resume=None if os.environ.get("WANDB_MODE") == "offline" else "allow",
            dir=about.folder,
            config=dict(about.settings),
            settings=wandb.Settings(console="off", login_timeout=_PATIENCE_S),
        )
        # W&B drops rows whose step is not ahead of the last; a resumed run may repeat some.
        self.run.define_metric("step", hidden=True)
        self.run.define_metric("*", step_metric="step")

    def log(self, step: int, figures: Mapping[str, float]) -> None:
        """One row."""
        self.run.log({**figures, "step": step})

    def close(self) -> None:
        """End the run and wait for the upload."""
        self.run.finish()


class Trackio:
    """A local run for trackio; look at it with `trackio show --project hrm`."""

    def __init__(self, about: About) -> None:
        self.run: Any = import_module("trackio").init(
            project=_PROJECT,
            name=about.name,
            config=dict(about.settings),
            resume="allow" if about.step else "never",
        )

    def log(self, step: int, figures: Mapping[str, float]) -> None:
        """One row."""
        self.run.log(dict(figures), step=step)

    def close(self) -> None:
        """End the run."""
        self.run.finish()


TRACKERS: dict[TrackerName, Callable[[About], Tracker]] = {
    "tensorboard": TensorBoard,
    "wandb": Wandb,
    "trackio": Trackio,
}
INSTALL: dict[TrackerName, str] = {
    "tensorboard": 'pip install "hrm-coprocessor[track]"',
    "wandb": 'pip install "hrm-coprocessor[track]"',
    "trackio": "pip install trackio  (not part of an extra: it asks for older packages than ours)",
}


def check_installed(names: Sequence[TrackerName]) -> None:
    """Raises MissingExtraError when a package asked for is absent; imports none of them."""
    for name in names:
        if find_spec(name) is None:
            raise MissingExtraError(
                f"train.trackers asks for `{name}`, which is not installed", hint=INSTALL[name]
            )


class Trackers:
    """All trackers of one run as one, none of which can stop it."""

    def __init__(
        self, names: Sequence[TrackerName], about: About, say: Callable[[str], None]
    ) -> None:
        """Raises MissingExtraError when a package is absent. say: takes a line for people."""
        check_installed(names)
        self._say = say
        self._open: dict[str, Tracker] = {}
        for name in names:
            with self._guarded(name):
                self._open[name] = TRACKERS[name](about)

    def log(self, row: Mapping[str, Any]) -> None:
        """Hand on the figures of a row of metrics; row["step"] says of which step."""
        figures = {
            name: float(value)
            for name, value in row.items()
            if name != "step" and isinstance(value, int | float)
        }
        for name, tracker in list(self._open.items()):
            with self._guarded(name):
                tracker.log(row["step"], figures)

    def close(self) -> None:
        """Let every tracker finish its writing."""
        for name, tracker in list(self._open.items()):
            with self._guarded(name):
                tracker.close()
        self._open.clear()

    @contextmanager
    def _guarded(self, name: str) -> Iterator[None]:
        """Leave out the tracker that fails inside of this block, and say so."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - networks and disks fail in any way; a guest may not stop the run
            self._open.pop(name, None)
            said = next(iter(str(error).splitlines()), "") or type(error).__name__
            self._say(f"warning: {name} failed and is left out from here on ({said})")
