"""What a checkpoint says about itself: the recipe for machines, the card for people."""

from __future__ import annotations

from typing import Any

from hrm_engine.data.dataset import Dataset
from hrm_engine.model.build import Model
from hrm_engine.train.settings import RunConfig
from hrm_engine.train.state import RunState


def recipe(
    config: RunConfig, dataset: Dataset, state: RunState, fingerprint: str
) -> dict[str, Any]:
    """How the weights came to be: settings, data and amount of training."""
    settings = config.applied()
    settings["train"].pop("out")  # where it stood on one machine is nobody else's business
    return {
        **settings,
        "data": settings["data"] | dataset.recipe() | {"fingerprint": fingerprint},
        "trained": {"steps": state.step, "tokens": state.tokens, "seconds": round(state.seconds)},
    }


def model_card(config: RunConfig, model: Model, metrics: dict[str, Any], state: RunState) -> str:
    """A Markdown card from what the run itself knows; an evaluation adds accuracy."""
    parameters = sum(p.numel() for p in model.parameters())
    rows = {
        "architecture": config.model.preset,
        "parameters": f"{parameters:,}",
        "data": f"{config.data.source}, seed {config.seed}",
        "trained": f"{state.step:,} of {config.train.steps:,} steps, {state.tokens:,} tokens,"
        f" {state.seconds / 60:.0f} minutes",
        "optimiser": f"{config.train.optimiser}, peak learning rate {config.train.lr:g}",
        "weights": f"exponential moving average, decay {config.train.ema:g}",
    }
    how = "greedy" if config.model.form == "sequence" else "after the last segment"
    measured = {
        "eval_loss": "held-out loss",
        "eval_token_accuracy": "held-out token accuracy",
        "eval_exact": f"held-out exact answers, {how}",
        "eval_halt_segments": "held-out segments until it would halt, mean",
    }
    rows |= {text: f"{metrics[key]:.4f}" for key, text in measured.items() if key in metrics}
    table = "\n".join(f"| {name} | {value} |" for name, value in rows.items())
    return f"# {config.name}\n\n| | |\n|---|---|\n{table}\n"
