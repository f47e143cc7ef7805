"""The judge stands outside: what it accepts, what it shows, and that nobody talks it over."""

from __future__ import annotations

from typing import Any

import pytest

from hrm_engine.errors import TaskError
from hrm_engine.evaluation.sandbox import Call, Example, Limits, Sandbox, judge
from hrm_engine.evaluation.sandbox.judge import same

PATIENT = Limits(wall_s=30.0)
DOUBLE = [Example(Call("f", (x,)), 2 * x) for x in (1, 2, 5)]
nan = float("nan")


def test_a_right_program_passes(sandbox: Sandbox) -> None:
    verdict = judge(sandbox, "def f(x): return x + x", DOUBLE, PATIENT)
    assert (verdict.status, verdict.passed, verdict.given) == ("passed", 3, 3)
    assert verdict.first_failure == ""
    assert [output.value for output in verdict.outputs] == [2, 4, 10]
    assert verdict.level == sandbox.level


def test_the_first_failure_is_shown_as_a_difference(sandbox: Sandbox) -> None:
    verdict = judge(sandbox, "def f(x): return x * x", DOUBLE, PATIENT)
    assert (verdict.status, verdict.passed) == ("failed", 1)
    assert verdict.first_failure == "f(1)\n- 2\n+ 1"
    verdict = judge(sandbox, "def f(x): return 1 / 0", DOUBLE, PATIENT)
    assert verdict.first_failure == "f(1)\n- 2\n+ ZeroDivisionError: division by zero (line 1)"


def test_an_integer_too_long_to_be_written_is_wrong_and_no_error(sandbox: Sandbox) -> None:
    verdict = judge(sandbox, "def f(): return [10 ** 5000]", [Example(Call("f"), 1)])
    assert verdict.status == "failed"
    assert verdict.first_failure == "f()\n- 1\n+ a list with an integer too long to be shown"


def test_long_values_are_compared_line_by_line(sandbox: Sandbox) -> None:
    wanted = {f"key number {k}": list(range(k)) for k in range(12)}
    example = Example(Call("f", (), {"n": 11}), wanted)
    code = "def f(n): return {f'key number {k}': list(range(k)) for k in range(n)}"
    shown = judge(sandbox, code, [example], PATIENT).first_failure.splitlines()
    assert shown[0] == "f(n=11)"
    assert any(line.startswith("- ") and "key number 11" in line for line in shown)
    assert any(line.startswith("  ") for line in shown)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("def f(x):\n    while True: pass", "timeout"),
        ("def f(x): return [0] * 10**10", "oom"),
        ("import os\ndef f(x): os.kill(1, 9)", "policy"),
        ("def f(x): return open('/etc/passwd', 'w')", "refused"),
        ("def f(x) return x", "failed"),
        ("", "failed"),
    ],
)
def test_a_verdict_says_how_it_ended(sandbox: Sandbox, code: str, status: str) -> None:
    limits = Limits(wall_s=1.0) if status == "timeout" else PATIENT
    verdict = judge(sandbox, code, DOUBLE, limits)
    assert verdict.status in (("policy", "failed") if status == "refused" else (status,))
    assert verdict.passed == 0
    assert verdict.first_failure.startswith("f(1)\n- 2\n+ ")


