"""Which engine runs a grid network here: what people name, what was measured, what is likely.

    torch       the model itself, float32 (bfloat16 on CUDA)
    onnx        ONNX Runtime, float32: the same answers
    onnx-int8   ONNX Runtime in eight bits; what the exact check refuses is tried again in
                float32, so that nothing is lost but time
    auto        CUDA: torch. Else what `hrm bench` found fastest for this model on this
                machine. Else `UNMEASURED` if its packages are installed and the network is
                large enough to repay the making of its graph, and torch if not

Read `choose`. `hrm bench` calls `remember`.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch

from hrm_engine.errors import ConfigError, ExportError
from hrm_engine.evaluation.machine import machine
from hrm_engine.export.checkpoint import Loaded
from hrm_engine.export.onnx import fingerprint
from hrm_engine.inference.grid_engine import GridEngine
from hrm_engine.inference.grid_torch import TorchEngine
from hrm_engine.inference.onnx_engine import cache_home, open_onnx

UNMEASURED = "onnx-int8"
"""The fastest of all sizes of `docs/figures.md`, from 0.5 to 7 M parameters."""
LARGE = 1_000_000
"""Parameters from which a graph repays the seconds it takes to make, and a second thread works
more than it waits: of a small one, two threads on a busy machine took 60 times as long as one."""
PACKAGES = ("onnx", "onnxruntime", "onnxscript")
_log = logging.getLogger(__name__)


def load_engines(loaded: Loaded, kind: str = "auto", device: str = "auto") -> list[GridEngine]:
    """What computes, in the order in which it is asked.

    device: for torch. Raises ConfigError for another kind, MissingExtraError without the extra
    that it needs, CheckpointError for a sequence model.
    """
    if kind != "auto" and kind not in ENGINES:
        known = ", ".join(("auto", *ENGINES))
        raise ConfigError(f"no engine `{kind}`", hint=f"known engines: {known}")
    if kind != "auto":
        return ENGINES[kind](loaded, device)
    try:
        return ENGINES[choose(loaded, device)](loaded, device)
    except ExportError as error:
        _log.warning("%s; torch runs it", error.problem)
        return _torch(loaded, device)


def choose(loaded: Loaded, device: str = "auto") -> str:
    """The engine's name for this model on this machine, as the docstring above says."""
    if device not in ("auto", "cpu") or (device == "auto" and torch.cuda.is_available()):
        return "torch"
    measured = _records().get(machine(), {}).get(fingerprint(loaded.grid), {}).get("engine")
    name = measured if measured in ENGINES else _unmeasured(loaded)
    installed = all(find_spec(package) for package in PACKAGES)
    return name if name == "torch" or installed else "torch"


def threads_for(loaded: Loaded) -> int:
    """CPU threads that suit the network: one where it is small, else as many as torch has."""
    return torch.get_num_threads() if _parameters(loaded) >= LARGE else 1


def remember(loaded: Loaded, engine: str, figures: dict[str, Any]) -> Path:
    """Let `auto` mean `engine` for this model on this machine; returns the record's file.

    figures: what it was found by, for whoever reads the file. Raises ConfigError for an
    unknown engine, OSError when the record cannot be written.
    """
    if engine not in ENGINES:
        raise ConfigError(f"no engine `{engine}`", hint=f"known engines: {', '.join(ENGINES)}")
    path, records = record_file(), _records()
    entry = {"engine": engine, "model": loaded.folder.name} | figures
    records.setdefault(machine(), {})[fingerprint(loaded.grid)] = entry
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_text(json.dumps(records, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return partial.replace(path)


def record_file() -> Path:
    """Where `remember` writes: `$XDG_CACHE_HOME/hrm/engines.json`."""
    return cache_home() / "engines.json"


def _unmeasured(loaded: Loaded) -> str:
    return UNMEASURED if _parameters(loaded) >= LARGE else "torch"


def _parameters(loaded: Loaded) -> int:
    return sum(parameter.numel() for parameter in loaded.grid.parameters())


def _records() -> dict[str, dict[str, dict[str, Any]]]:
    """By machine and fingerprint; empty where there is none or it is damaged."""
    try:
        found = json.loads(record_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        _log.warning("%s cannot be read (%s); `hrm bench` writes it anew", record_file(), error)
        return {}
    return found if isinstance(found, dict) else {}


def _torch(loaded: Loaded, device: str) -> list[GridEngine]:
    return [TorchEngine(loaded.grid, device)]


def _onnx(loaded: Loaded, device: str) -> list[GridEngine]:
    return [open_onnx(loaded, "none", _threads(device))]


def _int8(loaded: Loaded, device: str) -> list[GridEngine]:
    threads = _threads(device)
    return [open_onnx(loaded, "int8", threads), open_onnx(loaded, "none", threads)]


def _threads(device: str) -> int:
    """As many as torch would use. Raises ConfigError for a device that is not the CPU."""
    if device not in ("auto", "cpu"):
        raise ConfigError(
            f"the ONNX engines run on the CPU, not on {device}", hint="say `--engine torch`"
        )
    return torch.get_num_threads()


ENGINES: dict[str, Callable[[Loaded, str], list[GridEngine]]] = {
    "torch": _torch,
    "onnx": _onnx,
    "onnx-int8": _int8,
}
