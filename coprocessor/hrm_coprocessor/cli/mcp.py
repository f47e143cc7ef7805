"""Serve the tools over MCP on stdin and stdout, for hosts that start a command.

    {"mcpServers": {"hrm": {"command": "hrm", "args": ["mcp"]}}}

Only the protocol is written to stdout; logs go to stderr. Ends when stdin closes.
"""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from hrm_coprocessor.cli.server_options import add_config, add_logging, read_settings

if TYPE_CHECKING:
    from hrm_coprocessor.service import Service


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm mcp`."""
    add_logging(parser)
    add_config(parser)


def run(args: argparse.Namespace) -> int:
    """Serve until stdin closes."""
    import asyncio

    from hrm_coprocessor.guard.redact import protect_logs
    from hrm_coprocessor.service import Service
    from hrm_coprocessor.watch import logs, sentry
    from hrm_tools import executors
    from hrm_tools.registry import load_tools

    settings = read_settings(args)
    executors.use(settings.executor)
    logs.set_up(logs.of(settings))
    protect_logs()
    sentry.start(os.environ)
    logs.surface.set("stdio")
    with Service(settings, load_tools(settings.tools)) as service:
        service.warm_up()
        asyncio.run(serve_stdio(service))
    sentry.finish()
    return 0


async def serve_stdio(service: Service) -> None:
    """Speak MCP on this process's stdin and stdout until stdin closes."""
    from mcp.server.stdio import stdio_server

    from hrm_coprocessor.adapters.mcp import create_mcp_server

    server = create_mcp_server(service)
    async with stdio_server() as (incoming, outgoing):  # diverts stray prints to stderr
        await server.run(incoming, outgoing, server.create_initialization_options())
