"""Bring an expression into the form that a textbook prints."""

from __future__ import annotations

from hrm_engine.expressions.tree import Expr


def simplify(expr: Expr) -> Expr:
    """`expr` in canonical form."""
    return expr
