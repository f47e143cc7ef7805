"""Every error this project raises on purpose, and the tree they form.

    HRMError                 problem + hint: what is wrong, then what to do
    ├── ConfigError          a settings file or an override is wrong (says file:line)
    ├── CheckpointError      a weights file is truncated, foreign or newer than the program
    ├── ExportError          a model cannot be written in another program's format
    ├── ExpressionError      text that is not an expression (says where, what was expected)
    ├── ProgramError         a program that does not type-check, or text that is none
    │                        (programs/types.py)
    ├── SandboxError         no sandbox can be had here (evaluation/sandbox/)
    ├── TaskError            a problem that the task cannot represent
    ├── TrainingError        training cannot go on (diverged, out of memory)
    ├── MissingExtraError    an optional package is absent (names the extra to install)
    ├── ExecutorError        a language model cannot be asked (codegen/executor.py)
    └── DeadlineError        the time allowed has run out
        └── EvaluationTimeout  of a whole evaluation (codegen/text_errors.py)

Catch `HRMError` at a front door; catch a leaf where you can handle it.
"""

from __future__ import annotations


class HRMError(Exception):
    """A problem with a remedy: `str(error)` is one line of each."""

    def __init__(self, problem: str, hint: str = "") -> None:
        self.problem = problem
        self.hint = hint
        super().__init__(f"{problem}\n  hint: {hint}" if hint else problem)


class ConfigError(HRMError):
    """A settings file or an override is wrong."""


class CheckpointError(HRMError):
    """A checkpoint is truncated, foreign, altered or newer than this program."""


class ExportError(HRMError):
    """A model cannot be written in another program's format."""


class ExpressionError(HRMError):
    """Text that is not an expression; `column` counts from 1, 0 when it has no place."""

    def __init__(self, problem: str, hint: str = "", column: int = 0) -> None:
        self.column = column
        super().__init__(problem, hint)


class TaskError(HRMError):
    """A problem that a task cannot represent."""


class TrainingError(HRMError):
    """Training cannot go on."""


class MissingExtraError(HRMError):
    """An optional dependency is not installed."""


class DeadlineError(HRMError):
    """The time allowed for the work has run out."""
