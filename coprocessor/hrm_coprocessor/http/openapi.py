"""The OpenAPI document: what FastAPI derives, with what only we know put right.

- Every operation names the problems that it can answer, all with one shared schema.
- Only tools have an `operationId`: importers (Open WebUI and others) make a tool of each
  operation that has one, and a language model has no use for `/healthz`.
- Where a token is demanded, the document says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from hrm_coprocessor.guard.auth import OPEN_PATHS
from hrm_coprocessor.problems import SCHEMA, STATUS, TYPES

Document = dict[str, Any]

REFERENCE = {"$ref": "#/components/schemas/Problem"}
ALWAYS = {401: "unauthorized", 403: "forbidden", 421: "forbidden", 429: "busy", 500: "failed"}
"""What any request may be answered, whatever it asks for."""
WITH_BODY = {408: "timeout", 413: "invalid", 415: "invalid"}
"""What a request with a body may be answered besides."""


def json_content(schema: Document, kind: str = "json") -> Document:
    """A body of this schema, as OpenAPI writes it."""
    return {f"application/{kind}": {"schema": schema}}


def answers(schema: Document, description: str = "The answer") -> dict[int | str, Document]:
    """The response 200 with a body of this schema."""
    return {200: {"description": description, "content": json_content(schema)}}


def problems(*kinds: str) -> dict[int | str, Document]:
    """What an operation can be answered when something is wrong, besides `ALWAYS`."""
    return _problems({STATUS[kind]: kind for kind in kinds})


def problems_with_body() -> dict[int | str, Document]:
    """What an operation that takes a body can be answered because of it."""
    return _problems(WITH_BODY)


def _problems(listed: dict[int, str]) -> dict[int | str, Document]:
    return {
        status: {
            "description": f"{kind}: {TYPES[kind].title}",
            "content": json_content(REFERENCE, "problem+json"),
        }
        for status, kind in listed.items()
    }


def publish(app: FastAPI, tools: Iterable[str], *, secured: bool) -> None:
    """Let `app` publish the document. tools: the operations that importers may take for tools."""
    named = frozenset(tools)

    def document() -> Document:
        if app.openapi_schema is None:
            derived = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
            )
            app.openapi_schema = _put_right(derived, named, secured=secured)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # the way that FastAPI's manual gives


def _put_right(derived: Document, named: frozenset[str], *, secured: bool) -> Document:
    components = derived.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = SCHEMA
    if secured:
        components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
        derived["security"] = [{"bearer": []}]
    always = {str(status): response for status, response in _problems(ALWAYS).items()}
    for path, methods in derived["paths"].items():
        for operation in methods.values():
            if secured and path in OPEN_PATHS:
                operation["security"] = []
            operation["responses"] = always | operation["responses"]
            if operation.get("operationId") not in named:
                operation.pop("operationId", None)
    return derived
