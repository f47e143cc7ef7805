"""Code generation from Python: `import hrm_codegen as hc`. Names of the engine, no code of its own.

    hc.generate_code(spec, examples)      code that was run before it is returned
    hc.HRMCodeGen, hc.Trainer             a text model of your own, and its training
    hc.data, hc.evaluator, hc.utils       data sets; pass@k in the sandbox; speed
    hc.errors                             what may go wrong

Everything loads when it is first used. `docs/sdk.md` shows each name at work.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hrm_codegen import data, errors, evaluator, utils
    from hrm_engine.codegen.text import ladder
    from hrm_engine.codegen.text_model import HRMCodeGen
    from hrm_engine.codegen.text_trainer import Trainer
    from hrm_engine.inference.sampling import schedule
    from hrm_tools.checked_code import generate_code

__all__ = [
    "HRMCodeGen",
    "Trainer",
    "data",
    "errors",
    "evaluator",
    "generate_code",
    "ladder",
    "schedule",
    "utils",
]

_HOMES = {
    "HRMCodeGen": "hrm_engine.codegen.text_model",
    "Trainer": "hrm_engine.codegen.text_trainer",
    "generate_code": "hrm_tools.checked_code",
    "ladder": "hrm_engine.codegen.text",
    "schedule": "hrm_engine.inference.sampling",
}
_MODULES = ("data", "errors", "evaluator", "utils")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"hrm_codegen.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module `hrm_codegen` has no attribute `{name}`")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
