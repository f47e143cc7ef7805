"""Every attack fails closed, at every level that this system offers."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrm_engine.evaluation.sandbox import Call, Limits, Sandbox
from tests.engine.evaluation.sandbox.attacks import ATTACKS, Attack

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the attacks are Linux programs")
F = Call("f")
OUTSIDE = [attack for attack in ATTACKS if attack.works_outside]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that anyone may change, with a file in it; no attack changes either."""
    with tempfile.TemporaryDirectory(dir=tempfile.gettempdir()) as name:
        folder = Path(name)
        folder.chmod(0o777)
        file = folder / "hrm-victim"
        file.write_text("whole")
        file.chmod(0o666)
        yield folder
        assert file.read_text() == "whole"
        assert file.stat().st_mode & 0o777 == 0o666
        assert list(folder.iterdir()) == [file]


def aimed(attack: Attack, folder: Path) -> str:
    """The program, with `folder` for the /tmp in its text."""
    return attack.code.replace("/tmp/", f"{folder}/")  # noqa: S108 - as above


@pytest.mark.requirement("SD-11")
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_fails_closed_and_the_next_run_is_unharmed(
    sandbox: Sandbox, attack: Attack, folder: Path
) -> None:
    limits = Limits(wall_s=attack.wall_s, cpu_s=10)
    outcome = sandbox.run(aimed(attack, folder), [F], limits)
    assert "ESCAPED" not in [output.value for output in outcome.outputs], outcome
    if attack.ends:
        assert outcome.status in attack.ends, outcome
    assert len(outcome.stdout) <= limits.output_bytes
    after = sandbox.run("def f(): return 41 + 1", [F], Limits(wall_s=20))
    assert (after.status, after.outputs[0].value) == ("ok", 42)


@pytest.mark.parametrize("attack", OUTSIDE, ids=lambda attack: attack.name)
def test_the_same_attack_works_outside(attack: Attack, tmp_path: Path) -> None:
    (tmp_path / "hrm-victim").write_text("whole")
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"{aimed(attack, tmp_path)}\nprint(f())"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.endswith("ESCAPED\n"), done.stderr


def test_there_are_at_least_the_thirty_seven_attacks_of_the_plan() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 37


def test_a_stronger_name_is_not_shown_for_a_weaker_lock(sandbox: Sandbox) -> None:
    files = sandbox.run("import os\ndef f(): return os.path.exists('/etc')", [F])
    seen = files.outputs[0].value
    assert seen is (None if sandbox.level == "weak" else sandbox.level == "landlock")
