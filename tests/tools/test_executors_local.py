"""Models in this process: real weights in llama.cpp and in transformers, tiny ones."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hrm_engine.codegen.cascade import generate
from hrm_engine.codegen.executor import Executor, ExecutorError, ExecutorStage
from hrm_engine.codegen.request import Request
from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.sandbox import Call, Example, Sandbox
from hrm_tools.executors import make_executor
from tests.agents.tiny_gguf import CHATML, write

PATIENT = Deadline.never()
SAYS = "def g():0"
"""A function in nine different characters: the tiny model knows one follower for each."""
FOLLOWS = dict(pairwise(["\n", *SAYS]))


def gguf(folder: Path, follows: dict[str, Any], template: str | None = CHATML) -> Executor:
    return make_executor(f"gguf:{write(folder / 'tiny.gguf', follows, template)}", 40)


@pytest.mark.requirement("SD-10")
def test_a_gguf_writes_code_that_is_run_and_labelled(tmp_path: Path) -> None:
    executor = gguf(tmp_path, FOLLOWS)
    assert list(executor.sample("Write it", 2, 0.0, PATIENT)) == [SAYS, SAYS]
    request = Request("Return nothing.", "f", examples=(Example(Call("f"), None),))
    with Sandbox() as sandbox:
        stage = ExecutorStage(executor, k=1, sandbox=sandbox)
        found = generate(request, [stage], sandbox, Deadline.after(60))
    assert (found.code, found.source, found.passed) == ("def f():0\n", "executor:tiny", 1)


def test_a_gguf_without_a_template_goes_on_after_an_opened_block(tmp_path: Path) -> None:
    executor = gguf(tmp_path, FOLLOWS, template=None)
    assert list(executor.sample("Write it", 1, 0.0, PATIENT)) == [f"```python\n{SAYS}"]


def test_a_gguf_is_warmer_when_told_so(tmp_path: Path) -> None:
    executor = gguf(tmp_path, {"\n": ("a", "b", "c")})
    texts = set(executor.sample("Write it", 30, 1.0, PATIENT))
    assert len(texts) > 1


def test_a_reply_is_cut_off_at_its_length_and_at_the_deadline(tmp_path: Path) -> None:
    executor = gguf(tmp_path, {"\n": "a", "a": "b", "b": "a"})
    assert list(executor.sample("Write it", 1, 0.0, PATIENT)) == ["ab" * 20]
    late = Deadline.after(math.inf)
    for drawn, text in enumerate(executor.sample("Write it", 5, 0.0, late)):
        late.cancel()
        assert (drawn, text) == (0, "ab" * 20)


class EndsSoon(Deadline):
    """A deadline that has come when it was asked for the third time."""

    def __init__(self) -> None:
        super().__init__(math.inf, math.inf)
        self.asked = 0

    def remaining(self) -> float:
        self.asked += 1
        return super().remaining() if self.asked < 3 else 0.0


def test_what_is_written_when_the_time_ends_is_still_given(tmp_path: Path) -> None:
    executor = gguf(tmp_path, {"\n": "a", "a": "b", "b": "a"})
    (text,) = executor.sample("Write it", 5, 0.0, EndsSoon())
    assert len(text) < 40


def test_a_request_that_waits_for_another_ends_with_its_own_time(tmp_path: Path) -> None:
    executor: Any = gguf(tmp_path, FOLLOWS)
    with executor._lock:
        assert list(executor.sample("Write it", 1, 0.0, Deadline.after(0.05))) == []


def test_a_prompt_longer_than_the_context_is_a_clear_error(tmp_path: Path) -> None:
    executor = gguf(tmp_path, FOLLOWS)
    with pytest.raises(ExecutorError, match=r"tiny: .*exceed") as caught:
        list(executor.sample("x" * 5000, 1, 0.0, PATIENT))
    assert "shorten" in caught.value.hint


def test_a_file_that_is_no_gguf_is_a_clear_error(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF")
    with pytest.raises(ExecutorError, match="cannot load"):
        make_executor(f"gguf:{broken}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random GPT-2 of 64 positions with a tokeniser of bytes, as transformers saves it."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    place = tmp_path_factory.mktemp("hf") / "tiny"
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokeniser = Tokenizer(models.BPE({letter: i for i, letter in enumerate(letters)}, []))
    tokeniser.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokeniser.decoder = decoders.ByteLevel()
    PreTrainedTokenizerFast(tokenizer_object=tokeniser).save_pretrained(place)
    torch.manual_seed(0)
    config = GPT2Config(
        vocab_size=256, n_positions=64, n_embd=16, n_layer=1, n_head=2,
        bos_token_id=None, eos_token_id=None,
    )  # fmt: skip
    GPT2LMHeadModel(config).save_pretrained(place)
    return place


@pytest.mark.requirement("SD-10")
def test_a_hugging_face_folder_gives_as_many_samples_as_asked(folder: Path) -> None:
    executor = make_executor(f"hf:{folder}", max_tokens=5)
    assert executor.name == "tiny"
    cold = list(executor.sample("Hi", 2, 0.0, PATIENT))
    assert len(cold) == 2
    assert cold[0] == cold[1]
    warm = list(executor.sample("Hi", 3, 1.0, PATIENT))
    assert len(set(warm)) > 1
    assert all(text.startswith("```python\n") for text in cold + warm)


def test_a_chat_template_in_the_folder_is_used(folder: Path) -> None:
    executor: Any = make_executor(f"hf:{folder}", max_tokens=5)
    executor._tokeniser.chat_template = "{% for m in messages %}<{{ m.content }}>{% endfor %}"
    ids = executor._ids("Hi", True)
    assert executor._tokeniser.decode(ids[0]) == "<Hi>"
    (text,) = executor.sample("Hi", 1, 0.0, PATIENT)
    assert not text.startswith("```")


def test_the_deadline_ends_generation_and_a_long_prompt_is_refused(folder: Path) -> None:
    executor = make_executor(f"hf:{folder}")
    ended = Deadline.after(0)
    assert list(executor.sample("Hi", 1, 0.0, ended)) == []
    (text,) = executor.sample("Hi", 1, 0.0, EndsSoon())
    assert len(text) < len("```python\n") + 8
    with pytest.raises(ExecutorError, match="fills its context"):
        list(executor.sample("x" * 64, 1, 0.0, PATIENT))


def test_a_folder_that_holds_no_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ExecutorError, match="transformers cannot load"):
        make_executor(f"hf:{tmp_path}")
