"""The grid engine that runs a network as an ONNX graph, in ONNX Runtime, on the CPU.

    engine = OnnxEngine(Path("model-int8.onnx"))      # any file of `export_onnx`; needs no torch
    engine = open_onnx(loaded, "int8", threads=1)     # of a checkpoint: found, or made and kept

`open_onnx` looks for the graph beside the checkpoint (`hrm export onnx` may have put it
there), then in the user's cache, and else makes it, which takes a few seconds, once. A
graph carries the sha256 of the weights and settings that it was made from and is used only
where that is the model's own, so the two can never disagree. What cannot be written (a cache
on a read-only disk) is kept in memory alone.

In eight bits the inputs of a product share one scale, so rows of a batch would change each
other's answers in the last digit. Rows are therefore run one by one there; for networks that
are worth quantising that costs nothing, since one row fills the processor.

Shapes: B rows, S cells, T tokens (puzzle tokens and cells), D width, V vocabulary.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hrm_engine.errors import CheckpointError, TaskError
from hrm_engine.export.ort import onnxruntime
from hrm_engine.inference.grid_engine import Refined, start_noise

if TYPE_CHECKING:
    from hrm_engine.export.checkpoint import Loaded
    from hrm_engine.export.onnx import Quantisation

States = tuple[NDArray[np.float32], NDArray[np.float32]]
"""z_H and z_L, (B, T, D) each."""
NAMES: dict[str, str] = {"none": "onnx", "int8": "onnx-int8"}
QUANTISATIONS: tuple[Quantisation, ...] = ("none", "int8")
_TOKENS = 2**13  # a good load at once, as for torch on a CPU
_SEGMENTS = np.array(1, dtype=np.int64)
_log = logging.getLogger(__name__)
_opened: dict[tuple[str, str, int], OnnxEngine] = {}


class OnnxEngine:
    """A graph that `export_onnx` wrote, in a session of its own."""

    def __init__(self, graph: Path | bytes, threads: int = 1) -> None:
        """threads: of each product; the threads sleep between calls.

        Raises MissingExtraError without onnxruntime, CheckpointError when the graph is
        damaged or not one of ours.
        """
        self._session = _session(graph, threads)
        described: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        try:
            config = json.loads(described["config"])
            z_h, z_l = json.loads(described["start"])
            self.fingerprint, quantise = described["fingerprint"], described["quantise"]
        except KeyError as error:
            raise CheckpointError(
                f"{_called(graph)} is no network of ours: it says nothing of its {error}",
                hint="write it anew with `hrm export onnx`",
            ) from None
        self._begin = np.array([z_h, z_l], dtype=np.float32)  # (2, D)
        self._cells = config["grid"][0] * config["grid"][1]
        self._shape = (config["puzzle_tokens"] + self._cells, config["width"])
        self._alone = quantise != "none"
        self.name = NAMES[quantise]
        self.rows = max(4, _TOKENS // self._shape[0])

    def start(self, rows: int, *, noise: float = 0.0, seeds: Sequence[int] = ()) -> States:
        """See `GridEngine.start`."""
        z_h, z_l = (np.tile(z, (rows, self._shape[0], 1)) for z in self._begin)
        if noise:
            drawn = np.stack([start_noise(seed, self._shape) for seed in seeds])  # (B, 2, T, D)
            z_h += np.float32(noise) * drawn[:, 0]
            z_l += np.float32(noise) * drawn[:, 1]
        return z_h, z_l

    def segment(self, tokens: NDArray[np.uint8], state: States) -> Refined:
        """See `GridEngine.segment`. Raises TaskError when the canvas is another one's."""
        if tokens.shape[1] != self._cells:
            raise TaskError(
                f"the network reads {self._cells} cells, not {tokens.shape[1]}",
                hint="use a model that was trained on this size",
            )
        step = 1 if self._alone else len(tokens)
        parts = [slice(row, row + step) for row in range(0, len(tokens), step)]
        outs = zip(*(self._run(tokens[p], state[0][p], state[1][p]) for p in parts), strict=True)
        logits, halt, z_h, z_l = (np.concatenate(out) for out in outs)
        moved, size = _squared(z_h - state[0], z_l - state[1]), _squared(z_h, z_l)
        return Refined(logits, halt, np.sqrt(moved / size), (z_h, z_l))

    def select(self, state: States, rows: Sequence[int]) -> States:
        """See `GridEngine.select`."""
        return state[0][list(rows)], state[1][list(rows)]

    def join(self, first: States, second: States) -> States:
        """See `GridEngine.join`."""
        return np.concatenate((first[0], second[0])), np.concatenate((first[1], second[1]))

    def _run(
        self, tokens: NDArray[np.uint8], z_h: NDArray[np.float32], z_l: NDArray[np.float32]
    ) -> list[NDArray[np.float32]]:
        given = {"tokens": tokens.astype(np.int64), "z_h": z_h, "z_l": z_l, "segments": _SEGMENTS}
        outputs: list[NDArray[np.float32]] = self._session.run(None, given)
        return outputs


