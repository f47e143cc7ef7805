"""A search for good settings: many short runs, proposed and pruned by Optuna.

A sweep file names a recipe, what to vary and what to measure; each trial is an ordinary run in
its own folder, which can be looked at, resumed or exported like any other:

    <out>/study.log             all trials, Optuna's journal: a sweep can be stopped and resumed
    <out>/trials/0003/          the run of trial 3

A trial is pruned when its metric at an evaluation is worse than what other trials had at that
step. Read `run_sweep`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from hrm_engine.config import Settings, load_config
from hrm_engine.errors import ConfigError, MissingExtraError, TrainingError

if TYPE_CHECKING:
    import optuna

Value = bool | int | float | str
Say = Callable[[str], None]


class Parameter(Settings):
    """What one setting may be: exactly one of these. Both ends of a range are included."""

    choice: tuple[Value, ...] | None = Field(None, min_length=1)
    uniform: tuple[float, float] | None = None
    log_uniform: tuple[float, float] | None = None
    integer: tuple[int, int] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError(f"need exactly one of {', '.join(type(self).model_fields)}")
        for low, high in filter(None, (self.uniform, self.log_uniform, self.integer)):
            if not low < high:
                raise ValueError(f"an empty range: {low} to {high}")
        if self.log_uniform and self.log_uniform[0] <= 0:
            raise ValueError("a logarithmic range begins above 0")
        return self

    def ends(self) -> tuple[Value, Value]:
        """Two values that the setting must be able to take."""
        values = self.choice or self.uniform or self.log_uniform or self.integer
        assert values is not None
        return values[0], values[-1]

    def suggest(self, trial: optuna.Trial, name: str) -> Value:
        """The value that a trial is to use."""
        if self.choice is not None:
            chosen = trial.suggest_categorical(name, self.choice)
            assert chosen is not None
            return chosen
        if self.integer is not None:
            return trial.suggest_int(name, *self.integer)
        if self.uniform is not None:
            return trial.suggest_float(name, *self.uniform)
        assert self.log_uniform is not None
        return trial.suggest_float(name, *self.log_uniform, log=True)


class SweepConfig(Settings):
    """A sweep file: `base` with `fixed` settings, and `parameters` by dotted name to search."""

    base: str = Field(description="the recipe that is varied: a file, or a shipped one's name")
    fixed: dict[str, Any] = Field(default={}, description="settings of all trials, dotted names")
    parameters: dict[str, Parameter] = Field(min_length=1)
    metric: str = Field("eval_exact", description="a metric of evaluation, or loss")
    direction: Literal["maximize", "minimize"] = "maximize"
    trials: int = Field(20, gt=0)
    seed: int = Field(1, ge=0)
    pruner: Literal["median", "halving", "none"] = "median"
    startup: int = Field(5, ge=0, description="trials before median prunes any")
    patience: int = Field(0, ge=0, description="steps before any trial is pruned")
    out: Path = Field(description="the sweep's folder")

    @field_validator("fixed")
    @classmethod
    def _flat(cls, fixed: dict[str, Any]) -> dict[str, Any]:
        """{"train": {"steps": 9}} means {"train.steps": 9}: `--set fixed.train.steps=9` works."""
        return dict(_flattened("", fixed))


@dataclass(frozen=True)
class Row:
    """One trial as a person sees it."""

    number: int
    state: str
    value: float | None
    settings: dict[str, Value]
    note: str = ""


@dataclass(frozen=True)
class Swept:
    """What a sweep found.

    command: trains the recipe with the best settings, without those that were fixed for the
    sweep alone; empty when there are none.
    """

    rows: list[Row]
    best: Row | None
    command: str
    stopped: bool = False
    metric: str = ""
    folder: Path = field(default=Path())

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        rows = [vars(row) for row in self.rows]
        best = vars(self.best) if self.best else None
        return {"metric": self.metric, "trials": rows, "best": best, "command": self.command}


def run_sweep(config: SweepConfig, *, trials: int = 0, resume: bool = False, say: Say) -> Swept:
    """Run trials until there are `trials` of them (0: as the file says) or Ctrl-C stops it.

    Raises ConfigError for settings that no run can have, or a folder that holds a sweep
    (without `resume`), TrainingError when every trial failed, MissingExtraError without Optuna.
    """
    _check(config)
    study, wanted = _open(config, resume), trials or config.trials
    _continue_interrupted(study)
    stopped = False
    while not stopped and len(_rows(study, config)) < wanted:
        stopped = _Trial(config, study, say).run()
    rows = _rows(study, config)
    done = [row for row in rows if row.state == "complete"]
    if not (done or stopped):
        raise TrainingError(
            f"none of {len(rows)} trials finished ({rows[-1].note or rows[-1].state})",
            hint="narrow the parameters: see `hrm train` with the settings of a trial",
        )
    sign = 1 if config.direction == "maximize" else -1
    best = max(done, key=lambda row: sign * (row.value or 0.0), default=None)
    command = f"hrm train {config.base}{_flags(best.settings)}" if best else ""
    return Swept(rows, best, command, stopped, config.metric, config.out)


class _Trial:
    """One run with the values that the study asks for."""

    def __init__(self, config: SweepConfig, study: optuna.Study, say: Say) -> None:
        self.config, self.study = config, study
        self.trial = study.ask()
        self.folder = config.out / "trials" / f"{_first_number(self.trial):04d}"
        self.values = {
            name: parameter.suggest(self.trial, name)
            for name, parameter in config.parameters.items()
        }
        say(f"trial {self.folder.name}:{_flags(self.values)}")

    def run(self) -> bool:
        """Train, and tell the study how it went; whether Ctrl-C stopped it."""
        import optuna

        from hrm_engine.train.run import train

        overrides = _overrides(self.config.fixed | self.values, self.folder)
        try:
            result = train(self.config.base, overrides, resume=True, listen=self._heard)
        except TrainingError as error:
            self.trial.set_user_attr("note", error.problem)
            self.study.tell(self.trial, state=optuna.trial.TrialState.FAIL)
            return False
        except optuna.TrialPruned:
            self.study.tell(self.trial, state=optuna.trial.TrialState.PRUNED)
            return False
        if result["stopped"] == "interrupted":
            return True  # the trial stays open: a resumed sweep goes on with it
        if self.config.metric not in result:
            raise ConfigError(
                f"the runs have no metric `{self.config.metric}`",
                hint="metrics: " + ", ".join(k for k, v in result.items() if isinstance(v, float)),
            )
        self.study.tell(self.trial, float(result[self.config.metric]))
        return False

    def _heard(self, row: dict[str, Any]) -> None:
        """Report an evaluation; raises TrialPruned when the trial is not worth going on."""
        import optuna

        value = row.get(self.config.metric)
        if value is None:
            return
        self.trial.report(float(value), row["step"])
        if self.trial.should_prune():
            raise optuna.TrialPruned


def _check(config: SweepConfig) -> None:
    """Both ends of every parameter must make a run; otherwise it would fail in an hour."""
    from hrm_engine.train.settings import RunConfig

    if find_spec("optuna") is None:
        raise MissingExtraError(
            "a sweep needs Optuna, which is not installed",
            hint='pip install "hrm-coprocessor[sweep]"',
        )
    for end in (0, 1):
        values = {name: parameter.ends()[end] for name, parameter in config.parameters.items()}
        load_config(RunConfig, config.base, _overrides(config.fixed | values, config.out))


def _open(config: SweepConfig, resume: bool) -> optuna.Study:
    """The study in the sweep's folder. Raises ConfigError when it is there and not wanted."""
    import optuna
    from optuna.storages.journal import JournalFileBackend

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    journal = config.out / "study.log"
    if journal.exists() and not resume:
        raise ConfigError(
            f"{config.out} already holds a sweep",
            hint="add --resume to go on, or choose another folder: --set out=...",
        )
    config.out.mkdir(parents=True, exist_ok=True)
    storage = optuna.storages.JournalStorage(JournalFileBackend(str(journal)))
    name = "sweep"
    done = 0
    with contextlib.suppress(KeyError):
        done = len(optuna.load_study(study_name=name, storage=storage).trials)
    return optuna.create_study(
        study_name=name,
        storage=storage,
        # Seeded by how far it is, so that a resumed sweep does not propose the same again.
        sampler=optuna.samplers.TPESampler(seed=config.seed + done),
        pruner=_pruner(config),
        direction=config.direction,
        load_if_exists=True,
    )


