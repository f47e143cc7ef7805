"""The real MCP server with the suite's fixtures added to it.

The suite calls tools, resources and prompts by fixed names. They are added here to what
`create_mcp_server` made; whatever is not a fixture still reaches the real handlers.
"""

from __future__ import annotations

from typing import Any

from mcp import types as wire
from mcp.server import Server
from mcp.server.request_state import RequestStateBoundary, RequestStateSecurity
from mcp.server.subscriptions import (
    InMemorySubscriptionBus,
    ListenHandler,
    PromptsListChanged,
    ServerEvent,
    ToolsListChanged,
)

from hrm_coprocessor import prompts, resources
from hrm_coprocessor.adapters.mcp import create_mcp_server
from hrm_coprocessor.service import Service
from tests.conformance import pages
from tests.conformance.back_channel import BACK_CHANNEL
from tests.conformance.content import CONTENT
from tests.conformance.fixture import Fixture, Request, Result, Run, fixture, said
from tests.conformance.input_required import INPUT_REQUIRED


def create_server_with_fixtures(service: Service) -> Server[Any]:
    """What `create_app(build_mcp=...)` takes for the conformance run."""
    server = create_mcp_server(service)
    bus = InMemorySubscriptionBus()
    triggers = (
        fixture("test_trigger_tool_change", _publishes(bus, ToolsListChanged())),
        fixture("test_trigger_prompt_change", _publishes(bus, PromptsListChanged())),
    )
    _add_tools(server, (*CONTENT, *BACK_CHANNEL, *INPUT_REQUIRED, *triggers))
    _add_pages(server)
    page = wire.SubscriptionsListenRequestParams
    server.add_request_handler("subscriptions/listen", page, ListenHandler(bus))
    seal = RequestStateBoundary(RequestStateSecurity.ephemeral(), default_audience=server.name)
    server.middleware.append(seal)
    return server


def _publishes(bus: InMemorySubscriptionBus, event: ServerEvent) -> Run:
    async def run(_: Request, __: wire.CallToolRequestParams) -> wire.CallToolResult:
        await bus.publish(event)
        return said("published")

    return run


def _add_tools(server: Server[Any], fixtures: tuple[Fixture, ...]) -> None:
    by_name = {added.tool.name: added for added in fixtures}
    real_list = server.get_request_handler("tools/list")
    real_call = server.get_request_handler("tools/call")
    real_schema = server.get_tool_input_schema
    assert real_list is not None
    assert real_call is not None
    assert real_schema is not None

    async def list_tools(context: Request, params: Any) -> wire.ListToolsResult:
        real = await real_list.handler(context, params)
        assert isinstance(real, wire.ListToolsResult)
        return wire.ListToolsResult(tools=[*real.tools, *(added.tool for added in fixtures)])

    async def call_tool(context: Request, params: wire.CallToolRequestParams) -> Result:
        if params.name in by_name:
            return await by_name[params.name].run(context, params)
        real = await real_call.handler(context, params)
        assert isinstance(real, wire.CallToolResult)
        return real

    def schema(name: str) -> Any:
        return by_name[name].tool.input_schema if name in by_name else real_schema(name)

    server.add_request_handler("tools/list", wire.PaginatedRequestParams, list_tools)
    server.add_request_handler("tools/call", wire.CallToolRequestParams, call_tool)
    server.get_tool_input_schema = schema


def _add_pages(server: Server[Any]) -> None:
    async def list_resources(context: Request, params: Any) -> wire.ListResourcesResult:
        real = await resources.list_resources(context, params)
        return wire.ListResourcesResult(resources=[*real.resources, *pages.RESOURCES])

    async def list_templates(context: Request, params: Any) -> wire.ListResourceTemplatesResult:
        real = await resources.list_templates(context, params)
        both = [*real.resource_templates, *pages.TEMPLATES]
        return wire.ListResourceTemplatesResult(resource_templates=both)

    async def read_resource(
        context: Request, params: wire.ReadResourceRequestParams
    ) -> wire.ReadResourceResult:
        return pages.read(params.uri) or await resources.read_resource(context, params)

    async def list_prompts(context: Request, params: Any) -> wire.ListPromptsResult:
        real = await prompts.list_prompts(context, params)
        return wire.ListPromptsResult(prompts=[*real.prompts, *pages.PROMPTS])

    async def get_prompt(
        context: Request, params: wire.GetPromptRequestParams
    ) -> wire.GetPromptResult | wire.InputRequiredResult:
        ours = any(prompt.name == params.name for prompt in pages.PROMPTS)
        return pages.get(params) if ours else await prompts.get_prompt(context, params)

    page = wire.PaginatedRequestParams
    server.add_request_handler("resources/list", page, list_resources)
    server.add_request_handler("resources/templates/list", page, list_templates)
    server.add_request_handler("resources/read", wire.ReadResourceRequestParams, read_resource)
    server.add_request_handler("prompts/list", page, list_prompts)
    server.add_request_handler("prompts/get", wire.GetPromptRequestParams, get_prompt)
    server.add_request_handler("completion/complete", wire.CompleteRequestParams, pages.complete)
    for method, form in (
        ("resources/subscribe", wire.SubscribeRequestParams),
        ("resources/unsubscribe", wire.UnsubscribeRequestParams),
        ("logging/setLevel", wire.SetLevelRequestParams),
    ):
        server.add_request_handler(method, form, pages.acknowledge)
