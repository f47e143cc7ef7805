"""Past one process and one machine: the same application as a Ray Serve deployment.

    client ──► proxy (one a machine) ──► replica 1: create_app, its own models, queue, workers
                                    └──► replica 2: the same

A replica is a whole server of its own: it batches the calls that it was given and bounds its
own queue. The proxy gives a call to the less busy of two replicas; one that dies is replaced,
and the calls that it held end with a 5xx, so a client that asks again gets its answer.

Without `RAY_ADDRESS` a private cluster of this machine starts and ends with the program. With
it the replicas go to that cluster, whose machines need this package, and each has a proxy.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.types import ASGIApp

from hrm_coprocessor.guard.tokens import Keyring
from hrm_coprocessor.settings import ServeSettings
from hrm_engine.errors import HRMError

NAME = "hrm"
OBJECT_STORE = 100 * 2**20
"""Bytes for Ray's shared memory: requests and answers are small."""
REACH_S = 5.0
"""How long the cluster's address may take to answer."""
HEALTH_S = 5.0
"""How often a replica is asked whether it lives."""

log = logging.getLogger(__name__)


class ClusterError(HRMError):
    """The cluster cannot run the replicas."""


def serve_on_ray(
    settings: ServeSettings, keys: Keyring | None, port: int, ready: Callable[[], None]
) -> None:
    """Serve `settings.replicas` copies of the application, until SIGINT or SIGTERM.

    keys: the tokens that open the door, or None; their files are looked up on each machine.
    ready: called once all replicas answer. Raises ClusterError when they do not start, and
    ModuleNotFoundError, which the command line explains, without the extra `cluster`.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
    with _cluster(settings), _until_stopped() as stopped:
        _deploy(settings, keys, port)
        ready()
        stopped.wait()


def warm_app(settings: ServeSettings, keys: Keyring | None) -> ASGIApp:
    """The application of one replica, made in its process, with models and workers ready."""
    from hrm_coprocessor.guard.redact import protect_logs
    from hrm_coprocessor.http.http_app import create_app
    from hrm_coprocessor.watch import logs, sentry
    from hrm_tools.registry import load_tools

    logs.set_up(logs.of(settings))
    protect_logs(keys.secrets if keys else ())
    sentry.start(os.environ)
    app = create_app(settings, load_tools(settings.tools), keys)
    app.state.service.warm_up()
    return app


@contextmanager
def _cluster(settings: ServeSettings) -> Iterator[None]:
    """A connection to the cluster of `RAY_ADDRESS`, or a private one that ends with it."""
    import ray
    from ray import serve

    options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.WARNING}
    if address := os.environ.get("RAY_ADDRESS"):
        _look_for(address)
    else:
        processors = max(settings.replicas, os.cpu_count() or 1)
        options |= {"num_cpus": processors, "object_store_memory": OBJECT_STORE}
        options |= {"address": "local", "include_dashboard": False}  # not one that it happens on
    ray.init(namespace=NAME, **options)
    try:
        yield
    finally:
        with contextlib.suppress(ConnectionError):  # the cluster may have gone first
            serve.shutdown()
        ray.shutdown()


def _look_for(address: str) -> None:
    """Say at once that a cluster is not there; Ray would try for minutes. Raises ClusterError."""
    host, _, port = address.rpartition(":")
    if not port.isdigit():  # Ray's other ways to name a cluster
        return
    try:
        socket.create_connection((host, int(port)), REACH_S).close()
    except OSError as error:
        hint = "`ray start --head` on the first machine, then its address in $RAY_ADDRESS"
        raise ClusterError(f"no Ray cluster answers at {address}: {error}", hint=hint) from None


def _deploy(settings: ServeSettings, keys: Keyring | None, port: int) -> None:
    """Start the proxies and the replicas; returns when all of them answer."""
    from ray import serve

    def build() -> ASGIApp:  # Ray sends this to the replicas and calls it there
        return warm_app(settings, keys)

    shared = "RAY_ADDRESS" in os.environ
    serve.start(
        proxy_location="EveryNode" if shared else "HeadOnly",
        http_options={"host": settings.host, "port": port},
        logging_config={"log_level": "WARNING"},
    )
    room = settings.concurrency + settings.queue
    deployment = serve.deployment(
        serve.ingress(build)(),
        name="tools",
        num_replicas=settings.replicas,
        ray_actor_options={"num_cpus": 1},
        max_ongoing_requests=room,  # past it calls wait in the proxy ...
        max_queued_requests=room,  # ... and past that they are refused: 503
        max_constructor_retry_count=3,
        health_check_period_s=HEALTH_S,
        graceful_shutdown_timeout_s=settings.drain_s,
    )
    try:
        serve.run(deployment.bind(), name=NAME, route_prefix="/")
    except RuntimeError:  # whatever kept a replica from being made
        raise ClusterError(
            f"the replicas do not start: {_reason()}",
            hint="`hrm serve` without --engine ray shows the same error sooner, if it has one",
        ) from None
    log.info("%d replicas answer", settings.replicas)


def _reason() -> str:
    """What Serve last heard from a replica that failed; one line."""
    from ray import serve

    deployments = serve.status().applications[NAME].deployments.values()
    lines = [line.strip() for found in deployments for line in found.message.splitlines()]
    return next((line for line in reversed(lines) if "Error" in line), "Ray gives no reason")


@contextmanager
def _until_stopped() -> Iterator[threading.Event]:
    """An event that is set by SIGINT or SIGTERM, whose handlers Ray has replaced by then."""
    stopped = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stopped.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
