"""Fixtures that need something of the client before they can answer.

On the stateless wire a tool says what it needs (`InputRequiredResult`) and is called again
with the answers; what it must remember travels sealed in `request_state`. On the handshake
wire the server asks while the call is open.
"""

from __future__ import annotations

import json
from typing import Any

from mcp import MCPError
from mcp import types as wire

from tests.conformance.fixture import Fixture, Request, Result, Run, fixture, said, texts

Round = dict[str, wire.InputRequest]


def ask(message: str, schema: dict[str, Any]) -> wire.ElicitRequest:
    """A question to the user."""
    return wire.ElicitRequest(
        params=wire.ElicitRequestFormParams(message=message, requested_schema=schema)
    )


def sample(text: str, max_tokens: int) -> wire.CreateMessageRequest:
    """A question to the client's model."""
    message = wire.SamplingMessage(role="user", content=wire.TextContent(text=text))
    params = wire.CreateMessageRequestParams(messages=[message], max_tokens=max_tokens)
    return wire.CreateMessageRequest(params=params)


def rounds(*asked: Round, remembers: bool = True) -> Run:
    """Ask each round in turn; answer when all are answered."""

    async def run(_: Request, params: wire.CallToolRequestParams) -> Result:
        answers = params.input_responses or {}
        reached = int(params.request_state or 0)
        if asked[reached].keys() <= answers.keys():
            reached += 1
        if reached < len(asked):
            state = str(reached) if remembers else None
            return wire.InputRequiredResult(input_requests=asked[reached], request_state=state)
        told = {key: json.loads(answer.model_dump_json()) for key, answer in answers.items()}
        return said(f"state-ok: {json.dumps(told)}")

    return run


async def within_capabilities(context: Request, params: wire.CallToolRequestParams) -> Result:
    """Ask only for what the client declared that it can do."""
    able = context.session.client_capabilities or wire.ClientCapabilities()
    asked: Round = {}
    if able.sampling is not None:
        asked["greeting"] = sample("Generate a greeting", 50)
    if able.elicitation is not None:
        asked["user_name"] = NAME
    return await rounds(asked, remembers=False)(context, params)


async def needs_sampling(context: Request, _: wire.CallToolRequestParams) -> Result:
    """Refuse a client without a model to lend."""
    needed = wire.ClientCapabilities(sampling=wire.SamplingCapability())
    if not context.session.check_client_capability(needed):
        data = wire.MissingRequiredClientCapabilityErrorData(required_capabilities=needed)
        raise MCPError(
            wire.MISSING_REQUIRED_CLIENT_CAPABILITY,
            "this tool needs the client's sampling",
            data.model_dump(by_alias=True, exclude_none=True),
        )
    return said("the client can sample")


NAME = ask("What is your name?", texts("name"))
OK = ask("Please confirm", {"type": "object", "properties": {"ok": {"type": "boolean"}}})
ROOTS = wire.ListRootsRequest(params=wire.RequestParams())
INPUT_REQUIRED: tuple[Fixture, ...] = (
    fixture("test_input_required_result_elicitation", rounds({"user_name": NAME}, remembers=False)),
    fixture(
        "test_input_required_result_sampling",
        rounds({"capital_question": sample("What is the capital of France?", 100)}),
    ),
    fixture("test_input_required_result_list_roots", rounds({"client_roots": ROOTS})),
    fixture("test_input_required_result_request_state", rounds({"confirm": OK})),
    fixture("test_input_required_result_tampered_state", rounds({"confirm": OK})),
    fixture(
        "test_input_required_result_multiple_inputs",
        rounds(
            {
                "user_name": NAME,
                "greeting": sample("Generate a greeting", 50),
                "client_roots": ROOTS,
            }
        ),
    ),
    fixture(
        "test_input_required_result_multi_round",
        rounds(
            {"step1": ask("Step 1: What is your name?", texts("name"))},
            {"step2": ask("Step 2: What is your favorite color?", texts("color"))},
        ),
    ),
    fixture("test_input_required_result_capabilities", within_capabilities),
    fixture("test_missing_capability", needs_sampling),
    fixture("test_streaming_elicitation", rounds({"confirm": OK})),
)
