"""The bounded lane that calls wait in, and the service that owns it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from hrm_coprocessor.guard.limits import Lane
from hrm_coprocessor.service import Service
from hrm_tools.errors import BusyError
from tests.coprocessor.serving import SETTINGS
from tests.tools.samples import ADD


def test_a_lane_takes_as_many_calls_as_run_and_wait_and_no_more() -> None:
    lane, gate = Lane(concurrency=1, queue=1), threading.Event()
    first, second = lane.submit(lambda: gate.wait(10)), lane.submit(lambda: 2)
    with pytest.raises(BusyError):
        lane.submit(lambda: 3)
    assert lane.taken == 2
    gate.set()
    assert (first.result(), second.result()) == (True, 2)
    lane.close()


def test_a_call_holds_its_place_until_its_thread_has_ended() -> None:
    lane, gate = Lane(concurrency=1, queue=0), threading.Event()
    running = lane.submit(lambda: gate.wait(10))
    running.cancel()  # too late: it runs
    with pytest.raises(BusyError):
        lane.submit(lambda: 2)
    gate.set()
    running.result()
    lane.close()


def test_a_closed_lane_drops_the_calls_that_wait() -> None:
    lane, gate = Lane(concurrency=1, queue=1), threading.Event()
    first, second = lane.submit(lambda: gate.wait(10)), lane.submit(lambda: 2)
    lane.close()
    gate.set()
    assert first.result() is True
    assert second.cancelled()
    assert lane.taken == 0


def test_warming_up_starts_the_workers_and_loads_the_models() -> None:
    loaded: list[str] = []
    tool = replace(ADD, warm_up=lambda: loaded.append("model"))
    with Service(SETTINGS, (tool, replace(ADD, name="other"))) as service:
        service.warm_up()
        assert loaded == ["model"]
        assert len(service.workers.pids) == SETTINGS.workers
    assert service.workers.pids == []
