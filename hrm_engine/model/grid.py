"""A model over grids: all cells are answered at once, and the answer is refined.

One call of `GridModel` is one *segment* of deep supervision (Wang et al. 2025,
arXiv:2506.21734, section 2; TRM, arXiv:2510.04871, section 3): the recursion runs once from
the carried states, then every cell is read out and a halt head says whether the answer is
believed right. The caller carries the states from segment to segment, without gradient, and
decides when a row is done.

    carry = model.start(rows)
    while not done:  segment = model(tokens, carry);  carry = segment.carry.detach()

A cell holds one token, or several `channels` whose embeddings are added; every cell is answered
by one token, or the last cells by several each (`config.answers`).
Shapes: B batch, S cells, C channels, A tokens answered (S of them unless `config.answers` says
otherwise), T = puzzle tokens + cells, D width, V vocabulary.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from jaxtyping import Bool, Float, Int
from torch import Tensor, nn

from hrm_engine.model.blocks import Stack
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.initial import truncated_normal
from hrm_engine.model.masks import neighbour_mask, unit_mask
from hrm_engine.model.recursion import recurse
from hrm_engine.model.rope import plane, turn
from hrm_engine.model.scope import Scope


@dataclass(frozen=True)
class Carry:
    """The states between two segments, each (B, T, D)."""

    z_h: Float[Tensor, "B T D"]
    z_l: Float[Tensor, "B T D"]

    def detach(self) -> Carry:
        """The same states without their history."""
        return Carry(self.z_h.detach(), self.z_l.detach())

    def select(self, rows: Tensor) -> Carry:
        """The states of some rows: indices (N,) or a mask (B,)."""
        return Carry(self.z_h[rows], self.z_l[rows])

    def replace(self, rows: Bool[Tensor, " B"], other: Carry) -> Carry:
        """`other`'s states where `rows` holds, mine elsewhere; shapes stay static."""
        where = rows[:, None, None]
        return Carry(
            torch.where(where, other.z_h, self.z_h), torch.where(where, other.z_l, self.z_l)
        )


@dataclass(frozen=True)
class Segment:
    """What one segment gives.

    halt: above 0 the model believes its answer right; go_on: the value of another segment,
    with `q_continue` alone; carry: the new states, with their history.
    """

    logits: Float[Tensor, "B A V"]
    halt: Float[Tensor, " B"]
    go_on: Float[Tensor, " B"] | None
    carry: Carry


