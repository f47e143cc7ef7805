"""What Prometheus may ask: how many calls, how long, how found, how full, how large.

Counts grow as calls end (`observe`); states are read when they are asked for. Each application
has a registry of its own, so two in one process do not mix. Names follow the conventions of
Prometheus; `docs/observability.md` lists them, `docs/grafana.json` draws them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from hrm_coprocessor.service import Service
from hrm_coprocessor.watch import logs
from hrm_tools.spec import AnyTool, Outcome

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
POWERS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)


def found_by(source: str) -> str:
    """Who found an answer, by its `source`: network, fallback or none."""
    if source == "none":
        return "none"
    return "fallback" if source.startswith("classical:") else "network"


class States(Collector):
    """What is looked up when somebody asks."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._build = version("hrm-coprocessor")

    def collect(self) -> Iterator[Metric]:
        """The states of now."""
        service, workers = self._service, self._service.workers
        build = GaugeMetricFamily("hrm_build_info", "The version that runs", labels=("version",))
        build.add_metric((self._build,), 1)
        yield build
        text = "1 when calls are welcome, as /readyz says"
        yield GaugeMetricFamily("hrm_ready", text, value=not service.missing)
        text = "Calls that run or wait"
        yield GaugeMetricFamily("hrm_calls_in_flight", text, value=len(service.running))
        text = "What waits: calls for a thread, questions for a place in a batch"
        queues = GaugeMetricFamily("hrm_queue_length", text, labels=("queue",))
        queues.add_metric(("calls",), service.waiting)
        queues.add_metric(("batches",), service.batching.queued)
        yield queues
        text = "Worker processes, by what they do"
        found = GaugeMetricFamily("hrm_workers", text, labels=("state",))
        idle = workers.idle
        found.add_metric(("idle",), idle)
        found.add_metric(("busy",), max(0, workers.alive - idle))
        yield found
        text = "Worker processes that died or were killed, and were replaced"
        yield CounterMetricFamily("hrm_workers_replaced", text, value=workers.replaced)


class Metrics:
    """The figures of one application."""

    def __init__(self, service: Service) -> None:
        self.registry = CollectorRegistry(auto_describe=True)
        ProcessCollector(registry=self.registry)
        self.registry.register(States(service))
        self._count()
        service.watch(self.observe)
        service.batching.observer = self.batch

    def _count(self) -> None:
        """The figures that grow call by call."""
        own: dict[str, Any] = {"registry": self.registry}
        text = "Calls that have ended, by tool, kind of outcome and surface"
        self._calls = Counter("hrm_calls", text, ("tool", "kind", "surface"), **own)
        text = "Time from a call's arrival to its outcome"
        self._seconds = Histogram(
            "hrm_call_duration_seconds", text, ("tool",), buckets=SECONDS, **own
        )
        text = "Answers, by tool, by who found them and what the exact check said"
        self._answers = Counter("hrm_answers", text, ("tool", "found_by", "verdict"), **own)
        text = "Recursion steps of the network that an answer took"
        self._steps = Histogram("hrm_recursion_steps", text, ("tool",), buckets=POWERS, **own)
        text = "Answers that were tried before the one that was returned"
        self._candidates = Histogram("hrm_candidates", text, ("tool",), buckets=POWERS, **own)
        text = "Questions that shared one step of a network"
        self._rows = Histogram("hrm_batch_rows", text, ("model",), buckets=POWERS, **own)
        text = "HTTP responses, by status; 401, 403, 413, 421 and 429 are refusals"
        self._responses = Counter("hrm_http_responses", text, ("status",), **own)

    def observe(
        self, spec: AnyTool, outcome: Outcome, seconds: float, arguments: Mapping[str, Any]
    ) -> None:
        """Count one call that has ended."""
        del arguments
        self._calls.labels(spec.name, outcome.kind, logs.surface.get()).inc()
        self._seconds.labels(spec.name).observe(seconds)
        data = outcome.data or {}
        if "source" in data:
            self._answers.labels(spec.name, found_by(data["source"]), data["verdict"]).inc()
            self._steps.labels(spec.name).observe(data["steps"])
            self._candidates.labels(spec.name).observe(data["candidates"])

    def batch(self, model: str, rows: int) -> None:
        """Count one step of a network that `rows` questions shared."""
        self._rows.labels(model).observe(rows)

    def response(self, status: int) -> None:
        """Count one HTTP response."""
        self._responses.labels(str(status)).inc()

    def text(self, accept: str = "") -> tuple[bytes, str]:
        """The figures in the form that the `Accept` header asks for, and its content type."""
        encode, content_type = choose_encoder(accept)
        return encode(self.registry), content_type
