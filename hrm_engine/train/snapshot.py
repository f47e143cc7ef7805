"""All tensors of a run, to be saved and taken up again, by one process or by several.

What is saved is always whole, whoever held the shards, so a run may go on with another number
of processes. With the same number it goes on exactly; with another one every process begins
after the pools that had been begun, and the states that grids carried begin anew.

Read `collect`, then `take_up`.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from hrm_engine.data.stream import Place
from hrm_engine.model.build import Model, build_model
from hrm_engine.train.distributed import World, spread, whole
from hrm_engine.train.ema import EMA
from hrm_engine.train.form import Form
from hrm_engine.train.optimisers import Optimisers
from hrm_engine.train.state import RunState, tagged, untagged


@dataclass(frozen=True)
class Parts:
    """What has a state."""

    model: Model
    ema: EMA
    optimisers: Optimisers
    form: Form
    world: World

    def whole_model(self) -> Model:
        """The model with the weights it has now; a copy where they are shards."""
        if self.world.kind != "fsdp":
            return self.model
        weights = whole(self.model.state_dict())
        copy = build_model(self.model.config)
        copy.load_state_dict(weights)
        return copy


def collect(parts: Parts, state: RunState) -> dict[str, Tensor]:
    """Every tensor by name, on the process that writes; all must take part.

    Notes in `state` where in the data each process is.
    """
    tensors = whole(
        tagged("model", parts.model.state_dict())
        | tagged("average", parts.ema.state())
        | tagged("optimiser", parts.optimisers.state())
        | {"generator": torch.get_rng_state()}
    )
    place = parts.form.place
    state.pool, state.batch = place.pool, place.batch
    if parts.world.size > 1:
        here = {"place": torch.tensor([place.pool, place.batch])}
        state.places = [found["place"].tolist() for found in parts.world.gather(here)]
    for rank, form in enumerate(parts.world.gather(parts.form.state())):
        tensors |= tagged(_form(rank), form)
    return tensors


def take_up(parts: Parts, state: RunState, tensors: dict[str, Tensor]) -> list[str]:
    """Go on from what `collect` gave; lines for people where that is not exact."""
    tensors = spread(tensors, _patterns(parts, tensors))
    parts.model.load_state_dict(untagged("model", tensors))
    parts.ema.load(untagged("average", tensors), state.updates)
    parts.optimisers.load(untagged("optimiser", tensors))
    torch.set_rng_state(tensors["generator"])
    world, places = parts.world, state.places or [[state.pool, state.batch]]
    if len(places) == world.size:
        pool, batch = places[world.rank]
        form, lines = untagged(_form(world.rank), tensors), []
    else:
        begun = len(places) * max(pool + (batch > 0) for pool, batch in places)
        pool, batch = -(-begun // world.size), 0
        form = {}
        lines = [
            f"changed: processes {len(places)} -> {world.size}; the rest of the pools that were"
            " begun is left out, and carried states begin anew"
        ]
    state.pool, state.batch, state.places = pool, batch, []
    parts.form.load(form, Place(pool, batch))
    return lines


def _form(rank: int) -> str:
    return f"form{rank}" if rank else "form"


def _patterns(parts: Parts, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """For each saved name, the weight whose shards it is to be cut like."""
    weights: dict[str, Tensor] = dict(
        parts.model.named_parameters(remove_duplicate=False)  # networks may be shared
    )
    found = tagged("model", weights) | tagged("average", weights)
    moved = [
        [weight for group in part.param_groups for weight in group["params"]]
        for part in parts.optimisers.parts
    ]
    for name in untagged("optimiser", tensors):
        part, weight, _ = name.split(".")
        found[f"optimiser/{name}"] = moved[int(part)][int(weight)]
    return found
