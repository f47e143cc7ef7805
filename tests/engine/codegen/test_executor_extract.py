"""Code is found in what a language model says, whatever stands around it."""

from __future__ import annotations

import ast

import pytest

from hrm_engine.codegen.extract import MOST_LINES, extract

PLAIN = "def f(x):\n    return x + 1\n"


@pytest.mark.parametrize(
    "said",
    [
        PLAIN,
        f"Sure, here it is:\n```python\n{PLAIN}```\nIt adds one.",
        f"```\n{PLAIN}```",
        f"~~~py\n{PLAIN}~~~",
        f"```python\n{PLAIN}",
        f"{PLAIN}\nThis adds one to x.",
        f"Here you are.\n\n{PLAIN}",
        f"<think>def f(x): return 0</think>\n```python\n{PLAIN}```",
        f"1. Do this:\n\n   ```python\n   {PLAIN.replace(chr(10), chr(10) + '   ')}\n   ```",
        f"```python\n{PLAIN}\nprint(f(3))\nassert f(1) == 2\n```",
        f'```python\n{PLAIN}\nif __name__ == "__main__":\n    f(1)\n```',
        f"```python\n{PLAIN}```\nUse it so:\n```python\nvalue = f(3)\nprint(value)\n```",
        f"```bash\npip install x\n```\n```python\n{PLAIN}```",
        f"```python\n{PLAIN}```\n```text\n2\n```",
        f"```python\n{PLAIN}\ndef unfinished(y):\n    return (y +",
        f"```python\n{PLAIN}\ndef test_f():\n    assert f(1) == 2\n```",
        f"```python\nimport pandas\n{PLAIN}```",
        PLAIN.replace("\n", "\r\n"),
    ],
)
def test_words_fences_tests_and_loose_ends_are_left_out(said: str) -> None:
    assert extract(said, "f") == PLAIN


def test_what_the_function_needs_is_kept_in_its_order() -> None:
    code = (
        "import re, sys\n"
        "WORD = re.compile('a+')\n"
        "table = {}\n"
        "for k in range(3):\n"
        "    table[k] = k * k\n"
        "seen = []\n"
        "seen.append(4)\n"
        "other = []\n"
        "def helper(k):\n"
        "    return table[k] + len(seen)\n"
        "@print\n"
        "def unused(): ...\n"
        "def f(x):  # the answer\n"
        "    return helper(x) + len(WORD.findall('aa'))\n"
    )
    kept = extract(code, "f")
    assert "other" not in kept
    assert "unused" not in kept
    assert "# the answer" in kept
    space: dict[str, object] = {}
    exec(kept, space)  # noqa: S102 - our own text
    assert callable(space["f"])
    assert space["f"](2) == 6


def test_helpers_in_a_block_of_their_own_are_found() -> None:
    said = (
        "```python\ndef two(): return 2\n```\nand\n```python\ndef f(x):\n    return x * two()\n```"
    )
    assert extract(said, "f") == "def two(): return 2\n\n\ndef f(x):\n    return x * two()\n"


def test_of_two_attempts_the_last_is_taken() -> None:
    said = f"```python\ndef f(x): return 0\n```\nNo, better:\n```python\n{PLAIN}```"
    assert extract(said, "f") == PLAIN


def test_a_function_of_another_name_gets_the_right_one_with_its_recursion() -> None:
    said = (
        "def helper(n): return n\n\n"
        "def fact(n):\n"
        "    return n * fact(n - 1) if n else helper(1)  # fact of n\n\n"
        "def test_fact():\n"
        "    assert fact(3) == 6\n"
        "def main():\n"
        "    print(fact(3), x.fact)\n"
    )
    assert extract(said, "f") == (
        "def helper(n): return n\n\n\n"
        "def f(n):\n"
        "    return n * f(n - 1) if n else helper(1)  # fact of n\n"
    )
    assert extract("def main(a, b):\n    return a.main\n", "f") == (
        "def f(a, b):\n    return a.main\n"
    )


def test_functions_that_call_each_other_in_a_ring_still_have_a_last_one() -> None:
    ring = "def a(n):\n    return b(n)\n\n\ndef b(n):\n    return a(n)\n"
    assert "def f(n):\n    return a(n)" in extract(ring, "f")


def test_the_bare_body_of_a_function_is_put_under_its_signature() -> None:
    assert extract("    return x + 1\n", "f", "def f(x):") == PLAIN
    assert extract("    y = x\n    return y", "f", "def f(x)").endswith("return y\n")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "I cannot do that.",
        "```python\nx = 1\n```",
        "```python\ndef f(:\n```",
        "def f(x):\n    return (",
        "```python\nf = lambda x: x\n```",
        "\0def f(x):\n return 1",
        "import x; " + "(" * 5000,
    ],
)
def test_where_there_is_no_function_there_is_no_code(said: str) -> None:
    assert extract(said, "f") == ""


def test_an_endless_reply_is_looked_at_in_part() -> None:
    assert extract(PLAIN + "x = 1\n" * 10 * MOST_LINES, "f") == PLAIN


def test_statements_that_share_a_line_are_not_doubled() -> None:
    kept = extract("a = 1; b = 2\ndef f(x): return a + b + x\n", "f")
    assert kept.count("a = 1") == 1
    assert ast.parse(kept)


def test_a_variable_of_the_module_is_not_mistaken_for_one_of_the_function() -> None:
    code = "x = 1\ny = 2\nn = 0\ndef f(x):\n    global n\n    y = n\n    return x + y\n"
    assert extract(code, "f").startswith("n = 0\n\n\ndef f(x):")


def test_a_table_that_is_deleted_from_or_filled_by_attribute_keeps_those_lines() -> None:
    code = (
        "import types\nbox = types.SimpleNamespace()\nbox.size = 3\nt = [1, 2]\ndel t[0]\n"
        "if box:\n    def inner(): return 1\n"
        "def f(x): return x + box.size + t[0] + inner()\n"
    )
    for line in ("box.size = 3", "del t[0]", "def inner()"):
        assert line in extract(code, "f")


def test_a_well_known_import_that_was_forgotten_is_added() -> None:
    code = "def f(xs: List[int]) -> int:\n    return math.prod(xs) + len(Counter(xs)) + other\n"
    head = "from collections import Counter\nfrom typing import List\nimport math\n\n\n"
    assert extract(code, "f") == head + code
    assert extract(f"import math as m\n{head}{code}", "f").count("import") == 3
