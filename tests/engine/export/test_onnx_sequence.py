"""A text model in ONNX scores every text as torch does."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from hrm_engine.errors import ExportError, MissingExtraError
from hrm_engine.export import onnx_sequence
from hrm_engine.export.onnx_sequence import export_sequence
from hrm_engine.export.ort import onnxruntime
from tests.engine.codegen.text_toy import toy_model


@pytest.mark.slow
@pytest.mark.requirement("SD-1")
@pytest.mark.parametrize("size", ["hrm_text-tiny", "transformer-tiny"])
def test_scores_are_equal_for_any_number_and_length_of_texts(size: str, tmp_path: Path) -> None:
    model = toy_model(tmp_path, size, context=32)
    path = model.export_onnx(tmp_path / "exported")
    session = onnxruntime().InferenceSession(str(path))
    for shape in ((1, 2), (3, 17), (2, 32)):
        tokens = torch.randint(model.network.config.vocab, shape)
        (found,) = session.run(None, {"tokens": tokens.numpy()})
        with torch.inference_mode():
            expected = model.network(tokens).numpy()
        assert np.abs(found - expected).max() < 1e-4
    described = session.get_modelmeta().custom_metadata_map
    assert json.loads(described["config"])["vocab"] == model.network.config.vocab
    assert [file.name for file in path.parent.iterdir()] == ["model.onnx"]


def test_without_the_package_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_sequence, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"package onnx\n  hint: pip install"):
        export_sequence(toy_model(tmp_path).network, tmp_path / "exported")


def test_what_torch_cannot_export_is_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise torch.onnx.OnnxExporterError("no such operator")

    monkeypatch.setattr(torch.onnx, "export", fail)
    model = toy_model(tmp_path)
    model.network.train()
    with pytest.raises(ExportError, match="cannot export this network: no such operator"):
        export_sequence(model.network, tmp_path / "exported")
    assert model.network.training
