"""What `import hrm_codegen as hc` offers: the engine's own objects under the documented names."""

from __future__ import annotations

from pathlib import Path

import pytest

import hrm_codegen as hc
from hrm_engine.codegen import (
    text,
    text_errors,
    text_evaluation,
    text_mbpp,
    text_model,
    text_speed,
    text_trainer,
)
from hrm_engine.data import shards
from hrm_engine.errors import ConfigError, HRMError, TrainingError
from hrm_engine.inference import sampling
from hrm_tools import checked_code

PACKAGE = Path(hc.__file__).parent


@pytest.mark.requirement("SD-1", "SD-2", "SD-3", "SD-4", "SD-5")
def test_each_name_is_the_engine_s_object() -> None:
    assert hc.HRMCodeGen is text_model.HRMCodeGen
    assert hc.Trainer is text_trainer.Trainer
    assert hc.generate_code is checked_code.generate_code
    assert hc.ladder is text.ladder
    assert hc.schedule is sampling.schedule
    assert hc.data.prepare_mbpp is text_mbpp.prepare_mbpp
    assert hc.data.convert_raw_to_bin is shards.convert_raw_to_bin
    assert hc.evaluator.pass_at_k is text_evaluation.pass_at_k
    assert hc.utils.benchmark is text_speed.benchmark
    assert hc.errors.TrainingError is TrainingError
    assert hc.errors.ConfigError is ConfigError
    assert hc.errors.EvaluationTimeout is text_errors.EvaluationTimeout
    assert issubclass(hc.errors.EvaluationTimeout, HRMError)


def test_every_public_name_is_there_and_others_are_not() -> None:
    for name in hc.__all__:
        assert getattr(hc, name) is not None
    assert dir(hc) == hc.__all__
    for module in (hc.data, hc.errors, hc.evaluator, hc.utils):
        assert all(hasattr(module, name) for name in module.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = hc.nonsense


def test_the_package_holds_no_code_of_its_own() -> None:
    for path in PACKAGE.glob("*.py"):
        defined = [
            line for line in path.read_text().splitlines() if line.startswith(("def ", "class "))
        ]
        assert all(line.startswith("def __") for line in defined), path
