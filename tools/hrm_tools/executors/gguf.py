"""A GGUF file in llama.cpp as an executor: `gguf:PATH`.

The prompt goes through the file's own chat template; a model without one is a base model, and is
asked to go on after an opened block of Python. The prompt is read once for all samples of a
request: llama-cpp-python keeps what it has in common with the one before.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hrm_engine.codegen.executor import ExecutorError
from hrm_engine.deadline import Deadline
from hrm_engine.errors import MissingExtraError
from hrm_tools.executors.limits import CONTEXT, FENCE, MAX_TOKENS

POLL_S = 0.1


class GGUFExecutor:
    """A model in this process; one request at a time, the others wait.

    Raises MissingExtraError without llama-cpp-python, ExecutorError for a file that it cannot
    load.
    """

    def __init__(
        self, path: Path, *, max_tokens: int = MAX_TOKENS, threads: int | None = None
    ) -> None:
        self.name = path.stem
        self._max_tokens = max_tokens
        self._llama = _load(path, threads or len(os.sched_getaffinity(0)))
        self._is_chat = "tokenizer.chat_template" in self._llama.metadata
        self._lock = threading.Lock()
        self._drawn = 0

    def sample(self, prompt: str, k: int, temperature: float, deadline: Deadline) -> Iterator[str]:
        """See `Executor.sample`. Raises ExecutorError for a prompt longer than the context."""
        for _ in range(k):
            while not self._lock.acquire(timeout=POLL_S):
                if not deadline.remaining():
                    return
            try:
                if not deadline.remaining():
                    return
                text = self._reply(prompt, temperature, deadline)
            finally:
                self._lock.release()
            yield text

    def _reply(self, prompt: str, temperature: float, deadline: Deadline) -> str:
        """One reply, cut off where the time ends."""
        self._drawn += 1
        options = {
            "max_tokens": self._max_tokens,
            "temperature": temperature,
            "repeat_penalty": 1.0,
            "seed": self._drawn,
            "stream": True,
        }
        pieces = [] if self._is_chat else [FENCE]
        try:
            for piece in self._pieces(prompt, options):
                pieces.append(piece)
                if not deadline.remaining():
                    break
        except ValueError as error:  # the prompt and the reply do not fit
            hint = "shorten the specification or the examples"
            raise ExecutorError(f"{self.name}: {error}", hint=hint) from error
        return "".join(pieces)

    def _pieces(self, prompt: str, options: dict[str, Any]) -> Iterator[str]:
        if self._is_chat:
            messages = [{"role": "user", "content": prompt}]
            for chunk in self._llama.create_chat_completion(messages, **options):
                yield chunk["choices"][0]["delta"].get("content") or ""
        else:
            opened = f"{prompt}\n\n{FENCE}"
            for chunk in self._llama.create_completion(opened, stop=["```"], **options):
                yield chunk["choices"][0]["text"]


def _load(path: Path, threads: int) -> Any:
    try:
        from llama_cpp import Llama
    except ImportError as error:
        raise MissingExtraError(
            "a GGUF executor needs llama-cpp-python", hint="pip install 'hrm-coprocessor[executor]'"
        ) from error
    try:
        return Llama(str(path), n_ctx=CONTEXT, n_threads=threads, verbose=False)
    except (ValueError, RuntimeError) as error:
        hint = "is it a GGUF file, and whole?"
        raise ExecutorError(f"llama.cpp cannot load {path}: {error}", hint=hint) from error
