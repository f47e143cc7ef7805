"""Small snippets for tests."""

from __future__ import annotations

import math
from typing import Any

from hrm_engine.codegen.library.snippet import Snippet


def snippet(
    name: str,
    parameters: str,
    body: str,
    *texts: str,
    examples: tuple[tuple[tuple[Any, ...], Any], ...] = (),
) -> Snippet:
    """A function `name(parameters)` that returns `body`; `*rest` takes any number."""
    names = tuple(each for each in parameters.split(", ") if each and not each.startswith("*"))
    return Snippet(
        name=name,
        code=f"def {name}({parameters}):\n    return {body}\n",
        texts=texts or (name,),
        parameters=names,
        least=len(names),
        most=math.inf if "*" in parameters else len(names),
        written=tuple((repr(given), repr(result)) for given, result in examples),
        source=f"library:own/{name}",
    )
