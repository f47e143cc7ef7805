"""List the models that come with the package, and the sizes that can be trained.

hrm models            shipped models: what each is for, its size on disk
hrm models presets    named sizes with their number of parameters
"""

from __future__ import annotations

import argparse
import json
from typing import Any

PRESET_VOCABULARY = 128


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm models`."""
    what = parser.add_argument("what", nargs="?", choices=("list", "presets"), default="list")
    what.help = "list: shipped models (default); presets: sizes that can be trained"
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print the table."""
    rows = presets() if args.what == "presets" else shipped_models()
    if args.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    _print_table(rows)
    return 0


def shipped_models() -> list[dict[str, Any]]:
    """One row a model in `hrm_engine/pretrained`."""
    from hrm_engine.export.checkpoint import PRETRAINED, shipped
    from hrm_engine.model.config import ModelConfig
    from hrm_engine.model.presets import count_parameters

    rows = []
    for name in shipped():
        folder = PRETRAINED / name
        head = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        config = ModelConfig.model_validate(head["model"])
        size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
        rows.append(
            {
                "name": name,
                "preset": config.preset,
                "parameters": count_parameters(config),
                "megabytes": round(size / 1e6, 1),
                "folder": str(folder),
            }
        )
    return rows


def presets() -> list[dict[str, Any]]:
    """One row a named size, with the number of its parameters and what they are counted for.

    Sequence models are counted with a vocabulary of `PRESET_VOCABULARY` tokens, grid models
    at the setting of the published ones: 9x9 Sudoku, without a puzzle table.
    """
    from hrm_engine.model.presets import SIZES, count_parameters, size

    rows = []
    for name, settings in SIZES.items():
        config = size(name, vocab=settings.get("vocab", PRESET_VOCABULARY))
        setting = f"vocabulary {config.vocab}"
        if config.form == "grid":
            setting += f", {config.cells} cells, {config.puzzle_tokens} puzzle tokens"
        rows.append(
            {
                "name": name,
                "preset": config.preset,
                "form": config.form,
                "parameters": count_parameters(config),
                "width": config.width,
                "layers": config.layers,
                "counted for": setting,
            }
        )
    return rows


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    if not rows:
        print("no models are shipped with this installation")
        return
    table = Table(box=None)
    for key in rows[0]:
        table.add_column(key, overflow="fold")
    for row in rows:
        table.add_row(*(f"{v:,}" if isinstance(v, int | float) else str(v) for v in row.values()))
    Console().print(table)
