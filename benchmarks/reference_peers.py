"""The published models as peers of a benchmark: train a step, answer a batch.

`Checkout` imports the code of a user's own copy of the HRM or TRM repository; nothing of it is
kept here. What it cannot find is stood in for, and that is all that is changed:

* flash_attn: PyTorch's scaled_dot_product_attention (there is no flash-attn for a CPU);
* einops, if absent: the one transposition that TRM asks of it;
* adam_atan2: torch's AdamW, the same on both sides;
* no wandb, no torch.compile, no distributed launch.

`Transcription` runs `tests/reference` in float32 instead: the same equations, written plainly.
Both keep rows in slots as published: a slot that is done takes its row of the batch that is
offered, and all other rows of that batch are dropped.
"""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from hrm_engine.model.config import ModelConfig
from tests.reference import act
from tests.reference.layers import Weights
from tests.reference.sizes import Sizes, parameters

PUBLISHED_PAD, OUR_PAD = -100, 0
KINDS = {"hrm_v1": "hrm", "trm_att": "trm_att", "trm_mlp": "trm_mlp"}
FILES = {
    "hrm_v1": ("models/hrm/hrm_act_v1.py", "HierarchicalReasoningModel_ACTV1"),
    "trm_att": ("models/recursive_reasoning/trm.py", "TinyRecursiveReasoningModel_ACTV1"),
    "trm_mlp": ("models/recursive_reasoning/trm.py", "TinyRecursiveReasoningModel_ACTV1"),
}


class Peer(Protocol):
    """What the benchmark times, ours included."""

    name: str

    def step(self, inputs: Tensor, targets: Tensor) -> float:
        """One optimiser step on one segment of every slot; the loss, a row."""
        ...

    def solve(self, inputs: Tensor) -> Tensor:
        """The answers (B, S) to a batch of grids."""
        ...


def labels_of(targets: Tensor) -> Tensor:
    """Our targets with padding marked as the published losses want it."""
    return torch.where(targets == OUR_PAD, PUBLISHED_PAD, targets)


def adamw(weights: list[Tensor], lr: float) -> torch.optim.Optimizer:
    """The peers' optimiser: torch's default AdamW in the published settings."""
    return torch.optim.AdamW(weights, lr=lr, betas=(0.9, 0.95), weight_decay=1.0)


class Checkout:
    """A model of a checkout, behind its own loss head."""

    def __init__(self, root: Path, config: ModelConfig, weights: Weights, **settings: Any) -> None:
        """settings: batch, lr and dtype ("float32" or "bfloat16", the published default)."""
        self.name = f"{root.name} ({config.preset})"
        self.batch, dtype = settings["batch"], settings["dtype"]
        file, name = FILES[config.preset]
        with _imports(root):
            module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
            losses = importlib.import_module("models.losses")
            model = getattr(module, name)(_published_settings(config, self.batch, dtype))
            self.head: nn.Module = losses.ACTLossHead(model, "stablemax_cross_entropy")
        state = {f"model.inner.{n}": t for n, t in weights.items()}
        found = self.head.load_state_dict(state, strict=False)
        if wrong := [n for n in [*found.missing_keys, *found.unexpected_keys] if "puzzle" not in n]:
            raise RuntimeError(f"{root} names its weights otherwise: {wrong}")
        self.optimiser = adamw(list(self.head.parameters()), settings["lr"])
        self.carry: Any = None

    def step(self, inputs: Tensor, targets: Tensor) -> float:
        """As in its pretrain.py: loss over the batch size, backward, step."""
        self.head.train()
        batch = self._batch(inputs, labels_of(targets))
        if self.carry is None:
            self.carry = self.head.initial_carry(batch)
        self.carry, loss, *_ = self.head(carry=self.carry, batch=batch, return_keys=[])
        (loss / self.batch).backward()
        self.optimiser.step()
        self.optimiser.zero_grad()
        return float(loss.detach()) / self.batch

    @torch.inference_mode()
    def solve(self, inputs: Tensor) -> Tensor:
        """As in its evaluation: every row runs all segments."""
        self.head.eval()
        batch = self._batch(inputs, labels_of(inputs))
        carry = self.head.initial_carry(batch)
        while True:
            carry, _, _, kept, done = self.head(carry=carry, batch=batch, return_keys=["logits"])
            if done:
                answers: Tensor = kept["logits"].argmax(-1)
                return answers

    def _batch(self, inputs: Tensor, labels: Tensor) -> dict[str, Tensor]:
        identifiers = torch.zeros(len(inputs), dtype=torch.int64)
        return {"inputs": inputs, "labels": labels, "puzzle_identifiers": identifiers}


