"""Bridge an MCP server on another machine to stdin and stdout, for hosts that start a command.

    hrm connect http://pc2.lan:8765 --token-file ~/.config/hrm/token

The token comes from --token-file or $HRM_TOKEN, never from an argument, which others could see.
Only the protocol is written to stdout. Ends when stdin closes. Needs no torch.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm connect`."""
    parser.add_argument("url", metavar="URL", help="http://HOST:PORT of the server")
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="file with its token")
    text = "longest time for one request (default 45: most hosts give up after 60)"
    parser.add_argument("--timeout", type=float, default=45.0, metavar="SECONDS", help=text)


def run(args: argparse.Namespace) -> int:
    """Forward until stdin closes. Raises SettingsError for a wrong URL or token file."""
    from hrm_agents.bridge import run_bridge
    from hrm_agents.token import read_token
    from hrm_agents.toolbox import check_url

    run_bridge(check_url(args.url), read_token(args.token_file), args.timeout)
    return 0
