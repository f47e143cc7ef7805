"""Whatever is sent, `invoke` answers with an outcome that can be sent back."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_tools.invoke import invoke
from hrm_tools.registry import load_tools
from hrm_tools.spec import AnyTool, Outcome
from tests.tools.samples import ADD, ECHO

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = st.sampled_from(["a", "b", "text"]) | st.text()
HOSTILE = [
    "__import__('os').system('touch /tmp/owned')",
    "().__class__.__base__.__subclasses__()",
    'eval("1")',
    "x if x else y",
    "lambda x: x",
    "[x for x in y]",
    "x.__class__",
    "f'{x}'",
    "9**9**9**9**9",
    "2**30**5",
    "sin(" * 400 + "x" + ")" * 400,
    "(" * 1999,
    "x" * 2000,
    "1" * 2000,
    "1e999999999",
    "\u202ex^2",
    "x\u0000y",
    "\\input{/etc/passwd}",
    "$(reboot)",
    "'; DROP TABLE x; --",
    "\U0001d465^2",
    "%s%n{0}",
    "１２３４５６７８９" * 9,
    "٣" * 81,
    "5" * 81,
    "5\u0000" * 81,
    "." * 80,
    "." * 2000,
    "[" * 2000,
    "[[" * 900 + "]]" * 900,
    "[1e999]",
    "[NaN, Infinity]",
    '{"a": [[1]]}',
    "[[[[1]]]]",
    "-" * 81,
    "\n" * 1999,
    "#" * 2000,
    "S" + " " * 1990 + "G",
    "S\n" * 600 + "G",
    "#S#\n#\u202eG#",
    "SG" * 900,
    '["#S", ["G"], 7]',
    "/" * 2000,
    "\\n" * 900,
]


def answer(spec: AnyTool, arguments: dict[str, Any]) -> Outcome:
    outcome = asyncio.run(invoke(spec, arguments))
    json.dumps(outcome.data, allow_nan=False)
    outcome.text.encode()
    assert (outcome.data is not None) == outcome.ok
    return outcome


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(NAMES, JSON, max_size=4))
def test_any_arguments_at_all_end_in_ok_or_invalid(arguments: dict[str, Any]) -> None:
    for spec in (ADD, ECHO):
        assert answer(spec, arguments).kind in ("ok", "invalid")


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_text_that_fits_the_schema_comes_back_as_it_was(text: str) -> None:
    outcome = answer(ECHO, {"text": text})
    assert outcome.data is not None
    assert outcome.data["result"] == text


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Models and libraries load outside the time that a call may take."""
    for spec in load_tools():
        if spec.warm_up is not None:
            spec.warm_up()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_tool_of_ours_stumbles_over_a_hostile_text(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    for spec in load_tools():
        first = next(iter(spec.input.model_fields))
        outcome = answer(spec, {first: text})
        assert outcome.kind in ("ok", "invalid"), outcome.text
    assert "unexpected error" not in caplog.text
