"""Where a run computes and in what arithmetic: chosen once, here.

float32 on a CPU (without AMX, bfloat16 is three to five times slower there), bfloat16 by
autocast on CUDA. Weights, optimiser state and the loss stay float32 everywhere.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch

from hrm_engine.errors import ConfigError, TrainingError
from hrm_engine.train.distributed import ALONE, World
from hrm_engine.train.settings import TrainConfig


@dataclass(frozen=True)
class Machine:
    """The device, the arithmetic, whether to compile, and the other processes of the run."""

    device: torch.device
    dtype: torch.dtype
    compiled: bool
    world: World = ALONE

    def autocast(self) -> AbstractContextManager[object]:
        """The context in which the model's forward pass runs."""
        if self.dtype == torch.float32:
            return nullcontext()
        return torch.autocast(self.device.type, dtype=self.dtype)

    def scaler(self) -> torch.amp.GradScaler:
        """Loss scaling, which float16 alone needs: its gradients would underflow."""
        return torch.amp.GradScaler(self.device.type, enabled=self.dtype == torch.float16)


def choose_machine(config: TrainConfig, world: World = ALONE) -> Machine:
    """The machine that the settings ask for. Raises TrainingError when it is not there."""
    available = {
        "cpu": True,
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }
    kind = config.device
    if kind == "auto":
        kind = "cuda" if available["cuda"] else "cpu"
    if not available[kind]:
        raise TrainingError(f"no {kind} device here", hint="set train.device: auto")
    if config.threads:
        torch.set_num_threads(config.threads)
    names = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
    precision = config.precision
    if precision == "auto":
        precision = "bf16" if kind == "cuda" else "fp32"
    if precision == "fp16" and world.kind == "fsdp":
        raise ConfigError("fsdp scales no losses, as fp16 needs", hint="set train.precision: bf16")
    if kind == "cuda":
        torch.set_float32_matmul_precision("high")
    compiled = config.compile == "on" or (config.compile == "auto" and kind == "cuda")
    device = torch.device(kind, world.local) if kind == "cuda" else torch.device(kind)
    return Machine(device, names[precision], compiled, world)


def out_of_memory(error: RuntimeError) -> bool:
    """Whether torch failed for want of memory; on a CPU only the message says so."""
    return isinstance(error, torch.OutOfMemoryError) or "DefaultCPUAllocator" in str(error)
