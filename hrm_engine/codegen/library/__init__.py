"""A library of small functions, each shown to work, and how one is found for a request.

    snippets/ ─► reader ─► own.jsonl ┐
                 MBPP  ─► mbpp.jsonl ┴► store ─► ranking ─► fitting ─► stage

Read `snippet.py`, then `stage.py`. MBPP's functions are those outside its test split.
"""

from hrm_engine.codegen.library.snippet import Snippet
from hrm_engine.codegen.library.stage import LibraryStage
from hrm_engine.codegen.library.store import library

__all__ = ["LibraryStage", "Snippet", "library"]
