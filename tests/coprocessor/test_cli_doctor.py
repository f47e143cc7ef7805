"""`hrm doctor` and `hrm models`: what is here, what is missing, what is broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrm_coprocessor.cli import doctor, main
from hrm_coprocessor.cli.doctor import Check
from hrm_coprocessor.extras import EXTRAS
from hrm_engine.errors import CheckpointError
from hrm_engine.export import checkpoint
from hrm_engine.model.build import build_model
from hrm_engine.model.presets import SIZES, size

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation that ships one tiny model."""
    monkeypatch.setattr(checkpoint, "PRETRAINED", tmp_path)
    folder = tmp_path / "tiny"
    model = build_model(size("hrm_text-tiny", vocab=4))
    checkpoint.save_checkpoint(folder, model, vocabulary=list("abcd"), recipe={}, card="A card.")
    return folder


@pytest.mark.usefixtures("shipped")
def test_a_whole_installation_is_well(capsys: Captured) -> None:
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("✓") for line in lines)
    assert any("tiny" in line and "sha256 as recorded" in line for line in lines)
    assert any("llama-cpp-python" in line for line in lines)


def test_an_altered_file_of_weights_is_found(shipped: Path, capsys: Captured) -> None:
    with (shipped / "model-00001-of-00001.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"!")
    assert main(["doctor", "--json"]) == 1
    found = {check["name"]: check for check in json.loads(capsys.readouterr().out)}
    assert found["tiny"]["state"] == "broken"
    assert "truncated or altered" in found["tiny"]["detail"]


def test_an_installation_without_weights_says_how_to_make_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(checkpoint, "PRETRAINED", tmp_path)
    assert main(["doctor"]) == 3
    assert "- weights      no model is shipped; `hrm train` makes one" in capsys.readouterr().out


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("extra", "code"), [("litellm", 0), ("serve", 3), ("engine", 3), ("agent", 3)]
)
def test_a_missing_extra_comes_with_the_command_that_installs_it(
    extra: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setitem(EXTRAS, extra, ("no_such_module",))
    assert main(["doctor"]) == code
    shown = capsys.readouterr().out
    assert f"- [{extra}]" in shown
    assert f"    pip install 'hrm-coprocessor[{extra}]'" in shown


def test_what_goes_wrong_in_a_check_is_what_the_check_found() -> None:
    def check() -> Check:
        raise CheckpointError("truncated", hint="copy it again")

    found = doctor.guarded("weights", check)
    assert found == Check("weights", "broken", "truncated   hint: copy it again")


def test_the_cpus_features_are_read_where_the_system_tells_them(tmp_path: Path) -> None:
    source = tmp_path / "cpuinfo"
    source.write_text("flags : fpu avx2 avx512f sse\n")
    assert doctor.cpu_features(source) == ["avx2", "avx512f"]
    assert doctor.cpu_features(tmp_path / "none") == []


@pytest.mark.usefixtures("shipped")
def test_shipped_models_are_listed_with_their_size(capsys: Captured) -> None:
    assert main(["models", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["name"], row["preset"]) == ("tiny", "hrm_text")
    assert row["parameters"] > 0
    assert main(["models"]) == 0
    assert "tiny" in capsys.readouterr().out


def test_without_shipped_models_the_list_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(checkpoint, "PRETRAINED", tmp_path)
    assert main(["models", "list"]) == 0
    assert capsys.readouterr().out == "no models are shipped with this installation\n"


def test_every_preset_is_listed(capsys: Captured) -> None:
    assert main(["models", "presets", "--json"]) == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == list(SIZES)
