"""Every code block in README and docs runs as written.

    ```python      executed in one fresh namespace a file, in order
    ```console     lines starting with `$ hrm` run; the output shown must occur in what they print
    ```yaml        parses

A block that cannot run here (a line for another PC, another program's settings) says so in
its fence: ```text.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
KNOWN = {"python", "console", "yaml", "text", "json", "mermaid", "sh"}


def blocks(page: Path, language: str) -> list[str]:
    return [body for lang, body in FENCE.findall(page.read_text()) if lang == language]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_names_a_language_that_is_checked(page: Path) -> None:
    assert {lang for lang, _ in FENCE.findall(page.read_text())} <= KNOWN


@pytest.mark.slow
@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=lambda p: p.name)
def test_python_blocks_run(page: Path, tmp_path: Path) -> None:
    script = tmp_path / "page.py"
    script.write_text("\n".join(blocks(page, "python")))
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "console")], ids=lambda p: p.name)
def test_console_blocks_print_what_they_show(page: Path, tmp_path: Path) -> None:
    for block in blocks(page, "console"):
        for command, shown in commands(block):
            done = run(command, tmp_path)
            assert done.returncode == 0, f"$ {command}\n{done.stdout}\n{done.stderr}"
            for line in shown:
                assert line in done.stdout, f"$ {command}\n{done.stdout}\nlacks {line!r}"


def commands(block: str) -> list[tuple[str, list[str]]]:
    """Each `$ command` of a console block with the output lines shown under it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip() and line.strip() != "..." and found:
            found[-1][1].append(line.rstrip())
    return found


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one `hrm ...` command of the page in an empty folder that sees the checkout's data."""
    words = shlex.split(command)
    assert words[0] == "hrm", f"{command}: only `hrm` commands are run; fence others as text"
    for shared in ("benchmarks", "configs"):
        if not (folder / shared).exists():
            (folder / shared).symlink_to(ROOT / shared)
    return subprocess.run(
        [sys.executable, "-m", "hrm_coprocessor", *words[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "120", "NO_COLOR": "1"},
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_yaml_and_json_blocks_parse(page: Path) -> None:
    for block in blocks(page, "yaml") + blocks(page, "json"):
        assert yaml.safe_load(block) is not None
