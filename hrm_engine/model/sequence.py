"""A model over token sequences: embedding, one of two bodies, head.

`build.py` makes it from a `ModelConfig`. The bodies are the recursion of `recursion.py`
over two stacks (preset hrm_text) and one pass through one stack (preset transformer, the
baseline); everything else is shared. Shapes: B batch, S sequence, T keys, D width, V vocab.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from jaxtyping import Bool, Float, Int
from torch import Tensor, nn

from hrm_engine.errors import ConfigError
from hrm_engine.model.blocks import Stack
from hrm_engine.model.cache import Cache
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.initial import truncated_normal
from hrm_engine.model.recursion import recurse
from hrm_engine.model.rope import Rotary, Rotation
from hrm_engine.model.scope import Scope


class RecursiveBody(nn.Module):
    """Two stacks at two speeds; the embedding is the initial z_H, a fixed buffer z_L."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.low, self.high = Stack(config), Stack(config)
        self.h_cycles, self.l_cycles = config.h_cycles, config.l_cycles
        self.register_buffer("z_l", truncated_normal(torch.empty(config.width), 1.0))

    def forward(
        self, x: Float[Tensor, "B S D"], scope: Scope, gradient_calls: int | None
    ) -> Float[Tensor, "B S D"]:
        """The final z_H."""
        z_h, _ = recurse(
            lambda z, call: self.low(z, scope, call),
            lambda z, call: self.high(z, scope, call),
            x,
            self.get_buffer("z_l").to(x.dtype).expand_as(x),
            h_cycles=self.h_cycles,
            l_cycles=self.l_cycles,
            gradient_calls=gradient_calls,
        )
        return z_h


class SinglePass(nn.Module):
    """One stack, once: the honest baseline."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.stack = Stack(config)

    def forward(
        self, x: Float[Tensor, "B S D"], scope: Scope, gradient_calls: int | None
    ) -> Float[Tensor, "B S D"]:
        """The stack's output; a single pass has no gradient span to choose."""
        out: Tensor = self.stack(x, scope)
        return out


class SequenceModel(nn.Module):
    """Tokens in, a score for every next token out. Make one with `build.build_model`."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocab, config.width)
        self.rotary = Rotary(config.head_dim, config.rope_theta, config.context)
        bodies = {"hrm_text": RecursiveBody, "transformer": SinglePass}
        self.body = bodies[config.preset](config)
        self.head = None if config.tie_embeddings else nn.Linear(config.width, config.vocab, False)
        self.scale = math.sqrt(config.width) if config.scaled_embedding else 1.0
        initialise(self)

    def forward(
        self,
        tokens: Int[Tensor, "B S"],
        *,
        mask: Bool[Tensor, "#B 1 S T"] | None = None,
        causal: bool = True,
        positions: Int[Tensor, "B S"] | None = None,
        cache: Cache | None = None,
        gradient_calls: int | None = None,
    ) -> Float[Tensor, "B S V"]:
        """Logits of the next token at every place; arguments as for `states`."""
        return self.logits(
            self.states(
                tokens,
                mask=mask,
                causal=causal,
                positions=positions,
                cache=cache,
                gradient_calls=gradient_calls,
            )
        )

    def states(
        self,
        tokens: Int[Tensor, "B S"],
        *,
        mask: Bool[Tensor, "#B 1 S T"] | None = None,
        causal: bool = True,
        positions: Int[Tensor, "B S"] | None = None,
        cache: Cache | None = None,
        gradient_calls: int | None = None,
    ) -> Float[Tensor, "B S D"]:
        """The final state of every token.

        mask: True where a query may see a key; None: causal, or everything when `causal` is
        False. positions: None counts on from the cache's length. cache: gets the new tokens;
        T is its length after that, else T = S. gradient_calls: how many stack calls carry
        gradient (None: all); only a recursive model heeds it.
        Raises ConfigError when the sequence is longer than the model's context.
        """
        start = 0 if cache is None else cache.length
        rotation = self._rotation(start, start + tokens.shape[1], positions)
        x = self.embedding(tokens)
        x = x * self.scale if self.scale != 1.0 else x
        out: Tensor = self.body(x, Scope(rotation, mask, causal, cache), gradient_calls)
        if cache is not None:
            cache.advance(tokens.shape[1])
        return out

    def logits(self, states: Float[Tensor, "*B D"]) -> Float[Tensor, "*B V"]:
        """Scores over the vocabulary; call it on the places that matter only, to save time."""
        weight = self.embedding.weight if self.head is None else self.head.weight
        return F.linear(states, weight)

    def set_checkpointing(self, on: bool) -> None:
        """Recompute activations in the backward pass (less memory, more time) or keep them."""
        for module in self.modules():
            if isinstance(module, Stack):
                module.checkpointing = on

    def _rotation(self, start: int, end: int, positions: Tensor | None) -> Rotation:
        if positions is not None:
            return self.rotary.at(positions)
        if end > self.config.context:
            raise ConfigError(
                f"a sequence of {end} tokens, the model holds {self.config.context}",
                hint="shorten the input, or train a model with a larger model.context",
            )
        return self.rotary.span(start, end)


def initialise(model: SequenceModel) -> None:
    """LeCun normal for every matrix; a tied embedding small, so that first logits are near 0.

    In the single pass the matrices that write to the residual stream are scaled down by the
    root of their number (GPT-2), which the exit norms make needless in the recursion.
    """
    config = model.config
    residual = 1.0 if config.preset == "hrm_text" else (2 * config.layers) ** -0.5
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear):
            writes = name.endswith((".out", ".down"))
            std = module.in_features**-0.5 * (residual if writes else 1.0)
            truncated_normal(module.weight.data, std)
    std = 0.02 if config.tie_embeddings else config.width**-0.5
    truncated_normal(model.embedding.weight.data, std)
