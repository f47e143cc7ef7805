"""Killable workers: a call that hangs, dies or eats memory costs one process, nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hrm_coprocessor.work import worker_process
from hrm_coprocessor.work.workers import PoolLimits, WorkerPool
from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError, ExpressionError
from hrm_tools.errors import BusyError, WorkerError
from hrm_tools.registry import load_tools
from tests.tools.samples import crash, hang, hog


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    workers = WorkerPool(PoolLimits(size=1, queue=0, memory_mb=512))
    yield workers
    workers.close()


def soon() -> Deadline:
    """Long enough for a process to start on a busy machine."""
    return Deadline.after(30)


def gone(pid: int) -> bool:
    """Whether no process has this number, not even a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def ended(pid: int) -> bool:
    """Whether a process that is not our child has ended, its status taken or not."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return fields[0] == "Z" and int(fields[17]) <= 1  # its other threads are gone, too
    except (FileNotFoundError, ProcessLookupError):
        return True


def modules() -> list[str]:
    return list(sys.modules)


def fail_like_the_parser() -> None:
    raise ExpressionError("expected ')'", hint="close the bracket", column=8)


def exit_quietly() -> None:
    raise SystemExit(3)


class StubbornError(Exception):
    """An exception that cannot be rebuilt from its message."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def fail_stubbornly() -> None:
    raise StubbornError(1, 2)


def make_something_unsendable() -> Callable[[], None]:
    return lambda: None


def test_a_function_runs_in_another_process_and_returns_its_result(pool: WorkerPool) -> None:
    assert pool.run(soon(), sum, [1, 2, 3]) == 6
    assert pool.run(soon(), os.getpid) != os.getpid()


def test_one_process_serves_call_after_call(pool: WorkerPool) -> None:
    assert pool.run(soon(), os.getpid) == pool.run(soon(), os.getpid)


def test_a_worker_is_a_fresh_interpreter_without_torch(pool: WorkerPool) -> None:
    loaded = pool.run(soon(), modules)
    assert "torch" not in loaded
    assert "mcp" not in loaded


def test_a_worker_does_not_hold_the_servers_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRM_TOKEN", "of the server")
    workers = WorkerPool(PoolLimits(size=1, queue=0, memory_mb=512))
    assert workers.run(soon(), os.getenv, "HRM_TOKEN") is None
    workers.close()


def test_a_worn_worker_gives_way_to_a_fresh_one() -> None:
    workers = WorkerPool(PoolLimits(size=1, queue=0, memory_mb=512, calls=2))
    first, second, third = (workers.run(soon(), os.getpid) for _ in range(3))
    assert first == second != third
    assert gone(first)
    assert (workers.alive, workers.replaced) == (1, 0)  # nothing went wrong
    workers.close()


def test_a_hanging_function_is_killed_when_the_time_is_up(pool: WorkerPool) -> None:
    victim = pool.run(soon(), os.getpid)
    with pytest.raises(DeadlineError):
        pool.run(Deadline.after(0.2), hang)
    assert gone(victim)
    assert pool.run(soon(), os.getpid) != victim


def test_a_call_ends_soon_after_its_caller_has_left(pool: WorkerPool) -> None:
    deadline = Deadline.after(60)
    threading.Timer(0.1, deadline.cancel).start()
    start = time.monotonic()
    with pytest.raises(DeadlineError):
        pool.run(deadline, hang)
    assert time.monotonic() - start < 30


def test_a_crash_is_an_error_and_the_next_call_works(pool: WorkerPool) -> None:
    with pytest.raises(WorkerError, match="exit code 7"):
        pool.run(soon(), crash)
    assert pool.run(soon(), sum, [1]) == 1


def test_a_worker_that_dies_while_it_waits_is_replaced_and_costs_no_call(pool: WorkerPool) -> None:
    victim = pool.run(soon(), os.getpid)
    os.kill(victim, signal.SIGKILL)
    while not ended(victim):
        threading.Event().wait(0.002)
    assert pool.run(soon(), os.getpid) != victim
    assert gone(victim)


def test_a_memory_hog_is_stopped_and_replaced(pool: WorkerPool) -> None:
    victim = pool.run(soon(), os.getpid)
    with pytest.raises(WorkerError, match="more than 512 MiB"):
        pool.run(soon(), hog)
    assert gone(victim)
    assert pool.run(soon(), sum, [1]) == 1


def test_the_functions_own_error_comes_back_whole(pool: WorkerPool) -> None:
    with pytest.raises(ExpressionError) as caught:
        pool.run(soon(), fail_like_the_parser)
    assert (caught.value.hint, caught.value.column) == ("close the bracket", 8)
    assert "fail_like_the_parser" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("function", "text"),
    [(fail_stubbornly, "StubbornError: 1 and 2"), (exit_quietly, "SystemExit: 3")],
)
def test_an_error_that_cannot_be_sent_is_described(
    pool: WorkerPool, function: Callable[[], None], text: str
) -> None:
    with pytest.raises(WorkerError, match=text):
        pool.run(soon(), function)


