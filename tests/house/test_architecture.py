"""The sizes that keep the code readable: files, functions and packages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("hrm_engine", "tools", "agents", "coprocessor", "scripts", "benchmarks", "tests")
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_function_has_at_most_60_lines(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            length = node.end_lineno - node.lineno + 1
            assert length <= 60, f"{name(path)}:{node.lineno} {node.name} has {length} lines"


@pytest.mark.parametrize("folder", ["hrm_engine", "tools", "agents", "coprocessor"])
def test_every_module_says_what_it_is(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        if path.read_text().strip():
            assert ast.get_docstring(ast.parse(path.read_text())), f"{name(path)} has no docstring"


def test_the_agent_loop_stays_in_sight() -> None:
    assert len((ROOT / "agents/hrm_agents/loop.py").read_text().splitlines()) <= 150


def test_the_recursion_stays_in_sight() -> None:
    assert len((ROOT / "hrm_engine/model/recursion.py").read_text().splitlines()) <= 80


@pytest.mark.parametrize("word", ["sympify(", "parse_expr(", "pickle.load", "shell=True"])
def test_text_from_outside_meets_no_evaluator(word: str) -> None:
    for folder in ("hrm_engine", "tools", "agents", "coprocessor"):
        for path in (ROOT / folder).rglob("*.py"):
            assert word not in path.read_text(), f"{name(path)} uses {word}"
