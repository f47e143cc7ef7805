"""A folder as transformers saves it, as an executor: `hf:FOLDER`.

Read from this disk alone: nothing is downloaded, and code inside the folder is never run. The
samples of one temperature are drawn in one batch.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrm_engine.codegen.executor import ExecutorError
from hrm_engine.deadline import Deadline
from hrm_engine.errors import MissingExtraError
from hrm_tools.executors.limits import FENCE, MAX_TOKENS

if TYPE_CHECKING:
    from torch import Tensor


class HuggingFaceExecutor:
    """A causal language model in this process, on the GPU where there is one.

    Raises MissingExtraError without transformers, ExecutorError for a folder that it cannot load.
    """

    def __init__(self, folder: Path, *, max_tokens: int = MAX_TOKENS) -> None:
        self.name = folder.resolve().name
        self._max_tokens = max_tokens
        self._tokeniser, self._model = _load(folder)
        self._lock = threading.Lock()

    def sample(self, prompt: str, k: int, temperature: float, deadline: Deadline) -> Iterator[str]:
        """See `Executor.sample`. Raises ExecutorError for a prompt longer than the context."""
        if not k or not deadline.remaining():
            return
        with self._lock:
            replies = self._replies(prompt, k, temperature, deadline)
        yield from replies

    def _replies(self, prompt: str, k: int, temperature: float, deadline: Deadline) -> list[str]:
        import torch
        from transformers import GenerationConfig

        is_chat = bool(self._tokeniser.chat_template)
        ids = self._ids(prompt, is_chat)  # (1, S)
        room = self._room() - ids.shape[1]
        if room < 1:
            hint = "shorten the specification or the examples"
            raise ExecutorError(f"{self.name}: the prompt fills its context", hint=hint)
        own = self._model.generation_config
        warm = temperature > 0
        config = GenerationConfig(
            max_new_tokens=min(room, self._max_tokens),
            do_sample=warm,
            num_return_sequences=k if warm else 1,
            temperature=temperature if warm else None,
            eos_token_id=own.eos_token_id,
            pad_token_id=own.pad_token_id or self._tokeniser.eos_token_id or 0,
        )

        def late(tokens: Tensor, *_: Any, **__: Any) -> Tensor:
            return torch.full((len(tokens),), not deadline.remaining(), device=tokens.device)

        with torch.inference_mode():
            whole = self._model.generate(
                ids,
                attention_mask=torch.ones_like(ids),
                generation_config=config,
                stopping_criteria=[late],
            )  # (k, S + new)
        said = self._tokeniser.batch_decode(whole[:, ids.shape[1] :], skip_special_tokens=True)
        texts = [text if is_chat else FENCE + text for text in said]
        return texts if warm else texts * k

    def _ids(self, prompt: str, is_chat: bool) -> Any:
        """The prompt's token ids (1, S) on the model's device."""
        if is_chat:
            messages = [{"role": "user", "content": prompt}]
            text = self._tokeniser.apply_chat_template(
                messages, tokenize=False, add_generation_prompt=True
            )
        else:
            text = f"{prompt}\n\n{FENCE}"
        tokens = self._tokeniser(text, return_tensors="pt", add_special_tokens=not is_chat)
        return tokens["input_ids"].to(self._model.device)

    def _room(self) -> int:
        """Tokens that the model can see."""
        return int(getattr(self._model.config, "max_position_embeddings", 0) or 4096)


def _load(folder: Path) -> tuple[Any, Any]:
    """Tokeniser and model."""
    try:
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer
    except ImportError as error:
        raise MissingExtraError(
            "a Hugging Face executor needs transformers",
            hint="pip install 'hrm-coprocessor[executor]'",
        ) from error
    local = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokeniser = AutoTokenizer.from_pretrained(folder, **local)
        model = AutoModelForCausalLM.from_pretrained(folder, dtype="auto", **local)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        first = str(error).strip().partition("\n")[0]
        hint = "a folder with config.json, weights and tokenizer.json, as save_pretrained writes"
        raise ExecutorError(f"transformers cannot load {folder}: {first}", hint=hint) from error
    return tokeniser, model.eval().to("cuda" if torch.cuda.is_available() else "cpu")
