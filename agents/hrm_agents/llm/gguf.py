"""Any GGUF file in llama.cpp, with the tool calling that llama-cpp-python leaves out.

For a model with a chat template of its own, llama-cpp-python renders the tools and then returns a
call as plain text. Here the template tells the form of calls (`formats`), the reply is read in that
form, and a call that is broken or names no tool on offer is written once more under a grammar that
admits nothing else.

Generation goes through `Llama.generate`, which reuses the longest common prefix of the last prompt,
and keeps marks such as `[TOOL_CALLS]` in the text, which `create_completion` drops.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hrm_agents.errors import MissingPackageError, ModelError
from hrm_agents.formats import OPENERS, CallForm, Reply, TextGate, detect, read_reply
from hrm_agents.formats.scan import decode
from hrm_agents.formats.template import ChatTemplate, Segment
from hrm_agents.messages import Message, OnText, ToolDef, next_number
from hrm_agents.settings import ModelSettings


class GGUFModel:
    """A GGUF file as a `Model`.

    Raises:
        MissingPackageError: llama-cpp-python is absent.
        ModelError: The file is missing, or llama.cpp cannot load it.
    """

    def __init__(self, path: Path, settings: ModelSettings | None = None) -> None:
        self._settings = settings or ModelSettings()
        self._llama = _load(path, self._settings)
        self._template = _template(self._llama)

    def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolDef], on_text: OnText | None = None
    ) -> Message:
        """Reply to a conversation; see `Model.complete`."""
        prompt = self._tokens(self._template.render(messages, tools))
        names = [tool["function"]["name"] for tool in tools]
        gate = TextGate(on_text, OPENERS if tools else ()) if on_text else None
        pieces = []
        for piece in self._generate(prompt):
            pieces.append(piece)
            if gate:
                gate.feed(piece)
        form, first = self._template.form, next_number(messages)
        reply = read_reply("".join(pieces), names, form, first)
        if tools and _is_broken(reply, names, form):
            text = reply.text.partition(form.openers[0])[0].strip()
            reply = self._under_grammar(prompt, text, tools, first)
        if gate:
            gate.close(reply.text)
        return reply.message()

    def _under_grammar(
        self, prompt: list[int], text: str, tools: Sequence[ToolDef], first: int
    ) -> Reply:
        """The call again, after its opening mark, with nothing but valid calls possible."""
        opener = self._template.form.openers[0]
        start = prompt + self._tokens([(text, False), (f"{opener}\n", True)])
        call = "".join(self._generate(start, _grammar(tools)))
        names = [tool["function"]["name"] for tool in tools]
        again = read_reply(call, names, None, first)
        return Reply(text, again.calls)

    def _generate(self, prompt: list[int], grammar: Any = None) -> Iterator[str]:
        """Pieces of text until the model ends its turn.

        Raises:
            ModelError: The conversation does not fit into the context.
        """
        room = self._settings.context - len(prompt)
        if room < 16:
            raise ModelError(
                f"the conversation takes {len(prompt)} of {self._settings.context} tokens",
                hint="raise llm.context in the settings, or start a new conversation",
            )
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        temperature = self._settings.temperature
        for count, token in enumerate(
            self._llama.generate(prompt, temp=temperature, repeat_penalty=1.0, grammar=grammar)
        ):
            if self._ends(token) or count >= min(room, self._settings.max_tokens):
                return
            yield decoder.decode(self._llama.detokenize([token], special=True))

    def _tokens(self, segments: list[Segment]) -> list[int]:
        """Token ids. Only what the template wrote may become control tokens."""
        safe = all(
            ours or self._ids(text, special=True) == self._ids(text, special=False)
            for text, ours in segments
        )
        if safe:  # whole, so that token borders fall where the model is used to them
            segments = [("".join(text for text, _ in segments), True)]
        return [token for text, ours in segments for token in self._ids(text, special=ours)]

    def _ids(self, text: str, *, special: bool) -> list[int]:
        ids: list[int] = self._llama.tokenize(text.encode(), add_bos=False, special=special)
        return ids

    def _ends(self, token: int) -> bool:
        import llama_cpp

        vocabulary = llama_cpp.llama_model_get_vocab(self._llama.model)
        return bool(llama_cpp.llama_vocab_is_eog(vocabulary, token))


def _load(path: Path, settings: ModelSettings) -> Any:
    if not path.is_file():
        raise ModelError(f"there is no file {path}", hint="give the path of a .gguf file")
    try:
        from llama_cpp import Llama
    except ImportError as error:
        raise MissingPackageError("llama-cpp-python", "agent") from error
    try:
        return Llama(str(path), n_ctx=settings.context, n_threads=settings.threads, verbose=False)
    except (ValueError, RuntimeError) as error:
        raise ModelError(f"llama.cpp cannot load {path}: {error}") from error


def _template(llama: Any) -> ChatTemplate:
    """The file's own template, or ChatML where it has none."""
    from llama_cpp.llama_chat_format import CHATML_CHAT_TEMPLATE

    text = llama.metadata.get("tokenizer.chat_template") or CHATML_CHAT_TEMPLATE
    bos, eos = (
        llama.detokenize([token], special=True).decode() if token >= 0 else ""
        for token in (llama.token_bos(), llama.token_eos())
    )
    return ChatTemplate(text, detect(text), bos=bos, eos=eos)


def _is_broken(reply: Reply, names: Sequence[str], form: CallForm) -> bool:
    """Whether a call was begun that is none, names no tool on offer, or has no arguments."""
    if not reply.calls:
        return any(opener in reply.text for opener in form.openers)
    functions = [call["function"] for call in reply.calls]
    return any(
        function["name"] not in names or not isinstance(decode(function["arguments"]), dict)
        for function in functions
    )


def _grammar(tools: Sequence[ToolDef]) -> Any:
    """A llama.cpp grammar of one call to any of the tools.

    The converter's rule for letters in a string admits raw control characters; they are taken out.
    """
    from llama_cpp.llama_grammar import LlamaGrammar, json_schema_to_gbnf

    rules = json_schema_to_gbnf(json.dumps(_union(tools)))
    return LlamaGrammar.from_string(rules.replace(r'[^"\\]', r'[^"\\\x00-\x1f]'))


def _union(tools: Sequence[ToolDef]) -> dict[str, Any]:
    """The JSON schema of one call to any of the tools."""
    return {
        "oneOf": [
            {
                "type": "object",
                "properties": {
                    "name": {"const": tool["function"]["name"]},
                    "arguments": _closed(tool["function"]["parameters"]),
                },
                "required": ["name", "arguments"],
                "additionalProperties": False,
            }
            for tool in tools
        ]
    }


def _closed(parameters: dict[str, Any]) -> dict[str, Any]:
    """A tool's schema with types and enumerations only: a grammar has no use for the rest."""
    kept = {
        name: {key: schema[key] for key in ("type", "enum") if key in schema}
        for name, schema in parameters.get("properties", {}).items()
    }
    required = parameters.get("required", [])
    return {
        "type": "object",
        "properties": kept,
        "required": required,
        "additionalProperties": False,
    }
