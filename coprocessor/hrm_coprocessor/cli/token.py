"""Who may use the server: list the tokens, make one for another person or machine, revoke one.

    hrm token add laptop       makes a token and shows it, once
    hrm token list             the tokens, by name
    hrm token revoke laptop    it stops to work at once, without a restart
    hrm token revoke owner     removes the owner's token; the next start makes another

The server keeps digests only, in `tokens.json` beside the owner's token.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from hrm_coprocessor.guard.tokens import Register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm token`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="the tokens, by name; never the tokens themselves")
    listed.add_argument("--json", action="store_true", help="print one JSON line a token")
    added = actions.add_parser("add", help="make a token and print it once")
    revoked = actions.add_parser("revoke", help="make a token useless, also in a running server")
    for child in (added, revoked):
        child.add_argument("name", help="what it is called, e.g. after the machine that uses it")
    for child in (listed, added, revoked):
        text = "the file with the owner's token, as `hrm serve` has it"
        child.add_argument("--token-file", type=Path, metavar="FILE", help=text)


def run(args: argparse.Namespace) -> int:
    """Do what the action says."""
    from hrm_coprocessor.guard.auth import default_token_file
    from hrm_coprocessor.guard.tokens import OWNER, REGISTER, Register

    owner: Path = args.token_file or default_token_file()
    register = Register(owner.with_name(REGISTER))
    if args.action == "list":
        return _list(owner, register, as_json=args.json)
    if args.action == "add":
        print(register.add(args.name))  # alone on stdout, so that it can be piped
        note = "This token is shown once. Its user sends it as `Authorization: Bearer TOKEN`,"
        print(
            f"{note}\nor sets HRM_TOKEN. To withdraw it: hrm token revoke",
            args.name,
            file=sys.stderr,
        )
    elif args.name == OWNER:
        _remove(owner)
        print(f"{OWNER}: revoked; {owner} is removed, and the next start makes another")
    else:
        register.revoke(args.name)
        print(f"{args.name}: revoked")
    return 0


def _list(owner: Path, register: Register, *, as_json: bool) -> int:
    """Print a line a token: name, last characters, when made, whether it works."""
    from hrm_coprocessor.guard.tokens import OWNER, read_token

    rows: list[dict[str, str | None]] = []
    if owner.exists():
        last4 = read_token(owner)[-4:]
        rows.append({"name": OWNER, "last4": last4, "created": None, "revoked": None})
    for token in register.read():
        times = {"created": _moment(token.created), "revoked": _moment(token.revoked)}
        rows.append({"name": token.name, "last4": token.last4, **times})
    for row in rows:
        if as_json:
            print(json.dumps(row))
            continue
        state = f"revoked {row['revoked']}" if row["revoked"] else "in use"
        made = row["created"] or f"in {owner}"
        print(f"{row['name']:<20} ...{row['last4']}  {state:<20} {made}")
    if not rows and not as_json:
        print("no tokens yet: `hrm serve` makes the owner's, `hrm token add NAME` makes others")
    return 0


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _remove(owner: Path) -> None:
    """Remove the owner's token. Raises ConfigError."""
    from hrm_engine.errors import ConfigError

    try:
        owner.unlink()
    except OSError as error:
        raise ConfigError(f"cannot remove the token in {owner}: {error.strerror}") from None
