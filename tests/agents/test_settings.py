"""Settings: the shipped file spells out the defaults, and mistakes say where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrm_agents.errors import SettingsError
from hrm_agents.settings import AgentSettings, data_file, load_settings, system_prompt


def test_the_shipped_file_spells_out_every_default() -> None:
    assert load_settings() == AgentSettings()
    text = data_file("configs/agent.yaml").read_text()
    settings = AgentSettings().model_dump()
    parts = [settings, settings["llm"], settings["tools"], settings["limits"]]
    assert [key for part in parts for key in part if f"{key}:" not in text] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("modle: embedded\n", r"`modle` \(.*agent.yaml:1\)"),
        ("model: embedded\nlimits:\n  turns: 3\n  turn: 4\n", r"`limits.turn` \(.*:4\)"),
        ("\nlimits:\n  turns: many\n", r"`limits.turns` \(.*:3\)"),
        ("limits: 3\n", r"`limits` \(.*:1\)"),
        ("- a\n", r"`the file` \(.*:1\)"),
        ("model: [\n", "is not YAML"),
    ],
)
def test_a_mistake_says_where_it_is(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "agent.yaml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=problem):
        load_settings(path)


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "agent.yaml"
    path.write_text("")
    assert load_settings(path) == AgentSettings()


def test_a_file_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot read"):
        load_settings(tmp_path / "none.yaml")


@pytest.mark.requirement("CP-6")
def test_a_swapped_in_model_is_told_when_and_how_to_call_the_tools() -> None:
    text = system_prompt(AgentSettings(model="openai:http://localhost:11434/v1")) or ""
    for part in ("When to call a tool", "How to call it", "How to answer", "verdict: proved"):
        assert part in text
    assert len(text) < 2500  # a small model reads it before every question


def test_the_embedded_model_brings_its_own_prompt() -> None:
    assert system_prompt(AgentSettings()) is None
    other = AgentSettings(model="scripted:x", system_prompt="none")
    assert system_prompt(other) is None


def test_a_system_prompt_of_ones_own_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "prompt.md"
    settings = AgentSettings(system_prompt=path)
    with pytest.raises(SettingsError, match="cannot read the system prompt"):
        system_prompt(settings)
    path.write_text("Be brief.\n")
    assert system_prompt(settings) == "Be brief."
