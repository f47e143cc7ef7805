"""Every settings file in `configs/` loads as what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hrm_engine.config import load_config
from hrm_engine.train.settings import RunConfig

CONFIGS = Path(__file__).parents[2] / "configs"
FILES = sorted(CONFIGS.rglob("*.yaml"))
RUNS = [path for path in FILES if "\ntrain:" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(CONFIGS).as_posix())
def test_a_settings_file_is_yaml_with_a_comment_that_says_what_it_is_for(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)


@pytest.mark.parametrize("path", RUNS, ids=lambda p: p.relative_to(CONFIGS).as_posix())
def test_a_training_recipe_loads_and_keeps_its_run_out_of_the_tree(path: Path) -> None:
    config = load_config(RunConfig, path, [])
    assert config.train.out.parts[0] == "runs"


def test_no_two_recipes_write_into_one_folder() -> None:
    folders = [load_config(RunConfig, path, []).train.out for path in RUNS]
    assert len(folders) == len(set(folders))
