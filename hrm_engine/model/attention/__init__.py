"""What mixes positions: the kinds of attention, by the name that a configuration uses.

Each is a small file over the shared blocks; add one here and to `ModelConfig.attention`.
"""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from hrm_engine.model.attention.softmax import SoftmaxAttention
from hrm_engine.model.attention.token_mlp import TokenMLP
from hrm_engine.model.config import ModelConfig

ATTENTION: dict[str, Callable[[ModelConfig], nn.Module]] = {
    "softmax": SoftmaxAttention,
    "token_mlp": TokenMLP,
}
