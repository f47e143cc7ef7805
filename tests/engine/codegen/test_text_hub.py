"""A checkpoint goes to a hub and comes back, through the hub's own client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import huggingface_hub.constants
import pytest

from hrm_engine.codegen import text_hub
from hrm_engine.codegen.text_model import HRMCodeGen
from hrm_engine.errors import CheckpointError, ExportError, MissingExtraError
from tests.engine.codegen.hub import SHA, Hub, running
from tests.engine.codegen.text_toy import PROMPT, toy_model


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with running() as served:
        monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
        yield served


@pytest.mark.requirement("SD-1")
def test_a_model_is_uploaded_and_comes_back_the_same(hub: Hub, tmp_path: Path) -> None:
    model = toy_model(tmp_path)
    address = model.push_to_hub("someone/toy", token="hf_secret", endpoint=hub.address)  # noqa: S106 - of no hub
    assert address == f"{hub.address}/someone/toy/commit/{SHA}"
    assert hub.private == {"someone/toy": True}
    assert hub.tokens == {"Bearer hf_secret"}
    assert {"README.md", "config.json", "sha256.json", "tokenizer.json"} < set(
        hub.files["someone/toy"]
    )
    again = HRMCodeGen.from_pretrained("someone/toy", endpoint=hub.address)
    assert again.name == "someone/toy"
    assert again.generate_code(PROMPT, 8) == model.generate_code(PROMPT, 8)


def test_what_was_altered_on_the_hub_is_refused(hub: Hub, tmp_path: Path) -> None:
    toy_model(tmp_path).push_to_hub("someone/toy", token="x", endpoint=hub.address)  # noqa: S106 - of no hub
    hub.files["someone/toy"]["recipe.json"] = b'{"by": "somebody else"}'
    with pytest.raises(CheckpointError, match="truncated or altered"):
        HRMCodeGen.from_pretrained("someone/toy", endpoint=hub.address)


def test_a_model_that_the_hub_does_not_have_is_one_error(hub: Hub) -> None:
    with pytest.raises(CheckpointError, match="no folder `no/one` here, and the hub") as failed:
        HRMCodeGen.from_pretrained("no/one", endpoint=hub.address)
    assert "\n" not in failed.value.problem
    assert failed.value.hint


@pytest.mark.parametrize("refusing", [401, 403])
def test_a_hub_that_refuses_is_one_error(hub: Hub, refusing: int, tmp_path: Path) -> None:
    hub.refusing = refusing
    with pytest.raises(ExportError, match="`someone/toy` was not uploaded") as failed:
        toy_model(tmp_path).push_to_hub("someone/toy", token="x", endpoint=hub.address)  # noqa: S106 - of no hub
    assert "\n" not in failed.value.problem


def test_a_hub_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    with running() as gone:
        address = gone.address
    with pytest.raises(ExportError, match="was not uploaded: "):
        toy_model(tmp_path).push_to_hub("someone/toy", token="x", endpoint=address)  # noqa: S106 - of no hub


def test_without_the_package_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_hub, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"hrm-coprocessor\[hub\]"):
        toy_model(tmp_path).push_to_hub("someone/toy")
    with pytest.raises(MissingExtraError, match="`some/one` is no folder here"):
        HRMCodeGen.from_pretrained("some/one")
