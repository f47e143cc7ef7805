"""Which form of training a model and its data need: the one place that knows both."""

from __future__ import annotations

from hrm_engine.data.dataset import Dataset, SequenceDataset
from hrm_engine.data.grids import GridDataset
from hrm_engine.errors import ConfigError
from hrm_engine.model.build import Model
from hrm_engine.model.grid import GridModel
from hrm_engine.model.sequence import SequenceModel
from hrm_engine.train.form import Form
from hrm_engine.train.grid_form import GridForm
from hrm_engine.train.precision import Machine
from hrm_engine.train.sequence_form import SequenceForm
from hrm_engine.train.settings import RunConfig


def make_form(model: Model, dataset: Dataset, config: RunConfig, machine: Machine) -> Form:
    """The form of a run. Raises ConfigError when the model answers another kind of problems."""
    if isinstance(model, GridModel) and isinstance(dataset, GridDataset):
        return GridForm(model, dataset, config, machine)
    if isinstance(model, SequenceModel) and isinstance(dataset, SequenceDataset):
        return SequenceForm(model, dataset, config, machine)
    form = model.config.form
    other = "grids" if form == "sequence" else "sequences"
    raise ConfigError(
        f"preset {model.config.preset} answers {form}s, `{dataset.name}` holds {other}",
        hint="choose another model.preset: `hrm models presets` lists them",
    )
