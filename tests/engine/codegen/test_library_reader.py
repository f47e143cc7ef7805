"""A module of typed functions is read as snippets, and nothing of it is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrm_engine.codegen.library.reader import read_folder, read_module
from hrm_engine.codegen.library.snippet import Snippet
from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.sandbox import Sandbox, judge

MODULE = '''"""Solids."""

from __future__ import annotations

import math
import os.path as paths
from collections import Counter, defaultdict
from functools import cache

raise SystemExit("a module that is read is not run")

THIRD = 1 / 3
SIXTH: float = THIRD / 2
first, second = 1, 2


@cache
def _base(radius: float) -> float:
    """The area of the base."""
    return math.pi * radius**2


def cone_volume(radius: float, height: float = 1.0) -> float:
    """Find the volume of a cone.

    Also: the capacity of a cone;
    how much it holds.

    >>> round(cone_volume(1, 3), 6)
    3.141593
    >>> cone_volume(0, 5)
    0.0
    >>> round(cone_volume(1, 3), 2)
    3.14
    >>> sorted([cone_volume(0, 5)])
    [0.0]
    >>> cone_volume(0, height=2)
    0.0
    >>> cone_volume(math.inf, 2)
    inf
    """
    return _base(radius) * height * THIRD


def most_common(*items: object) -> object:
    """Find the most common one.

    >>> most_common(1, 2, 2)
    2
    >>> most_common([1] + [[0] * 2] * 2)
    [1, [0, 0], [0, 0]]
    """
    return Counter(items).most_common(1)[0][0]


class Cone:
    """No snippet."""
'''


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "solids.py"
    path.write_text(MODULE)
    return path


@pytest.fixture
def cone(module: Path) -> Snippet:
    return read_module(module)[0]


def test_the_docstring_tells_the_request_other_words_for_it_and_examples(cone: Snippet) -> None:
    assert cone.texts == (
        "Find the volume of a cone.",
        "the capacity of a cone",
        "how much it holds",
    )
    assert cone.written == (("(1, 3)", "3.141593"), ("(0, 5)", "0.0"))
    assert [example.call.arguments for example in cone.examples] == [(1, 3), (0, 5)]
    assert (cone.parameters, cone.arity) == (("radius", "height"), (1, 2))
    assert (cone.source, cone.attribution) == ("library:own/cone_volume", "")


def test_the_code_holds_what_the_function_needs_and_nothing_else(cone: Snippet) -> None:
    assert cone.code == (
        "import math\n"
        "from functools import cache\n\n\n"
        "THIRD = 1 / 3\n\n\n"
        "@cache\n"
        "def _base(radius: float) -> float:\n"
        '    """The area of the base."""\n'
        "    return math.pi * radius**2\n\n\n"
        "def cone_volume(radius: float, height: float = 1.0) -> float:\n"
        '    """Find the volume of a cone."""\n'
        "    return _base(radius) * height * THIRD\n"
    )


def test_the_code_passes_its_examples_by_itself(cone: Snippet, sandbox: Sandbox) -> None:
    assert judge(sandbox, cone.code, cone.examples).status == "passed"


def test_a_function_of_any_number_of_arguments_has_no_upper_limit(module: Path) -> None:
    snippet = read_module(module)[1]
    assert snippet.arity == (0, float("inf"))
    assert snippet.written[1] == ("([1, [0, 0], [0, 0]],)", "[1, [0, 0], [0, 0]]")
    assert "from collections import Counter\n" in snippet.code


def test_a_folder_is_read_by_file_name_without_private_modules(module: Path) -> None:
    (module.parent / "__init__.py").write_text('"""Snippets."""\n')
    text = 'def one() -> int:\n    """Give one.\n\n    >>> one()\n    1\n    """\n    return 1\n'
    (module.parent / "ones.py").write_text(text)
    assert [each.name for each in read_folder(module.parent)] == [
        "one",
        "cone_volume",
        "most_common",
    ]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("    return 1\n", "one has no request .*bad.py:1"),
        ('    """Give one."""\n', "one has no example"),
        ('    """Give one.\n\n    >>> one() + 1\n    2\n    """\n', "one has no example"),
        ('    """Give one.\n\n    >>> one(\n    2\n    """\n', "one has no example"),
    ],
)
def test_a_function_that_cannot_be_asked_for_or_checked_is_an_error(
    body: str, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.py"
    path.write_text(f"def one() -> int:\n{body}")
    with pytest.raises(ConfigError, match=problem):
        read_module(path)


def test_a_snippet_is_the_same_after_it_was_written_down(module: Path) -> None:
    for snippet in read_module(module):
        assert Snippet.from_record(snippet.record()) == snippet
