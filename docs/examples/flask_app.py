"""A code service in Flask: checked code, and text of a model of your own if there is one.

flask --app docs/examples/flask_app.py run
MODEL=runs/adder/adder flask --app docs/examples/flask_app.py run

POST /code   {"spec": "...", "examples": ["assert f(2) == 4", ...]}   code that was run first
POST /text   {"prompt": "...", "max_tokens": 64}                      a stream, not checked
"""

from __future__ import annotations

import os
from typing import Any

from flask import Flask, Response, request

import hrm_codegen as hc


def create_app(model_folder: str | None = os.environ.get("MODEL")) -> Flask:
    """The application; `model_folder`: a checkpoint of a text model."""
    app = Flask(__name__)
    model = hc.HRMCodeGen.from_pretrained(model_folder) if model_folder else None

    @app.post("/code")
    def code() -> dict[str, Any]:
        asked = request.get_json()
        answer = hc.generate_code(
            asked.get("spec", ""),
            asked.get("examples", ""),
            asked.get("signature", ""),
            asked.get("budget_ms", 5_000),
        )
        return answer.model_dump(mode="json")

    @app.post("/text")
    def text() -> Response:
        if model is None:
            raise hc.errors.ConfigError("there is no text model here", hint="set MODEL=FOLDER")
        asked = request.get_json()
        pieces = model.stream(asked.get("prompt", ""), asked.get("max_tokens", 64))
        return Response(pieces, mimetype="text/plain")

    @app.errorhandler(hc.errors.HRMError)
    def wrong(error: hc.errors.HRMError) -> tuple[dict[str, str], int]:
        return {"error": error.problem, "hint": error.hint}, 400

    return app
