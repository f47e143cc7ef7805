"""What each host must be told to use the tools: the snippet, and the file where it belongs.

    claude-code claude-desktop vscode cursor codex     start a command, or reach a URL
    open-webui                                         reaches a URL

A token never stands in a snippet unless it is asked for: each host reads it by a means of its
own (`${VAR}`, a prompt, the name of a variable). Claude Desktop has none, and skips URLs, so it
starts `hrm connect` with a token file. Read `choose_server` first, then one host.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hrm_agents.errors import SettingsError
from hrm_agents.token import VARIABLE, default_file
from hrm_agents.toolbox import check_url
from hrm_agents.toolbox.http import LOOPBACK, mcp_url

NAME = "hrm"
DEFAULT_URL = "http://127.0.0.1:8765"
SET_VARIABLE = f"{VARIABLE} must be set where {{host}} is started"


@dataclass(frozen=True)
class Snippet:
    """What to write where.

    place: the file it belongs in; text: what to write there; data: the same as JSON values,
    None where it is no JSON; notes: what else to do.
    """

    place: str
    text: str
    data: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Server:
    """What a host is to use: a command to start, or else a URL.

    guarded: a token is needed; token: the token itself, to be shown.
    """

    command: tuple[str, ...] = ()
    url: str = ""
    guarded: bool = False
    token: str | None = None

    def secret(self, reference: str) -> str:
        """The host's `reference` to the token, or the token that is to be shown."""
        return self.token or reference


def snippet(host: str, server: Server) -> Snippet:
    """What `host` (a key of `HOSTS`) must be told to use `server`."""
    return HOSTS[host](server)


def choose_server(
    host: str,
    program: tuple[str, ...],
    url: str | None = None,
    *,
    stdio: bool = False,
    token_file: Path | None = None,
    token: str | None = None,
) -> Server:
    """The server that `host` is to use.

    Args:
        host: A key of `HOSTS`.
        program: How the program `hrm` is started here, with its absolute path.
        url: Of a server; without one the host starts a server of its own, if it can.
        stdio: Start a bridge to `url` although the host could reach it.
        token_file: Where the bridge finds the token.
        token: The token, to be shown in the snippet.

    Raises:
        SettingsError: `url` is none, or the host cannot start commands.
    """
    if host == "open-webui" and stdio:
        raise SettingsError(
            "Open WebUI starts no commands", hint="leave --stdio out; it reaches the server by URL"
        )
    if url is None and host == "open-webui":
        url = DEFAULT_URL
    if url is None:
        return Server((*program, "mcp"))
    loopback = urlsplit(check_url(url)).hostname in LOOPBACK
    guarded = not loopback or token_file is not None or token is not None
    if not (stdio or host == "claude-desktop"):
        return Server(url=mcp_url(url), guarded=guarded, token=token)
    command = (*program, "connect", url)
    if guarded and token is None and (token_file or host == "claude-desktop"):
        file = (token_file or default_file()).expanduser().absolute()
        return Server((*command, "--token-file", str(file)))
    return Server(command, guarded=guarded, token=token)


def _claude_code(server: Server) -> Snippet:
    entry = _entry(server, "${HRM_TOKEN}", {"type": "http"}, {"type": "stdio"})
    notes: tuple[str, ...] = ()
    if server.guarded and server.token is None:
        notes = (SET_VARIABLE.format(host="Claude Code"),)
    elif server.command:
        notes = (f"or, in a terminal: claude mcp add {NAME} -- {' '.join(server.command)}",)
    elif not server.guarded:
        notes = (f"or, in a terminal: claude mcp add --transport http {NAME} {server.url}",)
    return _json("`.mcp.json` in the project's folder", {"mcpServers": {NAME: entry}}, notes)


def _claude_desktop(server: Server) -> Snippet:
    entry = _entry(server, "", {}, {})
    place = (
        "`claude_desktop_config.json`: Settings, Developer, Edit Config "
        "(macOS: ~/Library/Application Support/Claude, Windows: %APPDATA%\\Claude)"
    )
    notes = ["quit Claude Desktop and start it again"]
    if "--token-file" in server.command:
        notes.append(f"the server's token must stand in {server.command[-1]} (chmod 600)")
    return _json(place, {"mcpServers": {NAME: entry}}, tuple(notes))


