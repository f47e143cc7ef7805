"""From the names of a checkpoint and a task to whatever solves it.

`load_solver` looks at the form of the task; what computes a grid is `engine_choice.py`'s to say.
"""

from __future__ import annotations

from typing import Any

import torch

from hrm_engine.errors import CheckpointError, TaskError
from hrm_engine.export.checkpoint import load_checkpoint
from hrm_engine.inference.engine_choice import load_engines, threads_for
from hrm_engine.inference.grid_search import Plan
from hrm_engine.inference.grid_solve import GridSolver
from hrm_engine.inference.solve import Solver
from hrm_engine.tasks.base import GridTask
from hrm_engine.tasks.judge import cached_task

DEPTH = 16
"""Segments of a try unless training had more: as many as published evaluations give."""


def load_solver(
    model: str, task: str, *, engine: str = "auto", device: str = "auto", **plan: Any
) -> Solver | GridSolver:
    """The solver for a task of either form; engine, device and plan concern grids alone."""
    if cached_task(task).form == "grid":
        return load_grid_solver(model, task, engine=engine, device=device, **plan)
    return Solver.load(model, task)


def load_grid_solver(
    model: str, task: str, *, engine: str = "auto", device: str = "auto", **plan: Any
) -> GridSolver:
    """See `GridSolver.load`. Torch gets one thread in this process for a small network."""
    found = cached_task(task)
    if not isinstance(found, GridTask):
        raise TaskError(f"`{task}` is a {found.form} task", hint="load it with `load_solver`")
    loaded = load_checkpoint(model)
    loaded.require_vocabulary(found.vocabulary)
    config = loaded.grid.config
    if config.grid != found.shape:
        rows, columns = config.grid
        raise CheckpointError(
            f"`{loaded.folder.name}` was trained on a canvas of {rows}x{columns} cells,"
            f" {found.shape[0]}x{found.shape[1]} are expected",
            hint=f"give a model that was trained on the task {task}",
        )
    torch.set_num_threads(threads_for(loaded))
    settings = Plan(**({"depth": max(DEPTH, config.segments)} | plan))
    return GridSolver(loaded.folder.name, found, load_engines(loaded, engine, device), settings)
