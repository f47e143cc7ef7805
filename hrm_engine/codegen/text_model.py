"""A sequence model that continues a prompt with code, token by token.

    model = HRMCodeGen.from_pretrained("runs/adder/adder")
    model.generate_code("Add two numbers.", max_tokens=64)

What it writes was neither run nor checked. For code that was, ask `generate_code` of the cascade
(`cascade.py`); no model of this kind is shipped. Read `generate_code`, then `stream`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from hrm_engine.codegen.text import check_prompt, pieces, sampler_of
from hrm_engine.deadline import Deadline
from hrm_engine.errors import CheckpointError, ConfigError, TaskError
from hrm_engine.export.checkpoint import load_checkpoint, save_checkpoint
from hrm_engine.inference.beam import beam_search
from hrm_engine.inference.engine_choice import LARGE
from hrm_engine.inference.generate import generate
from hrm_engine.inference.sampling import Schedule
from hrm_engine.inference.stream_tokens import stream_tokens
from hrm_engine.model.build import build_model
from hrm_engine.model.presets import size as named_size
from hrm_engine.model.sequence import SequenceModel
from hrm_engine.tokens.text import TextTokenizer

MAX_TOKENS = 256
ROWS = 16
"""Answers that are made side by side."""
_CARD = "# {name}\n\nA text model; see recipe.json for how it was made.\n"


class HRMCodeGen:
    """A network over text with its tokeniser; safe to share between threads that generate."""

    def __init__(
        self,
        network: SequenceModel,
        tokenizer: TextTokenizer,
        *,
        name: str = "codegen",
        recipe: dict[str, Any] | None = None,
        card: str = "",
    ) -> None:
        """name, recipe, card: what a checkpoint says of itself. Raises ConfigError."""
        if network.config.vocab != len(tokenizer.vocabulary):
            raise ConfigError(
                f"the network has {network.config.vocab} tokens,"
                f" the tokeniser {len(tokenizer.vocabulary)}",
                hint="give the tokeniser that it was trained with",
            )
        self.network, self.tokenizer = network.eval(), tokenizer
        self.name, self.recipe, self.card = name, recipe or {}, card or _CARD.format(name=name)

    @classmethod
    def untrained(
        cls,
        size: str,
        tokenizer: str | Path,
        *,
        context: int = 512,
        seed: int = 1,
        **changes: Any,
    ) -> HRMCodeGen:
        """A network of a named size (`hrm models presets`) with fresh weights.

        tokenizer: a tokeniser's file. context: the longest text, in tokens. changes: further
        settings of the model, such as `width=128`. Raises ConfigError, CheckpointError.
        """
        learned = TextTokenizer.load(Path(tokenizer))
        config = named_size(size, vocab=len(learned.vocabulary), context=context, **changes)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            network = build_model(config)
        if not isinstance(network, SequenceModel):
            raise ConfigError(f"`{size}` answers grids", hint="take hrm_text-tiny, for example")
        _set_threads(network)
        return cls(network, learned, name=size)

    @classmethod
    def from_pretrained(
        cls, path_or_id: str | Path, device: str = "auto", *, endpoint: str | None = None
    ) -> HRMCodeGen:
        """The model in a checkpoint's folder, or one of a hub: "owner/name" (extra `hub`).

        device: cpu, cuda or mps; auto takes CUDA where there is one. endpoint: the hub's
        address, if it is another one. Raises CheckpointError when there is no such model,
        ConfigError when there is no such device, MissingExtraError.
        """
        folder = _folder(path_or_id, endpoint)
        chosen = _device(device)
        loaded = load_checkpoint(folder)
        if loaded.tokenizer_file is None:
            raise CheckpointError(
                f"`{loaded.folder.name}` is not a model of texts: it has no tokenizer.json",
                hint="`hrm tool` and `hrm solve` use the shipped reasoners",
            )
        tokenizer = TextTokenizer.load(loaded.tokenizer_file)
        network = loaded.sequence.to(chosen)
        _set_threads(network)
        name = loaded.folder.name if folder == path_or_id else str(path_or_id)
        return cls(network, tokenizer, name=name, recipe=loaded.recipe, card=loaded.card)

    @property
    def device(self) -> torch.device:
        """Where the network computes."""
        return self.network.embedding.weight.device

    @property
    def parameters(self) -> int:
        """How many weights it has."""
        return sum(weight.numel() for weight in self.network.parameters())

    def generate_code(
        self,
        prompt: str,
        max_tokens: int = MAX_TOKENS,
        temperature: float | Schedule = 0.0,
        top_p: float = 1.0,
        *,
        seed: int = 0,
        deadline: Deadline | None = None,
    ) -> str:
        """The text that follows `prompt`: at most `max_tokens` tokens, or where the model ends it.

        temperature: 0 is greedy; a number, or a schedule over the answer
        (`schedule("cosine", 1.0, 0.2)`). top_p: draw from the fewest tokens that together have
        this probability. The same seed gives the same text. Raises TaskError for a prompt that
        is empty, too long, or fills the model's context; ConfigError; DeadlineError.
        """
        (text,) = self.generate_batch(
            [prompt], max_tokens, temperature, top_p, seed=seed, deadline=deadline
        )
        return text

    def generate_batch(
        self,
        prompts: Sequence[str],
        max_tokens: int = MAX_TOKENS,
        temperature: float | Schedule = 0.0,
        top_p: float = 1.0,
        *,
        seed: int = 0,
        deadline: Deadline | None = None,
    ) -> list[str]:
        """What follows each of `prompts`, computed side by side; otherwise as `generate_code`."""
        sampler = sampler_of(temperature, top_p)
        encoded = [self._encode(prompt) for prompt in prompts]
        generator = torch.Generator().manual_seed(seed)
        found: list[str] = []
        for start in range(0, len(encoded), ROWS):
            answers = generate(
                self.network,
                encoded[start : start + ROWS],
                sampler,
                max_new=_at_least_one(max_tokens),
                end_token=self.tokenizer.end_token,
                generator=generator,
                deadline=deadline,
            )
            found += [self.tokenizer.decode(answer) for answer in answers]
        return found

    def samples(
        self,
        prompt: str,
        n: int,
        max_tokens: int = MAX_TOKENS,
        temperature: float | Schedule | Sequence[float] = 0.8,
        top_p: float = 0.95,
        *,
        seed: int = 0,
        deadline: Deadline | None = None,
    ) -> list[str]:
        """`n` answers to one prompt. temperature: also one for each sample, as `ladder(n)` gives.

        Raises ConfigError when there are not as many temperatures as samples.
        """
        asked: dict[str, Any] = {"max_tokens": max_tokens, "top_p": top_p, "deadline": deadline}
        if not isinstance(temperature, Sequence):
            return self.generate_batch([prompt] * n, temperature=temperature, seed=seed, **asked)
        if len(temperature) != n:
            raise ConfigError(f"{len(temperature)} temperatures for {n} samples")
        return [
            self.generate_code(prompt, temperature=heat, seed=seed + i, **asked)
            for i, heat in enumerate(temperature)
        ]

    def stream(
        self,
        prompt: str,
        max_tokens: int = MAX_TOKENS,
        temperature: float | Schedule = 0.0,
        top_p: float = 1.0,
        *,
        seed: int = 0,
        deadline: Deadline | None = None,
    ) -> Iterator[str]:
        """The text of `generate_code`, piece by piece as it is made. What is wrong raises here."""
        tokens = stream_tokens(
            self.network,
            self._encode(prompt),
            sampler_of(temperature, top_p),
            max_new=_at_least_one(max_tokens),
            end_token=self.tokenizer.end_token,
            generator=torch.Generator().manual_seed(seed),
            deadline=deadline,
        )
        return pieces(tokens, self.tokenizer)

    def beam_search(
        self,
        prompt: str,
        max_tokens: int = MAX_TOKENS,
        num_beams: int = 4,
        *,
        deadline: Deadline | None = None,
    ) -> list[str]:
        """The `num_beams` most probable answers, best first. Raises as `generate_code`."""
        if num_beams < 1:
            raise ConfigError(f"{num_beams} beams are too few", hint="1 is greedy, 4 is common")
        answers = beam_search(
            self.network,
            self._encode(prompt),
            beams=num_beams,
            max_new=_at_least_one(max_tokens),
            end_token=self.tokenizer.end_token,
            deadline=deadline,
        )
        return [self.tokenizer.decode(tokens) for tokens, _ in answers]

    def save_checkpoint(self, folder: str | Path) -> Path:
        """Write weights, settings and tokeniser into `folder`, whole or not at all."""
        with tempfile.TemporaryDirectory() as scratch:
            tokenizer = Path(scratch) / "tokenizer.json"
            self.tokenizer.save(tokenizer)
            return save_checkpoint(
                Path(folder),
                self.network,
                vocabulary=self.tokenizer.vocabulary,
                recipe=self.recipe,
                card=self.card,
                tokenizer=tokenizer,
            )

    def export_onnx(self, folder: str | Path) -> Path:
        """Write the network as one ONNX file, tokens in and scores out (`onnx_sequence.py`).

        Raises MissingExtraError without the extra `onnx`, ExportError.
        """
        from hrm_engine.export.onnx_sequence import export_sequence

        return export_sequence(self.network, Path(folder))

    def push_to_hub(
        self,
        repo_id: str,
        *,
        token: str | None = None,
        private: bool = True,
        endpoint: str | None = None,
    ) -> str:
        """Upload the checkpoint to a model hub as "owner/name"; the address of the commit.

        token: as `huggingface_hub` finds it, if not given. Raises MissingExtraError without the
        extra `hub`, ExportError when the hub cannot be reached or refuses.
        """
        from hrm_engine.codegen.text_hub import push

        with tempfile.TemporaryDirectory() as scratch:
            folder = self.save_checkpoint(Path(scratch) / "checkpoint")
            return push(folder, repo_id, token=token, private=private, endpoint=endpoint)

    def _encode(self, prompt: str) -> list[int]:
        tokens, context = self.tokenizer.encode(check_prompt(prompt)), self.network.config.context
        if len(tokens) >= context:
            raise TaskError(
                f"the prompt is {len(tokens)} tokens long, the model reads {context - 1}",
                hint="shorten it, or train a model with a larger context",
            )
        return tokens


def _set_threads(network: SequenceModel) -> None:
    """One thread in this process for a small network: several would wait for each other."""
    if sum(weight.numel() for weight in network.parameters()) < LARGE:
        torch.set_num_threads(1)


def _at_least_one(max_tokens: int) -> int:
    if max_tokens < 1:
        raise ConfigError(f"max_tokens {max_tokens} is too few", hint="64 is a short function")
    return max_tokens


def _folder(path_or_id: str | Path, endpoint: str | None) -> str | Path:
    """A checkpoint's folder or shipped name; what else looks like "owner/name" is downloaded."""
    owner, slash, name = str(path_or_id).partition("/")
    is_id = isinstance(path_or_id, str) and slash and owner.strip(".~") and name and "/" not in name
    if not is_id or Path(path_or_id).exists():
        return path_or_id
    from hrm_engine.codegen.text_hub import download

    return download(str(path_or_id), endpoint=endpoint)


def _device(device: str) -> torch.device:
    known = {
        "cpu": True,
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }
    kind = ("cuda" if known["cuda"] else "cpu") if device == "auto" else device.partition(":")[0]
    if kind not in known:
        raise ConfigError(f"no device `{device}`", hint="auto, cpu, cuda or mps")
    if not known[kind]:
        raise ConfigError(f"no {kind} device here", hint="leave the device at auto")
    return torch.device(kind if device == "auto" else device)
