"""The settings of one training run: `RunConfig` is what a file in `configs/` holds."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from hrm_engine.config import Settings
from hrm_engine.data.batching import DataConfig
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.losses import TokenLoss
from hrm_engine.train.distributed import Setting
from hrm_engine.train.trackers import TrackerName

_SEQUENCE_ONLY = {
    "data": {"tokenizer", "mode", "tokens", "max_length"},
    "train": {"gradient_growth", "eval_items"},
}
_GRID_ONLY = {
    "data": {"puzzles", "held_out_files", "batch", "reveal", "reveal_cells"},
    "train": {
        "token_loss",
        "label_smoothing",
        "given_weight",
        "halt_weight",
        "exploration",
        "noise",
        "eval_segments",
        "puzzle_lr",
        "puzzle_decay",
    },
}
_OTHERS = {"grid": _SEQUENCE_ONLY, "sequence": _GRID_ONLY}
"""By form of model, the settings that are of no use to it."""

_VOCAB_UNKNOWN = 2
"""Stands for the vocabulary until the data set is open; see `RunConfig.sized`."""


class TrainConfig(Settings):
    """How to train. Learning rates are peaks; `schedule` scales them step by step."""

    steps: int = Field(gt=0, description="optimiser steps in all")
    out: Path = Field(description="the run's folder: metrics, states, checkpoint")
    optimiser: Literal["adamw", "adam_atan2", "muon"] = "adamw"
    lr: float = Field(1e-3, gt=0, description="AdamW or AdamATan2; with muon: all but matrices")
    betas: tuple[float, float] = (0.9, 0.95)
    weight_decay: float = Field(0.1, ge=0, description="on matrices but embeddings")
    embedding_decay: float = Field(0.0, ge=0, description="weight decay of embeddings")
    muon_lr: float = Field(0.02, gt=0, description="matrices, with optimiser muon")
    muon_momentum: float = Field(0.95, ge=0, lt=1)
    muon_iterations: int = Field(5, ge=1, description="Newton-Schulz iterations")
    muon_decay: float | None = Field(None, ge=0, description="None = weight_decay")
    puzzle_lr: float = Field(1e-4, gt=0, description="SignSGD of the puzzle table")
    puzzle_decay: float = Field(1.0, ge=0, description="weight decay of the puzzle table")
    schedule: Literal["cosine", "constant", "linear"] = "cosine"
    warmup: int = Field(200, ge=0, description="steps of linear rise to the peak")
    floor: float = Field(0.0, ge=0, le=1, description="share of the peak at the end")
    clip: float = Field(1.0, gt=0, description="largest norm of all gradients together")
    accumulate: int = Field(1, gt=0, description="batches a step")
    ema: float = Field(0.999, ge=0, lt=1, description="decay of averaged weights; 0 = none")
    gradient_growth: float = Field(
        0.2,
        ge=0,
        le=1,
        description="share of steps over which the "
        "gradient span grows to its full depth (hrm_text)",
    )
    token_loss: TokenLoss = Field("softmax", description="float32; stablemax: float64, published")
    label_smoothing: float = Field(0.0, ge=0, lt=1)
    given_weight: float = Field(1.0, ge=0, description="of cells whose answer the input shows")
    halt_weight: float = Field(0.5, ge=0, description="of the halt loss")
    exploration: float = Field(
        0.1, ge=0, le=1, description="share of problems that must get at least U{2..segments}"
    )
    noise: float = Field(0.0, ge=0, description="deviation of noise on a problem's first states")
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    precision: Literal["auto", "fp32", "bf16", "fp16"] = "auto"
    distributed: Setting = Field("auto", description="auto = ddp where torchrun started several")
    compile: Literal["auto", "on", "off"] = Field("auto", description="auto = on CUDA alone")
    checkpointing: bool = Field(False, description="recompute activations to save memory")
    threads: int = Field(0, ge=0, description="CPU threads; 0 = as torch decides")
    trackers: tuple[TrackerName, ...] = Field((), description="beside metrics.jsonl")
    log_every: int = Field(20, gt=0)
    save_every: int = Field(500, gt=0)
    eval_every: int = Field(500, gt=0)
    eval_items: int = Field(64, ge=0, description="held-out problems decoded at an evaluation")
    eval_segments: int = Field(0, ge=0, description="0 = model.segments")
    first_sample: int = Field(100, ge=0, description="step of the first decoded sample; 0 = none")
    max_minutes: float = Field(0, ge=0, description="save and stop after this time; 0 = never")

    @field_validator("compile", "distributed", mode="before")
    @classmethod
    def _on_and_off(cls, value: object) -> object:
        """YAML takes a bare `off` for false."""
        return {True: "on", False: "off"}[value] if isinstance(value, bool) else value

    @model_validator(mode="after")
    def _warmup_ends_in_time(self) -> Self:
        if self.warmup >= self.steps:
            raise ValueError(f"warmup {self.warmup} does not end before step {self.steps}")
        return self


class RunConfig(Settings):
    """One run: what the weights are called, the data, the model and the training.

    `model.vocab` may be left out of the file: the data set knows its vocabulary.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", description="the checkpoint's name")
    seed: int = Field(1, ge=0, lt=2**31)
    data: DataConfig
    model: ModelConfig
    train: TrainConfig

    @model_validator(mode="before")
    @classmethod
    def _vocabulary_comes_later(cls, values: Any) -> Any:
        if isinstance(values, dict) and isinstance(model := values.get("model"), dict):
            return {**values, "model": {"vocab": _VOCAB_UNKNOWN, **model}}
        return values

    @model_validator(mode="after")
    def _settings_apply(self) -> Self:
        """A setting that would do nothing is an error, not a surprise."""
        form = self.model.form
        for part, names in _OTHERS[form].items():
            for name in sorted(names & getattr(self, part).model_fields_set):
                raise ValueError(f"{part}.{name} does not apply to a {form} model")
        return self

    @model_validator(mode="after")
    def _answers_stand_where_givens_do(self) -> Self:
        """What compares a cell's input with its answer needs one token in each."""
        several = self.model.channels > 1 or any(self.model.answers)
        for part, name in (("train", "given_weight"), ("data", "reveal")):
            if several and name in getattr(self, part).model_fields_set:
                raise ValueError(f"{part}.{name} needs cells of one token, in and out")
        return self

    @model_validator(mode="after")
    def _examples_fit_the_model(self) -> Self:
        if self.model.form == "sequence" and self.data.max_length > self.model.context:
            raise ValueError(
                f"data.max_length {self.data.max_length} is more than"
                f" model.context {self.model.context}"
            )
        return self

    def sized(self, vocabulary: int) -> RunConfig:
        """These settings with the model's vocabulary filled in."""
        model = ModelConfig.model_validate({**self.model.model_dump(), "vocab": vocabulary})
        return self.model_copy(update={"model": model})

    def untracked(self, names: Collection[str]) -> RunConfig:
        """These settings without some trackers."""
        kept = tuple(name for name in self.train.trackers if name not in names)
        return self.model_copy(update={"train": self.train.model_copy(update={"trackers": kept})})

    def applied(self) -> dict[str, Any]:
        """The settings as plain values, less those that do not apply to this form of model."""
        dumped = self.model_dump(mode="json")
        for part, names in _OTHERS[self.model.form].items():
            dumped[part] = {k: v for k, v in dumped[part].items() if k not in names}
        return dumped
