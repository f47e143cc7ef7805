"""The Flask example as it stands, on a real server."""

from __future__ import annotations

import importlib.util
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from hrm_codegen import HRMCodeGen
from tests.engine.codegen.text_toy import PROMPT, toy_model

EXAMPLE = Path(__file__).parents[2] / "docs/examples/flask_app.py"
SQUARES = ["assert f([1, 2]) == 5", "assert f([3]) == 9", "assert f([]) == 0"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[HRMCodeGen, str]]:
    """A model, and the address at which the example serves it."""
    folder = tmp_path_factory.mktemp("toy")
    model = toy_model(folder)
    spec = importlib.util.spec_from_file_location("flask_app", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    app = example.create_app(str(model.save_checkpoint(folder / "saved")))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield model, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def post(address: str, value: object) -> tuple[int, str]:
    """Status and body of the answer."""
    request = urllib.request.Request(  # noqa: S310 - our own server
        address, json.dumps(value).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.slow
@pytest.mark.requirement("SD-7")
def test_code_comes_with_its_check(served: tuple[HRMCodeGen, str]) -> None:
    asked = {"spec": "the sum of the squares", "examples": SQUARES, "budget_ms": 30_000}
    for _ in range(2):  # each request has a thread of its own
        status, body = post(served[1] + "/code", asked)
        answer: dict[str, Any] = json.loads(body)
        assert (status, answer["status"]) == (200, "verified")


@pytest.mark.requirement("SD-7")
def test_text_is_what_the_model_writes(served: tuple[HRMCodeGen, str]) -> None:
    model, address = served
    found = post(address + "/text", {"prompt": PROMPT, "max_tokens": 8})
    assert found == (200, model.generate_code(PROMPT, 8))


@pytest.mark.requirement("SD-7", "SD-5")
@pytest.mark.parametrize(
    ("path", "asked", "said"),
    [
        ("/text", {"prompt": ""}, "the prompt is empty"),
        ("/text", {"prompt": "x" * 2048}, "the prompt has 2,048 characters"),
        ("/code", {"spec": ""}, "spec: string should have at least 1 character"),
    ],
)
def test_a_wrong_request_is_answered_with_what_to_do(
    served: tuple[HRMCodeGen, str], path: str, asked: dict[str, str], said: str
) -> None:
    status, body = post(served[1] + path, asked)
    assert status == 400
    assert said in json.loads(body)["error"]
