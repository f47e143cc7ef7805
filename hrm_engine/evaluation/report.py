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


class Bucket(BaseModel):
    """The problems of one range of difficulty ratings; rates in 0..1 as in `Report`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rating: str
    n: int
    verified_at_1: float
    selected_at_k: float
    verified_at_k: float
    with_fallback: float


class GridFigures(BaseModel):
    """What is measured on grids beside the figures of every task.

    `Report.verified_at_1` is one pass of the network with no checker anywhere (its halt head
    or the last segment ends it); selected_at_k: the network chooses among k such passes
    itself; `Report.verified_at_k`: the checker ends and chooses; with_fallback: and where
    that fails the classical method answers.

    depth: most segments of a pass; mean_segments: of the single passes; halted_rate: the
    share of them that the halt head ended; engine: what computed; batch_s: seconds that all
    batched runs took; latency_n: how many problems were solved one by one for p50 and p95.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    depth: int
    engine: str
    selected_at_k: float
    with_fallback: float
    mean_segments: float
    halted_rate: float
    batch_s: float
    latency_n: int
    mean_rating: float | None = None
    buckets: tuple[Bucket, ...] = ()

    def lines(self, k: int) -> list[tuple[str, str]]:
        """Label and value of each row for people."""
        halted = f"{self.mean_segments:.2f} of {self.depth}, {self.halted_rate:.2%} ended by it"
        return [
            (f"chosen by the network itself among {k}", f"{self.selected_at_k:.2%}"),
            ("with the classical fallback", f"{self.with_fallback:.2%}"),
            ("segments of a single pass, halt head", halted),
            ("batched runs, engine", f"{self.batch_s:.1f} s, {self.engine}"),
            *((f"rating {b.rating}", self._bucket(b, k)) for b in self.buckets),
        ]

    @staticmethod
    def _bucket(bucket: Bucket, k: int) -> str:
        return (
            f"n {bucket.n}: alone {bucket.verified_at_1:.2%}, chosen {bucket.selected_at_k:.2%},"
            f" checked at {k} {bucket.verified_at_k:.2%}"
        )


class Report(BaseModel):
    """One evaluation; rates in 0..1, times in milliseconds, `wrong_but_verified` must be 0.

    grid: for grid tasks, what is measured on them alone; there the times are those of
    `grid.latency_n` single calls.
    """

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
    grid: GridFigures | None = None
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
        rows += self.grid.lines(self.k) if self.grid else []
        rows += [(f"peer {p.name}", f"{p.correct:.2%}, {p.p50_ms:.2f} ms") for p in self.peers]
        return [*rows, ("machine", self.machine)]
