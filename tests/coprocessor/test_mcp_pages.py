"""What the MCP server offers besides tools: model cards to read, and a prompt to pick."""

from __future__ import annotations

import pytest
from mcp import Client, MCPError
from mcp.types import INVALID_PARAMS, TextContent, TextResourceContents

from hrm_agents.settings import data_file
from hrm_engine.export.checkpoint import PRETRAINED
from tests.coprocessor.serving import talk

both_wires = pytest.mark.parametrize("wire", ["legacy", "2026-07-28"])


@both_wires
def test_every_card_that_is_listed_can_be_read(wire: str) -> None:
    async def conversation(client: Client) -> None:
        listed = (await client.list_resources()).resources
        assert [resource.uri for resource in listed] == [
            f"hrm://models/{folder.name}/card" for folder in sorted(PRETRAINED.iterdir())
        ]
        for resource in listed:
            (content,) = (await client.read_resource(resource.uri)).contents
            assert isinstance(content, TextResourceContents)
            assert content.mime_type == "text/markdown"
            assert content.text.startswith(f"# {resource.uri.split('/')[-2]}\n")

    talk(conversation, wire)


@both_wires
def test_the_form_of_the_addresses_is_told(wire: str) -> None:
    async def conversation(client: Client) -> None:
        (template,) = (await client.list_resource_templates()).resource_templates
        assert template.uri_template == "hrm://models/{name}/card"

    talk(conversation, wire)


@both_wires
@pytest.mark.parametrize(
    "uri",
    ["hrm://models/none/card", "hrm://models/../../../etc/passwd", "file:///etc/passwd", "card.md"],
)
def test_an_address_that_is_not_listed_is_refused_by_name(wire: str, uri: str) -> None:
    async def conversation(client: Client) -> None:
        with pytest.raises(MCPError, match="no such resource") as caught:
            await client.read_resource(uri)
        assert caught.value.code == INVALID_PARAMS
        assert caught.value.data == {"uri": uri}

    talk(conversation, wire)


@both_wires
@pytest.mark.requirement("CP-6")
def test_the_prompt_is_the_guide_that_our_own_agent_gives_followed_by_the_question(
    wire: str,
) -> None:
    async def conversation(client: Client) -> None:
        (prompt,) = (await client.list_prompts()).prompts
        assert prompt.name == "use_tools"
        question = {"question": "What's the derivative of sin(5x)?"}
        filled = await client.get_prompt(prompt.name, question)
        texts = [message.content for message in filled.messages]
        guide = data_file("prompts/system_tools.md").read_text(encoding="utf-8")
        assert texts == [TextContent(text=guide), TextContent(text=question["question"])]
        alone = await client.get_prompt(prompt.name)
        assert [message.content for message in alone.messages] == [TextContent(text=guide)]

    talk(conversation, wire)


@both_wires
@pytest.mark.parametrize(
    ("name", "arguments", "problem"),
    [
        ("use_tool", {}, "there is only the prompt `use_tools`"),
        ("use_tools", {"q": "?"}, "takes only `question`, not `q`"),
    ],
)
def test_another_prompt_or_argument_is_refused_with_what_there_is(
    wire: str, name: str, arguments: dict[str, str], problem: str
) -> None:
    async def conversation(client: Client) -> None:
        with pytest.raises(MCPError, match=problem) as caught:
            await client.get_prompt(name, arguments)
        assert caught.value.code == INVALID_PARAMS

    talk(conversation, wire)


def test_lists_and_cards_say_for_how_long_they_may_be_kept() -> None:
    async def conversation(client: Client) -> None:
        card = (await client.list_resources()).resources[0].uri
        for answer in (
            await client.list_tools(),
            await client.list_prompts(),
            await client.list_resources(),
            await client.list_resource_templates(),
            await client.read_resource(card),
        ):
            assert (answer.ttl_ms, answer.cache_scope) == (60_000, "public")

    talk(conversation, "2026-07-28")
