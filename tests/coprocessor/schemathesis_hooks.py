"""Loaded by `st run` (see test_openapi.py): what a request that fits the schema may be refused for.

No JSON Schema says which text is an expression, a Sudoku or a maze. So a schema-valid request
may be answered 422, but only because of what its text means: never with the complaint that an
argument does not fit, which would be a lie of the schema. This check stands in for
`positive_data_acceptance`, which takes every 422 for that lie.
"""

from __future__ import annotations

import re

import schemathesis

MISFIT = re.compile(r"^(\w+)(\.\w+)*: ", flags=re.MULTILINE)
"""How `hrm_tools.validate` begins a complaint: with the argument's name."""


@schemathesis.check
def schema_valid_arguments_fit(
    context: schemathesis.CheckContext,
    response: schemathesis.Response,
    case: schemathesis.Case,
) -> None:
    """Fail where the server says that arguments misfit which its schema admits."""
    del context
    valid = case.meta is not None and case.meta.generation.mode.is_positive
    if not valid or response.status_code != 422 or not isinstance(case.body, dict):
        return
    found = MISFIT.search(response.json()["detail"])
    if found and found[1] in case.body:
        raise AssertionError(f"{found[1]} fits the schema, and the server says it does not")
