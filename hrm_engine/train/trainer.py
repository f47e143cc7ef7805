"""The training loop: `Trainer(model, dataset, config).fit()`.

    for each step:  batches -> loss -> gradient -> clip -> update -> average
    now and then:   log, decode samples, evaluate on held-out examples, save

Read `Trainer.fit`, then `step.py` (what one step does), `heldout.py` (evaluation), `state.py`
(exact resume: a run stopped and resumed has, bit for bit, the losses of one never stopped).
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor

from hrm_engine.data.batching import Batch
from hrm_engine.data.datasets import Dataset
from hrm_engine.data.stream import BatchStream, Place
from hrm_engine.errors import ConfigError, TrainingError
from hrm_engine.export.checkpoint import save_checkpoint
from hrm_engine.model.sequence import SequenceModel
from hrm_engine.train import optimisers, schedule
from hrm_engine.train.card import model_card, recipe
from hrm_engine.train.ema import EMA
from hrm_engine.train.heldout import HeldOut
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
    tagged,
    untagged,
)
from hrm_engine.train.step import Stepped, Stepper

Stopped = Literal["finished", "interrupted", "time is up"]

_SHOWN = 4
"""Decoded answers in the first sample."""


class Trainer:
    """One run of one model on one data set."""

    def __init__(self, model: SequenceModel, dataset: Dataset, config: RunConfig) -> None:
        """Raises ConfigError when the model does not fit the data, TrainingError without device."""
        if model.config.vocab != len(dataset.vocabulary):
            raise ConfigError(
                f"the model has {model.config.vocab} tokens,"
                f" {dataset.name} has {len(dataset.vocabulary)}",
                hint="leave model.vocab out: it is taken from the data",
            )
        self.config, self.train, self.dataset = config, config.train, dataset
        self.machine = choose_machine(self.train)
        self.model = model.to(self.machine.device)
        self.model.set_checkpointing(self.train.checkpointing)
        self.optimisers = optimisers.build(self.model, self.train)
        self.stepper = Stepper(self.model, self.optimisers, self.machine, self.train.clip)
        self.ema = EMA(self.model, self.train.ema)
        self.held_out = HeldOut(dataset, config.data, config.seed)
        self.state = RunState(settings=self._settings())
        self.losses: list[Tensor] = []
        self.last: dict[str, Any] = {}

    def fit(self, resume: bool = False) -> dict[str, Any]:
        """Train to the last step, to `train.max_minutes` or to an interruption.

        resume: go on from the newest state in `train.out`, if there is one.
        Returns the newest metrics, "stopped" (finished | interrupted | time is up) and the
        folder of the exported "checkpoint". Raises TrainingError when the loss is not finite
        or memory runs out, ConfigError for a folder that holds another run.
        """
        changed = self._restore(resume)
        stream = BatchStream(
            self.dataset,
            self.config.data,
            self.config.seed,
            self.held_out.excluded,
            Place(self.state.pool, self.state.batch),
        )
        reporter = Reporter(self.train.out, self.train.steps, self.state.step)
        with reporter as report, Interrupt() as stop, stream:
            for line in changed:
                report.say(line)
            stopped = self._loop(stream, report, stop)
        return {
            **self.last,
            "step": self.state.step,
            "stopped": stopped,
            "checkpoint": str(self.folder),
        }

    def _loop(self, stream: BatchStream, report: Reporter, stop: Interrupt) -> Stopped:
        batches, meter = iter(stream), Meter(self.state.seconds, self.state.tokens)
        limit = 60 * self.train.max_minutes or math.inf
        stopped: Stopped = "finished"
        while self.state.step < self.train.steps:
            group = [next(batches).tensors() for _ in range(self.train.accumulate)]
            stepped = self._step(group)
            self.state.pool, self.state.batch = stream.place.pool, stream.place.batch
            meter.tokens += sum(batch.used for batch in group)
            self._after_step(stepped, meter, report)
            if stop.asked or meter.elapsed >= limit:
                stopped = "interrupted" if stop.asked else "time is up"
                break
        self._save(meter)
        return stopped

    def _step(self, group: list[Batch]) -> Stepped:
        """One optimiser step; the state counts it."""
        step, train = self.state.step, self.train
        self.optimisers.scale(self._rate(step))
        calls = schedule.gradient_calls(
            step,
            steps=train.steps,
            share=train.gradient_growth,
            span=self.model.config.gradient_calls,
        )
        try:
            stepped = self.stepper.step(group, calls)
        except RuntimeError as error:
            if not out_of_memory(error):
                raise
            raise TrainingError(
                f"out of memory at step {step} ({str(error).splitlines()[0]})",
                hint=f"halve data.tokens ({self.config.data.tokens}) and double"
                f" train.accumulate ({train.accumulate}), or set train.checkpointing: true",
            ) from None
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
        }
        self.last |= row
        report.log(row)
        report.show(self.state.step, loss, speed)

    def _evaluate(self, report: Reporter) -> None:
        """Held-out loss and exact answers of the averaged weights."""
        self.model.eval()
        with self.ema.applied():
            found = self.held_out.loss(self.model, self.machine)
            samples = self.held_out.decode(self.model, self.train.eval_items)
        self.model.train()
        if samples:
            found["eval_exact"] = sum(s.right for s in samples) / len(samples)
        self.last |= found
        report.log({"step": self.state.step, **found})
        report.say(
            f"step {self.state.step}  " + "  ".join(f"{k} {v:.4f}" for k, v in found.items())
        )
        report.samples(self.state.step, samples)

    def _sample(self, report: Reporter) -> None:
        """A first look at what the weights of this moment answer."""
        self.model.eval()
        report.samples(self.state.step, self.held_out.decode(self.model, _SHOWN))
        self.model.train()

    def _save(self, meter: Meter) -> None:
        """Write the state, and the averaged weights as a checkpoint."""
        if not all(bool(torch.isfinite(loss)) for loss in self.losses):
            return  # the state before the loss diverged is the one worth keeping
        state = self.state
        state.losses = [float(loss) for loss in self.losses]
        state.seconds, state.tokens = meter.seconds, meter.tokens
        state.updates, state.scaler = self.ema.updates, self.stepper.scaler.state_dict()
        tensors = (
            tagged("model", self.model.state_dict())
            | tagged("average", self.ema.state())
            | tagged("optimiser", self.optimisers.state())
            | {"generator": torch.get_rng_state()}
        )
        save_state(self.train.out, state, tensors)
        with self.ema.applied():
            save_checkpoint(
                self.folder,
                self.model,
                vocabulary=self.dataset.vocabulary,
                tokenizer=self.dataset.tokenizer_file,
                recipe=recipe(self.config, self.dataset, state, self.held_out.fingerprint),
                card=model_card(self.config, self.model, self.last, state),
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
        self.model.load_state_dict(untagged("model", tensors))
        self.ema.load(untagged("average", tensors), state.updates)
        self.optimisers.load(untagged("optimiser", tensors))
        if state.scaler:
            self.stepper.scaler.load_state_dict(state.scaler)
        torch.set_rng_state(tensors["generator"])
        self.losses = [torch.tensor(loss, device=self.machine.device) for loss in state.losses]
        self.state = state
        state.settings = now
        return [f"resuming at step {state.step}", *changed]

    def _settings(self) -> dict[str, Any]:
        """All settings, flat, and the data's fingerprint."""
        dumped = self.config.model_dump(mode="json")
        flat = {
            f"{part}.{k}": v for part in ("data", "model", "train") for k, v in dumped[part].items()
        }
        return {**flat, "seed": self.config.seed, "data.fingerprint": self.held_out.fingerprint}
