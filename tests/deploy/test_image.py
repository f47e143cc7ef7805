"""The Dockerfile's steps, carried out: an environment made from what is copied, and only that.

No container engine is needed. The server then starts as in a container that is locked down:
root read-only, a user without rights, no capabilities, no variables of ours.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml

from tests.deploy.dockerfile import ROOT, stages

TOKEN = "0123456789" * 4
SECRET = "HRM_TOKEN_FILE=/run/secrets/hrm_token"  # noqa: S105 - a path
BUILD = "deploy/build.sh"
LOCKED_DOWN = ("unshare", "--mount", str(ROOT / "tests/deploy/locked_down.sh"))


def may_make_namespaces() -> bool:
    command = ["unshare", "--mount", "mount", "--make-rprivate", "/"]
    return os.geteuid() == 0 and subprocess.run(command, check=False).returncode == 0


needs_root = pytest.mark.skipif(not may_make_namespaces(), reason="mounts need root")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is in /opt/hrm of the server's image."""
    return built("server", tmp_path_factory.mktemp("server"))


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is in /opt/hrm of the agent's image."""
    return built("agent", tmp_path_factory.mktemp("agent"))


def built(service: str, place: Path) -> Path:
    """What the stage `build` leaves for a service of `compose.yaml`, in a folder of its own."""
    build, (context, folder) = stages()["build"], (place / "context", place / "hrm")
    context.mkdir()
    for *sources, target in (text.split() for text in build.all("COPY")):
        for name in sources:
            copy(ROOT / name, context / target)
    (step,) = [step for step in build.all("RUN") if "deploy/build.sh" in step]
    *_, script, extras, variant, opt = shlex.split(step)
    assert (script, extras, variant, opt) == (BUILD, "$EXTRAS", "$VARIANT", "/opt/hrm")
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    wanted = build.variables("ARG") | {"EXTRAS": services[service]["build"]["args"]["EXTRAS"]}
    command = [context / script, wanted["EXTRAS"], wanted["VARIANT"], folder]
    done = subprocess.run(command, cwd=context, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shutil.copy(ROOT / "deploy/entrypoint.sh", folder / "bin/entrypoint")
    return folder


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(source, target, ignore=ignore)
    else:
        shutil.copy(source, target)


def container(environment: Path, tmp_path: Path, *words: str) -> list[str]:
    """The command that starts the image's entry point, locked down, with a secret mounted."""
    token = tmp_path / "token"
    token.write_text(f"{TOKEN}\n")
    places = {"PATH": f"{environment}/bin:/usr/bin:/bin", "XDG_CONFIG_HOME": "/var/lib"}
    variables = stages()["base"].variables("ENV") | places
    pairs = [f"{name}={value}" for name, value in variables.items()]
    inside = ["env", "-i", *pairs, *words]
    return [*LOCKED_DOWN, str(environment), str(token), *inside]


def server_command(environment: Path) -> list[str]:
    """The image's entry point and words, on a free port, with the secret mounted."""
    words = ["0" if word == "8000" else word for word in stages()["server"].command("CMD")]
    return [SECRET, f"{environment}/bin/entrypoint", *words, "--json"]


@contextmanager
def started(command: list[str]) -> Iterator[dict[str, Any]]:
    """What the server says when it is ready; it is killed afterwards."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        pytest.fail(process.communicate()[1])
    yield json.loads(line)
    process.kill()
    process.communicate()


@needs_root
@pytest.mark.slow
@pytest.mark.requirement("CP-9")
def test_the_server_answers_from_a_read_only_root_as_a_user_without_rights(
    environment: Path, tmp_path: Path
) -> None:
    image = stages()["server"]
    with started(container(environment, tmp_path, *server_command(environment))) as ready:
        url, headers = ready["url"], {"Authorization": f"Bearer {TOKEN}"}
        assert httpx2.get(f"{url}/v1/tools").status_code == 401
        address, body = f"{url}/v1/tools/calculate_derivative", {"expression": "sin(5x)"}
        answer = httpx2.post(address, json=body, headers=headers, timeout=60).json()
        assert (answer["result"], answer["verified"]) == ("5*cos(5*x)", True)
        *python, program = image.command("HEALTHCHECK")
        check = [*python, program.replace("8000", url.rpartition(":")[2])]
        assert subprocess.run(container(environment, tmp_path, *check), check=False).returncode == 0


@needs_root
@pytest.mark.slow
def test_without_a_token_it_says_that_none_can_be_written(
    environment: Path, tmp_path: Path
) -> None:
    entry = [f"{environment}/bin/entrypoint", *stages()["server"].command("CMD")]
    done = subprocess.run(
        container(environment, tmp_path, *entry), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_environment_holds_no_installer_and_no_test_tool(environment: Path) -> None:
    assert all(lacks(environment, module) for module in ("pip", "pytest", "llama_cpp"))


def lacks(environment: Path, module: str) -> bool:
    check = f"import importlib.util as u; raise SystemExit(u.find_spec('{module}') is not None)"
    return subprocess.run([environment / "bin/python", "-c", check], check=False).returncode == 0


@needs_root
@pytest.mark.slow
@pytest.mark.requirement("CP-9")
def test_the_agent_asks_the_server_each_in_an_image_of_its_own(
    environment: Path, agent: Path, tmp_path: Path
) -> None:
    with started(container(environment, tmp_path, *server_command(environment))) as ready:
        verb, flag, _ = stages()["agent"].command("CMD")
        words = [verb, flag, ready["url"], "--plain", "What's the derivative of sin(5x)?"]
        command = container(agent, tmp_path, SECRET, f"{agent}/bin/entrypoint", *words)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "The derivative of sin(5x) is 5*cos(5*x)." in done.stdout


@pytest.mark.slow
def test_the_agent_holds_no_torch(agent: Path) -> None:
    assert lacks(agent, "torch")
