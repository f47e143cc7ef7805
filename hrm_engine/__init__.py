"""Small trained reasoners: models, trainer, tasks and their exact checks.

Read `model/recursion.py` first, then `tasks/base.py`, then `inference/solve.py`.
The names below load when they are first used, so `import hrm_engine` costs nothing and
brings in no server, agent or deep-learning library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hrm_engine.errors import HRMError
    from hrm_engine.export.checkpoint import load_checkpoint, save_checkpoint
    from hrm_engine.inference.solve import Solver
    from hrm_engine.model.build import build_model
    from hrm_engine.model.config import ModelConfig
    from hrm_engine.tasks.base import Task, Verdict, load_task
    from hrm_engine.train.trainer import Trainer

__all__ = [
    "HRMError",
    "ModelConfig",
    "Solver",
    "Task",
    "Trainer",
    "Verdict",
    "build_model",
    "load_checkpoint",
    "load_task",
    "save_checkpoint",
]

_HOMES = {
    "HRMError": "hrm_engine.errors",
    "ModelConfig": "hrm_engine.model.config",
    "Solver": "hrm_engine.inference.solve",
    "Task": "hrm_engine.tasks.base",
    "Trainer": "hrm_engine.train.trainer",
    "Verdict": "hrm_engine.tasks.base",
    "build_model": "hrm_engine.model.build",
    "load_checkpoint": "hrm_engine.export.checkpoint",
    "load_task": "hrm_engine.tasks.base",
    "save_checkpoint": "hrm_engine.export.checkpoint",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module `hrm_engine` has no attribute `{name}`")
    return getattr(import_module(_HOMES[name]), name)