def _vscode(server: Server) -> Snippet:
    entry = _entry(server, "${input:hrm-token}", {"type": "http"}, {"type": "stdio"})
    data: dict[str, Any] = {"servers": {NAME: entry}}
    notes: tuple[str, ...] = ()
    if server.guarded and server.token is None:
        text = "token of the HRM co-processor"
        question = {"type": "promptString", "id": "hrm-token", "description": text}
        data["inputs"] = [question | {"password": True}]
        notes = ("VS Code asks for the token once and keeps it in its secret store",)
    return _json("`.vscode/mcp.json` in the workspace", data, notes)


def _cursor(server: Server) -> Snippet:
    entry = _entry(server, "${env:HRM_TOKEN}", {}, {})
    notes = (SET_VARIABLE.format(host="Cursor"),) if server.guarded and not server.token else ()
    place = "`.cursor/mcp.json` in the project, or `~/.cursor/mcp.json` for all of them"
    return _json(place, {"mcpServers": {NAME: entry}}, notes)


def _codex(server: Server) -> Snippet:
    lines = [f"[mcp_servers.{NAME}]"]
    if server.command:
        lines.append(f"command = {json.dumps(server.command[0])}")
        lines.append(f"args = {json.dumps(list(server.command[1:]))}")
        if server.token:
            lines.append(f"env = {{ {VARIABLE} = {json.dumps(server.token)} }}")
        elif server.guarded:
            lines.append(f"env_vars = {json.dumps([VARIABLE])}")
    else:
        lines.append(f"url = {json.dumps(server.url)}")
        if server.token:  # Codex refuses `bearer_token` in the file, and ignores `headers`
            value = json.dumps(f"Bearer {server.token}")
            lines.append(f"http_headers = {{ Authorization = {value} }}")
        elif server.guarded:
            lines.append(f"bearer_token_env_var = {json.dumps(VARIABLE)}")
    notes = (SET_VARIABLE.format(host="Codex"),) if server.guarded and not server.token else ()
    return Snippet("`~/.codex/config.toml`", "\n".join(lines), None, notes)


def _open_webui(server: Server) -> Snippet:
    connection: dict[str, Any] = {"type": "mcp", "url": server.url, "path": ""}
    connection |= {"auth_type": "none", "key": ""}
    if server.guarded:
        connection |= {"auth_type": "bearer", "key": server.token or "TOKEN-GOES-HERE"}
    connection["config"] = {"enable": True}
    connection["info"] = {"id": NAME, "name": "HRM co-processor", "description": ""}
    # The shell puts the token in: '...' ends, "$HRM_TOKEN" is expanded, '...' begins again.
    quoted = json.dumps([connection]).replace("'", "'\\''")
    shell = quoted.replace("TOKEN-GOES-HERE", f"'\"${VARIABLE}\"'")
    notes = [
        "or by hand: Admin Settings, External Tools, +, type MCP (Streamable HTTP), with the "
        "same URL" + (" and the token as bearer" if server.guarded else ""),
        "Open WebUI reads the variable at its first start only; later its database counts",
    ]
    if urlsplit(server.url).hostname in LOOPBACK:
        notes.append("start `hrm serve` first; a container reaches this machine by another name")
    place = "the shell that starts Open WebUI for the first time (0.6.31 or newer)"
    return Snippet(place, f"export TOOL_SERVER_CONNECTIONS='{shell}'", None, tuple(notes))


def _entry(
    server: Server, reference: str, for_url: dict[str, Any], for_command: dict[str, Any]
) -> dict[str, Any]:
    """The JSON entry of one server, as all the hosts that read JSON have it."""
    if server.url:
        entry = {**for_url, "url": server.url}
        if server.guarded:
            entry["headers"] = {"Authorization": f"Bearer {server.secret(reference)}"}
        return entry
    entry = {**for_command, "command": server.command[0], "args": list(server.command[1:])}
    if server.guarded:
        entry["env"] = {VARIABLE: server.secret(reference)}
    return entry


def _json(place: str, data: dict[str, Any], notes: tuple[str, ...]) -> Snippet:
    return Snippet(place, json.dumps(data, indent=2), data, notes)


HOSTS: dict[str, Callable[[Server], Snippet]] = {
    "claude-code": _claude_code,
    "claude-desktop": _claude_desktop,
    "vscode": _vscode,
    "cursor": _cursor,
    "codex": _codex,
    "open-webui": _open_webui,
}
