"""Errors on the REST side: one JSON shape (RFC 9457), one status for each kind of outcome."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import JSONResponse

STATUS: dict[str, int] = {
    "ok": 200,
    "unauthorized": 401,
    "forbidden": 403,
    "unknown": 404,
    "invalid": 422,
    "busy": 429,
    "failed": 500,
    "cancelled": 503,
    "timeout": 504,
}

SCHEMA = {
    "type": "object",
    "required": ["title", "status", "kind", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "kind": {"type": "string", "enum": [kind for kind in STATUS if kind != "ok"]},
        "detail": {"type": "string", "description": "what is wrong and what to send instead"},
    },
}


def problem(
    status: int, kind: str, detail: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    """The response for something that went wrong."""
    body = {"title": HTTPStatus(status).phrase, "status": status, "kind": kind, "detail": detail}
    return JSONResponse(body, status, headers, media_type="application/problem+json")
