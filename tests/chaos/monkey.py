"""Many faults at once, in an order that a seed decides.

    python -m tests.chaos.monkey --rounds 500 --seed 1

A round begins up to three troubles (a call that waits half-way, a token just made ...), then lets
them all happen in another order. Whatever happened: when the round is over, the two agents that
were started at the beginning get their answers, and all workers are there.

A trouble is a generator: what it does before its `yield` begins it, the rest lets it happen.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from hrm_agents.messages import ToolResult
from hrm_agents.toolbox import build_toolbox
from hrm_coprocessor.guard.tokens import REGISTER, Register, read_token
from tests.chaos.clock import DAY, WallClock
from tests.chaos.wire import heard, request, speaking
from tests.chaos.world import PATIENCE_S, SURFACES, Gate, Server, agent, end, until

WORKERS = 4
AT_ONCE = 3
SETTINGS = ("workers=4", "concurrency=8", "read_timeout_s=1")


class Playground:
    """A server with everything that can break around it, and two agents that must never notice."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self._stack = ExitStack()
        self.gate = self._stack.enter_context(closing(Gate()))
        self.clock = WallClock(folder)
        self.log = folder / "calls.log"
        self.register = Register(folder / REGISTER)
        words = [word for setting in SETTINGS for word in ("--set", setting)]
        words += ["--token-file", str(folder / "token"), "--log-file", str(self.log)]
        self.server = Server(folder, self.gate, *words, variables=self.clock.variables)
        self._stack.callback(self.server.stop)
        self.token = read_token(folder / "token")
        specs = (form.format(self.server.url) for form in SURFACES.values())
        self.agents = [self._stack.enter_context(agent(spec, self.token)) for spec in specs]
        self._threads = self._stack.enter_context(ThreadPoolExecutor(2 * AT_ONCE))
        self.calls: list[Future[ToolResult]] = []

    def begin(self, tool: str) -> Future[ToolResult]:
        """Call a tool in the name of one of the agents."""
        box = self.random.choice(self.agents).toolbox
        self.calls.append(self._threads.submit(box.call, tool, {}, PATIENCE_S))
        return self.calls[-1]

    def round(self) -> list[str]:
        """One round; the names of its troubles. AssertionError: somebody noticed."""
        kinds = self.random.choices(list(TROUBLES), list(TROUBLES.values()), k=AT_ONCE)
        troubles = [kind(self) for kind in kinds[: self.random.randint(1, AT_ONCE)]]
        for trouble in troubles:
            next(trouble)
        self.random.shuffle(troubles)
        for trouble in troubles:
            with suppress(StopIteration):
                next(trouble)
        self.calls.clear()
        assert all(friend.works() for friend in self.agents)
        assert until(lambda: len(self.server.workers()) == WORKERS)
        return [kind.__name__ for kind in kinds[: len(troubles)]]

    def close(self) -> None:
        """Stop everything."""
        self.gate.dismiss()  # nobody to wait for
        self._stack.close()

    def logged(self) -> str:
        """What the server wrote to stderr, and to its log since that was last thrown away."""
        written = self.log.read_text() if self.log.is_file() else ""
        return self.server.log.read_text() + written


Trouble = Iterator[None]


def nothing_unusual(play: Playground) -> Trouble:
    """A call that is answered."""
    call = play.begin("gate_here")
    visitor = play.gate.visitor()
    yield
    with suppress(OSError):  # the server was killed meanwhile
        visitor.open()
    assert call.result(PATIENCE_S).error_kind in {None, "unreachable"}


def a_call_takes_too_long(play: Playground) -> Trouble:
    """A deadline passes."""
    yield
    assert play.begin("never").result(PATIENCE_S).error_kind == "timeout"


def a_worker_dies(play: Playground) -> Trouble:
    """In the middle of a call."""
    call = play.begin("gate")
    visitor = play.gate.visitor()
    yield
    end([visitor.pid])
    visitor.close()
    assert call.result(PATIENCE_S).error_kind in {"failed", "unreachable"}


def all_workers_die(play: Playground) -> Trouble:
    """While they wait or work."""
    yield
    end(play.server.workers())


def the_server_dies(play: Playground) -> Trouble:
    """In the middle of all calls of this round, and comes back."""
    call = play.begin("gate_here")
    visitor = play.gate.visitor()
    yield
    play.server.kill()
    assert call.result(PATIENCE_S).error_kind == "unreachable"
    assert visitor.has_left()
    for other in play.calls:  # a second try must not meet the next server
        other.result(PATIENCE_S)
    play.server.start()


def a_client_leaves(play: Playground) -> Trouble:
    """In the middle of its call."""
    tool = play.random.choice(("gate", "gate_here"))
    said = request(f"/v1/tools/{tool}", b"{}", f"Authorization: Bearer {play.token}")
    with speaking(play.server, said):
        visitor = play.gate.visitor()
        yield
    assert visitor.has_left()


def a_client_is_slow(play: Playground) -> Trouble:
    """It never ends its request."""
    with speaking(play.server, b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-") as connection:
        yield
        assert heard(connection) == b""


def a_client_says_too_much(play: Playground) -> Trouble:
    """Five megabytes."""
    yield
    said = request("/mcp", b"", f"Authorization: Bearer {play.token}", "Content-Length: 5000000")
    with speaking(play.server, said.replace(b"Content-Length: 0\r\n", b"")) as connection:
        assert connection.recv(12) == b"HTTP/1.1 413"


def a_token_is_revoked(play: Playground) -> Trouble:
    """Between two calls of its owner."""
    name = f"guest{play.random.getrandbits(40)}"
    spec = play.random.choice(list(SURFACES.values())).format(play.server.url)
    with closing(build_toolbox(spec, play.register.add(name), PATIENCE_S)) as box:
        assert box.call("echo", {"text": "x"}).error_kind is None
        yield
        play.register.revoke(name)
        assert "the token is missing or wrong" in box.call("echo", {"text": "x"}).text


def the_clock_jumps(play: Playground) -> Trouble:
    """By up to a day, either way."""
    yield
    play.clock.jump(play.random.randint(-DAY, DAY))


def the_disk_fills(play: Playground) -> Trouble:
    """There is no room for the log, then there is again."""
    with suppress(FileNotFoundError):
        play.log.unlink()
    play.log.symlink_to("/dev/full")
    yield
    with suppress(FileNotFoundError):
        play.log.unlink()


TROUBLES: dict[Callable[[Playground], Trouble], int] = {
    nothing_unusual: 4,
    a_call_takes_too_long: 2,
    a_worker_dies: 4,
    all_workers_die: 2,
    the_server_dies: 2,
    a_client_leaves: 4,
    a_client_is_slow: 2,
    a_client_says_too_much: 2,
    a_token_is_revoked: 3,
    the_clock_jumps: 3,
    the_disk_fills: 2,
}
"""What can happen, and how often beside the others."""


def play(folder: Path, rounds: int, seed: int) -> tuple[Counter[str], str]:
    """Play; how often each trouble happened, and what the server logged."""
    happened: Counter[str] = Counter()
    with ExitStack() as stack:
        ground = Playground(folder, seed)
        stack.callback(ground.close)
        for _ in range(rounds):
            happened.update(ground.round())
    return happened, ground.logged()


def main() -> None:
    """Play by hand and print what happened as a line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        happened, log = play(Path(folder), args.rounds, args.seed)
    row = {"rounds": args.rounds, "seed": args.seed, "tracebacks": log.count("Traceback")}
    print(json.dumps(row | {"happened": dict(happened)}))  # noqa: T201 - a program


if __name__ == "__main__":
    main()
