"""The bearer tokens: the owner's in a file, any others by name, of which only digests are kept.

    token         the owner's token, made at the first start; only its owner can read it
    tokens.json   beside it: name, SHA-256, last characters, when made, when revoked

A token that is made here has 256 random bits, so its plain SHA-256 gives nothing away. A
running server looks at both files on every request, so what is added works and what is
revoked stops at once. A file that cannot be trusted (readable by others, damaged) admits
nobody until it is mended. Read `Keyring` first.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import logging
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hrm_engine.errors import ConfigError

MIN_TOKEN = 16
"""Characters that a token must have; those made here have 47 (256 bits)."""
PREFIX = "hrm_"
"""How tokens made here begin, so that they are recognised in a log or a repository."""
OWNER, ENVIRONMENT = "owner", "environment"
"""The names of the token in the file and of the one in $HRM_TOKEN."""
REGISTER = "tokens.json"
"""The file beside the owner's token."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")

log = logging.getLogger(__name__)


class NamedToken(BaseModel):
    """What is kept of one token. last4: its last four characters, to tell tokens apart."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    last4: str
    created: datetime
    revoked: datetime | None = None


class _File(BaseModel):
    """The whole of `tokens.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = 1
    tokens: tuple[NamedToken, ...] = ()


class Register:
    """The named tokens in one `tokens.json`. Every method raises ConfigError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> tuple[NamedToken, ...]:
        """All tokens, revoked ones too, oldest first; none when there is no file yet."""
        if not self.path.exists():
            return ()
        _check_mode(self.path, "change the tokens")
        try:
            return _File.model_validate_json(self.path.read_bytes()).tokens
        except (OSError, ValidationError) as error:
            problem = f"cannot read the tokens in {self.path}: {_first_line(error)}"
            raise ConfigError(problem, hint="mend the file, or move it away") from None

    def add(self, name: str) -> str:
        """A new token of this name. It is returned here and kept nowhere."""
        if not _NAME.fullmatch(name) or name in (OWNER, ENVIRONMENT):
            raise ConfigError(
                f"`{name[:80]}` cannot be a token's name",
                hint="use small letters, digits, `.`, `-` and `_`, 40 at most, e.g. laptop",
            )
        with self._changing() as tokens:
            if _live(tokens, name) is not None:
                hint = f"choose another name, or first: hrm token revoke {name}"
                raise ConfigError(f"there is a token called `{name}` already", hint=hint)
            token = new_token()
            digest = token_digest(token).hex()
            tokens.append(
                NamedToken(name=name, sha256=digest, last4=token[-4:], created=datetime.now(UTC))
            )
        return token

    def revoke(self, name: str) -> None:
        """Make the token of this name useless, from the next request on."""
        with self._changing() as tokens:
            place = _live(tokens, name)
            if place is None:
                known = ", ".join(token.name for token in tokens if token.revoked is None)
                hint = f"tokens in use: {known or 'none'}"
                raise ConfigError(f"no token in use is called `{name[:80]}`", hint=hint)
            tokens[place] = tokens[place].model_copy(update={"revoked": datetime.now(UTC)})

    @contextmanager
    def _changing(self) -> Iterator[list[NamedToken]]:
        """The tokens as a list, written back whole when the block ends well; one at a time."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder = os.open(self.path.parent, os.O_RDONLY)
        except OSError as error:
            raise ConfigError(f"cannot open the folder of {self.path}: {error}") from None
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)  # let go when it is closed
            tokens = list(self.read())
            yield tokens
            self._write(_File(tokens=tuple(tokens)).model_dump_json(indent=2))
        finally:
            os.close(folder)

    def _write(self, text: str) -> None:
        fresh = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        _write_private(fresh, f"{text}\n")
        fresh.replace(self.path)  # readers see the old file or the new one, never half of one


def _live(tokens: list[NamedToken], name: str) -> int | None:
    """Where the token of this name is that is not revoked."""
    found = (n for n, token in enumerate(tokens) if token.name == name and token.revoked is None)
    return next(found, None)


class Keyring:
    """Tells whose token was sent. Holds digests of all tokens that open the door."""

    def __init__(self, fixed: dict[str, str] | None = None, owner: Path | None = None) -> None:
        """fixed: tokens by name; owner: the file of the owner's token. Raises ConfigError."""
        self._fixed = {name: token_digest(token) for name, token in (fixed or {}).items()}
        self._files: list[_Watched] = []
        self.secrets = tuple((fixed or {}).values())
        """Tokens known in plain, for `redact` to look for."""
        if owner is not None:
            self.secrets += (read_token(owner),)
            self._files.append(_Watched(owner, _owner_digest))

    def watch(self, register: Path) -> None:
        """Also admit the named tokens in this file. Raises ConfigError if it cannot be read."""
        register_digests(register)  # a damaged file stops the start; later, only its tokens
        self._files.append(_Watched(register, register_digests))

    def caller(self, sent: str) -> str | None:
        """The name of the token `sent`; None when it is not one.

        Every digest is compared, each in constant time, so the time taken tells nothing.
        """
        digest, found = token_digest(sent), None
        for known in (self._fixed, *(file.digests() for file in self._files)):
            for name, expected in known.items():
                if hmac.compare_digest(digest, expected):
                    found = name
        return found


class _Watched:
    """Digests by name from one file: read again when it changes, none while it cannot be read."""

    def __init__(self, path: Path, read: Callable[[Path], dict[str, bytes]]) -> None:
        self._path = path
        self._read = read
        self._mark: object = "never looked at"
        self._digests: dict[str, bytes] = {}

    def digests(self) -> dict[str, bytes]:
        """What is in the file now. Costs one look at the file's date."""
        mark = _mark(self._path)  # before it is read: a change meanwhile shows the next time
        if mark != self._mark:
            self._mark = mark
            self._digests = self._trusted()
        return self._digests

    def _trusted(self) -> dict[str, bytes]:
        try:
            return self._read(self._path)
        except ConfigError as error:
            log.error("no token in this file is accepted: %s", error)
            return {}


def _mark(path: Path) -> object:
    """What changes when a file does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size, found.st_mode


def _owner_digest(path: Path) -> dict[str, bytes]:
    """The owner's token; nothing when its file was removed, which revokes it."""
    return {OWNER: token_digest(read_token(path))} if path.exists() else {}


def register_digests(path: Path) -> dict[str, bytes]:
    """The digests in one `tokens.json`, without revoked ones. Raises ConfigError."""
    tokens = Register(path).read()
    return {t.name: bytes.fromhex(t.sha256) for t in tokens if t.revoked is None}


def new_token() -> str:
    """256 random bits as text."""
    return PREFIX + secrets.token_urlsafe(32)


def token_digest(token: str) -> bytes:
    """The SHA-256 of a token, 32 bytes; space around it does not count."""
    return hashlib.sha256(token.strip().encode("utf-8", "replace")).digest()


def read_or_make(path: Path) -> str:
    """The owner's token, made at the first start. Raises ConfigError."""
    if not path.exists():
        token = new_token()
        _write_private(path, f"{token}\n")
        return token
    return read_token(path)


def read_token(path: Path) -> str:
    """The owner's token. Raises ConfigError for one that is weak or readable by others."""
    _check_mode(path, "read the token")
    try:
        return strong(path.read_text(encoding="ascii").strip(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the token in {path}: {error}") from None


def strong(token: str, source: str) -> str:
    """The token, if it cannot be guessed. Raises ConfigError that names its source."""
    if len(token) < MIN_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        problem_found = f"the token in {source} is not {MIN_TOKEN} or more printable characters"
        hint = "remove it to have one made, or: openssl rand -base64 32"
        raise ConfigError(problem_found, hint=hint)
    return token


def _check_mode(path: Path, what: str) -> None:
    try:
        open_to_others = path.stat().st_mode & 0o077
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error}") from None
    if open_to_others:
        raise ConfigError(f"others can {what} in {path}", hint=f"chmod 600 {path}")


def _write_private(path: Path, text: str) -> None:
    """A new file that only its owner can ever read. Raises ConfigError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
    except OSError as error:
        raise ConfigError(f"cannot write a token to {path}: {error}") from None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
