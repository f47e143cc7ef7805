"""A sequence network as one ONNX file: tokens in, the scores of every next token out.

    tokens (B, S) int64  ─►  logits (B, S, V) float32

Batch and length are dynamic; the recursion is unrolled. There is no key-value cache in the
graph: a host that generates reads the whole text again for each token, which suits short
answers and scoring. The file's metadata holds the model's `config`.
Shapes: B rows, S tokens, V vocabulary.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from hrm_engine.errors import ExportError, MissingExtraError
from hrm_engine.export.onnx import IR_VERSION, OPSET
from hrm_engine.export.onnx_quiet import quiet
from hrm_engine.export.ort import INSTALL, onnxruntime
from hrm_engine.model.masks import causal_mask
from hrm_engine.model.sequence import SequenceModel

if TYPE_CHECKING:
    from onnx import ModelProto

FILE = "model.onnx"
_TRACED = 8
"""Tokens of the text that the graph is traced with; the graph itself takes any number."""


class _Scores(nn.Module):
    """The network as a function of its tokens alone."""

    def __init__(self, network: SequenceModel) -> None:
        super().__init__()
        self.network = network

    def forward(self, tokens: Tensor) -> Tensor:
        size = tokens.shape[1]
        # As a mask: the attention's own causal flag would have to depend on the length.
        mask = causal_mask(size, size, tokens.device)[None, None]  # (1, 1, S, S)
        scores: Tensor = self.network(tokens, mask=mask, causal=False)
        return scores


def export_sequence(network: SequenceModel, folder: Path) -> Path:
    """Write `network` into `folder` and return the file, whole or not at all.

    Raises MissingExtraError without the extra `onnx`, ExportError where this torch cannot do it.
    """
    onnxruntime()
    for package in ("onnx", "onnxscript"):
        if find_spec(package) is None:
            raise MissingExtraError(f"writing ONNX needs the package {package}", hint=INSTALL)
    proto = _trace(network)
    from onnx import helper

    proto.ir_version = IR_VERSION
    helper.set_model_props(proto, {"config": network.config.model_dump_json()})
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    partial = path.with_name(f"{FILE}.{os.getpid()}")
    partial.write_bytes(proto.SerializeToString())
    partial.replace(path)
    return path


def _trace(network: SequenceModel) -> ModelProto:
    training, device = network.training, network.embedding.weight.device
    tokens = torch.zeros((2, _TRACED), dtype=torch.int64, device=device)
    rows = torch.export.Dim("rows")
    length = torch.export.Dim("length", min=2, max=network.config.context)
    try:
        with torch.no_grad(), quiet():
            program = torch.onnx.export(
                _Scores(network).eval(),
                (tokens,),
                dynamo=True,
                opset_version=OPSET,
                input_names=["tokens"],
                output_names=["logits"],
                dynamic_shapes=({0: rows, 1: length},),
                verbose=False,
            )
    except torch.onnx.OnnxExporterError as error:
        raise ExportError(
            f"torch {torch.__version__} cannot export this network: {error}",
            hint="`save_checkpoint` keeps every network",
        ) from error
    finally:
        network.train(training)
    assert program is not None
    proto: ModelProto = program.model_proto
    return proto
