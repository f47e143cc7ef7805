"""The REST routes: what they answer, and what they answer when something is wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import jsonschema
import pytest
from pydantic import ValidationError
from starlette.responses import StreamingResponse

from hrm_coprocessor.problems import SCHEMA, TYPE_SCHEMA, TYPES, problem
from hrm_coprocessor.settings import ServeSettings
from tests.coprocessor.serving import SETTINGS, TOKEN, ask, client_of, make_app
from tests.tools.samples import ADD, ALL, SLOW

DEEP = b'{"a":' * 5000 + b"1" + b"}" * 5000


def post(path: str, body: Any, **options: Any) -> httpx2.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def question(client: httpx2.AsyncClient) -> httpx2.Response:
        return await client.post(path, content=content, **options)

    return ask(question)


def get(path: str, **options: Any) -> httpx2.Response:
    async def question(client: httpx2.AsyncClient) -> httpx2.Response:
        return await client.get(path, **options)

    return ask(question)


def assert_problem(response: httpx2.Response, status: int, kind: str) -> str:
    """The problem's detail, after a look at its shape."""
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    jsonschema.validate(body, SCHEMA)
    assert (response.status_code, body["status"], body["kind"]) == (status, status, kind)
    assert (body["type"], body["title"]) == (f"/problems/{kind}", TYPES[kind].title)
    assert body["instance"] == f"/requests/{response.headers['x-request-id']}"
    assert body["request_id"] == response.headers["x-request-id"]
    detail: str = body["detail"]
    return detail


def test_a_tool_is_called_by_posting_its_arguments() -> None:
    response = post("/v1/tools/add", {"a": 2, "b": 3})
    assert response.status_code == 200
    assert response.json() == {"result": "5", "total": 5}


def test_wrong_arguments_are_a_422_that_says_what_to_send() -> None:
    detail = assert_problem(post("/v1/tools/add", {"a": "2"}), 422, "invalid")
    assert detail == "a: input should be a valid integer. Send integer: the first number"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b'"text"', b"\xff\xfe", b'{"a": NaN}', DEEP, b"1" * 9000]
)
def test_a_body_that_is_no_json_object_is_a_422(body: bytes) -> None:
    assert_problem(post("/v1/tools/add", body), 422, "invalid")


@pytest.mark.parametrize("sent", ["text/plain", "application/x-www-form-urlencoded", "a/b; c=d"])
def test_a_body_of_another_type_is_a_415_that_says_what_to_send(sent: str) -> None:
    response = post("/v1/tools/add", {"a": 1}, headers={"Content-Type": sent})
    assert "application/json" in assert_problem(response, 415, "invalid")
    assert response.headers["accept"] == "application/json"


@pytest.mark.parametrize("sent", ["application/json", "Application/JSON; charset=utf-8"])
def test_json_is_taken_however_its_type_is_written(sent: str) -> None:
    headers = {"Content-Type": sent}
    assert post("/v1/tools/add", {"a": 1.0, "b": None}, headers=headers).json()["total"] == 2


def test_a_slow_tool_is_a_504() -> None:
    assert_problem(post("/v1/tools/slow", {"a": 1}), 504, "timeout")


def test_a_busy_tool_is_a_429_with_a_time_to_come_back() -> None:
    response = post("/v1/tools/fail", {"text": "busy"})
    assert_problem(response, 429, "busy")
    assert response.headers["retry-after"] == "1"


def test_a_failing_tool_is_a_500_without_details() -> None:
    assert "secret" not in assert_problem(post("/v1/tools/fail", {"text": "boom"}), 500, "failed")


def test_an_unknown_tool_is_a_404_that_names_the_tools() -> None:
    detail = assert_problem(post("/v1/tools/ad", {}), 404, "unknown")
    assert "did you mean `add`?" in detail


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/v1/tools/add", 405)])
def test_the_routers_own_errors_have_the_same_shape(path: str, status: int) -> None:
    assert_problem(get(path), status, "unknown")


def test_a_wrong_method_is_told_which_one_is_right() -> None:
    assert get("/v1/tools/add").headers["allow"] == "POST"
    assert post("/v1/tools", {}).headers["allow"] == "GET"


@pytest.mark.parametrize("kind", TYPES)
def test_the_type_of_a_problem_leads_to_its_explanation(kind: str) -> None:
    body = get(f"/problems/{kind}").json()
    jsonschema.validate(body, TYPE_SCHEMA)
    assert (body["kind"], body["status"]) == (kind, TYPES[kind].status)


def test_a_problem_that_there_is_not_is_a_404_that_names_those_there_are() -> None:
    assert "timeout" in assert_problem(get("/problems/headache"), 404, "unknown")


