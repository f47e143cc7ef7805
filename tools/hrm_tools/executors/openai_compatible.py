"""Any server that speaks OpenAI's chat completions as an executor: `http://HOST/v1#MODEL`.

llama-server, Ollama, vLLM, LM Studio and the hosted ones do. The key comes from `HRM_EXECUTOR_KEY`
and is sent to that server alone: redirects are not followed, and errors do not show it. A reply
is bounded in size and, as a whole, in time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hrm_engine.codegen.executor import ExecutorError
from hrm_engine.deadline import Deadline
from hrm_engine.errors import ConfigError, MissingExtraError
from hrm_tools.executors.limits import MAX_TOKENS

if TYPE_CHECKING:
    import httpx2

KEY = "HRM_EXECUTOR_KEY"
CONNECT_S = 5.0
LONGEST_S = 600.0
"""A reply takes no longer, whatever the deadline."""
MOST_BYTES = 1 << 20
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class OpenAICompatibleExecutor:
    """A chat completions server. Raises ConfigError for an address that cannot be meant."""

    def __init__(self, spec: str, *, max_tokens: int = MAX_TOKENS) -> None:
        url, _, self.name = spec.partition("#")
        self._url = url.rstrip("/")
        parts = urlsplit(self._url)
        if not parts.hostname or not self.name or parts.username or parts.query:
            raise ConfigError(
                f"`{parts.scheme}://{parts.hostname or ''}...` is no address of an executor",
                hint=f"give http://HOST:PORT/v1#MODEL; a key goes into {KEY}",
            )
        self._local = parts.hostname in _LOOPBACK
        self._max_tokens = max_tokens

    def sample(self, prompt: str, k: int, temperature: float, deadline: Deadline) -> Iterator[str]:
        """See `Executor.sample`. Raises ExecutorError: the server is down, refuses, or says odd."""
        body = {
            "model": self.name,
            "messages": [{"role": "user", "content": prompt}],
            "temperature": temperature,
            "max_tokens": self._max_tokens,
        }
        for _ in range(k):
            if not deadline.remaining():
                return
            if (text := self._reply(body, deadline.within(LONGEST_S))) is None:
                return
            yield text

    def _reply(self, body: dict[str, Any], deadline: Deadline) -> str | None:
        """One reply; None where the time ran out."""
        with self._asked(body, deadline) as response:
            read = _bounded(response, deadline)
        if read is None:
            return None
        if not response.is_success:
            said = f"{response.status_code} {_refusal(read)}".strip()
            raise self._error(f"the executor's server refused: {self._hidden(said)}")
        try:
            content = json.loads(read)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError):
            raise self._error("the executor's server did not reply as OpenAI's does") from None
        return content if isinstance(content, str) else ""

    @contextmanager
    def _asked(self, body: dict[str, Any], deadline: Deadline) -> Iterator[httpx2.Response]:
        """The server's response, its body not read yet. Raises ExecutorError."""
        httpx2 = _httpx2()
        key = _key()
        wait = max(0.01, min(deadline.remaining(), LONGEST_S))
        options = {
            "headers": {"Authorization": f"Bearer {key}"} if key else {},
            "timeout": httpx2.Timeout(wait, connect=min(wait, CONNECT_S)),
            "follow_redirects": False,
            "trust_env": not self._local,  # a proxy is not asked for this machine
        }
        try:
            with (
                httpx2.Client(**options) as client,
                client.stream("POST", f"{self._url}/chat/completions", json=body) as response,
            ):
                yield response
        except httpx2.ReadTimeout:
            raise self._error("the executor's server did not reply in time") from None
        except (httpx2.TransportError, httpx2.InvalidURL, httpx2.DecodingError) as error:
            problem = self._hidden(str(error) or type(error).__name__)
            raise self._error(f"the executor's server does not reply: {problem}") from None

    def _hidden(self, text: str) -> str:
        """The text without the key, which a server may quote."""
        key = _key()
        return text.replace(key, "***") if key else text

    def _error(self, problem: str) -> ExecutorError:
        hint = f"check that it runs, the model's name, and the key in {KEY}"
        return ExecutorError(f"{problem} ({self._url})", hint=hint)


def _key() -> str:
    """The key, "" for none. Raises ConfigError for one that no header can hold."""
    key = os.environ.get(KEY, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise ConfigError(f"{KEY} holds characters that no key has", hint="set it again")
    return key


def _bounded(response: httpx2.Response, deadline: Deadline) -> bytes | None:
    """The body as far as MOST_BYTES; None where the time ran out."""
    read = bytearray()
    for part in response.iter_bytes():
        read += part
        if len(read) > MOST_BYTES:
            break
        if not deadline.remaining():
            return None
    return bytes(read[:MOST_BYTES])


def _refusal(body: bytes) -> str:
    """The sentence in an error's body."""
    text = body[:2000].decode(errors="replace")
    try:
        problem = json.loads(text)["error"]
    except (ValueError, LookupError, TypeError):
        return text[:200]
    return str(problem.get("message", problem) if isinstance(problem, dict) else problem)[:200]


def _httpx2() -> Any:
    try:
        import httpx2
    except ImportError as error:
        raise MissingExtraError(
            "a server as executor needs httpx2", hint="pip install 'hrm-coprocessor[executor]'"
        ) from error
    return httpx2
