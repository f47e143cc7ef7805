"""The grid engine that runs the model itself, in torch: the reference for every other engine.

Shapes: B rows, S cells, T tokens (puzzle tokens and cells), D width, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import torch
from numpy.typing import NDArray

from hrm_engine.errors import ConfigError, TaskError
from hrm_engine.inference.grid_engine import Refined, start_noise
from hrm_engine.model.grid import Carry, GridModel


class TorchEngine:
    """The model itself: float32 on a CPU, bfloat16 by autocast on CUDA."""

    def __init__(self, model: GridModel, device: str = "auto") -> None:
        """device: a torch device, or `auto` for CUDA where there is one. Raises ConfigError."""
        available = torch.cuda.is_available()
        if device == "auto":
            device = "cuda" if available else "cpu"
        if device.startswith("cuda") and not available:
            raise ConfigError(f"no {device} device here", hint="leave the device at auto")
        self._device = torch.device(device)
        self._model = model.to(self._device).eval()
        config = model.config
        self._shape = (config.puzzle_tokens + config.cells, config.width)
        load = 2**17 if self._device.type == "cuda" else 2**13  # tokens at once
        self.rows = max(4, load // self._shape[0])
        self.name = "torch" if self._device.type == "cpu" else f"torch-{self._device.type}"

    @torch.inference_mode()
    def start(self, rows: int, *, noise: float = 0.0, seeds: Sequence[int] = ()) -> Carry:
        """See `GridEngine.start`."""
        carry = self._model.start(rows)
        if not noise:
            return carry
        drawn = np.stack([start_noise(seed, self._shape) for seed in seeds])  # (B, 2, T, D)
        added = noise * torch.from_numpy(drawn).to(self._device)
        return Carry(carry.z_h + added[:, 0], carry.z_l + added[:, 1])

    @torch.inference_mode()
    def segment(self, tokens: NDArray[np.uint8], state: Carry) -> Refined:
        """See `GridEngine.segment`. Raises TaskError when the canvas is another one's."""
        reads = self._model.config.input_tokens
        if tokens.shape[1] != reads:
            raise TaskError(
                f"the network reads {reads} cells, not {tokens.shape[1]}",
                hint="use a model that was trained on this size",
            )
        with self._arithmetic():
            out = self._model(torch.from_numpy(tokens).to(self._device).long(), state)
        new = Carry(out.carry.z_h.float(), out.carry.z_l.float())
        moved = _size(Carry(new.z_h - state.z_h, new.z_l - state.z_l)) / _size(new)
        scores = torch.stack((out.halt.float(), moved)).cpu().numpy()
        return Refined(out.logits.float().cpu().numpy(), scores[0], scores[1], new)

    @torch.inference_mode()
    def select(self, state: Carry, rows: Sequence[int]) -> Carry:
        """See `GridEngine.select`."""
        return state.select(torch.tensor(rows, dtype=torch.int64, device=self._device))

    @torch.inference_mode()
    def join(self, first: Carry, second: Carry) -> Carry:
        """See `GridEngine.join`."""
        return Carry(torch.cat((first.z_h, second.z_h)), torch.cat((first.z_l, second.z_l)))

    def _arithmetic(self) -> AbstractContextManager[object]:
        if self._device.type == "cuda":
            return torch.autocast("cuda", dtype=torch.bfloat16)
        return nullcontext()


def _size(carry: Carry) -> torch.Tensor:
    """The norm (B,) of both states together."""
    return (carry.z_h.square().sum((1, 2)) + carry.z_l.square().sum((1, 2))).sqrt()
