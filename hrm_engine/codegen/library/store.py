"""The snippets that are shipped: our own, and MBPP's outside its test split.

`own.jsonl` and `mbpp.jsonl` are written by `scripts/snippet_library.py`, from `snippets/` and
from `benchmarks/data/mbpp.jsonl`, so that a start reads no Python source.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

from hrm_engine.codegen.library.snippet import Snippet

FOLDER: Final = Path(__file__).parent
OWN_FILE: Final = FOLDER / "own.jsonl"
MBPP_FILE: Final = FOLDER / "mbpp.jsonl"
MBPP_ATTRIBUTION: Final = (
    "MBPP (Jacob Austin, Augustus Odena, Maxwell Nye and others, 2021, arXiv:2108.07732), "
    "CC BY 4.0; the function may have been renamed or wrapped"
)


@cache
def library() -> tuple[Snippet, ...]:
    """Every shipped snippet, our own first."""
    return own_snippets() + mbpp_snippets()


@cache
def own_snippets() -> tuple[Snippet, ...]:
    """What was written for this library."""
    return _read(OWN_FILE)


@cache
def mbpp_snippets() -> tuple[Snippet, ...]:
    """MBPP's reference solutions, tasks 1-10 and 511-974: none of the test split's 11-510."""
    return _read(MBPP_FILE, MBPP_ATTRIBUTION)


def _read(path: Path, attribution: str = "") -> tuple[Snippet, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Snippet.from_record(json.loads(line), attribution) for line in lines)
