"""Sequences that are being continued, token by token, in one batch.

Prompts of different length are padded on the left, so that every row writes at the same
column of the key-value cache; positions and masks make the padding invisible. Rows may be
dropped, repeated and moved (`select`) between steps.
Shapes: B rows, S prompt length, T columns, V vocab.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from hrm_engine.errors import TaskError
from hrm_engine.model.cache import Cache
from hrm_engine.model.masks import prefix_lm_mask
from hrm_engine.model.sequence import SequenceModel


class Decoder:
    """A batch of prompts that were read, ready to be continued.

    logits: (B, V), the scores of each row's next token.
    """

    def __init__(
        self,
        model: SequenceModel,
        prompts: Sequence[Sequence[int]],
        *,
        max_new: int,
        prefix_lm: bool,
        max_rows: int = 0,
    ) -> None:
        """Read the prompts; `prefix_lm`: their tokens see each other in both directions.

        max_new: how many tokens each row may get. max_rows: how far the batch may grow.
        Raises TaskError for an empty prompt or one that fills the model's context.
        """
        require_room(model, prompts)
        self._model = model
        device = model.embedding.weight.device
        longest = max(map(len, prompts))
        self._pad = torch.tensor([longest - len(p) for p in prompts], device=device)  # (B,)
        self._padded = min(map(len, prompts)) < longest
        self._cache = Cache(
            model.config,
            len(prompts),
            longest + max_new,
            max_rows=max_rows,
            like=model.embedding.weight,
        )
        rows = [[0] * (longest - len(p)) + list(p) for p in prompts]
        tokens = torch.tensor(rows, device=device)  # (B, S)
        self.logits = self._read(tokens, prefix_lm)

    def step(self, tokens: Sequence[int]) -> None:
        """Append one token to every row and score what may follow."""
        column = self._cache.length
        mask = positions = None
        if self._padded:
            columns = torch.arange(column + 1, device=self._pad.device)
            mask = (columns >= self._pad[:, None])[:, None, None]  # (B, 1, 1, T)
            positions = (column - self._pad)[:, None]
        new = torch.tensor(tokens, device=self._pad.device)[:, None]
        states = self._model.states(new, mask=mask, positions=positions, cache=self._cache)
        self.logits = self._model.logits(states[:, -1])

    def select(self, rows: Sequence[int]) -> None:
        """Make row `rows[i]` row i."""
        self._cache.select(rows)
        index = torch.tensor(rows, dtype=torch.int64, device=self._pad.device)
        self._pad = self._pad[index]
        self.logits = self.logits[index]

    def _read(self, tokens: Tensor, prefix_lm: bool) -> Tensor:
        """Fill the cache with the prompts; the scores (B, V) of what follows them."""
        mask = positions = None
        if self._padded:
            columns = torch.arange(tokens.shape[1], device=tokens.device)
            real = columns >= self._pad[:, None]  # (B, S)
            mask = prefix_lm_mask(real.long(), real & prefix_lm)
            positions = (columns - self._pad[:, None]).clamp(min=0)
        states = self._model.states(
            tokens, mask=mask, causal=not prefix_lm, positions=positions, cache=self._cache
        )
        return self._model.logits(states[:, -1])


def require_room(model: SequenceModel, prompts: Sequence[Sequence[int]]) -> None:
    """Raise TaskError unless every prompt has a token and leaves room for one more."""
    for prompt in prompts:
        if not 0 < len(prompt) < model.config.context:
            raise TaskError(
                f"a prompt of {len(prompt)} tokens",
                hint=f"the model reads 1 to {model.config.context - 1} tokens",
            )


def only_allowed(logits: Tensor, allowed: Sequence[Sequence[int] | None]) -> Tensor:
    """`logits` (B, V) with everything at minus infinity that a row may not choose.

    None allows a row everything.
    """
    if all(ids is None for ids in allowed):
        return logits
    width = logits.shape[1]
    flat: list[int] = []
    for row, ids in enumerate(allowed):
        chosen = range(width) if ids is None else ids
        flat.extend(row * width + token for token in chosen)
    index = torch.tensor(flat, dtype=torch.int64, device=logits.device)
    out = torch.full_like(logits, -torch.inf)
    out.view(-1)[index] = logits.reshape(-1)[index]
    return out
