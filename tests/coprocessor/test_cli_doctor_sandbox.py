"""`hrm doctor` tells how strongly generated code is locked up here."""

from __future__ import annotations

import pytest

from hrm_coprocessor.cli import doctor
from hrm_engine.evaluation.sandbox import Sandbox
from hrm_engine.evaluation.sandbox import sandbox as module


def test_the_level_in_force_is_named() -> None:
    with Sandbox() as found:
        level = found.level
    check = doctor.guarded("sandbox", doctor._sandbox)
    assert f"level `{level}`, its locks were tried" in check.detail
    assert check.state == ("missing" if level == "weak" else "ok")


def test_a_weak_sandbox_is_a_warning_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEVELS", ("moat", "weak"))
    check = doctor.guarded("sandbox", doctor._sandbox)
    assert (check.state, check.needed) == ("missing", False)
    assert "level `moat` is not available: 'moat'" in check.detail
    assert "Linux 5.13" in check.hint


def test_a_reason_why_not_higher_stands_beside_a_good_level(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    try:
        Sandbox("landlock").close()
    except module.SandboxError as error:
        pytest.skip(error.problem)
    monkeypatch.setattr(module, "LEVELS", ("moat", "landlock"))
    check = doctor.guarded("sandbox", doctor._sandbox)
    assert check.state == "ok"
    assert check.detail.startswith("level `landlock`")
    assert "`moat` is not available" in check.detail
