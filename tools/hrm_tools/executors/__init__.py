"""Language models of the user's own, behind one word: who writes code where nothing else knows.

    gguf:PATH                 a GGUF file in llama.cpp             gguf.py
    hf:FOLDER                 a Hugging Face folder, on this disk  hf.py
    http(s)://HOST/v1#MODEL   any OpenAI-compatible server         openai_compatible.py
    scripted:FILE.jsonl       replies from a file                  scripted.py

None is shipped with weights, and none is loaded before it is asked for. `HRM_EXECUTOR` names the
one that `generate_code` uses; `configured` reads it.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from hrm_engine.codegen.executor import Executor
from hrm_engine.errors import ConfigError
from hrm_tools.executors.limits import MAX_TOKENS

VARIABLE = "HRM_EXECUTOR"
GGUF_MB, HF_MB = 2048, 6144
"""Room for what a model computes with: its cache, and for the second kind PyTorch itself."""
FORMS = "gguf:PATH, hf:FOLDER, http://HOST:PORT/v1#MODEL or scripted:FILE.jsonl"


def make_executor(spec: str, max_tokens: int = MAX_TOKENS) -> Executor:
    """The executor that `spec` names, its model loaded; max_tokens: of one reply.

    Raises ConfigError for a spec that cannot be meant or a path where nothing is,
    MissingExtraError where the package is absent, ExecutorError for a model that does not load.
    """
    kind, place = read_spec(spec)
    if kind == "gguf":
        from hrm_tools.executors.gguf import GGUFExecutor

        return GGUFExecutor(place, max_tokens=max_tokens)
    if kind == "hf":
        from hrm_tools.executors.hf import HuggingFaceExecutor

        return HuggingFaceExecutor(place, max_tokens=max_tokens)
    if kind == "scripted":
        from hrm_tools.executors.scripted import scripted_file

        return scripted_file(place)
    from hrm_tools.executors.openai_compatible import OpenAICompatibleExecutor

    return OpenAICompatibleExecutor(spec, max_tokens=max_tokens)


def read_spec(spec: str) -> tuple[str, Path]:
    """The kind of executor and where it is, nothing loaded. Raises ConfigError."""
    kind, _, rest = spec.partition(":")
    if kind not in ("gguf", "hf", "scripted", "http", "https") or not rest:
        raise ConfigError(f"`{spec}` names no executor", hint=f"give {FORMS}")
    place = Path(rest).expanduser()
    if not kind.startswith("http") and not place.exists():
        raise ConfigError(f"the executor {spec} is not there: no {place}", hint="give its path")
    return kind, place


def use(spec: str | None) -> None:
    """Make `spec` the executor of this process and of those it starts; None changes nothing.

    Raises ConfigError, so that a wrong one ends a start and not a call.
    """
    if spec:
        read_spec(spec)
        os.environ[VARIABLE] = spec


def room_mb() -> int:
    """MiB of address space that a process needs beyond its own for the executor that is set."""
    try:
        kind, place = read_spec(os.environ.get(VARIABLE, "").strip())
    except ConfigError:  # none is set, or the call will say what is wrong with it
        return 0
    files = (place,) if place.is_file() else tuple(place.rglob("*"))
    held = sum(file.stat().st_size for file in files if file.is_file()) // 2**20
    return {"gguf": held + GGUF_MB, "hf": 2 * held + HF_MB}.get(kind, 0)


def configured() -> Executor | None:
    """The executor of `HRM_EXECUTOR`, loaded once a process; None where it is not set.

    Raises what `make_executor` raises.
    """
    spec = os.environ.get(VARIABLE, "").strip()
    return _shared(spec) if spec else None


@lru_cache(maxsize=1)
def _shared(spec: str) -> Executor:
    return make_executor(spec)