LIES = [
    "class Y:\n    def __eq__(self, other): return True\ndef f(x): return Y()",
    "class Y(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\n"
    "def f(x): return Y(99)",
    "class Y(list):\n    def __eq__(self, other): return True\ndef f(x): return Y()",
    "class Y:\n    __class__ = int\n    def __index__(self): return 2\ndef f(x): return Y()",
    "def f(x): return None",
    "def f(x): return True",
    "def f(x): return f",
    "def f(x): raise SystemExit(0)",
    "raise SystemExit(0)",
    "import os\nos._exit(0)",
    "import os\ndef f(x): os._exit(0)",
    "import sys\nsys.exit(0)",
    "def f(x): return {'status': 'passed', 'value': 2}",
    "def f(x): return 'passed'",
    "def f(x): print('passed', '{\"ok\": true}')",
    "def f(x): return float('nan')",
    "def f(x): return str(2 * x)",
    "def f(x): return (2 * x,)",
    "def f(x): return [2 * x]",
    "def f(x): return 2 * x + 1e-3",
    "def f(x): return 2 if x == 1 else 0",
    "def f(x): yield 2 * x",
    "async def f(x): return 2 * x",
    "f = 2",
    "def g(x): return 2 * x",
    "def f(): return 2",
    "import builtins\nbuiltins.print = exit = lambda *_: 0\ndef f(x): assert False",
    "import json\njson.dumps = lambda *_: '{\"value\": 2}'\ndef f(x): return 0",
    "import sys\nsys.modules['__main__'] = None\ndef f(x): return 0",
    "import unittest.mock as m\ndef f(x): return m.ANY",
    "class D(dict):\n    def items(self): return [(1, 2)]\ndef f(x): return D()",
    "def f(x):\n    try: return 2 * x\n    finally: raise ValueError",
    "def f(x):\n    import threading\n    threading.Timer(0, lambda: 1).start()",
    "import atexit\natexit.register(lambda: None)\ndef f(x): return -2 * x",
    "import sys\nsys.setrecursionlimit(5)\ndef f(x): return 0",
    "import sys\nsys.setrecursionlimit = None\ndef f(x): raise ValueError",
    "import sys\nsys.stdout = None\ndef f(x): return 0",
    "import gc\ndef f(x): return [o for o in gc.get_objects() if o == 2 * x][:1]",
    "def f(x): return 2j * x",
    "def f(x): return bytes(2 * x)",
]


@pytest.mark.parametrize("code", LIES, ids=range(len(LIES)))
def test_a_wrong_program_never_passes_whatever_it_says(sandbox: Sandbox, code: str) -> None:
    assert judge(sandbox, code, DOUBLE, PATIENT).status != "passed"


def test_an_answer_that_equals_everything_in_there_equals_nothing_here(sandbox: Sandbox) -> None:
    assert len(LIES) >= 40
    examples = [Example(Call("f"), object())]
    assert judge(sandbox, LIES[0].replace("f(x)", "f()"), examples, PATIENT).status == "failed"


def test_the_candidate_never_sees_what_is_expected(sandbox: Sandbox) -> None:
    code = (
        "import gc\ndef f():\n    return [s for s in map(repr, gc.get_objects())"
        " if ''.join(reversed('emases')) in s][:1]"
    )
    verdict = judge(sandbox, code, [Example(Call("f"), "sesame")], PATIENT)
    assert verdict.status in ("failed", "policy")
    assert not verdict.outputs[0].value


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (1, True), (1.0, 1), (0.1 + 0.2, 0.3), ([0.1 + 0.2], [0.3]),
        ({1: (0.3,)}, {1.0: (0.1 + 0.2,)}),
        (nan, nan), ([nan], [nan]), (complex(0, 0.3), 0.1j + 0.2j), (1e-12, 0), ({1, 2}, {2, 1}),
        (float("inf"), float("inf")), ({1}, frozenset({1})), (10**400, 10**400),
        (b"a", bytearray(b"a")),
    ],
)  # fmt: skip
def test_these_are_the_same(found: Any, expected: Any) -> None:
    assert same(found, expected)
    assert same(expected, found)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (1, 2), (10**9, 10**9 + 1), (1.0, 1.001), ([1], (1,)), ([1], [1, 2]), ({1: 2}, {1: 3}),
        ({1: 2}, {2: 2}), ("1", 1), (None, 0), (nan, 1.0), (10**400, 1.5), ({0.1 + 0.2}, {0.3}),
        (float("inf"), 1e308), ([[1]], [[2]]), ("a", b"a"), ([], None), (1e-3, 0),
    ],
)  # fmt: skip
def test_these_are_not(found: Any, expected: Any) -> None:
    assert not same(found, expected)
    assert not same(expected, found)


def test_nothing_can_be_judged_without_examples(sandbox: Sandbox) -> None:
    with pytest.raises(TaskError, match="at least one example"):
        judge(sandbox, "def f(): pass", [])
