"""Serve the tools over HTTP: MCP at /mcp, REST at /v1/tools, OpenAPI at /docs.

    hrm serve                                     this machine only, port 8765
    hrm serve --host 0.0.0.0 --allow-host pc2.lan for other machines: makes a token once

Ends with Ctrl-C. It says it is ready once models are loaded and workers started.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import socket
from typing import TYPE_CHECKING

from hrm_coprocessor.cli.server_options import add_config, read_settings

if TYPE_CHECKING:
    from hrm_coprocessor.settings import ServeSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm serve`."""
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on; 0 picks a free one")
    parser.add_argument("--token-file", metavar="FILE", help="file that holds the bearer token")
    text = "a name by which clients reach this machine; may be repeated"
    parser.add_argument("--allow-host", action="append", metavar="NAME", help=text)
    parser.add_argument("--json", action="store_true", help="print one JSON line when ready")
    add_config(parser)


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    import uvicorn

    from hrm_coprocessor.auth import find_token
    from hrm_coprocessor.http_app import create_app
    from hrm_tools.registry import load_tools

    settings = read_settings(
        args,
        host=args.host,
        port=args.port,
        token_file=args.token_file,
        allow_hosts=args.allow_host,
    )
    token = find_token(settings)
    listener = bind(settings)
    app = create_app(settings, load_tools(settings.tools), token)
    app.state.service.warm_up()
    config = uvicorn.Config(
        app,
        log_level="info" if args.verbose else "warning",
        log_config=None,
        timeout_graceful_shutdown=3,  # an MCP client may hold a stream open for ever
        server_header=False,
    )
    port = listener.getsockname()[1]
    listener.listen(128)  # before the line below: whoever reads it may connect at once
    print(ready_text(settings, port, token, as_json=args.json), flush=True)
    with contextlib.suppress(KeyboardInterrupt):  # the ordinary way to end it
        uvicorn.Server(config).run(sockets=[listener])
    return 0


def bind(settings: ServeSettings) -> socket.socket:
    """The address, taken before anything is loaded. Raises ConfigError when it is not free."""
    from hrm_engine.errors import ConfigError

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise ConfigError(
            f"cannot listen on {settings.host}:{settings.port}: {error.strerror or error}",
            hint="choose another with --port, or --port 0 for any free one",
        ) from None
    return listener


def ready_text(settings: ServeSettings, port: int, token: str | None, *, as_json: bool) -> str:
    """What to tell the user: the address, and how clients connect."""
    name = settings.allow_hosts[0] if settings.allow_hosts else settings.host
    url = f"http://{f'[{name}]' if ':' in name else name}:{port}"
    if as_json:
        return json.dumps({"url": url, "mcp": f"{url}/mcp", "token": token is not None})
    header = ' --header "Authorization: Bearer $HRM_TOKEN"' if token else ""
    lines = [
        f"ready: {url}/mcp (MCP), {url}/v1/tools (REST), {url}/docs",
        f"  Claude Code:  claude mcp add --transport http hrm {url}/mcp{header}",
        f"  hrm chat:     hrm chat --server {url}",
    ]
    if token:
        lines.append(f"  token:        export HRM_TOKEN=$(cat {_token_place(settings)})")
    return "\n".join(lines)


def _token_place(settings: ServeSettings) -> str:
    from hrm_coprocessor.auth import default_token_file

    return str(settings.token_file or default_token_file())
