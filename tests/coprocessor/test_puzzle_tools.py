"""The puzzle tools through the front doors, with their exact work in killable processes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.types import TextContent

from hrm_engine.errors import CheckpointError
from hrm_tools import solve_maze, solve_sudoku
from tests.coprocessor.serving import make_app, serving

SUDOKU = "1...2..1...44.3."
GRID = [[1, 0, 0, 0], [2, 0, 0, 1], [0, 0, 0, 4], [4, 0, 3, 0]]
MAZE = ["#####", "#S..#", "#.#G#", "#####"]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    def absent(*names: Any) -> None:
        raise CheckpointError("no checkpoint")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solve_sudoku, "solver", absent)
        patch.setattr(solve_maze, "solver", absent)
        solve_sudoku.warm_up()
        patient = [replace(t, timeout_s=60.0) for t in (solve_sudoku.TOOL, solve_maze.TOOL)]
        with serving(make_app(tuple(patient))) as found:
            yield found


def over_rest(url: str, name: str, arguments: dict[str, Any]) -> Any:
    return httpx2.post(f"{url}/v1/tools/{name}", json=arguments, timeout=60).json()


def over_mcp(url: str, name: str, arguments: dict[str, Any]) -> Any:
    async def run() -> Any:
        async with Client(f"{url}/mcp", cache=None) as client:
            return await client.call_tool(name, arguments)

    result = asyncio.run(run())
    (text,) = result.content
    assert isinstance(text, TextContent)
    return result.structured_content or {"detail": text.text}


@pytest.mark.requirement("CP-3", "CP-4", "EN-7")
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("solve_sudoku", {"puzzle": SUDOKU}),
        ("solve_sudoku", {"puzzle": GRID}),
        ("solve_sudoku", {"puzzle": "." * 16}),
        ("solve_sudoku", {"puzzle": "11" + "." * 14}),
        ("solve_maze", {"maze": "\n".join(MAZE)}),
        ("solve_maze", {"maze": MAZE}),
        ("solve_maze", {"maze": "S#G"}),
        ("solve_maze", {"maze": "?"}),
    ],
)
def test_every_door_gives_the_same_answer(url: str, name: str, arguments: dict[str, Any]) -> None:
    one, other = over_rest(url, name, arguments), over_mcp(url, name, arguments)
    if "detail" in one:
        assert one["detail"] == other["detail"]
        return
    assert one | {"elapsed_ms": 0} == other | {"elapsed_ms": 0}
    assert one["interpreted_as"]
    assert one["verified"] in (True, None)