class GridModel(nn.Module):
    """Cells in, a score for every token of every cell out. Make one with `build.build_model`."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocab * config.channels, config.width)
        self.puzzle_table = nn.Embedding(config.puzzles, config.width) if config.puzzles else None
        self.low = Stack(config)
        self.high = self.low if config.networks == "shared" else Stack(config)
        self.head = nn.Linear(config.width, max(1, config.answers[1]) * config.vocab, bias=False)
        self.q_head = nn.Linear(config.width, 2)
        self.register_buffer("z_h", truncated_normal(torch.empty(config.width), 1.0))
        self.register_buffer("z_l", truncated_normal(torch.empty(config.width), 1.0))
        for name, value in _surroundings(config).items():
            self.register_buffer(name, value, persistent=False)
        spans = {"last_call": (1, 1), "last_cycle": (1, config.l_cycles)}
        self.span = spans.get(config.gradient)
        _initialise(self)

    def start(self, rows: int) -> Carry:
        """The fixed states that `rows` new problems begin with."""
        shape = (rows, self.config.cells + self.config.puzzle_tokens, self.config.width)
        z_h, z_l = self.get_buffer("z_h"), self.get_buffer("z_l")
        return Carry(z_h.expand(shape), z_l.expand(shape))

    def forward(
        self,
        tokens: Int[Tensor, "B SC"],
        carry: Carry,
        *,
        puzzle: Int[Tensor, " B"] | None = None,
    ) -> Segment:
        """One segment.

        puzzle: rows of the puzzle table (None: row 0, which published tables keep for a
        problem that belongs to no known puzzle).
        """
        x = self.embed(tokens, puzzle)
        scope = self.scope()
        z_h, z_l = recurse(
            lambda z, call: self.low(z, scope, call),
            lambda z, call: self.high(z, scope, call),
            carry.z_h.to(x.dtype),
            carry.z_l.to(x.dtype),
            h_cycles=self.config.h_cycles,
            l_cycles=self.config.l_cycles,
            gradient_calls=self.span,
            x=x,
        )
        logits, q = self.read(z_h)
        go_on = q[:, 1] if self.config.q_continue else None
        return Segment(logits, q[:, 0], go_on, Carry(z_h, z_l))

    def set_checkpointing(self, on: bool) -> None:
        """Recompute activations in the backward pass (less memory, more time) or keep them."""
        self.low.checkpointing = self.high.checkpointing = on

    def embed(
        self, tokens: Int[Tensor, "B SC"], puzzle: Int[Tensor, " B"] | None = None
    ) -> Float[Tensor, "B T D"]:
        """What is added at every L call: the puzzle tokens, then the cells."""
        x: Tensor = self.embedding(tokens) if self.config.channels == 1 else self._added(tokens)
        if self.config.puzzle_tokens:
            blank = x.new_zeros(x.shape[0], self.config.puzzle_tokens, x.shape[-1])
            if self.puzzle_table is not None:
                which = tokens.new_zeros(x.shape[0]) if puzzle is None else puzzle
                first = self.puzzle_table(which)[:, None]
                blank = torch.cat((first.to(x.dtype), blank[:, 1:]), 1)
            x = torch.cat((blank, x), 1)
        return x * math.sqrt(self.config.width) if self.config.scaled_embedding else x

    def _added(self, tokens: Int[Tensor, "B SC"]) -> Float[Tensor, "B S D"]:
        """The sum of a cell's embeddings, each channel with a table of its own; 0 adds nothing."""
        channels = self.config.channels
        apart = tokens.unflatten(-1, (-1, channels))  # (B, S, C)
        offset = self.config.vocab * torch.arange(channels, device=tokens.device)
        apart = torch.where(apart > 0, apart + offset, 0)
        rows, cells = apart.shape[:2]
        found = F.embedding_bag(
            apart.flatten(0, 1), self.embedding.weight, mode="sum", padding_idx=0
        )
        added: Tensor = found.unflatten(0, (rows, cells))
        return added

    def read(
        self, z_h: Float[Tensor, "B T D"]
    ) -> tuple[Float[Tensor, "B A V"], Float[Tensor, "B 2"]]:
        """Every token's score at every place of the answer; the logits of halting and going on."""
        before = self.config.puzzle_tokens
        # The first puzzle token is the seat of the halt head; without one the cells' mean is.
        q: Tensor = self.q_head(z_h[:, 0] if before else z_h.mean(1))
        rows = self.config.answers[0]
        logits: Tensor = self.head(z_h[:, -rows:] if rows else z_h[:, before:])
        return logits.unflatten(-1, (-1, self.config.vocab)).flatten(1, -2), q.float()

    def scope(self) -> Scope:
        """The positions and the sight that all calls share."""
        buffers = dict(self.named_buffers(recurse=False))
        cos, sin, mask = buffers.get("cos"), buffers.get("sin"), buffers.get("mask")
        rotation = None if cos is None or sin is None else (cos[None], sin[None])
        return Scope(rotation, mask, causal=False)


def _surroundings(config: ModelConfig) -> dict[str, Tensor]:
    """The tables of positions and of who sees whom, as far as there are any."""
    before, found = config.puzzle_tokens, {}
    if config.positions != "none":
        if config.positions == "rotary_2d":
            angle = plane(config.grid, before, config.head_dim, config.rope_theta)
        else:
            pairs = torch.arange(0, config.head_dim, 2, dtype=torch.float32)
            tokens = torch.arange(before + config.cells, dtype=torch.float32)
            angle = torch.outer(tokens, config.rope_theta ** -(pairs / config.head_dim))
        found["cos"], found["sin"] = turn(angle)
    if config.sight == "units":
        found["mask"] = unit_mask(config.grid, config.box, config.heads, before)
    elif config.sight == "neighbours":
        found["mask"] = neighbour_mask(config.grid, config.heads, before)
    return found


def _initialise(model: GridModel) -> None:
    """LeCun normal for every matrix; embeddings at unit size after scaling; halting unlikely."""
    for module in model.modules():
        if isinstance(module, nn.Linear):
            truncated_normal(module.weight.data, module.in_features**-0.5)
    shared = model.config.width * model.config.channels
    truncated_normal(model.embedding.weight.data, shared**-0.5)
    nn.init.zeros_(model.q_head.weight)
    nn.init.constant_(model.q_head.bias, -5.0)
    if model.puzzle_table is not None:
        nn.init.zeros_(model.puzzle_table.weight)
