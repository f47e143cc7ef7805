"""The OpenAPI document: true to what the server does, and fit for those who import tools from it.

Schemathesis sends what the document promises to take, and what it promises to refuse, and
holds each answer to the document. `open_webui_tools` reads it as Open WebUI does.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import jsonschema
import pytest

from hrm_coprocessor.http.http_app import create_app
from hrm_coprocessor.settings import ServeSettings
from hrm_tools.registry import load_tools
from tests.coprocessor.serving import TOKEN, make_app, serving
from tests.tools.samples import ALL, ECHO

HOOKS = Path(__file__).with_name("schemathesis_hooks.py")
GENEROUS = ServeSettings(workers=1, rate_per_minute=10**6, calls_per_caller=64)
REAL = tuple(replace(tool, timeout_s=60.0) for tool in load_tools())
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def document() -> Any:
    return make_app(ALL).openapi()


@pytest.fixture(scope="module")
def real_document() -> Any:
    return create_app(GENEROUS, REAL).openapi()


def operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


@pytest.mark.slow
@pytest.mark.requirement("CP-4")
@pytest.mark.parametrize("token", [None, TOKEN], ids=["open", "token"])
def test_schemathesis_finds_no_difference_between_the_document_and_the_server(
    token: str | None, tmp_path: Path
) -> None:
    app = create_app(GENEROUS, REAL, token)
    app.state.service.warm_up()
    with serving(app) as url:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", f"{url}/openapi.json"),
                *("--phases", "examples,coverage,fuzzing", "--max-examples", "15"),
                *("--checks", "all", "--exclude-checks", "positive_data_acceptance"),
                *("--request-timeout", "120", "--suppress-health-check", "all"),
                *("--seed", "1", "--generation-database", "none", "--no-color"),
                *(("-H", f"Authorization: {BEARER['Authorization']}") if token else ()),
            ],
            cwd=tmp_path,
            env=os.environ | {"SCHEMATHESIS_HOOKS": str(HOOKS)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr
    for phase in ("Examples", "Coverage", "Fuzzing"):
        assert f"✅ {phase}" in done.stdout, done.stdout[-5000:]
    assert re.search(r"(\d\d+) generated, \1 passed", done.stdout), done.stdout[-5000:]


def test_each_tool_and_nothing_else_is_an_operation_with_an_id(document: Any) -> None:
    named = [found["operationId"] for *_, found in operations(document) if "operationId" in found]
    assert named == [tool.name for tool in ALL]


def test_the_document_is_derived_once() -> None:
    app = make_app()
    assert app.openapi() is app.openapi()


def test_what_the_document_refers_to_is_in_it(document: Any) -> None:
    schemas = document["components"]["schemas"]
    found = set(re.findall(r'"\$ref": "([^"]*)"', json.dumps(document)))
    assert found == {f"#/components/schemas/{name}" for name in schemas} != set()


@pytest.mark.parametrize("status", ["401", "403", "421", "429", "500"])
def test_every_operation_says_that_it_may_be_refused(document: Any, status: str) -> None:
    for path, _, operation in operations(document):
        content = operation["responses"][status]["content"]
        assert list(content) == ["application/problem+json"], path


def test_only_a_server_that_demands_a_token_says_so() -> None:
    closed, opened = make_app(token=TOKEN).openapi(), make_app().openapi()
    assert closed["security"] == [{"bearer": []}]
    assert closed["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert closed["paths"]["/healthz"]["get"]["security"] == []
    assert "security" not in opened
    assert "security" not in opened["paths"]["/healthz"]["get"]


def test_every_example_fits_its_own_schema(real_document: Any) -> None:
    seen = 0
    for _, _, operation in operations(real_document):
        if "requestBody" not in operation:
            continue
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator.check_schema(schema)
        for field in schema["properties"].values():
            for example in field.get("examples", []):
                jsonschema.validate(example, field)
                seen += 1
    assert seen >= 5


def open_webui_tools(document: Any) -> dict[str, Any]:
    """What Open WebUI makes of a document: a tool of each operation that has an `operationId`.

    Its arguments are the parameters and the properties of the JSON body, references resolved.
    """
    tools: dict[str, Any] = {}
    for path, method, operation in operations(document):
        if not operation.get("operationId"):
            continue
        properties = {item["name"]: item["schema"] for item in operation.get("parameters", [])}
        body = operation["requestBody"]["content"]["application/json"]["schema"]
        if "$ref" in body:
            body = document["components"]["schemas"][body["$ref"].rpartition("/")[2]]
        tools[operation["operationId"]] = {
            "route": (method, path),
            "description": operation.get("description", operation.get("summary", "")),
            "properties": properties | body["properties"],
            "required": body.get("required", []),
        }
    return tools


def test_open_webui_finds_each_tool_with_its_words_and_its_arguments(real_document: Any) -> None:
    tools = open_webui_tools(real_document)
    assert list(tools) == [tool.name for tool in REAL]
    for tool in REAL:
        found = tools[tool.name]
        assert found["description"] == tool.description
        assert list(found["properties"]) == list(tool.input.model_fields)
        for name, schema in found["properties"].items():
            assert schema["description"], name
            assert "$ref" not in json.dumps(schema)
    assert tools["calculate_derivative"]["required"] == ["expression"]


def test_open_webui_calls_a_tool_as_it_found_it_and_reads_the_answer_or_the_error() -> None:
    with serving(make_app((ECHO,), token=TOKEN)) as url:
        document = httpx2.get(f"{url}/openapi.json", headers=BEARER).json()
        method, path = open_webui_tools(document)["echo"]["route"]
        answered = httpx2.request(method, url + path, json={"text": "hi"}, headers=BEARER)
        refused = httpx2.request(method, url + path, json={}, headers=BEARER)
    assert answered.json()["result"] == "hi"
    assert "Send string: any text" in refused.text
