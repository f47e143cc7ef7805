"""`HRMCodeGen`: load, generate, search, stream, save."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from hrm_engine.codegen.text import ladder, pieces
from hrm_engine.codegen.text_model import ROWS, HRMCodeGen
from hrm_engine.deadline import Deadline
from hrm_engine.errors import CheckpointError, ConfigError, DeadlineError, TaskError
from hrm_engine.inference.sampling import schedule
from hrm_engine.tokens.text import TextTokenizer
from tests.engine.codegen.text_toy import PROMPT, toy_model


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> HRMCodeGen:
    return toy_model(tmp_path_factory.mktemp("toy"))


@pytest.mark.requirement("SD-1")
def test_saved_and_loaded_a_model_writes_the_same(model: HRMCodeGen, tmp_path: Path) -> None:
    folder = model.save_checkpoint(tmp_path / "saved")
    again = HRMCodeGen.from_pretrained(folder, device="cpu")
    asked = {"max_tokens": 12, "temperature": 0.9, "top_p": 0.9, "seed": 4}
    assert again.generate_code(PROMPT, **asked) == model.generate_code(PROMPT, **asked)
    assert again.parameters == model.parameters
    assert again.name == "saved"
    assert not again.network.training
    assert HRMCodeGen.from_pretrained(str(folder)).device.type in ("cpu", "cuda")


@pytest.mark.requirement("SD-1")
def test_the_seed_decides_what_is_drawn(model: HRMCodeGen) -> None:
    first, again, other = (
        model.generate_code(PROMPT, 12, temperature=1.5, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again != other


@pytest.mark.requirement("SD-1")
def test_temperature_0_is_greedy_whatever_top_p_is(model: HRMCodeGen) -> None:
    greedy = model.generate_code(PROMPT, 12)
    assert model.generate_code(PROMPT, 12, temperature=0.0, top_p=0.5, seed=9) == greedy
    assert model.beam_search(PROMPT, 12, num_beams=1) == [greedy]


@pytest.mark.requirement("SD-1")
def test_a_schedule_changes_the_temperature_on_the_way(model: HRMCodeGen) -> None:
    for name in ("constant", "linear", "cosine"):
        cooling = schedule(name, 0.0, 0.0)
        assert model.generate_code(PROMPT, 8, cooling) == model.generate_code(PROMPT, 8)
    heated = schedule("linear", 0.0, 50.0)
    assert model.generate_code(PROMPT, 12, heated) != model.generate_code(PROMPT, 12)


@pytest.mark.requirement("SD-1")
def test_a_beam_gives_as_many_answers_as_it_is_wide(model: HRMCodeGen) -> None:
    found = model.beam_search(PROMPT, max_tokens=6, num_beams=3)
    assert len(found) == 3
    assert len(set(found)) > 1


@pytest.mark.requirement("SD-1")
@pytest.mark.parametrize("temperature", [0.0, 1.5])
def test_a_stream_is_the_same_text_in_pieces(model: HRMCodeGen, temperature: float) -> None:
    asked = (PROMPT, 20, temperature, 0.95)
    parts = list(model.stream(*asked, seed=3))
    assert len(parts) > 1
    assert "".join(parts) == model.generate_code(*asked, seed=3)


def test_prompts_are_answered_side_by_side_in_their_order(model: HRMCodeGen) -> None:
    prompts = [f"Add {number} to a number.\n" for number in range(ROWS + 2)]
    together = model.generate_batch(prompts, 6)
    assert together == [model.generate_code(prompt, 6) for prompt in prompts]


def test_samples_differ_and_a_ladder_begins_with_the_best_guess(model: HRMCodeGen) -> None:
    assert len(set(model.samples(PROMPT, 4, 12, temperature=2.0, top_p=1.0))) > 1
    rungs = ladder(3, 0.0, 2.0)
    assert rungs == [0.0, 1.0, 2.0]
    assert ladder(1) == [0.0]
    assert model.samples(PROMPT, 3, 12, rungs)[0] == model.generate_code(PROMPT, 12)
    with pytest.raises(ConfigError, match="3 temperatures for 2 samples"):
        model.samples(PROMPT, 2, 12, rungs)


@pytest.mark.requirement("SD-5")
@pytest.mark.parametrize("prompt", ["", "  \n", "x" * 2048, "x y " * 300])
def test_a_prompt_must_say_something_in_less_than_2048_characters(
    model: HRMCodeGen, prompt: str
) -> None:
    said = {0: "the prompt is empty", 3: "the prompt is empty", 2048: "2,048 characters"}
    expected = said.get(len(prompt), "tokens long, the model reads 95")
    for ask in (model.generate_code, model.beam_search, model.stream):
        with pytest.raises(TaskError, match=expected):
            ask(prompt)


def test_the_longest_prompt_is_read(tmp_path: Path) -> None:
    roomy = toy_model(tmp_path, context=2100)
    assert isinstance(roomy.generate_code("x" * 2047, 1), str)


@pytest.mark.requirement("SD-5")
def test_wrong_settings_are_one_clear_error(model: HRMCodeGen) -> None:
    for wrong, said in (
        ({"max_tokens": 0}, "max_tokens 0 is too few"),
        ({"temperature": -1.0}, "temperature -1 is negative"),
        ({"top_p": 0.0}, "top_p 0.0 is not in"),
    ):
        with pytest.raises(ConfigError, match=said):
            model.generate_code(PROMPT, **wrong)  # type: ignore[arg-type]  # one at a time
    with pytest.raises(ConfigError, match="0 beams are too few"):
        model.beam_search(PROMPT, 4, 0)


def test_the_deadline_ends_the_work(model: HRMCodeGen) -> None:
    with pytest.raises(DeadlineError):
        model.generate_code(PROMPT, deadline=Deadline.after(0))


def test_a_model_that_is_not_there_or_answers_no_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="no checkpoint `nothing`"):
        HRMCodeGen.from_pretrained("nothing")
    with pytest.raises(CheckpointError, match="no checkpoint"):
        HRMCodeGen.from_pretrained(tmp_path / "nothing")
    with pytest.raises(CheckpointError, match="is not a model of texts"):
        HRMCodeGen.from_pretrained("hrm-derivative")


@pytest.mark.parametrize("device", ["tpu", "mps", "cuda:7"])
def test_a_device_that_is_not_there_is_refused(
    model: HRMCodeGen, device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    folder = model.save_checkpoint(tmp_path / "saved")
    with pytest.raises(ConfigError, match="device"):
        HRMCodeGen.from_pretrained(folder, device)


def test_an_untrained_model_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    before = torch.get_rng_state()
    one, same, other = (toy_model(tmp_path, seed=seed) for seed in (1, 1, 2))
    assert torch.equal(torch.get_rng_state(), before)
    assert one.generate_code(PROMPT, 6) == same.generate_code(PROMPT, 6)
    assert not torch.equal(one.network.embedding.weight, other.network.embedding.weight)


def test_a_size_for_grids_and_another_tokeniser_are_refused(
    model: HRMCodeGen, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="`trm_mlp-tiny` answers grids"):
        toy_model(tmp_path, "trm_mlp-tiny", context=512)
    small = TextTokenizer.train([[("Add.", False, True)]], size=260)
    with pytest.raises(ConfigError, match="the tokeniser that it was trained with"):
        HRMCodeGen(model.network, small)


def test_a_character_is_held_back_until_all_its_bytes_are_there(model: HRMCodeGen) -> None:
    tokens = model.tokenizer.encode("a ü 猫")
    assert len(tokens) > 5
    assert list(pieces(tokens, model.tokenizer)) == ["a", " ", "ü", " ", "猫"]
    cut = model.tokenizer.encode("猫")[:-1]
    assert list(pieces(cut, model.tokenizer)) == ["\ufffd"]


def test_the_card_and_recipe_travel_with_the_weights(model: HRMCodeGen, tmp_path: Path) -> None:
    told = HRMCodeGen(
        model.network, model.tokenizer, name="told", recipe={"by": "hand"}, card="# told\n"
    )
    folder = told.save_checkpoint(tmp_path / "told")
    assert json.loads((folder / "recipe.json").read_text()) == {"by": "hand"}
    assert HRMCodeGen.from_pretrained(folder).card == "# told\n"
