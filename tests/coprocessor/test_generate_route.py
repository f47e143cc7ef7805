"""`POST /generate`: a prompt in, code that passed the examples out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx2
import pytest

from hrm_tools.registry import load_tool
from tests.coprocessor.serving import SETTINGS, ask, make_app
from tests.coprocessor.test_http_app import assert_problem, post

CODE = (replace(load_tool("generate_code"), timeout_s=120.0),)
"""The tool behind POST /generate, with time for a busy machine."""
REVERSED = "assert rev('ab') == 'ba'\nassert rev('xyz') == 'zyx'\nassert rev('') == ''"


@pytest.mark.slow
@pytest.mark.requirement("CP-8")
def test_generate_takes_a_prompt_and_gives_code_that_passed_the_examples() -> None:
    async def question(client: httpx2.AsyncClient) -> tuple[Any, Any]:
        sent = {"prompt": "zzz", "examples": REVERSED, "budget_ms": 30_000}
        by_text = await client.post("/generate", json=sent, timeout=120)
        records = [{"inputs": ["ab"], "output": "ba"}, {"inputs": ["xyz"], "output": "zyx"}]
        sent = {"prompt": "zzz", "examples": records, "signature": "def rev(text)"}
        by_record = await client.post("/generate", json=sent, timeout=120)
        return by_text.json(), by_record.json()

    settings = SETTINGS.model_copy(update={"worker_memory_mb": 1024})
    by_text, by_record = ask(question, make_app(CODE, settings=settings))
    assert (by_text["status"], by_text["verified"]) == ("verified", True)
    assert by_text["code"].startswith("def rev(")
    assert by_text["tests"] == {"given": 3, "passed": 3, "distinct": 3}
    assert (by_record["status"], by_record["tests"]["passed"]) == ("partial", 2)


@pytest.mark.requirement("CP-8")
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"prompt": ""},
        {"prompt": "x", "spec": "y"},
        {"prompt": "x", "budget_ms": 1},
        {"prompt": "x", "examples": "f(1) == 2; f(1) == 3"},
        {"prompt": "x", "signature": "f(1)"},
    ],
)
def test_generate_refuses_what_cannot_be_meant(body: dict[str, Any]) -> None:
    async def question(client: httpx2.AsyncClient) -> httpx2.Response:
        return await client.post("/generate", json=body)

    assert_problem(ask(question, make_app(CODE)), 422, "invalid")


def test_without_its_tool_there_is_no_generate() -> None:
    assert_problem(post("/generate", {"prompt": "x"}), 404, "unknown")
