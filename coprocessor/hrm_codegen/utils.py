"""How fast a text model is on this machine."""

from __future__ import annotations

from hrm_engine.codegen.text_speed import benchmark

__all__ = ["benchmark"]
