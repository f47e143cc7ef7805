"""Every error that the agent side raises on purpose, and the tree they form.

    AgentError               problem + hint: what is wrong, then what to do
    ├── SettingsError        a settings file is wrong (says file:line), or a model or server name is
    ├── MissingPackageError  an optional package is absent (names the extra to install)
    ├── ModelError           the language model cannot be reached, or failed to reply
    ├── ToolServerError      the tool server cannot be reached, or refuses us
    └── TranscriptError      a recorded conversation cannot be read

The engine has a tree of its own; this package imports none of it.
"""

from __future__ import annotations


class AgentError(Exception):
    """A problem with a remedy: `str(error)` is one line of each."""

    def __init__(self, problem: str, hint: str = "") -> None:
        self.problem = problem
        self.hint = hint
        super().__init__(f"{problem}\n  hint: {hint}" if hint else problem)


class SettingsError(AgentError):
    """A settings file is wrong, or names a model or server that cannot be."""


class MissingPackageError(AgentError):
    """An optional dependency is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"the package `{package}` is not installed",
            hint=f'pip install "hrm-coprocessor[{extra}]"',
        )


class ModelError(AgentError):
    """The language model cannot be reached, or failed to reply."""


class ToolServerError(AgentError):
    """The tool server cannot be reached, or refuses us."""


class TranscriptError(AgentError):
    """A recorded conversation cannot be read."""
