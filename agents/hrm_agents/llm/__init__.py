"""Language models behind one method (`messages.Model`), chosen by a short text.

embedded               the small model that comes with the package, in llama.cpp
gguf:PATH              any GGUF file, in llama.cpp
openai:URL[#MODEL]     a server that speaks OpenAI's chat completions (llama-server, Ollama, vLLM)
litellm:NAME           any of LiteLLM's providers
scripted:FILE          replies read from a file, a JSON message a line
replay:FILE            the replies of a transcript
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hrm_agents.errors import SettingsError
from hrm_agents.messages import Model
from hrm_agents.settings import ModelSettings


def build_model(spec: str, settings: ModelSettings | None = None) -> Model:
    """The model that `spec` names.

    Raises:
        SettingsError: `spec` is not one of the forms above.
        MissingPackageError: The adapter needs a package that is absent.
        ModelError: The weights cannot be read.
    """
    kind, _, rest = spec.partition(":")
    builder = _BUILDERS.get(kind)
    if builder is None or bool(rest) == (kind == "embedded"):
        raise SettingsError(f"there is no model `{spec}`", hint=f"write one of: {', '.join(FORMS)}")
    return builder(rest, settings or ModelSettings())


def _embedded(_: str, settings: ModelSettings) -> Model:
    from hrm_agents.errors import MissingPackageError

    try:
        from hrm_agents.embedded.llama import EmbeddedModel
    except ImportError as error:
        raise MissingPackageError("llama-cpp-python", "agent") from error
    return EmbeddedModel()


def _gguf(path: str, settings: ModelSettings) -> Model:
    from hrm_agents.llm.gguf import GGUFModel

    return GGUFModel(Path(path).expanduser(), settings)


def _openai(url: str, settings: ModelSettings) -> Model:
    from hrm_agents.llm.openai_compatible import OpenAICompatibleModel

    return OpenAICompatibleModel(url, settings)


def _litellm(name: str, settings: ModelSettings) -> Model:
    from hrm_agents.llm.litellm import LiteLLMModel

    return LiteLLMModel(name, settings)


def _scripted(path: str, _: ModelSettings) -> Model:
    from hrm_agents.llm.scripted import scripted_file

    return scripted_file(Path(path))


def _replay(path: str, _: ModelSettings) -> Model:
    from hrm_agents.transcript import replay_model

    return replay_model(Path(path))


_BUILDERS: dict[str, Callable[[str, ModelSettings], Model]] = {
    "embedded": _embedded,
    "gguf": _gguf,
    "openai": _openai,
    "litellm": _litellm,
    "scripted": _scripted,
    "replay": _replay,
}
FORMS = (
    "embedded",
    "gguf:PATH",
    "openai:URL[#MODEL]",
    "litellm:NAME",
    "scripted:FILE",
    "replay:FILE",
)
