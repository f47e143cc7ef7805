"""Optimisers and which weights each of them moves.

* AdamW (torch, fused): the default.
* AdamATan2 (Everett et al. 2024, arXiv:2407.05872, as HRM uses it): no epsilon, a bounded step.
* Muon (Jordan 2024): orthogonalised momentum for the matrices; AdamW for everything else.
* SignSGD: the puzzle table of a grid model, whatever moves the rest (as published).

Read `build` first. `OPTIMISERS` lists what `train.optimiser` may name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import AdamW, Optimizer

from hrm_engine.train.settings import TrainConfig

Group = dict[str, Any]


class AdamATan2(Optimizer):
    """Adam whose update is atan2(m, sqrt(v)): scale-free, bounded by pi/2, without epsilon.

        m <- b1 m + (1-b1) g          v <- b2 v + (1-b2) g^2
        p <- (1 - lr * weight_decay) p - lr / (1-b1^t) * atan2(m, sqrt(v / (1-b2^t)))

    as in the reference implementation, which corrects m outside of the arc tangent.
    """

    def __init__(
        self,
        params: Iterable[Group],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.95),
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]  # torch types its step for closures
        """One update of all weights that have a gradient."""
        if closure is not None:
            raise ValueError("AdamATan2 takes no closure")
        for group in self.param_groups:
            self._step_group(group)

    def _step_group(self, group: Group) -> None:
        weights = [p for p in group["params"] if p.grad is not None]
        if not weights:
            return
        b1, b2 = group["betas"]
        for p in weights:
            if not self.state[p]:
                self.state[p] = {
                    "step": torch.zeros(()),
                    "m": torch.zeros_like(p),
                    "v": torch.zeros_like(p),
                }
        states = [self.state[p] for p in weights]
        gradients = [p.grad for p in weights]
        m, v = [s["m"] for s in states], [s["v"] for s in states]
        torch._foreach_lerp_(m, gradients, 1 - b1)
        torch._foreach_mul_(v, b2)
        torch._foreach_addcmul_(v, gradients, gradients, 1 - b2)
        if group["weight_decay"]:
            torch._foreach_mul_(weights, 1 - group["lr"] * group["weight_decay"])
        for s in states:
            s["step"] += 1
        t = float(states[0]["step"])
        roots = torch._foreach_sqrt(v)
        torch._foreach_div_(roots, (1 - b2**t) ** 0.5)
        updates = [torch.atan2(a, b) for a, b in zip(m, roots, strict=True)]
        torch._foreach_add_(weights, updates, alpha=-group["lr"] / (1 - b1**t))


class Muon(Optimizer):
    """Momentum made orthogonal by Newton-Schulz iterations; for matrices alone.

    b <- mu b + (1-mu) g;  u = (1-mu) g + mu b  (Nesterov)
    p <- (1 - lr * weight_decay) p - lr * sqrt(max(1, rows/columns)) * orthogonal(u)

    The same update as `torch.optim.Muon`, which is no use here: it iterates in bfloat16 on
    every device, three to five times slower than float32 on a CPU without AMX, and torch has it
    from 2.9 on only.
    """

    def __init__(
        self,
        params: Iterable[Group],
        lr: float = 0.02,
        momentum: float = 0.95,
        weight_decay: float = 0.0,
        iterations: int = 5,
    ) -> None:
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "weight_decay": weight_decay,
            "iterations": iterations,
        }
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]  # torch types its step for closures
        """One update of all matrices that have a gradient."""
        if closure is not None:
            raise ValueError("Muon takes no closure")
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    self._step_matrix(p, p.grad, group)

    def _step_matrix(self, p: Tensor, gradient: Tensor, group: Group) -> None:
        state = self.state[p]
        if not state:
            state["momentum"] = torch.zeros_like(p)
        buffer: Tensor = state["momentum"]
        buffer.lerp_(gradient, 1 - group["momentum"])
        update = orthogonal(gradient.lerp(buffer, group["momentum"]), group["iterations"])
        p.mul_(1 - group["lr"] * group["weight_decay"])
        rows, columns = p.shape
        p.add_(update, alpha=-group["lr"] * max(1.0, rows / columns) ** 0.5)


def orthogonal(matrix: Tensor, iterations: int = 5) -> Tensor:
    """Nearly U V^T of `matrix` = U S V^T: quintic Newton-Schulz, singular values to about 1.

    Computes in the matrix's own precision on a CPU, in bfloat16 on CUDA, where it suffices.
    """
    a, b, c = 3.4445, -4.7750, 2.0315  # Jordan's coefficients: fast rise from 0, then about 1
    wide = matrix.shape[0] <= matrix.shape[1]
    x = (matrix if wide else matrix.T).to(torch.bfloat16 if matrix.is_cuda else matrix.dtype)
    x = x / x.norm().clamp(min=1e-7)
    for _ in range(iterations):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    found: Tensor = (x if wide else x.T).to(matrix.dtype)
    return found


class SignSGD(Optimizer):
    """p <- (1 - lr * weight_decay) p - lr * sign(g), for the rows that have a gradient alone.

    For a table of which a batch touches a few rows: each moves by the same small step.
    """

    def __init__(self, params: Iterable[Group], lr: float, weight_decay: float = 0.0) -> None:
        super().__init__(params, {"lr": lr, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]  # torch types its step for closures
        """One update of all rows that have a gradient."""
        if closure is not None:
            raise ValueError("SignSGD takes no closure")
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    touched = p.grad.ne(0).any(-1, keepdim=True)
                    p.sub_(group["lr"] * (group["weight_decay"] * p * touched + p.grad.sign()))


def embedding(name: str, weight: Tensor) -> bool:
    """Whether this is a table of tokens, which has a weight decay of its own."""
    return "embed" in name


def table(name: str, weight: Tensor) -> bool:
    """Whether this is the puzzle table, which SignSGD moves."""
    return "puzzle_table" in name


def decayed(name: str, weight: Tensor) -> bool:
    """Whether `weight_decay` is for this weight: matrices, but not embeddings."""
    return weight.ndim >= 2 and not embedding(name, weight)


def matrix(name: str, weight: Tensor) -> bool:
    """Whether Muon moves this weight: the hidden matrices, neither embeddings nor the head."""
    return weight.ndim == 2 and not embedding(name, weight) and "head" not in name


def _groups(
    model: nn.Module, wanted: Callable[[str, Tensor], bool], decay: float, embeddings: float = 0.0
) -> list[Group]:
    """The wanted weights in groups: with weight decay, without, and embeddings if theirs differs.

    The puzzle table is never among them.
    """
    named = [
        (n, p)
        for n, p in model.named_parameters()
        if p.requires_grad and wanted(n, p) and not table(n, p)
    ]
    apart = [p for n, p in named if embedding(n, p) and embeddings]
    split = [
        ([p for n, p in named if decayed(n, p)], decay),
        ([p for n, p in named if not decayed(n, p) and not (embedding(n, p) and embeddings)], 0.0),
        (apart, embeddings),
    ]
    return [{"params": params, "weight_decay": d} for params, d in split if params]


def _adamw(model: nn.Module, config: TrainConfig) -> list[Optimizer]:
    groups = _groups(model, lambda *_: True, config.weight_decay, config.embedding_decay)
    return [AdamW(groups, lr=config.lr, betas=config.betas, fused=_fused(model))]


def _adam_atan2(model: nn.Module, config: TrainConfig) -> list[Optimizer]:
    groups = _groups(model, lambda *_: True, config.weight_decay, config.embedding_decay)
    return [AdamATan2(groups, lr=config.lr, betas=config.betas)]


def _muon(model: nn.Module, config: TrainConfig) -> list[Optimizer]:
    decay = config.weight_decay if config.muon_decay is None else config.muon_decay
    others = _groups(
        model, lambda n, p: not matrix(n, p), config.weight_decay, config.embedding_decay
    )
    return [
        Muon(
            _groups(model, matrix, decay),
            lr=config.muon_lr,
            momentum=config.muon_momentum,
            iterations=config.muon_iterations,
        ),
        AdamW(others, lr=config.lr, betas=config.betas, fused=_fused(model)),
    ]


def _fused(model: nn.Module) -> bool:
    return all(p.device.type in ("cpu", "cuda") for p in model.parameters())


OPTIMISERS: dict[str, Callable[[nn.Module, TrainConfig], list[Optimizer]]] = {
    "adamw": _adamw,
    "adam_atan2": _adam_atan2,
    "muon": _muon,
}


class Optimisers:
    """The optimisers of a run as one: step, scale the learning rates, save, load."""

    def __init__(self, parts: list[Optimizer]) -> None:
        self.parts = parts
        self._peaks = [[g["lr"] for g in part.param_groups] for part in parts]

    def scale(self, factor: float) -> None:
        """Set each learning rate to `factor` times its peak."""
        for part, peaks in zip(self.parts, self._peaks, strict=True):
            for group, peak in zip(part.param_groups, peaks, strict=True):
                group["lr"] = peak * factor

    def zero_grad(self) -> None:
        """Drop all gradients."""
        for part in self.parts:
            part.zero_grad(set_to_none=True)

    def state(self) -> dict[str, Tensor]:
        """All tensors of all optimisers, named "part.weight.key"."""
        return {
            f"{i}.{weight}.{key}": value
            for i, part in enumerate(self.parts)
            for weight, entries in part.state_dict()["state"].items()
            for key, value in entries.items()
        }

    def load(self, state: dict[str, Tensor]) -> None:
        """Go on from a saved `state`; the settings of the groups stay as built."""
        for i, part in enumerate(self.parts):
            entries: dict[int, dict[str, Tensor]] = {}
            for name, value in state.items():
                number, weight, key = name.split(".")
                if int(number) == i:
                    entries.setdefault(int(weight), {})[key] = value
            part.load_state_dict(
                {"state": entries, "param_groups": part.state_dict()["param_groups"]}
            )


def build(model: nn.Module, config: TrainConfig) -> Optimisers:
    """The optimisers that `config` asks for, over the weights of `model`."""
    parts = OPTIMISERS[config.optimiser](model, config)
    tables = [p for n, p in model.named_parameters() if table(n, p)]
    if tables:
        parts.append(
            SignSGD([{"params": tables}], lr=config.puzzle_lr, weight_decay=config.puzzle_decay)
        )
    return Optimisers(parts)
