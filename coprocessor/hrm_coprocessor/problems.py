"""Errors on the REST side: problem documents (RFC 9457), one type for each kind of error.

    {"type": "/problems/busy", "title": "Too many calls", "status": 429, "kind": "busy",
     "detail": "the server is busy (hint: ...)", "request_id": "4f1c", "instance": "/requests/4f1c"}

`type` is an address on this server that explains the kind; `detail` is about this one request;
`instance` is a name for it, the request's id, not an address. The kinds are those of `Outcome`
and those that a request can meet before it becomes a call.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hrm_coprocessor.watch.logs import request_id

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ProblemType:
    """One kind of error. status: the usual one; meaning: what it says; remedy: what to do."""

    status: int
    title: str
    meaning: str
    remedy: str


TYPES: dict[str, ProblemType] = {
    "unauthorized": ProblemType(
        401,
        "No valid token",
        "This server demands a bearer token, and none that it knows was sent.",
        "Send the header `Authorization: Bearer TOKEN`; the server's owner has the token.",
    ),
    "forbidden": ProblemType(
        403,
        "Not by this name",
        "The request came by a host name (421) or from a web page (403) that is not allowed.",
        "Let the server's owner allow it: `hrm serve --allow-host NAME`, or `allow_origins`.",
    ),
    "unknown": ProblemType(
        404,
        "No such thing",
        "There is no such path or tool, or (405) the path does not take this method.",
        "See `GET /v1/tools` for the tools and `/docs` for the paths.",
    ),
    "invalid": ProblemType(
        422,
        "Wrong request",
        "The body or an argument cannot be used: not JSON (422) or of another type (415), too "
        "large (413), not what the schema says, or not what the tool can read.",
        "Change the request as `detail` says; the same one will fail again.",
    ),
    "busy": ProblemType(
        429,
        "Too many calls",
        "The server takes on no more calls now.",
        "Send the same request again after the seconds that `Retry-After` names.",
    ),
    "failed": ProblemType(
        500,
        "The tool failed",
        "The request was right, and the server could not answer it.",
        "Ask for something smaller, or tell the server's owner the request's id.",
    ),
    "cancelled": ProblemType(
        503,
        "Dropped",
        "The call was dropped before it was answered.",
        "Send the same request again.",
    ),
    "unavailable": ProblemType(
        503,
        "Not ready",
        "The server is starting or stopping.",
        "Send the same request again after the seconds that `Retry-After` names.",
    ),
    "timeout": ProblemType(
        504,
        "Out of time",
        "No answer was found within the time allowed, or (408) the request took too long to come.",
        "Ask for less, or send the request faster.",
    ),
}

STATUS: dict[str, int] = {"ok": 200} | {kind: found.status for kind, found in TYPES.items()}

SCHEMA = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "kind", "detail"],
    "properties": {
        "type": {"type": "string", "description": "address that explains this kind of problem"},
        "title": {"type": "string", "description": "the kind of problem in a few words"},
        "status": {"type": "integer", "description": "the HTTP status"},
        "kind": {"type": "string", "enum": list(TYPES)},
        "detail": {"type": "string", "description": "what is wrong and what to send instead"},
        "instance": {"type": "string", "description": "a name for this one occurrence"},
        "request_id": {"type": "string", "description": "what the server's log calls the request"},
    },
}
TYPE_SCHEMA = {
    "type": "object",
    "required": ["kind", "status", "title", "meaning", "remedy"],
    "properties": {
        "kind": {"type": "string", "enum": list(TYPES)},
        "status": {"type": "integer"},
        **{name: {"type": "string"} for name in ("title", "meaning", "remedy")},
    },
}


def problem(
    status: int, kind: str, detail: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    """The response for something that went wrong. kind: a key of `TYPES`."""
    body = {
        "type": f"/problems/{kind}",
        "title": TYPES[kind].title,
        "status": status,
        "kind": kind,
        "detail": detail,
    }
    if found := request_id.get():
        body |= {"instance": f"/requests/{found}", "request_id": found}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def explain(kind: str) -> Response:
    """What `GET /problems/KIND` answers."""
    if kind not in TYPES:
        return problem(404, "unknown", f"no problem has this kind; kinds: {', '.join(TYPES)}")
    return JSONResponse({"kind": kind} | asdict(TYPES[kind]))


def add_problem_handlers(app: FastAPI) -> None:
    """Let the framework's own errors be problem documents too."""
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _query_problem)


async def _http_problem(_: Request, error: Exception) -> Response:
    """The router's 404 and 405."""
    assert isinstance(error, HTTPException)
    kind = "unknown" if error.status_code in (404, 405) else "invalid"
    return problem(error.status_code, kind, error.detail, dict(error.headers or {}))


async def _query_problem(_: Request, error: Exception) -> Response:
    """A wrong query parameter."""
    assert isinstance(error, RequestValidationError)
    found = [f"{item['loc'][-1]}: {item['msg']}" for item in error.errors()]
    return problem(422, "invalid", "; ".join(found))


class UnexpectedErrors:
    """The server's last resort: an error that nobody foresaw is logged and becomes a 500."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 500 if it fails before its answer has begun."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            if begun or scope["type"] != "http":
                raise
            log.exception("unexpected error at %s", scope["path"])
            detail = "the server met an unexpected error and logged it"
            await problem(500, "failed", detail)(scope, receive, send)