def test_a_result_that_cannot_be_sent_is_an_error(pool: WorkerPool) -> None:
    with pytest.raises(WorkerError, match="cannot be sent"):
        pool.run(soon(), make_something_unsendable)
    assert pool.run(soon(), sum, [1]) == 1


def test_a_function_that_is_not_at_module_level_is_refused_and_the_worker_stays(
    pool: WorkerPool,
) -> None:
    before = pool.run(soon(), os.getpid)
    with pytest.raises((AttributeError, TypeError)):
        pool.run(soon(), lambda: None)
    assert pool.run(soon(), os.getpid) == before


def test_a_call_with_no_time_left_starts_nothing(pool: WorkerPool) -> None:
    with pytest.raises(DeadlineError):
        pool.run(Deadline.after(0), hang)


def in_background(function: Callable[[], Any]) -> tuple[threading.Thread, list[BaseException]]:
    errors: list[BaseException] = []

    def run() -> None:
        try:
            function()
        except DeadlineError as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, errors


def test_when_all_workers_work_and_nobody_may_wait_a_call_is_told_to_come_back(
    pool: WorkerPool,
) -> None:
    pool.start()
    deadline = Deadline.after(60)
    thread, errors = in_background(lambda: pool.run(deadline, hang))
    while pool.idle:
        threading.Event().wait(0.002)
    with pytest.raises(BusyError):
        pool.run(soon(), sum, [1])
    deadline.cancel()
    thread.join()
    assert len(errors) == 1


def test_a_call_that_may_wait_gets_the_next_free_worker() -> None:
    pool = WorkerPool(PoolLimits(size=1, queue=1))
    pool.start()
    thread, errors = in_background(lambda: pool.run(Deadline.after(0.3), hang))
    while pool.idle:
        threading.Event().wait(0.002)
    assert pool.run(soon(), sum, [1, 1]) == 2
    thread.join()
    pool.close()
    assert len(errors) == 1


def test_workers_import_in_advance_what_they_are_told_and_shrug_at_what_is_missing() -> None:
    pool = WorkerPool(PoolLimits(size=1), preload=("colorsys", "no_such_module"))
    assert "colorsys" in pool.run(soon(), modules)
    pool.close()


def test_the_checks_of_our_tools_run_without_torch() -> None:
    preload = [module for tool in load_tools() for module in tool.preload]
    pool = WorkerPool(PoolLimits(size=1), preload)
    loaded = pool.run(soon(), modules)
    pool.close()
    assert preload
    assert set(preload) <= set(loaded)
    assert "torch" not in loaded


def test_a_pool_that_is_ready_has_done_its_imports() -> None:
    pool = WorkerPool(PoolLimits(size=2), preload=("colorsys",))
    pool.start()
    pool.ready(soon())
    assert pool.idle == 2
    pool.close()


def test_closing_leaves_no_process_behind_and_refuses_further_calls() -> None:
    pool = WorkerPool(PoolLimits(size=2))
    pool.start()
    pids = pool.pids
    pool.close()
    pool.close()
    assert len(pids) == 2
    assert all(gone(pid) for pid in pids)
    with pytest.raises(WorkerError, match="shut down"):
        pool.run(soon(), sum, [1])


def test_closing_ends_a_call_that_runs() -> None:
    pool = WorkerPool(PoolLimits(size=1))
    pool.start()
    (pid,) = pool.pids
    errors: list[BaseException] = []

    def run() -> None:
        with pytest.raises(WorkerError) as caught:
            pool.run(Deadline.after(60), hang)
        errors.append(caught.value)

    thread = threading.Thread(target=run)
    thread.start()
    while pool.idle:
        threading.Event().wait(0.002)
    pool.close()
    thread.join()
    assert len(errors) == 1
    assert gone(pid)


PROGRAM = """
import os, sys
from hrm_coprocessor.work.workers import PoolLimits, WorkerPool
from hrm_engine.deadline import Deadline
pool = WorkerPool(PoolLimits(size=1))
print(pool.run(Deadline.after(30), os.getpid), flush=True)
{end}
"""


@pytest.mark.parametrize("end", ["", "raise KeyboardInterrupt"])
def test_no_worker_outlives_a_program_that_ends(end: str) -> None:
    program = [sys.executable, "-c", PROGRAM.format(end=end)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(program, capture_output=True, text=True, env=environment, check=False)
    assert gone(int(done.stdout)), done.stderr


def test_a_worker_whose_parent_has_gone_ends_by_itself() -> None:
    program = [sys.executable, "-c", PROGRAM.format(end="os.kill(os.getpid(), 9)")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(program, capture_output=True, text=True, env=environment, check=False)
    for _ in range(1000):
        if ended(int(done.stdout)):
            break
        threading.Event().wait(0.01)
    assert ended(int(done.stdout))


def test_a_system_without_a_limit_goes_without() -> None:
    worker_process.set_limit(-1, 1)
