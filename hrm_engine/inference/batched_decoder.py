"""Sequences that come and go while others are being continued, in one batch.

Unlike in `decoder.py` every row has its own length and writes at its own column of the cache,
so nothing is padded or shifted when a row joins:

    columns   0 1 2 3 4 5 6 7
    row 0     p p p a a a .          p prompt, a answer so far, . written next
    row 1     p p p p p .
    row 2     p p a a a a a .

Prompts are read apart, packed one after the other into one row of a cache of their own.
Shapes: B rows, S tokens of all prompts, T columns, V vocab.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from hrm_engine.model.cache import Cache
from hrm_engine.model.masks import prefix_lm_mask
from hrm_engine.model.sequence import SequenceModel


class OpenDecoder:
    """Rows being continued; `read` adds some, `select` lets some go."""

    def __init__(self, model: SequenceModel, rows: int, *, prefix_lm: bool) -> None:
        """rows: the most there may be. prefix_lm: prompt tokens see each other both ways."""
        self._model, self._prefix_lm = model, prefix_lm
        self._like = model.embedding.weight
        self._cache = Cache(model.config, 0, 0, max_rows=rows, like=self._like)
        self._lengths: list[int] = []

    def read(self, prompts: Sequence[Sequence[int]]) -> Tensor:
        """Append a row for each prompt; the scores (B, V) of what follows each."""
        device = self._like.device
        lengths = [len(prompt) for prompt in prompts]
        packed = Cache(self._model.config, 1, sum(lengths), like=self._like)
        mask = positions = None
        if len(prompts) > 1:
            counts = torch.tensor(lengths, device=device)
            segment = torch.arange(1, len(prompts) + 1, device=device).repeat_interleave(counts)
            mask = prefix_lm_mask(segment[None], (segment > 0)[None] & self._prefix_lm)
            places = [torch.arange(length, device=device) for length in lengths]
            positions = torch.cat(places)[None]  # (1, S)
        states = self._model.states(
            torch.tensor([[token for prompt in prompts for token in prompt]], device=device),
            mask=mask,
            causal=not self._prefix_lm,
            positions=positions,
            cache=packed,
        )
        self._cache.append(packed, lengths)
        self._lengths += lengths
        last = torch.tensor(lengths, device=device).cumsum(0) - 1  # (B,)
        return self._model.logits(states[0, last])

    def step(self, tokens: Sequence[int]) -> Tensor:
        """Append one token to every row; the scores (B, V) of what may follow."""
        device, cache = self._like.device, self._cache
        cache.length = max(self._lengths)
        cache.reserve(cache.length + 1)
        cache.columns = mask = positions = None
        if min(self._lengths) < cache.length:
            cache.columns = torch.tensor(self._lengths, device=device)  # (B,)
            positions = cache.columns[:, None]
            columns = torch.arange(cache.length + 1, device=device)
            mask = (columns <= positions)[:, None, None]  # (B, 1, 1, T)
        new = torch.tensor(tokens, device=device)[:, None]
        states = self._model.states(new, mask=mask, positions=positions, cache=cache)
        self._lengths = [length + 1 for length in self._lengths]
        return self._model.logits(states[:, -1])

    def select(self, rows: Sequence[int]) -> None:
        """Make row `rows[i]` row i; the others are gone."""
        self._cache.select(rows)
        self._lengths = [self._lengths[row] for row in rows]
        self._cache.length = max(self._lengths, default=0)
