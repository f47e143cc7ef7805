"""One run on several processes: DDP or FSDP2 (`fully_shard`), started by torchrun.

    torchrun --nproc-per-node 4 -m hrm_engine.train configs/sudoku_gpu.yaml

`train.distributed` is auto (DDP under torchrun), ddp, fsdp or off. Each process draws its own
share of the pools and works on its own batches; losses are divided by the count over all
processes, so N processes with batch B are one process with batch N * B. Process 0 alone
writes; what it writes is the same as from a run on one process.

A `World` of one process is the ordinary case: everything here is then the identity, and
torch.distributed is not even loaded. Read `joined`, then `World`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import torch
from torch import Tensor, nn

from hrm_engine.errors import ConfigError, TrainingError

if TYPE_CHECKING:
    from hrm_engine.train.step import Work

Setting = Literal["auto", "off", "ddp", "fsdp"]
Kind = Literal["off", "ddp", "fsdp"]
Pool = TypeVar("Pool")

_LOST = ("Connection closed by peer", "Connection reset by peer", "Broken pipe", "gloo", "NCCL")
"""What torch says when another process has gone; it has no class of its own for it."""


class Region(nn.Module):
    """Runs part of a step inside the forward pass of DDP or FSDP, whatever that part calls."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, part: Callable[[], Tensor]) -> Tensor:
        """The loss that `part` computes from the model."""
        return part()


@dataclass(frozen=True)
class Share(Generic[Pool]):
    """Every `size`-th pool from `rank` on; together the shares of all ranks are all pools."""

    draw: Callable[[int], Pool]
    rank: int
    size: int

    def __call__(self, index: int) -> Pool:
        """Pool `index` of this share."""
        return self.draw(index * self.size + self.rank)


@dataclass(frozen=True)
class World:
    """The processes of one run, seen from one of them; `local` counts on one machine."""

    rank: int = 0
    size: int = 1
    local: int = 0
    kind: Kind = "off"

    @property
    def writes(self) -> bool:
        """Whether this process writes files and speaks."""
        return self.rank == 0

    def share(self, draw: Callable[[int], Pool]) -> Callable[[int], Pool]:
        """This process's share of numbered pools."""
        return draw if self.size == 1 else Share(draw, self.rank, self.size)

    def seed(self, seed: int) -> int:
        """A seed for random numbers that must differ between processes."""
        return seed + (self.rank << 32)

    def region(self, model: nn.Module, device: torch.device, *, unused: bool) -> nn.Module:
        """Where losses are to be computed, so that gradients are averaged over all processes.

        unused: whether a step may leave some weights without gradient. With fsdp the model's
        weights become shards here: make optimisers and averages after.
        """
        region = Region(model)
        if self.kind == "ddp":
            from torch.nn.parallel import DistributedDataParallel

            # One graph over one small model: cutting it to overlap communication only costs.
            torch._dynamo.config.optimize_ddp = False
            return DistributedDataParallel(
                region,
                device_ids=[device.index] if device.type == "cuda" else None,
                find_unused_parameters=unused,
            )
        if self.kind == "fsdp":
            from torch.distributed.device_mesh import init_device_mesh
            from torch.distributed.fsdp import fully_shard

            # A recursion runs the same weights dozens of times: gather them once a step.
            fully_shard(
                region,
                mesh=init_device_mesh(device.type, (self.size,)),
                reshard_after_forward=False,
            )
        return region

    def unsynchronised(self, region: nn.Module, last: bool) -> AbstractContextManager[object]:
        """The context for one of several parts: gradients are averaged with the last alone."""
        if self.kind == "ddp" and not last:
            from torch.nn.parallel import DistributedDataParallel

            assert isinstance(region, DistributedDataParallel)
            held: AbstractContextManager[object] = region.no_sync()
            return held
        return nullcontext()

    @contextmanager
    def gathered(self, region: nn.Module) -> Iterator[None]:
        """The model holds whole weights inside this block, to be evaluated, not changed."""
        if self.kind != "fsdp":
            yield
            return
        from torch.distributed.fsdp import FSDPModule

        assert isinstance(region, FSDPModule)
        region.unshard()
        try:
            yield
        finally:
            region.reshard()

    def joint(self, work: Work) -> Work:
        """The work of one process with the counts of all: what the loss is divided by."""
        if self.size == 1:
            return work
        counts = self.total(torch.tensor([work.count, work.tokens]))
        count, tokens = counts.tolist()
        return replace(work, count=count, tokens=tokens)

    def total(self, tensor: Tensor) -> Tensor:
        """The sum over all processes."""
        if self.size == 1:
            return tensor
        import torch.distributed as dist

        summed = tensor.clone()
        dist.all_reduce(summed)
        return summed

    def largest(self, number: int) -> int:
        """The largest over all processes: how they agree, for instance, to stop."""
        if self.size == 1:
            return number
        import torch.distributed as dist

        found = torch.tensor(number)
        dist.all_reduce(found, op=dist.ReduceOp.MAX)
        return int(found)

    def gather(self, tensors: Mapping[str, Tensor]) -> list[dict[str, Tensor]]:
        """The tensors of every process, all of equal shapes, on process 0; elsewhere nothing."""
        if self.size == 1:
            return [dict(tensors)]
        import torch.distributed as dist

        found: list[dict[str, Tensor]] = [{} for _ in range(self.size)] if self.writes else []
        for name in sorted(tensors):
            mine = tensors[name].detach().cpu().contiguous()
            parts = [torch.empty_like(mine) for _ in range(self.size)] if self.writes else None
            dist.gather(mine, parts)
            for of_rank, part in zip(found, parts or (), strict=True):
                of_rank[name] = part
        return found


