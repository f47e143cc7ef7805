"""An adapter maps a tool to one surface and does nothing else: short, and no domain code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "coprocessor/hrm_coprocessor/adapters"
ADAPTERS = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")


def imported(path: Path) -> set[str]:
    """The modules that a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.requirement("CP-4")
def test_there_is_an_adapter_for_each_surface() -> None:
    assert [path.stem for path in ADAPTERS] == ["compact", "http", "langchain", "mcp", "openai"]


@pytest.mark.parametrize("path", ADAPTERS, ids=lambda path: path.stem)
def test_an_adapter_has_less_than_60_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 60


@pytest.mark.parametrize("path", ADAPTERS, ids=lambda path: path.stem)
def test_an_adapter_knows_no_tool_and_no_model(path: Path) -> None:
    ours = {name for name in imported(path) if name.startswith(("hrm_engine", "hrm_tools"))}
    allowed = {f"hrm_tools.{name}" for name in ("errors", "schema", "spec", "validate")}
    assert ours <= allowed
