"""Whole calls of `generate_code` that were written to break it; the rest is in `hostile.py`."""

from __future__ import annotations

from typing import Any

from tests.security.hostile import CANARY

_OPEN = f"open('{CANARY}','w')"

CODE: list[tuple[str, dict[str, Any]]] = [
    ("generate_code", {}),
    ("generate_code", {"spec": "x", "budget_ms": 10**9}),
    ("generate_code", {"spec": "x", "status": "verified"}),
    ("generate_code", {"spec": "x" * 10**5}),
    ("generate_code", {"spec": "x", "examples": "f(1) == 1\n" * 10**5}),
    ("generate_code", {"spec": "x", "examples": "f(1) == 1;" * 101}),
    ("generate_code", {"spec": "x", "examples": "f(" + "[" * 5000 + ") == 1"}),
    ("generate_code", {"spec": "x", "examples": "f(" + "9" * 4400 + ") == 1"}),
    ("generate_code", {"spec": "x", "examples": f"assert {_OPEN} == f(1)"}),
    ("generate_code", {"spec": "x", "examples": f"f({_OPEN}) == 1"}),
    ("generate_code", {"spec": "x", "examples": f">>> {_OPEN}\n1"}),
    ("generate_code", {"spec": "x", "examples": "f(...) == 1", "signature": "f(x)"}),
    ("generate_code", {"spec": "x", "examples": [{"inputs": [1], "output": 1, "run": _OPEN}]}),
    ("generate_code", {"spec": "x", "examples": [[[[1]]]]}),
    ("generate_code", {"spec": "x", "signature": f"def f(a={_OPEN}): {_OPEN}"}),
    ("generate_code", {"spec": "x", "signature": f"def f(a: {_OPEN}) -> {_OPEN}"}),
    ("generate_code", {"spec": f'"""\n{_OPEN}\n"""', "examples": "f(1) == 1; f(1) == 1"}),
]
