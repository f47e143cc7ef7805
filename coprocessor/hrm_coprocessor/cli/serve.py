"""Serve the tools over HTTP: MCP at /mcp, REST at /v1/tools, OpenAPI at /docs.

    hrm serve                                     this machine only, port 8765
    hrm serve --host 0.0.0.0 --allow-host pc2.lan for other machines: makes a token once
    hrm serve --engine ray --replicas 4           several servers behind one address

It says it is ready once models are loaded and workers started. Ends with Ctrl-C or SIGTERM,
after the calls that run have been answered (`--set drain_s=60` gives them longer). One line
for every call goes to stderr, or to a file: `--log-format json --log-file hrm.log`.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
from typing import TYPE_CHECKING

from hrm_coprocessor.cli.server_options import add_config, add_logging, read_settings

if TYPE_CHECKING:
    from hrm_coprocessor.guard.tokens import Keyring
    from hrm_coprocessor.settings import ServeSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm serve`."""
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on; 0 picks a free one")
    parser.add_argument("--token-file", metavar="FILE", help="file that holds the bearer token")
    text = "a name by which clients reach this machine; may be repeated"
    parser.add_argument("--allow-host", action="append", metavar="NAME", help=text)
    text = "uvicorn: one process (default); ray: replicas under Ray Serve"
    parser.add_argument("--engine", choices=("uvicorn", "ray"), help=text)
    parser.add_argument("--replicas", type=int, metavar="N", help="servers, with ray (default 2)")
    parser.add_argument("--json", action="store_true", help="print one JSON line when ready")
    add_logging(parser)
    add_config(parser)


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    import uvicorn

    from hrm_coprocessor.guard.auth import find_keys
    from hrm_coprocessor.guard.redact import protect_logs
    from hrm_coprocessor.guard.wire import uvicorn_options
    from hrm_coprocessor.http.http_app import create_app
    from hrm_coprocessor.serving import STREAMS_S, leave_stuck_calls, serve
    from hrm_coprocessor.watch import logs, sentry
    from hrm_tools import executors
    from hrm_tools.registry import load_tools

    settings = read_settings(
        args,
        host=args.host,
        port=args.port,
        token_file=args.token_file,
        allow_hosts=args.allow_host,
        engine=args.engine,
        replicas=args.replicas,
    )
    executors.use(settings.executor)
    keys = find_keys(settings)
    logs.set_up(logs.of(settings))
    protect_logs(keys.secrets if keys else ())
    sentry.start(os.environ)
    listener = bind(settings)
    port = listener.getsockname()[1]
    ready = ready_text(settings, port, keys, as_json=args.json)
    if settings.engine == "ray":
        return _serve_on_ray(settings, keys, listener, ready)
    app = create_app(settings, load_tools(settings.tools), keys)
    config = uvicorn.Config(
        app,
        log_level=settings.log_level,
        log_config=None,
        access_log=settings.log_level in ("info", "debug"),
        timeout_graceful_shutdown=STREAMS_S,
        server_header=False,
        **uvicorn_options(settings),
    )
    server = uvicorn.Server(config)
    serve(server, app.state.service, listener, lambda: print(ready, flush=True))
    sentry.finish()
    leave_stuck_calls()
    return 0


def _serve_on_ray(
    settings: ServeSettings, keys: Keyring | None, listener: socket.socket, ready: str
) -> int:
    """Serve with replicas; the proxy takes the address itself, so it is given back first."""
    from hrm_coprocessor.ray_app import serve_on_ray

    port = listener.getsockname()[1]
    listener.close()
    serve_on_ray(settings, keys, port, lambda: print(ready, flush=True))
    return 0


def bind(settings: ServeSettings) -> socket.socket:
    """The address, taken before anything is loaded. Raises ConfigError when it is not free."""
    from hrm_engine.errors import ConfigError

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle's algorithm on and answers wait 40 ms for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
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


def ready_text(
    settings: ServeSettings, port: int, token: str | Keyring | None, *, as_json: bool
) -> str:
    """What to tell the user: the address, and how clients connect. token: whether there is one."""
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
    from hrm_coprocessor.guard.auth import default_token_file

    return str(settings.token_file or default_token_file())