class Transcription:
    """`tests/reference`, in float32 or bfloat16, with the same optimiser."""

    def __init__(self, config: ModelConfig, weights: Weights, **settings: Any) -> None:
        self.name = f"tests/reference ({config.preset})"
        self.batch = settings["batch"]
        self.sizes = sizes_of(config)
        dtype = getattr(torch, settings["dtype"])
        self.weights = {name: tensor.detach().to(dtype).clone() for name, tensor in weights.items()}
        trained = [tensor.requires_grad_() for tensor in parameters(self.weights).values()]
        self.optimiser = adamw(trained, settings["lr"])
        self.slots: act.Slots | None = None

    def step(self, inputs: Tensor, targets: Tensor) -> float:
        """One segment of every slot, backward, step."""
        labels = labels_of(targets)
        if self.slots is None:
            self.slots = act.empty_slots(self.weights, self.sizes, inputs, labels)
        self.slots, loss = act.train_segment(self.weights, self.sizes, self.slots, (inputs, labels))
        (loss / self.batch).backward()
        self.optimiser.step()
        self.optimiser.zero_grad()
        return float(loss.detach()) / self.batch

    @torch.inference_mode()
    def solve(self, inputs: Tensor) -> Tensor:
        """All segments, the last logits."""
        carry = act.start(self.weights, self.sizes, len(inputs))
        for _ in range(self.sizes.most_segments):
            carry, logits, _, _ = act.segment(self.weights, self.sizes, carry, inputs)
        return logits.argmax(-1)


def sizes_of(config: ModelConfig) -> Sizes:
    """The transcription's sizes for a configuration of ours."""
    return Sizes(
        vocabulary=config.vocab,
        cells=config.cells,
        width=config.width,
        heads=config.heads,
        layers=config.layers,
        h_cycles=config.h_cycles,
        l_cycles=config.l_cycles,
        puzzle_tokens=config.puzzle_tokens,
        most_segments=config.segments,
        kind=KINDS[config.preset],
    )


def _published_settings(config: ModelConfig, batch: int, dtype: str) -> dict[str, Any]:
    """The configuration under the names of the published code.

    Exploration is off, so that both sides see the same problems.
    """
    common = {
        "batch_size": batch,
        "seq_len": config.cells,
        "puzzle_emb_ndim": config.width,
        "num_puzzle_identifiers": 1,
        "vocab_size": config.vocab,
        "H_cycles": config.h_cycles,
        "L_cycles": config.l_cycles,
        "H_layers": config.layers,
        "L_layers": config.layers,
        "hidden_size": config.width,
        "expansion": 4,
        "num_heads": config.heads,
        "pos_encodings": "none" if config.positions == "none" else "rope",
        "halt_max_steps": config.segments,
        "halt_exploration_prob": 0.0,
        "forward_dtype": dtype,
    }
    if config.preset == "hrm_v1":
        return common
    return common | {
        "mlp_t": config.attention == "token_mlp",
        "puzzle_emb_len": config.puzzle_tokens,
        "no_ACT_continue": True,
    }


@contextmanager
def _imports(root: Path) -> Iterator[None]:
    """`models` is the checkout's; HRM and TRM both call it that, so none is kept."""
    stubs = {"flash_attn": _flash_attn, "einops": _einops}
    made = [name for name in stubs if importlib.util.find_spec(name) is None]
    for name in made:
        sys.modules[name] = stubs[name]()
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        sys.path.remove(str(root))
        mine = [n for n in sys.modules if n == "models" or n.startswith("models.") or n in made]
        for name in mine:
            del sys.modules[name]


def _flash_attn() -> types.ModuleType:
    """flash_attn_func(q, k, v, causal) over (B, S, H, d), by PyTorch's own kernel."""

    def flash_attn_func(q: Tensor, k: Tensor, v: Tensor, causal: bool = False) -> Tensor:
        heads_first = (x.transpose(1, 2) for x in (q, k, v))
        mixed = F.scaled_dot_product_attention(*heads_first, is_causal=causal)
        return mixed.transpose(1, 2).contiguous()

    module = types.ModuleType("flash_attn")
    module.flash_attn_func = flash_attn_func  # type: ignore[attr-defined]  # a module made here
    return module


def _einops() -> types.ModuleType:
    """rearrange, for the one exchange of two dimensions that the published code asks for."""

    def rearrange(x: Tensor, pattern: str) -> Tensor:
        if pattern not in ("B S H D -> B H S D", "B H S D -> B S H D"):
            raise NotImplementedError(f"{pattern}: pip install einops")
        return x.transpose(1, 2)

    module = types.ModuleType("einops")
    module.rearrange = rearrange  # type: ignore[attr-defined]  # a module made here
    return module
