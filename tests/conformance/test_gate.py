"""The conformance run is part of the checks, pinned, and covers every tool."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from hrm_tools.registry import tool_names

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOCK = json.loads((HERE / "package-lock.json").read_text())
WANTED = json.loads((HERE / "package.json").read_text())["devDependencies"]


@pytest.mark.requirement("CP-3")
def test_make_test_runs_the_official_suite() -> None:
    (line,) = [
        line for line in (ROOT / "Makefile").read_text().splitlines() if line.startswith("test:")
    ]
    assert "conformance" in line.split()


@pytest.mark.parametrize("package", WANTED)
def test_the_peers_are_pinned_to_one_version(package: str) -> None:
    assert WANTED[package][0].isdigit()
    assert LOCK["packages"][f"node_modules/{package}"]["version"] == WANTED[package]


def test_the_lock_holds_a_checksum_of_every_package_and_no_address() -> None:
    for place, package in LOCK["packages"].items():
        assert "resolved" not in package, place
        assert not place or "integrity" in package, place


def test_the_inspector_calls_every_tool() -> None:
    assert list(yaml.safe_load((HERE / "calls.yaml").read_text())) == tool_names()
