"""What an MCP client can read besides calling tools: the card of each network that we ship.

hrm://models/{name}/card    how it was trained, what was measured, what it cannot do
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, get_args

from mcp import MCPError
from mcp import types as wire
from mcp.server import CacheHint, Server, ServerRequestContext
from mcp.server.caching import CacheableMethod

TEMPLATE = "hrm://models/{name}/card"
MARKDOWN = "text/markdown"
CACHE_HINTS = {
    method: CacheHint(ttl_ms=60_000, scope="public") for method in get_args(CacheableMethod)
}
"""How long clients may keep lists and cards: the same for every caller, until a restart."""


def add_resources(server: Server[Any]) -> None:
    """Let `server` answer resources/list, resources/templates/list and resources/read."""
    page = wire.PaginatedRequestParams
    server.add_request_handler("resources/list", page, list_resources)
    server.add_request_handler("resources/templates/list", page, list_templates)
    server.add_request_handler("resources/read", wire.ReadResourceRequestParams, read_resource)


def cards() -> dict[str, Traversable]:
    """The cards by address, in the order of their names."""
    models = sorted(files("hrm_engine").joinpath("pretrained").iterdir(), key=lambda at: at.name)
    found = {TEMPLATE.format(name=model.name): model.joinpath("card.md") for model in models}
    return {uri: card for uri, card in found.items() if card.is_file()}


async def list_resources(_: ServerRequestContext[Any], __: object) -> wire.ListResourcesResult:
    """Every card."""
    return wire.ListResourcesResult(resources=[_described(uri) for uri in cards()])


def _described(uri: str) -> wire.Resource:
    name = uri.split("/")[-2]
    about = f"How the network {name} was trained, what was measured, and what it cannot do."
    return wire.Resource(
        uri=uri, name=f"{name}-card", title=f"Card of {name}", description=about, mime_type=MARKDOWN
    )


async def list_templates(
    _: ServerRequestContext[Any], __: object
) -> wire.ListResourceTemplatesResult:
    """The one form that addresses have."""
    template = wire.ResourceTemplate(
        uri_template=TEMPLATE,
        name="model-card",
        title="Card of a network",
        description="How a network was trained, what was measured, and what it cannot do.",
        mime_type=MARKDOWN,
    )
    return wire.ListResourceTemplatesResult(resource_templates=[template])


async def read_resource(
    _: ServerRequestContext[Any], params: wire.ReadResourceRequestParams
) -> wire.ReadResourceResult:
    """The text of one card. Raises MCPError (invalid params) for an address that is not listed."""
    card = cards().get(params.uri)  # looked up, never joined to a path
    if card is None:
        problem = "there is no such resource; resources/list names those that there are"
        raise MCPError(wire.INVALID_PARAMS, problem, {"uri": params.uri})
    text = card.read_text(encoding="utf-8")
    content = wire.TextResourceContents(uri=params.uri, mime_type=MARKDOWN, text=text)
    return wire.ReadResourceResult(contents=[content])
