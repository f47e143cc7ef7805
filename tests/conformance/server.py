"""The server under test: the real application and tools, with the suite's fixtures.

    python tests/conformance/server.py    # prints {"mcp": "http://127.0.0.1:PORT/mcp"}

The server without fixtures is `hrm serve --port 0 --json`, which prints the same.
"""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import warnings

import uvicorn
from mcp import MCPDeprecationWarning

from hrm_coprocessor.guard.wire import uvicorn_options
from hrm_coprocessor.http.http_app import create_app
from hrm_coprocessor.settings import ServeSettings
from hrm_tools.registry import load_tools
from tests.conformance.mount import create_server_with_fixtures
from tests.conformance.specs import SPECS


def main() -> None:
    # The suite asks for logging and sampling, which the protocol gives up.
    warnings.simplefilter("ignore", MCPDeprecationWarning)
    tools = (*load_tools(), *SPECS)
    settings = ServeSettings(workers=1)
    app = create_app(settings, tools, build_mcp=create_server_with_fixtures)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)  # whoever reads the line below may connect at once
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
    sys.stdout.write(json.dumps({"mcp": url}) + "\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        app, log_level="warning", timeout_graceful_shutdown=1, **uvicorn_options(settings)
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
