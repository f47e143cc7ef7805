"""The figures for Prometheus, and the dashboard that draws them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from mcp import Client
from prometheus_client.parser import text_string_to_metric_families

from hrm_coprocessor.service import Service
from hrm_coprocessor.watch.metrics import Metrics, found_by
from hrm_tools.spec import Outcome
from tests.coprocessor.serving import SETTINGS, TOKEN, ask, make_app, serving
from tests.tools.samples import ADD, ALL

DOCS = Path(__file__).parents[2] / "docs"
NAMES = re.compile(r"\b(?:hrm|process)_[a-z_]+")
Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


def read(text: str) -> Figures:
    """The samples of an exposition, by name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def figure(figures: Figures, name: str, **labels: str) -> float:
    return figures[name, frozenset(labels.items())]


def after(
    question: Callable[[httpx2.AsyncClient], Awaitable[object]], app: FastAPI | None = None
) -> Figures:
    """The figures after what `question` did."""

    async def both(client: httpx2.AsyncClient) -> str:
        await question(client)
        return (await client.get("/metrics")).text

    return read(ask(both, app))


async def nothing(_: httpx2.AsyncClient) -> None:
    """Ask nothing."""


@pytest.mark.requirement("CP-11")
def test_calls_are_counted_by_tool_outcome_and_surface() -> None:
    async def question(client: httpx2.AsyncClient) -> None:
        for a in (1, 2, "three"):
            await client.post("/v1/tools/add", json={"a": a})
        await client.post("/v1/tools/fail", json={"text": "busy"})

    found = after(question)
    count = "hrm_calls_total"
    assert figure(found, count, tool="add", kind="ok", surface="rest") == 2
    assert figure(found, count, tool="add", kind="invalid", surface="rest") == 1
    assert figure(found, count, tool="fail", kind="busy", surface="rest") == 1
    assert figure(found, "hrm_call_duration_seconds_count", tool="add") == 3
    assert figure(found, "hrm_call_duration_seconds_sum", tool="add") > 0


def test_calls_over_mcp_are_counted_as_such() -> None:
    async def call(url: str) -> None:
        async with Client(f"{url}/mcp") as client:
            await client.call_tool("add", {"a": 1})

    with serving(make_app()) as url:
        asyncio.run(call(url))
        found = read(httpx2.get(f"{url}/metrics").text)
    assert figure(found, "hrm_calls_total", tool="add", kind="ok", surface="mcp") == 1


@pytest.mark.requirement("CP-11")
def test_answers_are_counted_by_who_found_them() -> None:
    found = after(lambda client: client.post("/v1/tools/echo", json={"text": "x"}))
    labels = {"tool": "echo", "found_by": "fallback", "verdict": "verified"}
    assert figure(found, "hrm_answers_total", **labels) == 1
    assert figure(found, "hrm_recursion_steps_sum", tool="echo") == 2
    assert figure(found, "hrm_candidates_sum", tool="echo") == 1


@pytest.mark.parametrize(
    ("source", "who"),
    [
        ("hrm:hrm-sudoku", "network"),
        ("hrm+search", "network"),
        ("classical:rules", "fallback"),
        ("none", "none"),
    ],
)
def test_the_source_of_an_answer_says_who_found_it(source: str, who: str) -> None:
    assert found_by(source) == who


def test_a_worker_that_died_is_counted_as_replaced() -> None:
    found = after(lambda client: client.post("/v1/tools/elsewhere", json={"text": "crash"}))
    assert figure(found, "hrm_workers_replaced_total") == 1
    assert figure(found, "hrm_workers", state="idle") == 1
    assert figure(found, "hrm_workers", state="busy") == 0


def test_the_steps_of_a_batch_are_counted_by_their_rows() -> None:
    app = make_app()

    async def question(_: httpx2.AsyncClient) -> None:
        for rows in (1, 4):
            app.state.service.batching.observer("hrm-derivative", rows)

    found = after(question, app)
    assert figure(found, "hrm_batch_rows_count", model="hrm-derivative") == 2
    assert figure(found, "hrm_batch_rows_sum", model="hrm-derivative") == 5


def test_responses_are_counted_by_status_so_that_refusals_show() -> None:
    async def question(client: httpx2.AsyncClient) -> None:
        await client.get("/v1/tools")
        client.headers["Authorization"] = f"Bearer {TOKEN}"

    found = after(question, make_app(token=TOKEN))
    assert figure(found, "hrm_http_responses_total", status="401") == 1


def test_the_states_of_now_are_there_before_any_call() -> None:
    found = after(nothing)
    assert figure(found, "hrm_ready") == 0
    assert figure(found, "hrm_calls_in_flight") == 0
    assert figure(found, "hrm_queue_length", queue="calls") == 0
    assert figure(found, "hrm_queue_length", queue="batches") == 0
    assert figure(found, "process_resident_memory_bytes") > 10**6


def test_two_applications_in_one_process_do_not_mix() -> None:
    def call(client: httpx2.AsyncClient) -> Awaitable[httpx2.Response]:
        return client.post("/v1/tools/add", json={"a": 1})

    after(call)
    found = after(call)
    assert figure(found, "hrm_calls_total", tool="add", kind="ok", surface="rest") == 1


def test_a_scraper_that_asks_for_the_open_format_gets_it() -> None:
    async def question(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        accept = {"Accept": "application/openmetrics-text"}
        return [await client.get("/metrics"), await client.get("/metrics", headers=accept)]

    plain, open_format = ask(question)
    assert plain.headers["content-type"].startswith("text/plain")
    assert open_format.headers["content-type"].startswith("application/openmetrics-text")
    assert open_format.text.endswith("# EOF\n")


def names_that_exist() -> set[str]:
    """Every name that a query may use, once something of each kind has happened."""
    with Service(SETTINGS, ALL) as service:
        metrics = Metrics(service)
        data = {"source": "none", "verdict": "unverified", "steps": 1, "candidates": 1}
        metrics.observe(ADD, Outcome("ok", "", data), 0.1, {})
        metrics.batch("hrm-derivative", 4)
        metrics.response(200)
        return {name for name, _ in read(metrics.text()[0].decode())}


def queries(part: Any) -> list[str]:
    """Every Prometheus query in a dashboard."""
    if isinstance(part, dict):
        own = [part["expr"]] if "expr" in part else []
        return own + [query for value in part.values() for query in queries(value)]
    if isinstance(part, list):
        return [query for item in part for query in queries(item)]
    return []


@pytest.mark.requirement("CP-11")
def test_the_dashboard_asks_only_for_what_there_is_and_for_all_of_it() -> None:
    dashboard = json.loads((DOCS / "grafana.json").read_text())
    asked = {name for query in queries(dashboard) for name in NAMES.findall(query)}
    exist = names_that_exist()
    assert asked <= exist
    own = {name for name in exist if name.startswith("hrm_")}
    families = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in own}
    drawn = {re.sub(r"_(bucket|count|sum)$", "", name) for name in asked}
    assert families - drawn - {"hrm_calls", "hrm_answers", "hrm_http_responses"} == set()
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])


def test_the_page_lists_every_figure() -> None:
    page = (DOCS / "observability.md").read_text()
    named = set(re.findall(r"`(hrm_[a-z_]+)", page))
    exist = names_that_exist()
    families = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in exist}
    own = {name for name in families if name.startswith("hrm_")}
    assert own - {"hrm_calls", "hrm_answers", "hrm_http_responses"} <= named
