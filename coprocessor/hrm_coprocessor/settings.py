"""What a server may be told: where it listens, whom it trusts, how much it takes on.

`configs/serve.yaml` shows every setting with its default; `hrm serve --config FILE` reads
another file, and a flag or `--set name=value` changes one setting.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

from pydantic import Field

from hrm_engine.config import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ServeSettings(Settings):
    """The settings of one server. Unknown keys are errors."""

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(
        default=8765, ge=0, le=65_535, description="port to listen on; 0 picks a free one"
    )
    allow_hosts: tuple[str, ...] = Field(
        default=(),
        description="names by which clients reach this server, besides the loopback names",
    )
    token_file: Path | None = Field(default=None, description="file that holds the bearer token")
    tools: tuple[str, ...] | None = Field(default=None, description="tools to serve; all when null")
    predict_tool: str = Field(
        default="calculate_derivative", description="the tool behind POST /predict"
    )
    concurrency: int = Field(default=2, ge=1, description="calls that run at the same time")
    queue: int = Field(
        default=32, ge=0, description="calls that may wait; more are told to try later"
    )
    workers: int = Field(default=2, ge=1, description="killable processes for exact checks")
    worker_memory_mb: int = Field(default=1024, ge=128, description="address space of one, in MiB")
    max_body_bytes: int = Field(default=262_144, ge=1024, description="largest request body")

    @property
    def loopback(self) -> bool:
        """Whether only programs on this machine can connect."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:  # a name
            return self.host == "localhost"

    @property
    def known_hosts(self) -> tuple[str, ...]:
        """The names that a request's Host header may have, without ports."""
        return tuple(dict.fromkeys((*LOOPBACK, *self.allow_hosts)))
