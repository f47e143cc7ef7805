"""The quality gates are in force, and the pages they speak of exist."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
MAKEFILE = (ROOT / "Makefile").read_text()


@pytest.mark.requirement("QA-1")
def test_the_packages_are_typed_and_checked_strictly() -> None:
    assert SETTINGS["tool"]["mypy"]["strict"] is True
    for folder in SETTINGS["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        assert (ROOT / folder / "py.typed").exists()


@pytest.mark.requirement("QA-1")
def test_every_page_of_the_site_exists_and_the_reference_names_real_modules() -> None:
    class Loader(yaml.SafeLoader):
        """The site's settings hold tags of mkdocs, which do not matter here."""

    Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
    site = yaml.load((ROOT / "mkdocs.yml").read_text(), Loader)  # noqa: S506 - a SafeLoader
    for entry in site["nav"]:
        assert (ROOT / "docs" / next(iter(entry.values()))).exists()


GATES = ("ruff check", "mypy", "lint-imports", "conformance.py", "under=95", "under=90")


@pytest.mark.requirement("QA-2")
@pytest.mark.parametrize("gate", GATES)
def test_a_gate_is_part_of_make_test(gate: str) -> None:
    assert gate in MAKEFILE


def test_ci_runs_the_command_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text()
    assert "make test" in (ROOT / "README.md").read_text()


def test_no_package_that_pulls_in_an_older_mcp_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text()
    assert "langchain-mcp-adapters" not in pins
    assert "\nmcp==2." in pins
