"""How many programming tasks a model solves; every program runs in the sandbox."""

from __future__ import annotations

from hrm_engine.codegen.text_evaluation import Evaluation, evaluate, pass_at_k

__all__ = ["Evaluation", "evaluate", "pass_at_k"]
