"""Order candidates by what they do: those that behave alike vote for each other.

Each candidate runs in the sandbox on the examples' inputs and on inputs near them. Candidates
with the same outputs everywhere form a cluster. Wrong programs are wrong in many ways and right
ones in one, so the larger cluster is the likelier one (CodeT, Chen et al. 2022, arXiv:2207.10397).
The order is a preference; the verdict is the judge's.

    passed examples ─► votes ─► first seen;     within a cluster: shorter code first
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hrm_engine.codegen.probes import derived_calls
from hrm_engine.codegen.source import parse
from hrm_engine.evaluation.sandbox import Example, Limits, Output, Sandbox
from hrm_engine.evaluation.sandbox.judge import same

LIMITS = Limits(wall_s=3.0, cpu_s=1.0, memory_mb=256)
"""A probe may be a question without an end, so a run is kept short."""


@dataclass
class Cluster:
    """Candidates that returned the same everywhere.

    outputs: what they returned, the examples' first; passed: examples that are right; votes:
    samples, counted as often as they were drawn.
    """

    outputs: tuple[Output, ...]
    passed: int
    members: list[str] = field(default_factory=list)
    votes: int = 0

    @property
    def answers(self) -> bool:
        """Whether it returned anything at all: failing alike is no agreement."""
        return any(output.ok for output in self.outputs)


class Clusters:
    """Clusters of the candidates added so far; not for two threads at once."""

    def __init__(
        self, examples: Sequence[Example], sandbox: Sandbox, limits: Limits = LIMITS
    ) -> None:
        self._examples = examples
        self._calls = [example.call for example in examples] + derived_calls(examples)
        self._sandbox = sandbox
        self._limits = limits
        self._by_code: dict[str, Cluster] = {}
        self.clusters: list[Cluster] = []

    def add(self, code: str) -> Cluster:
        """Count one more sample, and run it if it is a new one. Raises SandboxError."""
        cluster = self._by_code.get(code)
        if cluster is None:
            cluster = self._by_code[code] = self._find(code)
            cluster.members.append(code)
        cluster.votes += 1
        return cluster

    def _find(self, code: str) -> Cluster:
        """The cluster that behaves like `code`, or a new one."""
        if not self._calls:
            return self._find_by_text(code)
        outputs = self._sandbox.run(code, self._calls, self._limits).outputs
        for cluster in self.clusters:
            if _alike(cluster.outputs, outputs):
                return cluster
        right = [
            output.ok and same(output.value, example.expected)
            for example, output in zip(self._examples, outputs, strict=False)
        ]
        self.clusters.append(Cluster(outputs, sum(right)))
        return self.clusters[-1]

    def _find_by_text(self, code: str) -> Cluster:
        """Without inputs nothing can be run; the same syntax tree is the same behaviour."""
        tree = _shape(code)
        for cluster in self.clusters:
            if _shape(cluster.members[0]) == tree:
                return cluster
        self.clusters.append(Cluster((Output(tree),), 0))
        return self.clusters[-1]

    def ordered(self) -> Iterator[str]:
        """Every candidate once: the best of each cluster, then the others."""
        ranked = sorted(
            self.clusters, key=lambda each: (-each.passed, not each.answers, -each.votes)
        )
        members = [sorted(cluster.members, key=len) for cluster in ranked]
        yield from (codes[0] for codes in members)
        for codes in members:
            yield from codes[1:]


def _alike(one: Sequence[Output], other: Sequence[Output]) -> bool:
    """The same values, and the same kinds of error, everywhere."""
    return all(
        same(a.value, b.value) if a.ok and b.ok else _kind(a) == _kind(b)
        for a, b in zip(one, other, strict=True)
    )


def _kind(output: Output) -> str:
    """The class of an error, "" for none: its text may hold what the program is called."""
    return output.error.partition(":")[0]


def _shape(code: str) -> str:
    tree = parse(code)
    return code if isinstance(tree, str) else ast.dump(tree)
