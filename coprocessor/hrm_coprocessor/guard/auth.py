"""Who may talk to the server: whoever has a token, and calls it by a name that it goes by.

On the loopback address no token is needed, but the Host header is checked all the same: a
web page whose name is pointed at 127.0.0.1 (DNS rebinding) must not reach the tools. Any
other address needs both a token and a list of names, or the server does not start.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from hrm_coprocessor.guard.tokens import ENVIRONMENT, REGISTER, Keyring, read_or_make, strong
from hrm_coprocessor.problems import problem
from hrm_coprocessor.settings import ServeSettings
from hrm_coprocessor.watch.logs import caller
from hrm_engine.errors import ConfigError

TOKEN_VARIABLE = "HRM_TOKEN"  # noqa: S105 - the variable's name, not a token
OPEN_PATHS = frozenset(("/healthz", "/readyz"))
"""What watches the server asks without a token: they say no more than that it runs."""


def find_token(settings: ServeSettings, environment: Mapping[str, str] = os.environ) -> str | None:
    """The owner's token: from the file, else the environment, else none on loopback.

    On other addresses a token is made at the first start and kept in a file that only its
    owner can read. Raises ConfigError for an address without a list of names, and for a
    token that is weak or readable by others.
    """
    if not settings.loopback and not settings.allow_hosts:
        raise ConfigError(
            f"{settings.host} can be reached from other machines, and no names are allowed",
            hint="name this machine as clients do: --allow-host pc2.lan (may be repeated)",
        )
    if settings.token_file is None and environment.get(TOKEN_VARIABLE, ""):
        return strong(environment[TOKEN_VARIABLE], f"${TOKEN_VARIABLE}")
    if settings.token_file is None and settings.loopback:
        return None
    return read_or_make(settings.token_file or default_token_file(environment))


def find_keys(
    settings: ServeSettings, environment: Mapping[str, str] = os.environ
) -> Keyring | None:
    """All tokens that open the door: the owner's and the named ones; None when none is needed.

    Raises ConfigError, as `find_token` does.
    """
    token = find_token(settings, environment)
    if token is None:
        return None
    file = settings.token_file or default_token_file(environment)
    from_variable = settings.token_file is None and bool(environment.get(TOKEN_VARIABLE))
    keys = Keyring({ENVIRONMENT: token}) if from_variable else Keyring(owner=file)
    keys.watch(file.with_name(REGISTER))
    return keys


def default_token_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where a generated token is kept."""
    home = environment.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "hrm" / "token"


class Gate:
    """Lets a request through when its Host, its Origin and its token are right."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: tuple[str, ...],
        keys: Keyring | None,
        origins: tuple[str, ...] = (),
    ) -> None:
        """origins: pages that may call besides those of our own hosts, e.g. http://pc1.lan:3000."""
        self.app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._origins = frozenset(origins)
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its caller's name, or answer 421, 403 or 401."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        name = self._caller(headers)
        refusal = self._refusal(scope["path"], headers, name)
        scope.setdefault("state", {})["caller"] = name
        before = caller.set(name or "")  # for the log
        try:
            await (refusal or self.app)(scope, receive, send)
        finally:
            caller.reset(before)

    def _refusal(self, path: str, headers: Headers, name: str | None) -> Response | None:
        """The answer to who may not come in; None to who may. name: whose token was sent."""
        if host_name(f"//{headers.get('host', '')}") not in self._hosts:
            return problem(421, "forbidden", "this server does not go by that name")
        if "origin" in headers and not self._knows(headers["origin"]):
            return problem(403, "forbidden", "pages of that origin may not call this server")
        if self._keys is not None and name is None and path not in OPEN_PATHS:
            detail = "send the header `Authorization: Bearer TOKEN`"
            return problem(401, "unauthorized", detail, {"WWW-Authenticate": "Bearer"})
        return None

    def _knows(self, origin: str) -> bool:
        return origin in self._origins or host_name(origin) in self._hosts

    def _caller(self, headers: Headers) -> str | None:
        """Whose token was sent, in a time that does not depend on what was sent."""
        scheme, _, sent = headers.get("authorization", "").partition(" ")
        if self._keys is None or scheme.lower() != "bearer":
            return None
        return self._keys.caller(sent)


def host_name(url: str) -> str:
    """The host in a URL, lower case, without port; empty when there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
