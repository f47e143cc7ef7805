"""From a configuration to a model with fresh weights: the one place that knows both forms."""

from __future__ import annotations

from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import GridModel
from hrm_engine.model.sequence import SequenceModel

Model = SequenceModel | GridModel


def build_model(config: ModelConfig) -> Model:
    """A freshly initialised model; seed it with `torch.manual_seed`."""
    return GridModel(config) if config.form == "grid" else SequenceModel(config)
