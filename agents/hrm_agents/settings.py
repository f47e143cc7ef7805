"""Settings of the agent, read from YAML: unknown keys are errors that say where they stand.

`configs/agent.yaml` spells out every default; a test holds the two equal.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hrm_agents.errors import SettingsError
from hrm_agents.limits import Limits


class ModelSettings(BaseModel):
    """How a language model is run; an adapter uses what applies to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    temperature: float = Field(default=0.0, ge=0)
    max_tokens: int = Field(default=512, ge=1, description="tokens of one reply")
    context: int = Field(default=4096, ge=256, description="tokens of a conversation (gguf)")
    threads: int = Field(default=2, ge=1, description="CPU threads (gguf)")
    timeout_s: float = Field(
        default=120.0, gt=0, description="seconds for one reply (openai, litellm)"
    )
    retries: int = Field(
        default=2, ge=0, description="further tries when a server is down (openai)"
    )
    api_key_env: str = Field(
        default="OPENAI_API_KEY", description="environment variable with the key"
    )


class ToolSettings(BaseModel):
    """Where the tools are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    server: str | None = Field(
        default=None,
        description="http://host:port, rest:URL or stdio:COMMAND; none starts a local server",
    )
    token_env: str = Field(
        default="HRM_TOKEN", description="environment variable with the bearer token"
    )
    timeout_s: float = Field(default=30.0, gt=0, description="seconds for one call")


class AgentSettings(BaseModel):
    """Everything that `hrm chat` can be told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = "embedded"
    system_prompt: Literal["auto", "none"] | Path = Field(
        default="auto", description="auto: the shipped one, unless the model brings its own"
    )
    history: int = Field(default=3, ge=0, description="earlier questions that the model sees")
    llm: ModelSettings = ModelSettings()
    tools: ToolSettings = ToolSettings()
    limits: Limits = Limits()


def load_settings(path: Path | None = None) -> AgentSettings:
    """Settings from a YAML file; without one, from the shipped `configs/agent.yaml`.

    Raises:
        SettingsError: The file cannot be read, is not YAML, or has a wrong or unknown key.
    """
    path = path or data_file("configs/agent.yaml")
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        return AgentSettings.model_validate(yaml.safe_load(text) or {})
    except OSError as error:
        raise SettingsError(f"cannot read {path}: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise SettingsError(f"{path} is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        line = _line(root, first["loc"])
        raise SettingsError(
            f"{first['msg']}: `{place or 'the file'}` ({path}:{line})",
            hint="configs/agent.yaml lists every key with its default",
        ) from error


def _line(node: yaml.Node | None, place: tuple[int | str, ...]) -> int:
    """The line, from 1, of the deepest part of `place` that the file has."""
    line = 1 if node is None else node.start_mark.line + 1
    for part in place:
        if not isinstance(node, yaml.MappingNode):
            break
        found = [(key, value) for key, value in node.value if key.value == part]
        if not found:
            break
        line, node = found[0][0].start_mark.line + 1, found[0][1]
    return line


def data_file(name: str) -> Path:
    """A shipped text file, such as `prompts/system_tools.md`: from the package or the checkout."""
    here = Path(__file__).resolve().parent
    packaged = here / "_data" / name
    return packaged if packaged.exists() else here.parents[1] / name


def system_prompt(settings: AgentSettings) -> str | None:
    """The system prompt to send, or None.

    The embedded model writes its own, since it was trained on it.

    Raises:
        SettingsError: The named file cannot be read.
    """
    choice = settings.system_prompt
    if choice == "none" or (choice == "auto" and settings.model == "embedded"):
        return None
    path = data_file("prompts/system_tools.md") if choice == "auto" else Path(choice)
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"cannot read the system prompt {path}: {error.strerror}") from error
