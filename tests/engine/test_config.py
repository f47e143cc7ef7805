"""Settings files: wrong keys, values and overrides are errors that say where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import Field, model_validator

from hrm_engine.config import Settings, load_config
from hrm_engine.errors import ConfigError


class Model(Settings):
    width: int
    heads: int = Field(4, gt=0)
    betas: tuple[float, float] = (0.9, 0.95)


class Run(Settings):
    model: Model
    lr: float = 1e-3
    extra: Model | None = None

    @model_validator(mode="after")
    def _sane(self) -> Run:
        if self.model.width == 13:
            raise ValueError("width 13 brings bad luck")
        return self


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "run.yaml"
    path.write_text(text)
    return path


def problem(path: Path, *overrides: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load_config(Run, path, list(overrides))
    return caught.value.problem.replace(str(path), "run.yaml")


GOOD = "# a comment\nmodel:\n  width: 8\n  betas: [0.8, 0.9]\nlr: 3e-4\n"


def test_a_good_file_becomes_frozen_settings(tmp_path: Path) -> None:
    run = load_config(Run, write(tmp_path, GOOD), [])
    assert run == Run(model=Model(width=8, betas=(0.8, 0.9)), lr=3e-4)
    with pytest.raises(ValueError, match="frozen"):
        run.lr = 1.0  # type: ignore[misc]  # that is what is tested


def test_overrides_change_single_values_at_any_depth(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    run = load_config(Run, path, ["model.width=16", "lr=1e-2", "model.betas=[0.5, 0.6]"])
    assert (run.model.width, run.lr, run.model.betas) == (16, 1e-2, (0.5, 0.6))


def test_an_override_may_add_a_section(tmp_path: Path) -> None:
    run = load_config(Run, write(tmp_path, GOOD), ["extra.width=3"])
    assert run.extra == Model(width=3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lr: 1\n\nmodel:\n  heads: 2\n", 'missing field "model.width" (run.yaml:3)'),
        ("lr: 1\n", 'missing field "model" (run.yaml:1)'),
        (
            "model:\n  width: 8\n  haeds: 2\n",
            'unknown field "model.haeds", did you mean "heads"? (run.yaml:3)',
        ),
        (
            "model:\n  width: 8\nextra:\n  width: 1\n  xyz: 2\n",
            'unknown field "extra.xyz"; known: width, heads, betas (run.yaml:5)',
        ),
        (
            "model:\n  width: 8\n  betas:\n    - 0.9\n    - high\n",
            'field "model.betas.1": Input should be a valid number, unable to parse string as a'
            " number (run.yaml:5)",
        ),
        (
            "model:\n  width: 8\n  heads: 0\n",
            'field "model.heads": Input should be greater than 0 (run.yaml:3)',
        ),
        ("model:\n  width: 13\n", "width 13 brings bad luck (run.yaml:1)"),
        ("model:\n  width: 8\nlr: 1\nlr: 2\n", 'field "lr" is set twice (run.yaml:4)'),
        ("- a\n- b\n", "settings must be `key: value` lines (run.yaml:1)"),
        ("", "settings must be `key: value` lines (run.yaml:1)"),
        (
            "model: {width: 8\nlr: 1\n",
            "not YAML: expected ',' or '}', but got ':' (run.yaml:2)",
        ),
    ],
)
def test_an_error_names_the_field_the_file_and_the_line(
    tmp_path: Path, text: str, said: str
) -> None:
    assert problem(write(tmp_path, text)) == said


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("model.width", "`model.width` is not an override"),
        ("=3", "`=3` is not an override"),
        ("model..width=3", "`model..width=3` is not an override"),
        ("lr.peak=3", '"lr" holds one value, no fields (--set lr.peak=3)'),
        ("lr={", "the value in `--set lr={` is not YAML"),
        ("lrr=3", 'unknown field "lrr", did you mean "lr"? (--set lrr=3)'),
        (
            "model.heads=-1",
            'field "model.heads": Input should be greater than 0 (--set model.heads=-1)',
        ),
    ],
)
def test_a_wrong_override_is_quoted(tmp_path: Path, override: str, said: str) -> None:
    assert problem(write(tmp_path, GOOD), override) == said


def test_all_wrong_fields_are_named_but_not_endlessly(tmp_path: Path) -> None:
    text = "model: {width: 8}\n" + "".join(f"zz{i}: 1\n" for i in range(7))
    lines = problem(write(tmp_path, text)).splitlines()
    assert len(lines) == 6
    assert lines[-1].strip() == "and 2 more"


def test_bytes_that_are_no_text_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    assert problem(path).startswith("not YAML")


def test_a_control_character_is_an_error(tmp_path: Path) -> None:
    assert problem(write(tmp_path, "lr: \x07\n")).startswith("not YAML")


def test_a_missing_file_lists_the_shipped_settings() -> None:
    with pytest.raises(ConfigError, match=r"no settings file nowhere\n  hint: .*derivative"):
        load_config(Run, "nowhere", [])
