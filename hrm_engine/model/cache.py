"""Keys and values of tokens already read, so that each new token is computed once.

Allocated once at full length. A recursive model attends anew in every call, so there is
one slot for each layer *of each call*. All rows write at the same column: rows of
different length are padded on the left, unless `columns` says where each row writes. Rows
that are done leave: `select` moves the remaining ones together in place; `append` adds rows
that were read apart. Shapes: N slots, B rows, K key heads, T length, d head_dim.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from hrm_engine.model.config import ModelConfig


class Cache:
    """A static key-value cache. `length` columns of `rows` rows are in use.

    columns: (B,), where each row writes its one next token; None: all of them at `length`.
    """

    def __init__(
        self,
        config: ModelConfig,
        rows: int,
        length: int,
        *,
        max_rows: int = 0,
        like: Tensor | None = None,
    ) -> None:
        """Room for `length` tokens of `rows` rows, which may grow to `max_rows`.

        On `like`'s device and of its type, if given.
        """
        shape = (
            config.cache_slots,
            max(rows, max_rows),
            config.kv_heads,
            length,
            config.head_dim,
        )
        empty = torch.empty if like is None else like.new_empty
        self._keys: Tensor = empty(shape)
        self._values: Tensor = empty(shape)
        self.capacity = length
        self.rows = rows
        self.length = 0
        self.columns: Tensor | None = None

    def update(
        self, slot: int, keys: Float[Tensor, "B K S d"], values: Float[Tensor, "B K S d"]
    ) -> tuple[Float[Tensor, "B K T d"], Float[Tensor, "B K T d"]]:
        """Append new keys and values to a slot; all of that slot's, old and new."""
        end = self.length + keys.shape[2]
        k, v = self._keys[slot, : self.rows], self._values[slot, : self.rows]
        if self.columns is None:
            k[:, :, self.length : end] = keys
            v[:, :, self.length : end] = values
        else:
            rows = torch.arange(self.rows, device=k.device)
            k[rows, :, self.columns] = keys[:, :, 0]
            v[rows, :, self.columns] = values[:, :, 0]
        return k[:, :, :end], v[:, :, :end]

    def advance(self, tokens: int) -> None:
        """Count `tokens` columns as written, after every slot has got them."""
        self.length += tokens

    def select(self, rows: Sequence[int]) -> None:
        """Make row `rows[i]` row i; used to drop finished rows and to follow beams.

        May repeat rows, as long as there are at most as many as were allocated.
        """
        moved = [i for i, row in enumerate(rows) if row != i]
        if moved:
            source = torch.tensor([rows[i] for i in moved], device=self._keys.device)
            target = torch.tensor(moved, device=self._keys.device)
            for store in (self._keys, self._values):
                used = store[:, :, :, : self.length]
                used[:, target] = used[:, source]  # the right side is a copy: overlap is safe
        self.rows = len(rows)

    def append(self, packed: Cache, lengths: Sequence[int]) -> None:
        """Add a row for each of the sequences that lie one after the other in `packed`'s one row.

        lengths: of those sequences; each starts at column 0 here. Makes room for them.
        """
        self._reserve(self.rows + len(lengths), max(self.length, *lengths))
        for store, new in ((self._keys, packed._keys), (self._values, packed._values)):
            start = 0
            for row, length in enumerate(lengths, self.rows):
                store[:, row, :, :length] = new[:, 0, :, start : start + length]
                start += length
        self.rows += len(lengths)
        self.length = max(self.length, *lengths)

    def reserve(self, length: int) -> None:
        """Make room for `length` columns; what is there stays."""
        self._reserve(self._keys.shape[1], length)

    def _reserve(self, rows: int, length: int) -> None:
        slots, had, heads, capacity, width = self._keys.shape
        if rows <= had and length <= capacity:
            return
        # Twice what is needed, so that a growing cache is seldom copied.
        shape = (slots, max(rows, had), heads, max(2 * length, capacity), width)
        wider = self._keys.new_zeros(shape), self._values.new_zeros(shape)
        for store, new in zip((self._keys, self._values), wider, strict=True):
            new[:, : self.rows, :, : self.length] = store[:, : self.rows, :, : self.length]
        self._keys, self._values = wider
        self.capacity = shape[3]
