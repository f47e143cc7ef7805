"""The figures of one evaluation, as JSON for machines and as a table for people."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from hrm_engine.evaluation.machine import machine


def quantile(values: Sequence[float], q: float) -> float:
    """The `q`-quantile (0..1) of `values` by the nearest rank; 0 for no values."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(q * (len(ordered) - 1)))]


class Peer(BaseModel):
    """Another program on the same problems. correct: share in 0..1; p50_ms: median time."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    correct: float
    p50_ms: float


class Report(BaseModel):
    """One evaluation; rates in 0..1, times in milliseconds, `wrong_but_verified` must be 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    task: str
    model: str
    n: int
    verified_at_1: float
    verified_at_k: float
    k: int
    fallback_rate: float
    unsolved: int
    wrong_but_verified: int
    second_opinions: int
    proved_rate: float
    p50_ms: float
    p95_ms: float
    peers: tuple[Peer, ...] = ()
    machine: str = Field(default_factory=machine)
    command: str

    def as_json(self) -> dict[str, object]:
        """The report with the first peer under the name `baseline`."""
        first = self.peers[0].model_dump() if self.peers else None
        return self.model_dump(mode="json") | {"baseline": first}

    def lines(self) -> list[tuple[str, str]]:
        """Label and value of each row of the table for people."""
        rows = [
            ("problems", str(self.n)),
            ("verified, network alone, first answer", f"{self.verified_at_1:.2%}"),
            (f"verified, network alone, up to {self.k} answers", f"{self.verified_at_k:.2%}"),
            ("answered by the classical fallback", f"{self.fallback_rate:.2%}"),
            ("not answered", str(self.unsolved)),
            ("wrong but verified", f"{self.wrong_but_verified} of {self.second_opinions} compared"),
            ("proved, of accepted answers", f"{self.proved_rate:.2%}"),
            ("time an answer, median and 95 %", f"{self.p50_ms:.0f} ms, {self.p95_ms:.0f} ms"),
        ]
        rows += [(f"peer {p.name}", f"{p.correct:.2%}, {p.p50_ms:.2f} ms") for p in self.peers]
        return [*rows, ("machine", self.machine)]