def test_a_problem_outside_of_a_request_has_no_name_of_its_own() -> None:
    assert set(json.loads(problem(500, "failed", "?").body)) == set(SCHEMA["required"])


def test_an_error_that_nobody_foresaw_is_a_500_without_details_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = make_app()

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("secret of the machine")

    async def question(client: httpx2.AsyncClient) -> httpx2.Response:
        return await client.get("/broken")

    assert "secret" not in assert_problem(ask(question, app), 500, "failed")
    (record,) = [r for r in caplog.records if r.name == "hrm_coprocessor.problems"]
    assert record.exc_info is not None
    assert "secret of the machine" in str(record.exc_info[1])


def test_an_answer_that_has_begun_is_not_followed_by_a_problem() -> None:
    app = make_app()

    @app.get("/half")
    def half() -> StreamingResponse:
        def chunks() -> Iterator[bytes]:
            yield b"half"
            raise RuntimeError("no more")

        return StreamingResponse(chunks())

    async def question(client: httpx2.AsyncClient) -> None:
        with pytest.raises(RuntimeError, match="no more"):
            await client.get("/half")

    ask(question, app)


def test_work_in_a_process_is_done_and_a_crash_there_is_a_500() -> None:
    assert int(post("/v1/tools/elsewhere", {"text": "pid"}).json()["result"]) > 0
    detail = assert_problem(post("/v1/tools/elsewhere", {"text": "crash"}), 500, "failed")
    assert "exit code 7" in detail


def test_work_that_hangs_in_a_process_is_a_504() -> None:
    assert_problem(post("/v1/tools/elsewhere", {"text": "hang"}), 504, "timeout")


@pytest.mark.requirement("CP-8")
def test_predict_takes_a_sequence_and_gives_a_result_with_its_check() -> None:
    body = post("/predict", {"input_sequence": "sin(5x)"}).json()
    assert body["result"] == "sin(5x)"
    assert body["verdict"] == "verified"


@pytest.mark.parametrize(
    "body", [{}, {"input_sequence": ""}, {"input_sequence": "x", "more": 1}, {"input_sequence": 5}]
)
def test_predict_refuses_anything_else(body: dict[str, Any]) -> None:
    assert_problem(post("/predict", body), 422, "invalid")


def test_without_its_tool_there_is_no_predict() -> None:
    async def question(client: httpx2.AsyncClient) -> httpx2.Response:
        return await client.post("/predict", json={"input_sequence": "x"})

    response = ask(question, make_app((ADD,)))
    assert_problem(response, 404, "unknown")


@pytest.mark.parametrize(
    ("form", "where"),
    [("mcp", ["inputSchema"]), ("openai", ["function", "parameters"]), ("compact", ["function"])],
)
def test_the_tools_are_listed_in_each_format(form: str, where: list[str]) -> None:
    tools = get("/v1/tools", params={"format": form}).json()["tools"]
    assert (tools == get("/v1/tools").json()["tools"]) == (form == "openai")
    assert len(tools) == len(ALL)
    found = tools[0]
    for key in where:
        found = found[key]
    assert found


def test_an_unknown_format_is_a_422() -> None:
    detail = assert_problem(get("/v1/tools", params={"format": "xml"}), 422, "invalid")
    assert detail == "format: Input should be 'openai', 'compact' or 'mcp'"