def _pruner(config: SweepConfig) -> optuna.pruners.BasePruner:
    import optuna

    if config.pruner == "none":
        return optuna.pruners.NopPruner()
    if config.pruner == "halving":
        return optuna.pruners.SuccessiveHalvingPruner(min_resource=max(config.patience, 1))
    return optuna.pruners.MedianPruner(config.startup, config.patience)


def _continue_interrupted(study: optuna.Study) -> None:
    """Ask again for what was running when the sweep stopped, in the same folder."""
    import optuna

    for trial in study.get_trials(deepcopy=False, states=(optuna.trial.TrialState.RUNNING,)):
        study.enqueue_trial(trial.params, user_attrs={"continues": _first_number(trial)})
        study.tell(trial.number, state=optuna.trial.TrialState.FAIL)


def _first_number(trial: optuna.Trial | optuna.trial.FrozenTrial) -> int:
    """The number of the trial that this one is, or goes on with."""
    return int(trial.user_attrs.get("continues", trial.number))


def _rows(study: optuna.Study, config: SweepConfig) -> list[Row]:
    """The trials that came to an end, those that were continued once."""
    newest = {_first_number(t): t for t in study.get_trials(deepcopy=False)}
    return [
        Row(
            number=number,
            state=trial.state.name.lower(),
            value=_value(trial),
            settings={name: trial.params[name] for name in config.parameters},
            note=trial.user_attrs.get("note", ""),
        )
        for number, trial in newest.items()
        if trial.state.is_finished()
    ]


def _value(trial: optuna.trial.FrozenTrial) -> float | None:
    """The result, or the last one before a trial was pruned."""
    if trial.value is not None:
        return trial.value
    reported = trial.intermediate_values
    return reported[max(reported)] if reported else None


def _flattened(name: str, value: object) -> Iterator[tuple[str, object]]:
    if not isinstance(value, dict):
        yield name, value
        return
    for key, inner in value.items():
        yield from _flattened(f"{name}.{key}" if name else str(key), inner)


def _overrides(values: dict[str, Any], out: Path) -> list[str]:
    return [*(f"{name}={value}" for name, value in values.items()), f"train.out={out}"]


def _flags(values: dict[str, Any]) -> str:
    """The values as `--set` flags, each with a space in front."""
    import shlex

    return "".join(f" --set {shlex.quote(f'{name}={value}')}" for name, value in values.items())
