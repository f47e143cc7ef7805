"""A progress bar in a notebook; on a terminal the trainer draws its own (`train/progress.py`).

Plain HTML that is updated in place, so a notebook needs no widgets and no further package.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from html import escape
from typing import Any


def notebook_bar(steps: int) -> Callable[[dict[str, Any]], None] | None:
    """A listener for `Trainer.fit` that draws `steps` steps; None outside a notebook."""
    if not in_notebook():
        return None
    from IPython.display import HTML, display

    shown = display(HTML(bar(0, steps, {})), display_id=True)
    last: dict[str, Any] = {}

    def update(row: dict[str, Any]) -> None:
        last.update(row)
        shown.update(HTML(bar(row["step"], steps, last)))

    return update


def in_notebook() -> bool:
    """Whether this process is the kernel of a notebook. Imports nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")


def bar(step: int, steps: int, metrics: dict[str, Any]) -> str:
    """The bar after `step` of `steps` as HTML, with the losses that `metrics` tells."""
    told = (f"{name} {metrics[name]:.4f}" for name in ("loss", "eval_loss") if name in metrics)
    text = escape(", ".join([f"step {step} of {steps}", *told]))
    return f'<progress max="{steps}" value="{step}"></progress> {text}'