def open_onnx(loaded: Loaded, quantise: Quantisation, threads: int = 1) -> OnnxEngine:
    """The engine of a checkpoint's grid model, opened once in a process.

    Raises MissingExtraError without the extra `onnx`, CheckpointError for a sequence model.
    """
    from hrm_engine.export.onnx import fingerprint

    mark = fingerprint(loaded.grid)
    key = (mark, quantise, threads)
    if key not in _opened:
        found = _find(loaded, quantise, mark, threads)
        _opened[key] = found or OnnxEngine(_make(loaded, quantise, mark), threads)
    return _opened[key]


def _find(loaded: Loaded, quantise: Quantisation, mark: str, threads: int) -> OnnxEngine | None:
    """The engine of this very model, beside its checkpoint or in the user's cache."""
    from hrm_engine.export.onnx import FILES

    for folder in (loaded.folder, cache_folder(mark)):
        path = folder / FILES[quantise]
        if not path.is_file():
            continue
        try:
            engine = OnnxEngine(path, threads)
        except CheckpointError as error:
            _log.warning("%s; passed over", error.problem)
            continue
        if engine.fingerprint == mark:
            return engine
        _log.warning("%s is of other weights than %s; passed over", path, loaded.folder)
    return None


def cache_home() -> Path:
    """Where things are kept that can be made again: `$XDG_CACHE_HOME/hrm`."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hrm"


def cache_folder(mark: str) -> Path:
    """Where the graphs of the model with that fingerprint are kept."""
    return cache_home() / "onnx" / mark[:32]


def _make(loaded: Loaded, quantise: Quantisation, mark: str) -> Path | bytes:
    """Export into the cache, or where that cannot be written into memory.

    The cache gets both graphs: tracing takes the time, and eight bits call for float32 later.
    """
    from hrm_engine.export.onnx import FILES, flat_graph, onnx_model, write_graph

    _log.info("making the ONNX graphs of %s, once", loaded.folder.name)
    flat = flat_graph(loaded.grid)
    protos = {each: onnx_model(loaded.grid, quantise=each, flat=flat) for each in QUANTISATIONS}
    try:
        for each, proto in protos.items():
            write_graph(proto, cache_folder(mark), each)
    except OSError as error:
        _log.warning("the ONNX graphs of %s are not kept: %s", loaded.folder.name, error)
        graph: bytes = protos[quantise].SerializeToString()
        return graph
    return cache_folder(mark) / FILES[quantise]


def _session(graph: Path | bytes, threads: int) -> Any:
    ort = onnxruntime()
    options = ort.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # Threads that wait by spinning would take the processor from everybody else.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3  # errors; a graph written elsewhere may earn remarks
    source = graph if isinstance(graph, bytes) else str(graph)
    try:
        return ort.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - onnxruntime's fifteen have no common base
        raise CheckpointError(
            f"{_called(graph)} is truncated or no ONNX graph: {error}",
            hint="delete it; it is made again",
        ) from None


def _called(graph: Path | bytes) -> str:
    return "the graph in memory" if isinstance(graph, bytes) else str(graph)


def _squared(*states: NDArray[np.float32]) -> NDArray[np.float32]:
    """The squared size (B,) of states (B, T, D) together."""
    squares = [np.square(z).sum((1, 2)) for z in states]
    total: NDArray[np.float32] = np.sum(squares, axis=0)
    return total
