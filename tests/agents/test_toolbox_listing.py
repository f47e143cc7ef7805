"""The toolbox calls a tool as its listing says, and does not ask for the listing every time."""

from __future__ import annotations

from typing import Any

import pytest
from mcp.server import CacheHint, Server, ServerRequestContext
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
)

from hrm_agents.toolbox.mcp import MCPToolbox
from tests.agents.conftest import Serve

SCHEMA = {
    "type": "object",
    "properties": {"region": {"type": "string", "x-mcp-header": "Region"}},
    "required": ["region"],
}
Request = ServerRequestContext[Any]


class Site:
    """A server whose tool wants an argument in a header too; it counts who asks what."""

    def __init__(self, fresh_ms: int) -> None:
        self.listed = 0
        self.headers: list[str | None] = []
        self.server = Server[Any](
            "site",
            on_list_tools=self._list,
            on_call_tool=self._call,
            # the check of the header may not count as a listing
            get_tool_input_schema=lambda _: SCHEMA,
            cache_hints={"tools/list": CacheHint(ttl_ms=fresh_ms)},
        )

    async def _list(self, _: Request, __: PaginatedRequestParams | None) -> ListToolsResult:
        self.listed += 1
        return ListToolsResult(tools=[Tool(name="ask", description="Ask.", input_schema=SCHEMA)])

    async def _call(self, context: Request, params: CallToolRequestParams) -> CallToolResult:
        assert context.request is not None
        self.headers.append(context.request.headers.get("mcp-param-region"))
        return CallToolResult(content=[TextContent(text="there")])


@pytest.mark.parametrize(
    ("fresh_ms", "listings"),
    [
        pytest.param(60_000, 1, id="kept as long as the server allows"),
        pytest.param(0, 3, id="asked for each time when it may not be kept"),
    ],
)
def test_arguments_go_into_headers_and_the_listing_is_kept(
    serve: Serve, fresh_ms: int, listings: int
) -> None:
    site = Site(fresh_ms)
    toolbox = MCPToolbox(serve(site.server.streamable_http_app()), pause_s=0)
    for region in ("north", "south", "west"):
        assert toolbox.call("ask", {"region": region}).error_kind is None
    toolbox.close()
    assert site.headers == ["north", "south", "west"]
    assert site.listed == listings


def test_the_tools_are_listed_anew_whenever_a_conversation_asks(serve: Serve) -> None:
    site = Site(fresh_ms=60_000)
    toolbox = MCPToolbox(serve(site.server.streamable_http_app()), pause_s=0)
    for _ in range(2):
        assert toolbox.list()[0]["function"]["name"] == "ask"
    toolbox.close()
    assert site.listed == 2
