"""What a program does, as a short fingerprint: its results on fixed probes.

Two programs with one fingerprint gave equal results on all probes of their input types, so they
count as duplicates. Programs of the test sets of others are kept out of training by theirs:
`exedec_behaviours.txt` holds the fingerprints of ExeDec's DeepCoder programs, nothing else.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np

from hrm_engine.programs.inputs import draw_inputs
from hrm_engine.programs.interpreter import run
from hrm_engine.programs.program import Program
from hrm_engine.programs.types import Type, Value

PROBES = 24
BANNED_FILE = Path(__file__).with_name("exedec_behaviours.txt")


@lru_cache(maxsize=256)
def probes(types: tuple[Type, ...]) -> tuple[tuple[Value, ...], ...]:
    """The fixed inputs for programs of these input types."""
    rng = np.random.default_rng(stable_hash(*(kind.value for kind in types)))
    return tuple(draw_inputs(types, rng) for _ in range(PROBES))


def behaviour(program: Program) -> str:
    """The fingerprint: sixteen hexadecimal digits of the types and all results on the probes."""
    results = [run(program, inputs) for inputs in probes(program.types)]
    kinds = [kind.value for kind in (*program.types, program.result)]
    return blake2b(repr((kinds, results)).encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=1)
def banned_behaviours() -> frozenset[str]:
    """The fingerprints that training data must not have."""
    lines = BANNED_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def stable_hash(*parts: str) -> int:
    """A number from texts, the same on every machine and in every run."""
    return int.from_bytes(blake2b("\0".join(parts).encode(), digest_size=8).digest(), "big")
