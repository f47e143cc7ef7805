"""`compose.yaml`: valid, locked down, and its two services find each other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from hrm_coprocessor.cli import build_parser
from tests.deploy.dockerfile import ROOT, stages

FILE = ROOT / "compose.yaml"
SERVICES: dict[str, Any] = yaml.safe_load(FILE.read_text())["services"]
SERVER, AGENT = SERVICES["server"], SERVICES["agent"]


def test_it_is_what_the_compose_specification_allows() -> None:
    checker = Path(sys.executable).parent / "check-jsonschema"
    command = [checker, "--builtin-schema", "vendor.compose-spec", FILE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
def test_a_service_is_locked_down_and_limited(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"]
    assert service["cpus"]
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert "privileged" not in service


@pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
def test_the_token_comes_from_a_secret_and_stands_nowhere_else(service: dict[str, Any]) -> None:
    assert service["secrets"] == ["hrm_token"]
    assert service["environment"] == {"HRM_TOKEN_FILE": "/run/secrets/hrm_token"}


@pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
def test_a_service_is_built_from_a_stage_that_there_is(service: dict[str, Any]) -> None:
    known = stages()
    assert service["build"]["target"] in known
    assert set(service["build"]["args"]) <= set(known["build"].variables("ARG"))


def test_the_agent_waits_until_the_server_is_healthy_and_reaches_nothing_else() -> None:
    assert AGENT["depends_on"] == {"server": {"condition": "service_healthy"}}
    assert SERVER["healthcheck"]["test"][0] == "CMD"
    networks = yaml.safe_load(FILE.read_text())["networks"]
    assert AGENT["networks"] == ["tools"]
    assert networks["tools"]["internal"] is True
    assert "tools" in SERVER["networks"]


def test_the_agent_calls_the_server_by_a_name_that_the_server_goes_by() -> None:
    serve = build_parser("serve").parse_args(SERVER["command"])
    assert "server" in serve.allow_host
    chat = build_parser("chat").parse_args(AGENT["command"])
    assert chat.server == f"http://server:{serve.port}"


def test_only_this_machine_reaches_the_server_unless_that_is_changed() -> None:
    assert SERVER["ports"] == ["127.0.0.1:8000:8000"]


def test_what_lies_among_the_secrets_is_never_committed() -> None:
    path = ROOT / "deploy/secrets/token"
    done = subprocess.run(["git", "check-ignore", "-q", path], cwd=ROOT, check=False)
    assert done.returncode == 0
