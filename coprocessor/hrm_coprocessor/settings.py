"""What a server may be told: where it listens, whom it trusts, how much it takes on.

`configs/serve.yaml` shows every setting with its default; `hrm serve --config FILE` reads
another file, and a flag or `--set name=value` changes one setting.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hrm_engine.config import Settings

Origin = Annotated[str, StringConstraints(pattern=r"^https?://[^/*\s]+$")]
"""Scheme, host and port of a web page, such as `http://chat.lan:3000`."""
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
    allow_origins: tuple[Origin, ...] = Field(
        default=(),
        description="web pages, by their origin, whose scripts may call this server (CORS)",
    )
    token_file: Path | None = Field(default=None, description="file that holds the bearer token")
    tools: tuple[str, ...] | None = Field(default=None, description="tools to serve; all when null")
    predict_tool: str = Field(
        default="calculate_derivative", description="the tool behind POST /predict"
    )
    executor: str | None = Field(
        default=None,
        description="language model that `generate_code` may ask, such as http://HOST/v1#MODEL",
    )
    concurrency: int = Field(
        default=64, ge=1, description="calls that run at the same time; most of them wait"
    )
    queue: int = Field(
        default=32, ge=0, description="calls that may wait; more are told to try later"
    )
    batching: bool = Field(
        default=True, description="whether calls to one network share a batch and a thread"
    )
    batch_rows: int = Field(default=16, ge=1, description="calls in one batch of a network")
    batch_queue: int = Field(
        default=96, ge=0, description="calls that may wait for a place in it; more are told so"
    )
    workers: int = Field(default=2, ge=1, description="killable processes for exact checks")
    worker_memory_mb: int = Field(default=1024, ge=128, description="address space of one, in MiB")
    worker_calls: int = Field(
        default=2000, ge=1, description="calls after which one gives way to a fresh process"
    )
    max_body_bytes: int = Field(default=262_144, ge=1024, description="largest request body")

    rate_per_minute: int = Field(
        default=6000, ge=0, description="calls one caller may start in a minute; 0: any number"
    )
    calls_per_caller: int = Field(
        default=64, ge=0, description="calls one caller may have open at once; 0: any number"
    )
    max_connections: int = Field(default=512, ge=1, description="open connections in all")
    max_per_address: int = Field(default=128, ge=1, description="open connections of one address")
    read_timeout_s: float = Field(
        default=10.0, gt=0, description="seconds for a request's head to arrive, then for its body"
    )

    engine: Literal["uvicorn", "ray"] = Field(
        default="uvicorn", description="one process, or replicas under Ray Serve"
    )
    replicas: int = Field(default=2, ge=1, description="servers behind one address, with ray")

    log_format: Literal["text", "json"] = Field(default="text", description="form of a log line")
    log_file: Path | None = Field(default=None, description="file for the log; stderr when null")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="the least that is logged; -v logs more"
    )
    audit: bool = Field(default=True, description="whether to log one line for every call")
    audit_arguments: bool = Field(
        default=False, description="whether that line shows what was asked, not only a digest of it"
    )
    drain_s: float = Field(
        default=20.0, ge=0, le=3600, description="seconds that running calls have at SIGTERM"
    )

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
