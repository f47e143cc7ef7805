"""The README's program runs and says what it promises."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

README = Path(__file__).parents[2] / "agents" / "README.md"


def test_the_program_in_the_readme_runs() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, str(README), "exec"), {})  # noqa: S102  (our own text)
    assert out.getvalue().strip() == re.findall(r"print\(.*\)  # (.*)", program)[0]


def test_the_loop_is_as_short_as_promised() -> None:
    loop = README.parent / "hrm_agents" / "loop.py"
    assert len(loop.read_text().splitlines()) <= 150
