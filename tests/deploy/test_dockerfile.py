"""What the images promise, read from the Dockerfile; `test_image.py` carries its steps out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.dockerfile import ROOT, stages

BIN = Path(sys.executable).parent
IMAGES = ("server", "agent")


@pytest.mark.requirement("CP-9")
def test_the_linter_finds_nothing() -> None:
    done = subprocess.run(
        [BIN / "hadolint", "--no-color", ROOT / "Dockerfile"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.requirement("CP-9")
def test_the_last_stage_is_the_server_and_serves_on_port_8000() -> None:
    name, server = list(stages().items())[-1]
    assert name == "server"
    assert server.all("EXPOSE") == ["8000"]
    assert server.command("CMD")[:5] == ["serve", "--host", "0.0.0.0", "--port", "8000"]  # noqa: S104
    assert "http://127.0.0.1:8000/healthz" in server.command("HEALTHCHECK")[-1]


@pytest.mark.parametrize("image", IMAGES)
def test_an_image_runs_as_a_user_of_fixed_number_and_holds_no_compiler(image: str) -> None:
    found = stages()
    base = found[found[image].base]
    assert base.all("USER") == ["10001:10001"]
    assert "slim" in base.base
    assert not any("pip" in step or "apt" in step for step in base.all("RUN"))
    assert not found[image].all("RUN")
    assert found[image].all("USER") == []  # nothing becomes root again


@pytest.mark.parametrize("image", IMAGES)
def test_nothing_secret_is_written_into_an_image(image: str) -> None:
    found = stages()
    for stage in (found[image], found[found[image].base], found["build"]):
        names = {*stage.variables("ARG"), *stage.variables("ENV")}
        assert not [name for name in names if "TOKEN" in name or "SECRET" in name]


def test_every_base_is_pinned_by_a_tag() -> None:
    found = stages()
    outside = [stage.base for stage in found.values() if stage.base not in found]
    assert outside
    assert all(base.partition(":")[2].startswith("3.11-") for base in outside)


def test_images_say_what_they_are() -> None:
    labels = " ".join(stages()["base"].all("LABEL"))
    for name in ("title", "description", "licenses"):
        assert f"org.opencontainers.image.{name}=" in labels


def test_everything_that_is_copied_exists_and_reaches_the_builder() -> None:
    allowed = {
        line[1:].split("/")[0]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    sources = [text.split()[:-1] for text in stages()["build"].all("COPY")]
    for name in (source for group in sources for source in group):
        assert (ROOT / name).exists()
        assert name.split("/")[0] in allowed


@pytest.mark.parametrize("script", sorted((ROOT / "deploy").glob("*.sh")), ids=lambda p: p.name)
def test_a_script_is_plain_shell_that_stops_at_the_first_error(script: Path) -> None:
    text = script.read_text()
    assert text.startswith("#!/bin/sh\n")
    assert "\nset -eu\n" in text
    assert script.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", script], check=True)


def test_a_variant_that_there_is_not_is_named(tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / "deploy" / "build.sh", "serve", "rocm", tmp_path / "env"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "VARIANT is cpu or cuda, not rocm" in done.stderr
    assert not (tmp_path / "env").exists()
