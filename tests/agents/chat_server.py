"""A real server that speaks OpenAI's chat completions and replies as it was told."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route


@dataclass
class ChatServer:
    """Replies in order: a message, a `Response`, or the raw lines of a stream.

    `requests` holds the bodies, `headers` the headers of what was asked.
    """

    replies: Sequence[dict[str, Any] | Response | list[str]]
    models: Sequence[str] = ("tiny",)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/v1/models", self._models),
                Route("/v1/chat/completions", self._chat, methods=["POST"]),
            ]
        )

    async def _models(self, _: Request) -> Response:
        return JSONResponse({"data": [{"id": name} for name in self.models]})

    async def _chat(self, request: Request) -> Response:
        body = await request.json()
        reply = self.replies[len(self.requests)]
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        if isinstance(reply, Response):
            return reply
        if isinstance(reply, list):
            return StreamingResponse(_lines(reply), media_type="text/event-stream")
        if body.get("stream"):
            return StreamingResponse(_lines(_events(reply)), media_type="text/event-stream")
        return JSONResponse({"choices": [{"message": reply, "finish_reason": "stop"}]})


async def _lines(lines: Sequence[str]) -> AsyncIterator[str]:
    for line in lines:
        yield line + "\n"


def _events(message: dict[str, Any]) -> list[str]:
    """A message as a stream: text letter by letter, each call's arguments in two halves."""
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": letter} for letter in message.get("content") or ""]
    for index, call in enumerate(message.get("tool_calls") or []):
        function, text = call["function"], call["function"]["arguments"]
        half = len(text) // 2
        first = {"name": function["name"], "arguments": text[:half]}
        deltas.append({"tool_calls": [{"index": index, "id": call["id"], "function": first}]})
        deltas.append({"tool_calls": [{"index": index, "function": {"arguments": text[half:]}}]})
    chunks = [{"choices": [{"delta": delta}]} for delta in deltas]
    chunks.append({"choices": []})  # usage, which some servers send at the end
    return [f"data: {json.dumps(chunk)}\n" for chunk in chunks] + [": comment", "data: [DONE]"]