@pytest.mark.requirement("CP-4")
def test_every_tool_is_an_operation_of_its_own_in_the_openapi_document() -> None:
    document = get("/openapi.json").json()
    operation = document["paths"]["/v1/tools/add"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert operation["operationId"] == "add"
    assert schema["required"] == ["a"]
    assert schema["additionalProperties"] is False
    assert {"200", "401", "422", "429", "500", "503", "504"} <= set(operation["responses"])
    listed = document["paths"]["/v1/tools"]["get"]["responses"]["422"]["content"]
    assert list(listed) == ["application/problem+json"]


def test_a_body_over_the_limit_is_a_413_however_it_is_sent() -> None:
    async def chunks() -> Any:
        for _ in range(40):
            yield b"x" * 10_000

    async def question(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        return [
            await client.post("/v1/tools/add", content=b"x" * 400_000),
            await client.post("/v1/tools/add", content=chunks()),
            await client.post("/mcp", content=b"x" * 400_000),
            await client.post("/v1/tools/add", content=b"{}", headers={"content-length": "-1"}),
        ]

    for response in ask(question):
        assert_problem(response, 413, "invalid")


def test_health_is_answered_without_a_token_and_the_rest_is_not() -> None:
    async def question(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        return [await client.get(path) for path in ("/healthz", "/v1/tools", "/docs", "/mcp")]

    healthy, *others = ask(question, make_app(token=TOKEN))
    assert healthy.json() == {"status": "ok"}
    for response in others:
        assert_problem(response, 401, "unauthorized")
        assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer  {TOKEN}", 200),
        (f"Basic {TOKEN}", 401),
        (f"Bearer {TOKEN}x", 401),
        ("Bearer", 401),
        ("", 401),
    ],
)
def test_only_the_right_token_opens_the_door(header: str, status: int) -> None:
    async def question(client: httpx2.AsyncClient) -> int:
        headers = {"Authorization": header}
        return (await client.get("/v1/tools", headers=headers)).status_code

    assert ask(question, make_app(token=TOKEN)) == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:1234", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("LOCALHOST", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("localhost@evil.example", 421),
        ("", 421),
        ("[bad", 421),
    ],
)
def test_a_request_by_another_name_is_refused(host: str, status: int) -> None:
    assert get("/v1/tools", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("origin", "status"), [("http://localhost:3000", 200), ("https://evil.example", 403)]
)
def test_a_page_of_another_origin_is_refused(origin: str, status: int) -> None:
    assert get("/v1/tools", headers={"Origin": origin}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status", "kind"),
    [
        ({"Host": "evil.example"}, 421, "forbidden"),
        ({"Origin": "https://evil.example"}, 403, "forbidden"),
        ({"X-Long": "x" * 20_000}, 431, "invalid"),
    ],
)
def test_what_is_refused_at_the_door_is_a_problem_too(
    headers: dict[str, str], status: int, kind: str
) -> None:
    assert_problem(get("/v1/tools", headers=headers), status, kind)


def test_an_allowed_name_is_let_in() -> None:
    settings = ServeSettings(host="0.0.0.0", allow_hosts=("pc2.lan",))  # noqa: S104

    async def question(client: httpx2.AsyncClient) -> int:
        return (await client.get("/v1/tools", headers={"Host": "PC2.lan:8765"})).status_code

    assert ask(question, make_app(settings=settings)) == 200


def test_more_calls_than_may_wait_are_told_to_come_back_and_the_others_are_answered() -> None:
    settings = SETTINGS.model_copy(update={"concurrency": 1, "queue": 1})

    async def run() -> list[int]:
        async with client_of(make_app((SLOW,), settings=settings)) as client:
            calls = [client.post("/v1/tools/slow", json={"a": 1}) for _ in range(5)]
            return sorted(response.status_code for response in await asyncio.gather(*calls))

    assert asyncio.run(run()) == [429, 429, 429, 504, 504]


PAGE = "http://chat.lan:3000"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "X-A"}


@pytest.mark.parametrize(("allowed", "origin", "status"), [
    ((PAGE,), PAGE, 200),
    ((PAGE,), "http://chat.lan:3001", 400),
    ((), PAGE, 403),
])  # fmt: skip
def test_a_browser_learns_which_pages_may_call(
    allowed: tuple[str, ...], origin: str, status: int
) -> None:
    settings = SETTINGS.model_copy(update={"allow_origins": allowed})

    async def question(client: httpx2.AsyncClient) -> httpx2.Response:
        headers = PREFLIGHT | {"Origin": origin}
        return await client.options("/v1/tools/add", headers=headers)

    response = ask(question, make_app(token=TOKEN, settings=settings))
    assert response.status_code == status
    assert (response.headers.get("access-control-allow-origin") == origin) == (status == 200)


def test_an_allowed_page_reads_answers_and_refusals_and_needs_the_token_all_the_same() -> None:
    settings = SETTINGS.model_copy(update={"allow_origins": (PAGE,)})

    async def question(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        headers = {"Origin": PAGE, "Authorization": f"Bearer {TOKEN}"}
        return [
            await client.post("/v1/tools/add", json={"a": 1}, headers=headers),
            await client.post("/v1/tools/add", json={"a": 1}, headers={"Origin": PAGE}),
        ]

    answered, refused = ask(question, make_app(token=TOKEN, settings=settings))
    assert answered.json()["total"] == 2
    assert_problem(refused, 401, "unauthorized")
    for response in (answered, refused):
        assert response.headers["access-control-allow-origin"] == PAGE


@pytest.mark.parametrize("wrong", ["*", "chat.lan", "http://chat.lan/", "http://*.lan"])
def test_an_origin_that_browsers_never_send_is_not_a_setting(wrong: str) -> None:
    with pytest.raises(ValidationError):
        ServeSettings(allow_origins=(wrong,))
