"""The training loop: `Trainer(model, dataset, config).fit()`.

    for each step:  work -> loss -> gradient -> clip -> update -> average
    now and then:   log, show answers, evaluate on held-out examples, save

Read `Trainer.fit`, then `step.py` (what one step does), `form.py` (what sequences and grids do
differently), `state.py` (exact resume: a run stopped and resumed has, bit for bit, the losses
of one never stopped).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor

from hrm_engine.data.dataset import Dataset
from hrm_engine.data.stream import Place
from hrm_engine.errors import ConfigError, TrainingError
from hrm_engine.export.checkpoint import save_checkpoint
from hrm_engine.model.build import Model
from hrm_engine.train import optimisers, schedule, snapshot
from hrm_engine.train.card import model_card, recipe
from hrm_engine.train.distributed import ALONE, World
from hrm_engine.train.ema import EMA
from hrm_engine.train.forms import make_form
from hrm_engine.train.interrupt import Interrupt
from hrm_engine.train.precision import choose_machine, out_of_memory
from hrm_engine.train.progress import Meter, Reporter
from hrm_engine.train.settings import RunConfig
from hrm_engine.train.state import (
    RunState,
    compare,
    load_state,
    newest,
    save_state,
)
from hrm_engine.train.step import Stepped, Stepper, Work
from hrm_engine.train.trackers import About, Trackers, check_installed

Stopped = Literal["finished", "interrupted", "time is up"]


class Trainer:
    """One run of one model on one data set."""

    def __init__(
        self, model: Model, dataset: Dataset, config: RunConfig, world: World = ALONE
    ) -> None:
        """world: the processes that share the run, see `distributed.joined`.

        Raises ConfigError when the model does not fit the data, TrainingError without device.
        """
        if model.config.vocab != len(dataset.vocabulary):
            raise ConfigError(
                f"the model has {model.config.vocab} tokens,"
                f" {dataset.name} has {len(dataset.vocabulary)}",
                hint="leave model.vocab out: it is taken from the data",
            )
        self.config, self.train, self.dataset = config, config.train, dataset
        check_installed(self.train.trackers)
        self.world, self.machine = world, choose_machine(self.train, world)
        self.model = model.to(self.machine.device)
        self.model.set_checkpointing(self.train.checkpointing)
        span = model.config.gradient_calls if model.config.form == "sequence" else None
        # One call with gradient leaves a whole network without.
        unused = span is not None and span[0] < 2
        self.region = world.region(self.model, self.machine.device, unused=unused)
        self.optimisers = optimisers.build(self.model, self.train)
        self.stepper = Stepper(
            self.model, self.optimisers, self.machine, self.train.clip, self.region
        )
        self.ema = EMA(self.model, self.train.ema)
        self.form = make_form(self.model, dataset, config, self.machine)
        self.parts = snapshot.Parts(self.model, self.ema, self.optimisers, self.form, world)
        self.state = RunState(settings=self._settings())
        self.losses: list[Tensor] = []
        self.last: dict[str, Any] = {}

    def fit(
        self, resume: bool = False, listen: Callable[[dict[str, Any]], None] | None = None
    ) -> dict[str, Any]:
        """Train to the last step, to `train.max_minutes` or to an interruption.

        resume: go on from the newest state in `train.out`, if there is one.
        listen: hears every line of metrics; what it raises ends the run.
        Returns the newest metrics, "stopped" (finished | interrupted | time is up) and the
        folder of the exported "checkpoint". Raises TrainingError when the loss is not finite
        or memory runs out, ConfigError for a folder that holds another run.
        """
        changed = self._restore(resume)
        writes, start = self.world.writes, self.state.step
        reporter = Reporter(self.train.out, self.train.steps, start, writes=writes)
        about = About(self.train.out, self.config.name, self.state.settings, start)
        trackers = Trackers(self.train.trackers if writes else (), about, reporter.say)
        reporter.listeners = [trackers.log, *([listen] if listen else [])]
        asking = Interrupt(patient=self.world.size > 1)
        drawing = self.form.open(Place(self.state.pool, self.state.batch))
        with reporter as report, closing(trackers), asking as stop, drawing:
            for line in changed:
                report.say(line)
            stopped = self._loop(report, stop)
        return {
            **self.last,
            "step": self.state.step,
            "stopped": stopped,
            "checkpoint": str(self.folder),
        }

    def _loop(self, report: Reporter, stop: Interrupt) -> Stopped:
        meter = Meter(self.state.seconds, self.state.tokens)
        limit = 60 * self.train.max_minutes or math.inf
        reasons: tuple[Stopped, ...] = ("finished", "time is up", "interrupted")
        stopped = reasons[0]
        while self.state.step < self.train.steps:
            work = self.world.joint(self.form.work(self.state.step))
            stepped = self._step(work)
            meter.tokens += work.tokens
            self._after_step(stepped, meter, report)
            wanted = 2 if stop.asked else int(meter.elapsed >= limit)
            stopped = reasons[self.world.largest(wanted)]
            if stopped != "finished":
                break
        self._save(meter)
        return stopped

    def _step(self, work: Work) -> Stepped:
        """One optimiser step; the state counts it."""
        step = self.state.step
        self.optimisers.scale(self._rate(step))
        try:
            stepped = self.stepper.step(work)
        except RuntimeError as error:
            if not out_of_memory(error):
                raise
            raise TrainingError(
                f"out of memory at step {step} ({str(error).splitlines()[0]})",
                hint=f"{self.form.smaller}, or set train.checkpointing: true",
            ) from None
        self.form.stepped()
        self.ema.update()
        self.losses.append(stepped.loss)
        self.state.step += 1
        return stepped

    def _rate(self, step: int) -> float:
        """The share of the peak learning rate at `step`."""
        train = self.train
        return schedule.factor(
            step,
            steps=train.steps,
            warmup=train.warmup,
            schedule=train.schedule,
            floor=train.floor,
        )

    def _after_step(self, stepped: Stepped, meter: Meter, report: Reporter) -> None:
        """Log, sample, evaluate and save, each when it is due."""
        step, train = self.state.step, self.train
        at_end = step == train.steps
        if at_end or step % train.log_every == 0:
            self._log(stepped, meter, report)
        evaluated = at_end or step % train.eval_every == 0
        sampled = step == train.first_sample and not evaluated
        saved = step % train.save_every == 0 and not at_end
        if evaluated:
            self._evaluate(report)
        if sampled:
            self._sample(report)
        if saved:
            self._save(meter)
        if evaluated or sampled or saved:
            meter.speed()  # starts afresh: that time was not spent on training

    def _log(self, stepped: Stepped, meter: Meter, report: Reporter) -> None:
        losses = torch.stack([loss.double().cpu() for loss in self.losses])
        loss, norm = float(losses.mean()), float(stepped.norm)
        self.losses.clear()
        # float16 skips a step whose gradient overflowed: there only the loss must be finite.
        if not math.isfinite(loss) or not (math.isfinite(norm) or self.stepper.scaler.is_enabled()):
            raise TrainingError(
                f"the loss diverged before step {self.state.step} (loss {loss}, gradient {norm})",
                hint=f"lower train.lr ({self.train.lr}), lengthen train.warmup"
                f" ({self.train.warmup}) or lower train.clip ({self.train.clip}); then delete"
                " the folder, or --resume from the last state",
            )
        speed = meter.speed()
        row = {
            "step": self.state.step,
            "loss": loss,
            "lr": self.train.lr * self._rate(self.state.step - 1),
            "grad_norm": norm,
            "tokens": meter.tokens,
            "tokens_per_second": round(speed, 1),
            "seconds": round(meter.seconds, 3),
            **self.form.measures(speed),
        }
        self.last |= row
        report.log(row)
        report.show(self.state.step, loss, speed)

    def _evaluate(self, report: Reporter) -> None:
        """Held-out loss and exact answers of the averaged weights."""
        self.model.eval()
        with self.ema.applied(), self.world.gathered(self.region):
            found = self.form.evaluate()
        self.model.train()
        step, metrics = self.state.step, found.metrics
        self.last |= metrics
        report.log({"step": step, **metrics})
        report.say(f"step {step}  " + "  ".join(f"{k} {v:.4f}" for k, v in metrics.items()))
        report.samples(step, found.samples)

    def _sample(self, report: Reporter) -> None:
        """A first look at what the weights of this moment answer."""
        self.model.eval()
        with self.world.gathered(self.region):
            report.samples(self.state.step, self.form.look())
        self.model.train()

    def _save(self, meter: Meter) -> None:
        """Write the state, and the averaged weights as a checkpoint."""
        if not all(bool(torch.isfinite(loss)) for loss in self.losses):
            return  # the state before the loss diverged is the one worth keeping
        state = self.state
        state.losses = [float(loss) for loss in self.losses]
        state.seconds, state.tokens = meter.seconds, meter.tokens
        state.updates, state.scaler = self.ema.updates, self.stepper.scaler.state_dict()
        tensors = snapshot.collect(self.parts, state)
        if self.world.writes:
            save_state(self.train.out, state, tensors)
        with self.ema.applied():
            model = self.parts.whole_model()
            if self.world.writes:
                self._export(model)

    def _export(self, model: Model) -> None:
        """Write the weights that `model` has now as a checkpoint."""
        save_checkpoint(
            self.folder,
            model,
            vocabulary=self.dataset.vocabulary,
            tokenizer=self.dataset.tokenizer_file,
            recipe=recipe(self.config, self.dataset, self.state, self.form.fingerprint),
            card=model_card(self.config, model, self.last, self.state),
        )

    @property
    def folder(self) -> Path:
        """Where the checkpoint is exported to."""
        return self.train.out / self.config.name

    def _restore(self, resume: bool) -> list[str]:
        """Load the newest state when resuming; what has changed since, for people to read."""
        found = newest(self.train.out)
        if found is None:
            return []
        if not resume:
            raise ConfigError(
                f"{self.train.out} already holds a run (step {int(found.name)})",
                hint="add --resume to go on, or choose another folder: --set train.out=...",
            )
        now = self.state.settings
        state, tensors = load_state(found)
        changed = compare(state.settings, now)
        changed += snapshot.take_up(self.parts, state, tensors)
        if state.scaler:
            self.stepper.scaler.load_state_dict(state.scaler)
        self.losses = [torch.tensor(loss, device=self.machine.device) for loss in state.losses]
        self.state = state
        state.settings = now
        return [f"resuming at step {state.step}", *changed]

    def _settings(self) -> dict[str, Any]:
        """All settings that apply, flat, and the data's fingerprint."""
        flat = {
            f"{part}.{name}": value
            for part, values in self.config.applied().items()
            if isinstance(values, dict)
            for name, value in values.items()
        }
        return {**flat, "seed": self.config.seed, "data.fingerprint": self.form.fingerprint}