ALONE = World()


def whole(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The same with every shard replaced by the whole tensor; all processes must take part."""
    return {name: _whole(tensor) for name, tensor in tensors.items()}


def _whole(tensor: Any) -> Tensor:
    found: Tensor = tensor.full_tensor() if hasattr(tensor, "full_tensor") else tensor
    return found


def spread(tensors: Mapping[str, Tensor], like: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The reverse of `whole`: each tensor cut as the one of that name in `like` is.

    A tensor without a namesake, or of another shape than it, stays as it is.
    """
    return {name: _spread(tensor, like.get(name)) for name, tensor in tensors.items()}


def _spread(tensor: Tensor, like: Any) -> Tensor:
    if not hasattr(like, "full_tensor") or like.shape != tensor.shape:
        return tensor
    from torch.distributed.tensor import distribute_tensor

    # Every process has read the same file: nothing need be sent.
    moved = tensor.to(like.device)
    return distribute_tensor(moved, like.device_mesh, like.placements, src_data_rank=None)


@contextmanager
def joined(setting: Setting, device: str = "auto") -> Iterator[World]:
    """This process's place among those that torchrun started; it leaves them at the end.

    Raises ConfigError when the setting and the way of starting do not fit, TrainingError when
    another process has gone.
    """
    world = _look_around(setting)
    if world.kind == "off":
        yield world
        return
    import torch.distributed as dist

    if device in ("auto", "cuda") and torch.cuda.is_available():
        torch.cuda.set_device(world.local)
        dist.init_process_group("cpu:gloo,cuda:nccl")
    else:
        dist.init_process_group("cpu:gloo")
    try:
        yield world
    except RuntimeError as error:
        if not _is_loss(error):
            raise
        raise TrainingError(
            f"process {world.rank} has lost another one ({str(error).splitlines()[0]})",
            hint="the first error above is the cause (torchrun --log-dir DIR --tee 3 keeps each"
            " process's output); then go on with --resume",
        ) from None
    finally:
        dist.destroy_process_group()


def _look_around(setting: Setting) -> World:
    """Where this process stands, from what torchrun puts into the environment."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    started = "RANK" in os.environ
    if setting == "off" and size > 1:
        raise ConfigError(
            f"train.distributed is off, but torchrun started {size} processes",
            hint="set train.distributed: auto",
        )
    if setting in ("ddp", "fsdp") and not started:
        raise ConfigError(
            f"train.distributed {setting} needs torchrun",
            hint="torchrun --nproc-per-node 2 -m hrm_engine.train CONFIG",
        )
    if setting == "off" or (size == 1 and setting == "auto"):
        return ALONE
    kind: Kind = "fsdp" if setting == "fsdp" else "ddp"
    return World(int(os.environ["RANK"]), size, int(os.environ["LOCAL_RANK"]), kind)


def _is_loss(error: RuntimeError) -> bool:
    import torch.distributed as dist

    return isinstance(error, dist.DistError) or any(text in str(error) for text in _LOST)
