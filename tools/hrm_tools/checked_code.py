"""The tool `generate_code` as a Python function, for programs that have it in their own process.

    answer = generate_code("the sum of squares", ["assert f([1, 2]) == 5", ...])
    answer.status, answer.code

A server calls the tool by `invoke`, in a process that can be killed; here nothing but the deadline
ends the search. What is proposed runs in the sandbox either way.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from hrm_engine.errors import TaskError
from hrm_tools.generate_code import (
    TOOL,
    CodeAnswer,
    CodeArguments,
    interpreted,
    shared_fields,
    stages,
    understand,
)
from hrm_tools.validate import InvalidArgumentsError, validate

if TYPE_CHECKING:
    from hrm_engine.codegen.request import Request

Tell = Callable[[str], None]
"""`tell("library")`: which stage is asked now."""


def generate_code(
    spec: str,
    examples: str | list[str] = "",
    signature: str = "",
    budget_ms: int = 5_000,
    *,
    tell: Tell = lambda stage: None,
) -> CodeAnswer:
    """Code for `spec` that was run on the examples before it is returned, or none.

    examples: asserts such as "assert f(2) == 4", in a list or line by line; three distinct ones
    at least, or nothing is called verified. signature: the function's `def` line. budget_ms:
    time to look for it. Raises TaskError for arguments that are wrong and examples that cannot
    be read or contradict each other, SandboxError where no code can be run.
    """
    sent = {
        "spec": spec.strip(),
        "examples": examples,
        "signature": signature,
        "budget_ms": budget_ms,
    }
    try:
        arguments = validate(TOOL, sent)
    except InvalidArgumentsError as error:
        raise TaskError(str(error)) from None
    assert isinstance(arguments, CodeArguments)
    return answer(understand(arguments), arguments.budget_ms / 1e3, tell)


def answer(request: Request, seconds: float, tell: Tell) -> CodeAnswer:
    """The cascade's answer to `request`, found in this process within `seconds`."""
    from hrm_engine.codegen.cascade import generate
    from hrm_engine.codegen.shared_sandbox import shared_sandbox
    from hrm_engine.deadline import Deadline

    sandbox, asked = shared_sandbox(), stages()  # loading does not count as searching
    start = time.perf_counter()
    found = generate(request, asked, sandbox, Deadline.after(seconds), tell)
    return CodeAnswer(
        **shared_fields(found),
        interpreted_as=interpreted(request),
        elapsed_ms=round(1e3 * (time.perf_counter() - start), 2),
    )
