"""Print what a host needs to use the tools; the snippet on stdout, where it belongs on stderr.

    hrm config claude-code                                 a server that the host starts here
    hrm config vscode --url http://pc2.lan:8765            a server on another machine
    hrm config cursor --url http://pc2.lan:8765 --stdio    the same through `hrm connect`

Hosts: claude-code, claude-desktop, vscode, cursor, codex, open-webui. The token is not printed
(each host is told where to find it) unless you say --show-token.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

HOSTS = ("claude-code", "claude-desktop", "vscode", "cursor", "codex", "open-webui")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm config`."""
    parser.add_argument("host", choices=HOSTS, metavar="HOST", help=", ".join(HOSTS))
    parser.add_argument("--url", help="http://HOST:PORT of a server that runs already")
    text = "start `hrm connect URL` although the host could reach the URL itself"
    parser.add_argument("--stdio", action="store_true", help=text)
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="file with its token")
    text = "print the token itself, from --token-file or $HRM_TOKEN"
    parser.add_argument("--show-token", action="store_true", help=text)
    parser.add_argument("--json", action="store_true", help="print all of it as JSON")


def run(args: argparse.Namespace) -> int:
    """Print the snippet. Raises SettingsError for a wrong URL or a token that is not there."""
    from hrm_agents.errors import SettingsError
    from hrm_agents.snippets import choose_server, snippet
    from hrm_agents.token import read_token

    token = read_token(args.token_file) if args.show_token else None
    if args.show_token and token is None:
        hint = "name its file with --token-file, or set HRM_TOKEN"
        raise SettingsError("there is no token to show", hint=hint)
    server = choose_server(
        args.host, program(), args.url, stdio=args.stdio, token_file=args.token_file, token=token
    )
    found = snippet(args.host, server)
    if args.json:
        record = {"host": args.host, "place": found.place, "notes": found.notes}
        print(json.dumps(record | {"snippet": found.data or found.text}, ensure_ascii=False))
        return 0
    print(found.text)
    for line in (f"it belongs in {found.place}", *found.notes):
        print(f"# {line}", file=sys.stderr)
    return 0


def program() -> tuple[str, ...]:
    """How `hrm` is started here; absolute, since a host has a search path of its own."""
    found = shutil.which("hrm") or shutil.which("hrm", path=str(Path(sys.executable).parent))
    return (str(Path(found).absolute()),) if found else (sys.executable, "-m", "hrm_coprocessor")
