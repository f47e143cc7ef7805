"""The embedded LLM in llama.cpp: a conversation and tools in, one assistant message out.

llama-cpp-python offers no choice between text and calls for such a model, so it is made here:

    prompt ─► first token ─┬─ <tool_call>  the rest under the grammar of calls
                           └─ text         under the grammar of a final sentence or of plain words

The first token is free (that is what `auto` means), everything after it is constrained. Prompts
are tokenised segment by segment, and only what the template marked becomes a control token. The
prefix shared with the prompt before is reused by `Llama.generate`. Greedy, so deterministic.
Pasted puzzles have short names here, in and out (`blocks.py`).

Read `EmbeddedModel.complete` first; what may be written is in `grammar.py`, what may be said in
`faithful.py`.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrm_agents.embedded import faithful, grammar
from hrm_agents.embedded.blocks import shortened
from hrm_agents.embedded.resources import weights
from hrm_agents.embedded.spoken import to_symbols
from hrm_agents.embedded.template import CALL, CONTROL_TOKENS, END, render
from hrm_agents.errors import MissingPackageError, ModelError
from hrm_agents.messages import (
    Message,
    OnText,
    ToolDef,
    assistant,
    next_number,
    tool_call,
)

CONTEXT = 1024
LONGEST_REPLY = 400
MOST_CALLS = 4
NOT_OFFERED = frozenset({"generate_code"})
"""Tools that the shipped weights were never trained on: calling them well needs a larger model."""


@dataclass(frozen=True)
class Note:
    """What is worth knowing of the last reply.

    replaced: the model's sentence was unfaithful and the host's own took its place.
    """

    prompt_tokens: int
    replaced: bool = False


class EmbeddedModel:
    """The shipped model, or another GGUF file of the same chat format, as a `Model`.

    Args:
        path: The GGUF file; the shipped weights, checked, when None.
        span_grammar: Whether string arguments can only be text of the conversation.
        threads: CPU threads; more than one only waits for itself at this size, worst of all
            on a busy machine.

    Raises:
        MissingPackageError: llama-cpp-python is absent.
        ModelError: The file is missing or altered, or llama.cpp cannot load it.
    """

    def __init__(
        self, path: Path | None = None, *, span_grammar: bool = True, threads: int = 1
    ) -> None:
        self.span_grammar = span_grammar
        self.note = Note(0)
        self._llama = _load(weights().path if path is None else path, threads)
        self._control = {token: self._control_id(token) for token in CONTROL_TOKENS}

    def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolDef], on_text: OnText | None = None
    ) -> Message:
        """Reply to a conversation; see `Model.complete`. Raises ModelError when it is too long."""
        tools = [tool for tool in tools if tool["function"]["name"] not in NOT_OFFERED]
        messages, names = shortened(messages)
        done = faithful.steps(messages)
        prompt = self._fitting(messages, tools)
        self.note = Note(len(prompt))
        if tools and len(done) < MOST_CALLS and next(self._tokens(prompt)) == self._control[CALL]:
            call = self._call(prompt, messages, tools)
            if call is not None and not _repeats(call, done):
                name, arguments = call
                sent = {key: names.argument(value) for key, value in arguments.items()}
                return assistant(None, [tool_call(name, sent, next_number(messages))])
        if done:
            text = names.sentence(self._final(prompt, done))
            if on_text:
                on_text(text)
            return assistant(text)
        return assistant(self._words(prompt, on_text))

    def _call(
        self, prompt: list[int], messages: Sequence[Message], tools: Sequence[ToolDef]
    ) -> tuple[str, dict[str, Any]] | None:
        """The call that the model writes; None when none is possible or it is cut off."""
        asked = [to_symbols(m["content"] or "") for m in reversed(messages) if m["role"] == "user"]
        rules = grammar.calls(tools, asked, span_grammar=self.span_grammar)
        if rules is None:
            return None
        text = "".join(self._text([*prompt, self._control[CALL]], rules))
        try:
            call = json.loads(text.removesuffix("</tool_call>"))
        except ValueError:
            return None
        return call["name"], call["arguments"]

    def _final(self, prompt: list[int], done: list[faithful.Step]) -> str:
        """The answer after results: the model's if it is faithful, else the host's.

        It is shown only once it is known to be faithful; that takes a tenth of a second.
        """
        spans = [span for step in done for span in step.spans]
        rules = grammar.final([step.must_say for step in done], spans)
        text = "".join(self._text(prompt, rules)).strip()
        if not faithful.is_faithful(text, done):
            text = faithful.sentence(done)
            self.note = Note(len(prompt), replaced=True)
        return text

    def _words(self, prompt: list[int], on_text: OnText | None) -> str:
        """An answer without tools, shown as it is written."""
        pieces = []
        for piece in self._text(prompt, grammar.words()):
            pieces.append(piece)
            if on_text:
                on_text(piece)
        return "".join(pieces).strip()

    def _fitting(self, messages: Sequence[Message], tools: Sequence[ToolDef]) -> list[int]:
        """The prompt; the oldest exchanges are left out while it is too long."""
        starts = [i for i, message in enumerate(messages) if message["role"] == "user"] or [0]
        for start in starts:
            prompt = self._encode(messages[start:], tools)
            if len(prompt) + LONGEST_REPLY <= self._llama.n_ctx() or start == starts[-1]:
                break
        if len(prompt) + 16 > self._llama.n_ctx():
            raise ModelError(
                f"the question takes {len(prompt)} of {self._llama.n_ctx()} tokens",
                hint="ask in fewer words, or choose a larger model: hrm chat --model gguf:PATH",
            )
        return prompt

    def _encode(self, messages: Sequence[Message], tools: Sequence[ToolDef]) -> list[int]:
        """Token ids; text from outside never becomes a control token."""
        ids: list[int] = []
        for text, is_control, _ in render(messages, tools, answer=True):
            ids += [self._control[text]] if is_control else self._ids(text)
        return ids

    def _text(self, prompt: list[int], rules: str) -> Iterator[str]:
        """Pieces of text under a grammar, until the turn ends."""
        from llama_cpp import LlamaGrammar

        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        room = min(LONGEST_REPLY, self._llama.n_ctx() - len(prompt) - 1)
        tokens = self._tokens(prompt, LlamaGrammar.from_string(rules, verbose=False))
        for _, token in zip(range(room), tokens, strict=False):
            if token == self._control[END]:
                return
            yield decoder.decode(self._llama.detokenize([token], special=True))

    def _tokens(self, prompt: list[int], rules: Any = None) -> Iterator[int]:
        """The most likely tokens after `prompt`, one by one."""
        tokens: Iterator[int] = self._llama.generate(
            prompt, temp=0.0, repeat_penalty=1.0, grammar=rules
        )
        return tokens

    def _ids(self, text: str, *, special: bool = False) -> list[int]:
        ids: list[int] = self._llama.tokenize(text.encode(), add_bos=False, special=special)
        return ids

    def _control_id(self, token: str) -> int:
        ids = self._ids(token, special=True)
        if len(ids) != 1:
            raise ModelError(
                f"the model has no token {token}", hint="only models trained for this chat format"
            )
        return ids[0]


def _repeats(call: tuple[str, dict[str, Any]], done: Sequence[faithful.Step]) -> bool:
    """Whether the call was carried out already: asking again brings nothing new."""
    return any((step.name, dict(step.arguments)) == call for step in done)


def _load(path: Path, threads: int) -> Any:
    try:
        import llama_cpp
    except ImportError as error:
        raise MissingPackageError("llama-cpp-python", "agent") from error
    if not path.is_file():
        raise ModelError(f"there is no file {path}", hint="give the path of a .gguf file")
    try:
        return llama_cpp.Llama(
            str(path), n_ctx=CONTEXT, n_threads=threads, n_threads_batch=threads, verbose=False
        )
    except (ValueError, RuntimeError) as error:
        raise ModelError(f"llama.cpp cannot load {path}: {error}") from error
