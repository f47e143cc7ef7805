"""Train a text model on prompts and code: `Trainer(model, train, evaluation, config).fit()`.

The engine's own trainer does the work (`hrm_engine/train/trainer.py`): exact resume, averaged
weights, checkpoints, advice when memory runs out. Here the settings are completed from the model
and the data, and the model takes up the weights that were saved.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
import yaml
from pydantic import ValidationError

from hrm_engine.codegen.text_model import HRMCodeGen
from hrm_engine.codegen.text_progress import notebook_bar
from hrm_engine.config import find_config, load_config
from hrm_engine.data.code import CodeDataset, Source
from hrm_engine.errors import ConfigError
from hrm_engine.export.checkpoint import load_checkpoint
from hrm_engine.inference.engine_choice import LARGE
from hrm_engine.train import trainer as engine
from hrm_engine.train.distributed import joined
from hrm_engine.train.settings import RunConfig

Config = RunConfig | Mapping[str, Any] | str | Path
Listener = Callable[[dict[str, Any]], None]
_POOL, _WARMUP, _LOG = 8192, 200, 20


class Trainer:
    """One run of one model on one pair of data sets."""

    def __init__(
        self, model: HRMCodeGen, train_dataset: Source, eval_dataset: Source, config: Config
    ) -> None:
        """config: settings in the form of a recipe (`configs/`), as a mapping or a YAML file.

            {"name": "adder", "train": {"steps": 200, "out": "runs/adder"}}

        `model` and `data.source` may be left out: they are the model and the data given here.
        Raises ConfigError, for a file with the line.
        """
        self.model, self.train_dataset, self.eval_dataset = model, train_dataset, eval_dataset
        self.config = _settings(config, model, train_dataset, eval_dataset)

    def fit(self, resume: bool = False, listen: Listener | None = None) -> dict[str, Any]:
        """Train; the model then has the averaged weights that were saved.

        resume: go on from the newest state in `train.out`. listen: hears every line of metrics.
        Returns the newest metrics ("loss", "eval_loss", "eval_exact", "step", ...), "stopped"
        and the folder of the "checkpoint". Raises TrainingError when the loss is not finite or
        memory runs out, ConfigError for data that does not fit the model.
        """
        train = self.config.train
        hear = _both(listen, notebook_bar(train.steps))
        torch.manual_seed(self.config.seed)
        with tempfile.TemporaryDirectory() as scratch, joined(train.distributed, train.device) as w:
            tokenizer = Path(scratch) / "tokenizer.json"
            self.model.tokenizer.save(tokenizer)
            dataset = CodeDataset(self.train_dataset, self.eval_dataset, tokenizer)
            run = engine.Trainer(self.model.network, dataset, self.config, w)
            result = run.fit(resume, hear)
        saved = load_checkpoint(result["checkpoint"])
        self.model.network.load_state_dict(saved.model.state_dict())
        self.model.network.eval()
        self.model.name, self.model.recipe, self.model.card = (
            self.config.name,
            saved.recipe,
            saved.card,
        )
        return result


def _settings(config: Config, model: HRMCodeGen, train: Source, held_out: Source) -> RunConfig:
    """All settings of the run. Raises ConfigError."""
    if isinstance(config, RunConfig):
        return config
    if isinstance(config, Mapping):
        whole = {key: _copied(value) for key, value in config.items()}
        for name, value in _missing(config, model, train, held_out).items():
            part, _, key = name.partition(".")
            whole[part] = whole.get(part, {}) | {key: value} if key else value
        try:
            return RunConfig.model_validate(whole)
        except ValidationError as error:
            found = error.errors(include_url=False)
            raise ConfigError("\n  ".join(map(_problem, found))) from None
    path = find_config(config)
    missing = _missing(_read(path), model, train, held_out)
    overrides = [f"{name}={json.dumps(value)}" for name, value in missing.items()]
    return load_config(RunConfig, path, overrides)


def _missing(
    given: Mapping[str, Any], model: HRMCodeGen, train: Source, held_out: Source
) -> dict[str, Any]:
    """What follows from model and data and is not `given`, by dotted name."""
    if "model" in given:
        raise ConfigError('field "model": there is a model already', hint="leave it out")
    network = model.network.config
    steps = _section(given, "train").get("steps")
    tenth = steps // 10 if isinstance(steps, int) and steps > 0 else _WARMUP
    known: dict[str, Any] = {
        "name": "codegen",
        "data.source": train.name,
        "data.max_length": network.context,
        "data.pool": min(_POOL, len(train)),
        "data.held_out": len(held_out),
        "data.workers": 0,
        "train.warmup": min(_WARMUP, tenth),
        "train.log_every": min(_LOG, max(1, tenth)),
        "train.threads": 1 if model.parameters < LARGE else 0,
    }
    return {"model": network.model_dump(mode="json")} | {
        name: value for name, value in known.items() if not _has(given, name)
    }


def _has(given: Mapping[str, Any], name: str) -> bool:
    part, _, key = name.partition(".")
    section = given.get(part, {})
    return part in given and (not key or not isinstance(section, Mapping) or key in section)


def _section(given: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    found = given.get(part)
    return found if isinstance(found, Mapping) else {}


def _copied(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def _read(path: Path) -> Mapping[str, Any]:
    """The mapping in a settings file; nothing where `load_config` will say what is wrong."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def _problem(item: Any) -> str:
    """One problem that pydantic found."""
    name = ".".join(map(str, item["loc"]))
    if item["type"] == "extra_forbidden":
        return f'unknown field "{name}"'
    if item["type"] == "missing":
        return f'missing field "{name}"'
    said = item["msg"].removeprefix("Value error, ")
    return f'field "{name}": {said}' if name else said


def _both(first: Listener | None, second: Listener | None) -> Listener | None:
    """One listener that tells both."""
    heard = [listener for listener in (first, second) if listener]

    def tell(row: dict[str, Any]) -> None:
        for listener in heard:
            listener(row)

    return tell if heard else None
