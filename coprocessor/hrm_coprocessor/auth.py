"""Who may talk to the server: a bearer token, and the names by which it may be reached.

On the loopback address no token is needed, but the Host header is checked all the same: a
web page whose name is pointed at 127.0.0.1 (DNS rebinding) must not reach the tools. Any
other address needs both a token and a list of names, or the server does not start.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from hrm_coprocessor.problems import problem
from hrm_coprocessor.settings import ServeSettings
from hrm_engine.errors import ConfigError

TOKEN_VARIABLE = "HRM_TOKEN"  # noqa: S105 - the variable's name, not a token
MIN_TOKEN = 16
"""Characters that a token must have; generated ones have 43 (256 bits)."""
OPEN_PATHS = frozenset(("/healthz",))


def find_token(settings: ServeSettings, environment: Mapping[str, str] = os.environ) -> str | None:
    """The token to demand: from the file, else the environment, else none on loopback.

    On other addresses a token is made at the first start and kept in a file that only its
    owner can read. Raises ConfigError for an address without a list of names, and for a
    token that is weak or readable by others.
    """
    if not settings.loopback and not settings.allow_hosts:
        raise ConfigError(
            f"{settings.host} can be reached from other machines, and no names are allowed",
            hint="name this machine as clients do: --allow-host pc2.lan (may be repeated)",
        )
    if settings.token_file is not None:
        return _read_or_make(settings.token_file)
    if token := environment.get(TOKEN_VARIABLE, ""):
        return _strong(token, f"${TOKEN_VARIABLE}")
    return None if settings.loopback else _read_or_make(default_token_file(environment))


def default_token_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where a generated token is kept."""
    home = environment.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "hrm" / "token"


def _read_or_make(path: Path) -> str:
    if not path.exists():
        return _make(path)
    if path.stat().st_mode & 0o077:
        raise ConfigError(f"others can read the token in {path}", hint=f"chmod 600 {path}")
    try:
        return _strong(path.read_text(encoding="ascii").strip(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the token in {path}: {error}") from None


def _make(path: Path) -> str:
    """A new token, written so that only its owner can ever read it."""
    token = secrets.token_urlsafe(32)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{token}\n")
    except OSError as error:
        raise ConfigError(f"cannot write a token to {path}: {error}") from None
    return token


def _strong(token: str, source: str) -> str:
    if len(token) < MIN_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        problem_found = f"the token in {source} is not {MIN_TOKEN} or more printable characters"
        hint = "remove it to have one made, or: openssl rand -base64 32"
        raise ConfigError(problem_found, hint=hint)
    return token


class Gate:
    """Lets a request through when its Host, its Origin and its token are right."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...], token: str | None) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self._digest = None if token is None else _digest(token)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421, 403 or 401."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if host_name(f"//{headers.get('host', '')}") not in self.hosts:
            refusal = problem(421, "forbidden", "this server does not go by that name")
        elif "origin" in headers and host_name(headers["origin"]) not in self.hosts:
            refusal = problem(403, "forbidden", "pages of that origin may not call this server")
        elif scope["path"] not in OPEN_PATHS and not self._admits(headers):
            detail = "send the header `Authorization: Bearer TOKEN`"
            refusal = problem(401, "unauthorized", detail, {"WWW-Authenticate": "Bearer"})
        else:
            await self.app(scope, receive, send)
            return
        await refusal(scope, receive, send)

    def _admits(self, headers: Headers) -> bool:
        """Whether the token is right, in a time that does not depend on what was sent."""
        if self._digest is None:
            return True
        scheme, _, sent = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(_digest(sent), self._digest)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.strip().encode("utf-8", "replace")).digest()


def host_name(url: str) -> str:
    """The host in a URL, lower case, without port; empty when there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
