"""`hrm models presets`: what can be trained, and what it weighs."""

from __future__ import annotations

import json

import pytest

from hrm_coprocessor.cli import main

Captured = pytest.CaptureFixture[str]


@pytest.mark.requirement("EN-1")
def test_presets_are_listed_with_the_published_counts_and_their_setting(capsys: Captured) -> None:
    assert main(["models", "presets", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    counts = {name: rows[name]["parameters"] for name in ("hrm_v1", "trm_att", "trm_mlp")}
    assert counts == {"hrm_v1": 27_275_266, "trm_att": 6_828_034, "trm_mlp": 5_028_866}
    assert rows["trm_mlp"]["form"] == "grid"
    assert rows["trm_mlp"]["counted for"] == "vocabulary 11, 81 cells, 16 puzzle tokens"
    assert rows["hrm_text-small"]["counted for"] == "vocabulary 128"


def test_people_get_a_table(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["models", "presets"]) == 0
    shown = capsys.readouterr().out
    assert "27,275,266" in shown
    assert "counted for" in shown
