"""A GGUF file says in llama.cpp what our model says here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from hrm_engine.errors import CheckpointError, ConfigError
from hrm_engine.export.checkpoint import load_checkpoint, save_checkpoint
from hrm_engine.export.gguf import export_gguf
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.tokens.text import Segment, TextTokenizer

llama_cpp = pytest.importorskip("llama_cpp")
TEXTS = ("derivative of sin(5x)", "x^2 + 3*x - 12.5 ∫ é", 'say "hello": {"name": "x"}', "  a\n\tb ")
SIZES = {"width": 64, "heads": 2, "kv_heads": 1, "head_dim": 32, "ff": 96, "layers": 2}


def dialogues() -> Iterator[list[Segment]]:
    while True:
        for text in TEXTS:
            yield [("<|im_start|>", True, False), (text, False, True), ("<|im_end|>", True, True)]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny random model with a tokeniser."""
    folder = tmp_path_factory.mktemp("gguf")
    return make(folder, {"preset": "transformer", **SIZES})


def make(folder: Path, settings: dict[str, object]) -> Path:
    tokenizer = TextTokenizer.train(dialogues(), size=280, limit=40)
    tokenizer.save(folder / "tokenizer.json")
    torch.manual_seed(3)
    model = build_model(
        ModelConfig.model_validate({**settings, "vocab": len(tokenizer.vocabulary)})
    )
    return save_checkpoint(
        folder / "tiny",
        model,
        vocabulary=tokenizer.vocabulary,
        recipe={},
        card="",
        tokenizer=folder / "tokenizer.json",
    )


def load(path: Path) -> llama_cpp.Llama:
    """llama.cpp with a float32 cache, which logs nothing."""
    return llama_cpp.Llama(
        str(path), n_ctx=128, n_threads=1, logits_all=True, type_k=0, type_v=0, verbose=False
    )


def logits(path: Path, tokens: list[int]) -> np.ndarray:
    llama = load(path)
    llama.eval(tokens)
    return np.array(llama.scores[: len(tokens)])


@pytest.mark.requirement("CP-1")
def test_llama_cpp_computes_the_same_logits(checkpoint: Path, tmp_path: Path) -> None:
    out = tmp_path / "tiny.gguf"
    export_gguf(checkpoint, out)
    loaded = load_checkpoint(checkpoint)
    rng = np.random.default_rng(0)
    tokens = rng.integers(5, loaded.config.vocab, size=40).tolist()
    with torch.inference_mode():
        ours = loaded.model(torch.tensor([tokens]))[0].numpy()
    assert np.abs(logits(out, tokens) - ours).max() < 1e-4


def test_eight_bit_weights_choose_nearly_always_the_same_token(
    checkpoint: Path, tmp_path: Path
) -> None:
    exact, small = tmp_path / "a" / "f32.gguf", tmp_path / "b" / "q8_0.gguf"
    export_gguf(checkpoint, exact)
    manifest = export_gguf(checkpoint, small, quantise="q8_0")
    tokens = np.random.default_rng(1).integers(5, 200, size=60).tolist()
    a, b = logits(exact, tokens), logits(small, tokens)
    assert manifest["bytes"] < exact.stat().st_size / 2
    assert np.abs(a - b).max() < 0.1 * np.abs(a).max()


def test_eight_bit_blocks_are_those_of_llama_cpp(checkpoint: Path, tmp_path: Path) -> None:
    from ctypes import byref

    from gguf import GGUFReader

    exact, ours, theirs = tmp_path / "f32.gguf", tmp_path / "o.gguf", tmp_path / "t.gguf"
    export_gguf(checkpoint, exact)
    export_gguf(checkpoint, ours, quantise="q8_0")
    settings = llama_cpp.llama_model_quantize_default_params()
    settings.ftype = 7  # LLAMA_FTYPE_MOSTLY_Q8_0
    settings.nthread = 1
    assert (
        llama_cpp.llama_model_quantize(str(exact).encode(), str(theirs).encode(), byref(settings))
        == 0
    )
    expected = {tensor.name: tensor for tensor in GGUFReader(theirs).tensors}
    for tensor in GGUFReader(ours).tensors:
        assert tensor.tensor_type == expected[tensor.name].tensor_type
        assert np.array_equal(tensor.data, expected[tensor.name].data), tensor.name


def test_llama_cpp_cuts_text_into_the_same_tokens(checkpoint: Path, tmp_path: Path) -> None:
    out = tmp_path / "tiny.gguf"
    export_gguf(checkpoint, out)
    llama, tokenizer = load(out), TextTokenizer.load(checkpoint / "tokenizer.json")
    for text in (*TEXTS, "<|im_end|> <|im_start|>system", "e^{2t}/(1+θ²)", "12345 abc"):
        theirs = llama.tokenize(text.encode(), add_bos=False, special=False)
        assert tokenizer.encode(text) == theirs, text
        assert tokenizer.decode(theirs) == text


def test_the_manifest_states_size_and_digest(checkpoint: Path, tmp_path: Path) -> None:
    manifest = export_gguf(
        checkpoint, tmp_path / "m.gguf", quantise="q8_0", chat_template="{{ 1 }}"
    )
    assert json.loads((tmp_path / "manifest.json").read_text()) == manifest
    assert manifest["bytes"] == (tmp_path / "m.gguf").stat().st_size
    assert manifest["architecture"] == "qwen3"
    assert len(manifest["sha256"]) == 64


def test_a_recursive_model_is_refused(tmp_path: Path) -> None:
    sizes = {"width": 32, "heads": 1, "ff": 32, "layers": 1}
    folder = make(tmp_path, {"preset": "hrm_text", **sizes})
    with pytest.raises(ConfigError, match="preset hrm_text"):
        export_gguf(folder, tmp_path / "out" / "x.gguf")


def test_rows_that_do_not_fill_blocks_cannot_be_quantised(tmp_path: Path) -> None:
    folder = make(tmp_path, {"preset": "transformer", **SIZES, "ff": 48})
    with pytest.raises(ConfigError, match="ff is 48"):
        export_gguf(folder, tmp_path / "out" / "x.gguf", quantise="q8_0")


def test_a_model_without_a_tokeniser_is_refused(tmp_path: Path) -> None:
    config = ModelConfig.model_validate({"preset": "transformer", **SIZES, "vocab": 8})
    folder = save_checkpoint(
        tmp_path / "bare", build_model(config), vocabulary=list("abcdefgh"), recipe={}, card=""
    )
    with pytest.raises(CheckpointError, match=r"no tokenizer\.json"):
        export_gguf(folder, tmp_path / "out" / "x.gguf")


def test_the_command_line_writes_tokeniser_and_model(
    checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from hrm_coprocessor.cli import main

    tokenizer = tmp_path / "tokenizer.json"
    command = ["export", "tokenizer", "dialogue", str(tokenizer), "--size", "300"]
    assert main([*command, "--dialogues", "40"]) == 0
    assert len(TextTokenizer.load(tokenizer).vocabulary) == 300
    out = tmp_path / "model.gguf"
    assert main(["export", "gguf", str(checkpoint), str(out), "--quantise", "q8_0"]) == 0
    assert "q8_0" in capsys.readouterr().out
    assert "HRM Copilot" in load(out).metadata["tokenizer.chat_template"]


def test_an_unknown_stream_of_dialogues_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    from hrm_coprocessor.cli import main

    assert main(["export", "tokenizer", "poems", "out.json"]) == 1
    assert "no stream of dialogues `poems`" in capsys.readouterr().err
