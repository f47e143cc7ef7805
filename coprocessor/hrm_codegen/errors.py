"""What may go wrong; all are `HRMError`s: `problem` says what, `hint` what to do."""

from __future__ import annotations

from hrm_engine.codegen.text_errors import EvaluationTimeout
from hrm_engine.errors import (
    CheckpointError,
    ConfigError,
    DeadlineError,
    ExportError,
    HRMError,
    MissingExtraError,
    TaskError,
    TrainingError,
)

__all__ = [
    "CheckpointError",
    "ConfigError",
    "DeadlineError",
    "EvaluationTimeout",
    "ExportError",
    "HRMError",
    "MissingExtraError",
    "TaskError",
    "TrainingError",
]
