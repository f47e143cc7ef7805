"""The bearer token of a tool server, as the caller's side keeps it: in a variable or a file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from hrm_agents.errors import SettingsError

VARIABLE = "HRM_TOKEN"


def default_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where a token is kept by the XDG convention, as `hrm serve` keeps the one that it makes."""
    home = environment.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "hrm" / "token"


def read_token(file: Path | None, environment: Mapping[str, str] = os.environ) -> str | None:
    """The token in `file`, else the one in `$HRM_TOKEN`, else None.

    Raises:
        SettingsError: The file cannot be read, or holds no token.
    """
    if file is None:
        return environment.get(VARIABLE, "").strip() or None
    try:
        token = file.expanduser().read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"cannot read the token in {file}: {error}",
            hint="copy the server's token into it; the server says at its start where it is",
        ) from None
    if not token or len(token.split()) > 1:
        raise SettingsError(f"{file} does not hold a token: one word on one line is expected")
    return token
