"""What one caller may ask for, and that the others do not pay for it."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import httpx2
import pytest
from pyrate_limiter import AbstractClock

from hrm_coprocessor.guard.rate import MOST_CALLERS, Allowances, RateError
from hrm_coprocessor.guard.tokens import Keyring
from tests.coprocessor.serving import SETTINGS, client_of, make_app
from tests.tools.samples import ADD, Watched

TOKENS = {"laptop": "l" * 32, "phone": "p" * 32}


class Clock(AbstractClock):
    """A clock that a test sets, in milliseconds."""

    def __init__(self) -> None:
        self.ms = 10**6

    def now(self) -> int:
        return self.ms


def spend(allowances: Allowances, caller: str) -> float:
    """Seconds to wait; 0 when the call was let through."""
    try:
        with allowances.call(caller):
            return 0.0
    except RateError as error:
        return error.wait_s


def test_a_minutes_calls_may_come_at_once_and_then_one_by_one() -> None:
    clock = Clock()
    allowances = Allowances(60, 0, clock)
    assert [spend(allowances, "laptop") for _ in range(60)] == [0.0] * 60
    assert spend(allowances, "laptop") == pytest.approx(1.0, abs=0.01)
    assert spend(allowances, "phone") == 0.0
    clock.ms += 1000
    assert spend(allowances, "laptop") == 0.0
    assert spend(allowances, "laptop") > 0
    clock.ms += 60_000
    assert [spend(allowances, "laptop") for _ in range(60)] == [0.0] * 60


def test_a_place_is_free_again_when_its_call_ends_however_it_ends() -> None:
    allowances = Allowances(0, 2)
    with ExitStack() as stack:
        stack.enter_context(allowances.call("laptop"))
        stack.enter_context(allowances.call("laptop"))
        assert spend(allowances, "laptop") == 1.0
        assert spend(allowances, "phone") == 0.0
    with pytest.raises(ZeroDivisionError), allowances.call("laptop"):
        raise ZeroDivisionError
    assert spend(allowances, "laptop") == 0.0


def test_zero_is_without_limit() -> None:
    allowances = Allowances(0, 0)
    with ExitStack() as stack:
        for _ in range(1000):
            stack.enter_context(allowances.call("laptop"))


def test_callers_beyond_number_cost_no_memory() -> None:
    allowances = Allowances(1, 1)
    for number in range(MOST_CALLERS + 10):
        assert spend(allowances, str(number)) == 0.0
    assert spend(allowances, str(MOST_CALLERS + 9)) > 0  # still known
    assert spend(allowances, "0") == 0.0  # forgotten


@pytest.mark.requirement("CP-12")
@pytest.mark.parametrize(
    ("path", "counted"),
    [
        ("/v1/tools/add", True),
        ("/mcp", True),
        ("/predict", True),
        ("/generate", True),
        ("/v1/tools", False),
    ],
)
def test_a_caller_over_its_rate_is_told_when_to_come_back_and_others_are_served(
    path: str, counted: bool
) -> None:
    settings = SETTINGS.model_copy(update={"rate_per_minute": 2})

    async def run() -> list[httpx2.Response]:
        async with client_of(make_app(token=Keyring(TOKENS), settings=settings)) as client:
            names = ["laptop"] * 3 + ["phone"]
            headers = [{"Authorization": f"Bearer {TOKENS[name]}"} for name in names]
            return [await client.post(path, json={"a": 1}, headers=each) for each in headers]

    *_, over, other = asyncio.run(run())
    assert (over.status_code == 429) is counted
    assert other.status_code != 429
    if counted:
        assert over.headers["content-type"] == "application/problem+json"
        assert over.json()["kind"] == "busy"
        assert over.headers["retry-after"] == "30"
        assert "2 calls a minute" in over.json()["detail"]


def test_where_no_token_is_demanded_an_address_is_the_caller() -> None:
    settings = SETTINGS.model_copy(update={"rate_per_minute": 1})

    async def run() -> list[int]:
        async with client_of(make_app(settings=settings)) as client:
            calls = [await client.post("/v1/tools/add", json={"a": 1}) for _ in range(2)]
            probes = [await client.get("/healthz") for _ in range(3)]
            return [response.status_code for response in (*calls, *probes)]

    assert asyncio.run(run()) == [200, 429, 200, 200, 200]


@pytest.mark.requirement("CP-12")
def test_one_caller_cannot_hold_all_the_places() -> None:
    watched = Watched()
    update = {"calls_per_caller": 1, "concurrency": 2, "queue": 0}
    settings = SETTINGS.model_copy(update=update)

    async def run() -> tuple[int, int]:
        app = make_app((watched.tool, ADD), Keyring(TOKENS), settings)
        async with client_of(app) as client:
            laptop, phone = ({"Authorization": f"Bearer {token}"} for token in TOKENS.values())
            address = "/v1/tools/watch"
            held = asyncio.ensure_future(client.post(address, json={"a": 1}, headers=laptop))
            assert await asyncio.to_thread(watched.started.wait, 10)
            again = await client.post("/v1/tools/add", json={"a": 1}, headers=laptop)
            other = await client.post("/v1/tools/add", json={"a": 1}, headers=phone)
            held.cancel()
            return again.status_code, other.status_code

    assert asyncio.run(run()) == (429, 200)
