"""Any of LiteLLM's providers as a `Model`: `litellm:ollama_chat/qwen3`, `litellm:anthropic/...`.

LiteLLM takes seconds and some 180 MB to import and would fetch a price list from the network, so it
is an extra, imported when the first model of this kind is built, and told to use its own list.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from hrm_agents.errors import MissingPackageError, ModelError
from hrm_agents.formats import read_reply
from hrm_agents.messages import Message, OnText, ToolDef, assistant, next_number, tool_call
from hrm_agents.settings import ModelSettings


class LiteLLMModel:
    """A LiteLLM model name as a `Model`; replies come whole, not streamed.

    Raises:
        MissingPackageError: LiteLLM is absent.
    """

    def __init__(self, name: str, settings: ModelSettings | None = None) -> None:
        os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
        try:
            import litellm
            from openai import OpenAIError  # the base of LiteLLM's own errors
        except ImportError as error:
            raise MissingPackageError("litellm", "litellm") from error
        self._litellm: Any = litellm
        litellm.suppress_debug_info = True  # or each failure prints an advertisement to stdout
        self._failure = OpenAIError
        self._name = name
        self._settings = settings or ModelSettings()

    def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolDef], on_text: OnText | None = None
    ) -> Message:
        """Reply to a conversation; see `Model.complete`."""
        try:
            response = self._litellm.completion(
                model=self._name,
                messages=list(messages),
                tools=list(tools) or None,
                temperature=self._settings.temperature,
                max_tokens=self._settings.max_tokens,
                timeout=self._settings.timeout_s,
            )
        except self._failure as error:
            raise ModelError(
                f"{self._name} does not reply: {error}",
                hint="check the model's name, the provider's key and that its server runs",
            ) from error
        reply = response.choices[0].message
        names = [tool["function"]["name"] for tool in tools]
        first = next_number(messages)
        if reply.tool_calls:
            calls = [
                tool_call(c.function.name, c.function.arguments, first + n, c.id)
                for n, c in enumerate(reply.tool_calls)
            ]
            message = assistant(reply.content, calls)
        else:
            message = read_reply(reply.content or "", names, None, first).message()
        if on_text is not None and message["content"]:
            on_text(message["content"])
        return message
