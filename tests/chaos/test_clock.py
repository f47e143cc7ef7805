"""The wall clock jumps a day ahead and back: nobody's call, deadline or allowance notices."""

from __future__ import annotations

from functools import partial

import httpx2
import pytest

from tests.chaos.clock import DAY, WallClock, shows
from tests.chaos.conftest import Serve
from tests.chaos.world import PATIENCE_S, SURFACES, Gate, Server, agent, until

pytestmark = [pytest.mark.slow, pytest.mark.requirement("CP-13")]


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> WallClock:
    return WallClock(tmp_path_factory.mktemp("clock"))


@pytest.fixture(scope="module")
def server(serve: Serve, clock: WallClock) -> Server:
    return serve("--set", "workers=1", variables=clock.variables)


@pytest.mark.slow
@pytest.mark.parametrize("surface", SURFACES)
def test_calls_and_deadlines_go_on_when_the_clock_jumps(
    surface: str, server: Server, gate: Gate, clock: WallClock
) -> None:
    with agent(SURFACES[surface].format(server.url)) as friend:
        assert friend.works()
        for offset in (DAY, -DAY, 0):
            for tool in ("gate", "gate_here"):
                asked = friend.begin(tool, name=str(offset))
                visitor = gate.visitor()
                clock.jump(offset)
                assert until(partial(shows, server, offset))
                visitor.open()
                assert (asked.result(PATIENCE_S).data or {})["result"] == "passed"
            assert friend.ask("never").error_kind == "timeout"
            assert friend.works()


@pytest.mark.slow
def test_a_jump_gives_nobody_more_calls_a_minute_and_nobody_fewer(
    serve: Serve, clock: WallClock
) -> None:
    server = serve("--set", "workers=1", "--set", "rate_per_minute=1", variables=clock.variables)
    with agent(f"rest:{server.url}") as friend:
        assert friend.works()
        for offset in (DAY, -DAY):
            clock.jump(offset)
            assert until(partial(shows, server, offset))
            assert friend.ask("echo", text="again").error_kind == "busy"
        answer = httpx2.post(f"{server.url}/v1/tools/echo", json={"text": "again"})
        assert 0 < int(answer.headers["retry-after"]) <= 60
