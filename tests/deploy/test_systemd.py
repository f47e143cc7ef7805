"""The systemd unit, checked by systemd's own tools where they are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from hrm_coprocessor.cli import build_parser
from tests.deploy.dockerfile import ROOT

UNIT = ROOT / "deploy/hrm-coprocessor.service"
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def values(name: str) -> list[str]:
    """What the unit gives for one setting, line by line."""
    return re.findall(rf"^{name}=(.*)$", UNIT.read_text(), flags=re.MULTILINE)


@needs_systemd
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    program = tmp_path / "hrm"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/opt/hrm/bin/hrm", str(program)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert UNIT.name not in done.stderr


@needs_systemd
def test_systemd_rates_its_exposure_as_low() -> None:
    least_of_ten = "--threshold=20"  # 2.0 of 10; a unit without any hardening has 9.6
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", least_of_ten, UNIT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DynamicUser", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("StateDirectory", "hrm"),
        ("StateDirectoryMode", "0700"),
    ],
)
def test_the_service_has_no_rights_that_it_does_not_need(name: str, value: str) -> None:
    assert values(name) == [value]


def test_it_starts_the_program_as_the_program_wants_to_be_started() -> None:
    program, *words = values("ExecStart")[0].split()
    assert Path(program).name == "hrm"
    assert build_parser("serve").parse_args(words).config == "/etc/hrm/serve.yaml"
