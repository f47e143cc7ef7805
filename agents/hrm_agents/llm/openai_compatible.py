"""Any server that speaks OpenAI's chat completions: llama-server, Ollama's `/v1`, vLLM, OpenAI.

Servers differ in small ways that are evened out here: a call that comes as text in `content` is
read like a GGUF's; a stream's calls are put together by their index; a server that is busy or just
coming up is tried again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import httpx2

from hrm_agents.errors import ModelError
from hrm_agents.formats import OPENERS, TextGate, read_reply
from hrm_agents.messages import (
    Message,
    OnText,
    ToolCall,
    ToolDef,
    assistant,
    next_number,
    tool_call,
)
from hrm_agents.settings import ModelSettings
from hrm_agents.toolbox.http import client_options

_TRY_AGAIN = {408, 429, 500, 502, 503, 504}
_HINT = "start it, and check the address, the model's name and the key"


class OpenAICompatibleModel:
    """A chat completions server as a `Model`.

    Args:
        url: The base that ends with the version, such as `http://localhost:11434/v1`, and after a
            `#` the model's name; without one, the first that the server lists.
        settings: Temperature, limits, and the environment variable with the key.
        pause_s: Time before the second try; doubled before each further one.
    """

    def __init__(
        self, url: str, settings: ModelSettings | None = None, pause_s: float = 0.5
    ) -> None:
        self._settings = settings or ModelSettings()
        self._url, _, self._name = url.partition("#")
        self._url = self._url.rstrip("/")
        self._pause_s = pause_s
        key = os.environ.get(self._settings.api_key_env)
        self._options = client_options(self._url, key, self._settings.timeout_s)

    def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolDef], on_text: OnText | None = None
    ) -> Message:
        """Reply to a conversation; see `Model.complete`."""
        body: dict[str, Any] = {
            "model": self._model_name(),
            "messages": list(messages),
            "temperature": self._settings.temperature,
            "max_tokens": self._settings.max_tokens,
        }
        if tools:
            body["tools"] = list(tools)
        if on_text is None:
            return self._tidied(self._whole(body), messages, tools)
        gate = TextGate(on_text, OPENERS if tools else ())
        reply = self._tidied(self._streamed(body, gate), messages, tools)
        gate.close(reply["content"] or "")
        return reply

    def _model_name(self) -> str:
        if not self._name:
            with self._open("GET", "/models") as response:
                listed = _json(response).get("data") or []
            if not listed:
                raise ModelError(
                    f"{self._url} offers no model", hint=f"name one: openai:{self._url}#NAME"
                )
            self._name = str(listed[0]["id"])
        return self._name

    def _whole(self, body: dict[str, Any]) -> Message:
        with self._open("POST", "/chat/completions", body) as response:
            choices = _json(response).get("choices") or []
        if not choices:
            raise ModelError(f"{self._url} replied without a choice")
        message = choices[0].get("message") or {}
        return assistant(message.get("content"), message.get("tool_calls") or [])

    def _streamed(self, body: dict[str, Any], gate: TextGate) -> Message:
        text, calls = "", _Calls()
        with self._open("POST", "/chat/completions", {**body, "stream": True}) as response:
            for delta in _deltas(response):
                if piece := delta.get("content"):
                    text += piece
                    gate.feed(piece)
                calls.add(delta.get("tool_calls") or [])
        return assistant(text, calls.whole())

    def _tidied(
        self, reply: Message, messages: Sequence[Message], tools: Sequence[ToolDef]
    ) -> Message:
        """The reply with calls taken out of its text, where the server left them there."""
        if calls := reply.get("tool_calls"):
            return assistant(reply["content"] or None, calls)
        names = [tool["function"]["name"] for tool in tools]
        first = next_number(messages)
        return read_reply(reply["content"] or "", names, None, first).message()

    @contextmanager
    def _open(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> Iterator[httpx2.Response]:
        """The response to a request, its body not read yet.

        Raises:
            ModelError: The server cannot be reached, refuses the request, or stops in the middle.
        """
        with ExitStack() as stack:
            client = stack.enter_context(httpx2.Client(**self._options))
            request = client.build_request(method, self._url + path, json=body)
            response = self._answered(stack, client, request)
            try:
                yield response
            except httpx2.TransportError as error:
                raise ModelError(f"{self._url} stopped in the middle of its reply") from error

    def _answered(
        self, stack: ExitStack, client: httpx2.Client, request: httpx2.Request
    ) -> httpx2.Response:
        """The first good response; a server that is not ready is asked again."""
        problem = ""
        for attempt in range(self._settings.retries + 1):
            if attempt:
                time.sleep(self._pause_s * 2 ** (attempt - 1))
            try:
                response = stack.enter_context(closing(client.send(request, stream=True)))
                if response.is_success:
                    return response
                problem = f"{response.status_code} {_refusal(response)}"
                if response.status_code not in _TRY_AGAIN:
                    break
            except httpx2.ReadTimeout:
                problem = f"no reply within {self._settings.timeout_s:.0f} seconds"
                break
            except httpx2.TransportError as error:
                problem = str(error) or type(error).__name__
        raise ModelError(f"the model server {self._url} does not reply: {problem}", _HINT)


class _Calls:
    """The calls of a stream: deltas with the same index belong together."""

    def __init__(self) -> None:
        self._parts: dict[int, dict[str, str]] = {}

    def add(self, deltas: Sequence[dict[str, Any]]) -> None:
        for place, delta in enumerate(deltas):
            index = delta.get("index")
            part = self._parts.setdefault(
                place if index is None else index, {"id": "", "name": "", "arguments": ""}
            )
            function = delta.get("function") or {}
            part["id"] = delta.get("id") or part["id"]
            part["name"] += function.get("name") or ""
            part["arguments"] += function.get("arguments") or ""

    def whole(self) -> list[ToolCall]:
        return [
            tool_call(part["name"], part["arguments"], index + 1, part["id"])
            for index, part in sorted(self._parts.items())
        ]


def _deltas(response: httpx2.Response) -> Iterator[dict[str, Any]]:
    """The deltas of an event stream, up to `[DONE]`."""
    for line in response.iter_lines():
        data = line.removeprefix("data:").strip()
        if data == line.strip() or data == "[DONE]":
            continue
        try:
            chunk = json.loads(data)
        except json.JSONDecodeError as error:
            raise ModelError(f"the model server sent a broken event: {data[:80]}") from error
        if problem := chunk.get("error"):
            raise ModelError(f"the model server failed: {problem}")
        for choice in chunk.get("choices") or []:
            yield choice.get("delta") or {}


def _json(response: httpx2.Response) -> dict[str, Any]:
    try:
        data = json.loads(response.read())
    except json.JSONDecodeError as error:
        raise ModelError("the model server did not reply with JSON") from error
    return data if isinstance(data, dict) else {}


def _refusal(response: httpx2.Response) -> str:
    """The sentence in an error's body."""
    text = response.read().decode(errors="replace")
    try:
        problem = json.loads(text)["error"]
    except (json.JSONDecodeError, KeyError, TypeError):
        return text[:200]
    return str(problem.get("message", problem) if isinstance(problem, dict) else problem)
