"""The tool `generate_code`: code that was run on the examples before it is returned.

    request, examples ─► read, nothing run ─► contradiction? an error that shows both
              │
              └► cascade (killable process): library, network, searches, executor propose;
                 the sandbox runs; examples decide ─► verified, partial, unverified or none

`verified` needs three distinct examples, all passing, judged outside the process that ran the
code. Read `run` first, then `hrm_engine/codegen/cascade.py`.
"""

from __future__ import annotations

import json
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from hrm_engine.errors import HRMError
from hrm_tools.spec import Answer, Arguments, Context, ToolSpec

if TYPE_CHECKING:
    from hrm_engine.codegen.generated import Generated
    from hrm_engine.codegen.request import Request, Stage
    from hrm_engine.programs.sampler import PlanStep

START_S = 20.0
"""Seconds beyond the budget for a process that loads the library and the network first."""
MOST_MS = 30_000
_SHOWN = 120
_VALUES = 3


def list_as_text(value: object) -> object:
    """A list that came as one: asserts line by line, anything else as its JSON text."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    return json.dumps(value) if isinstance(value, (list, dict)) else value


class CodeArguments(Arguments):
    """What the function should do, and examples that show it."""

    spec: str = Field(
        min_length=1,
        max_length=1_900,
        description="in English, what the function should do",
        examples=["the sum of the numbers that are greater than least"],
    )
    examples: Annotated[str, BeforeValidator(list_as_text)] = Field(
        default="",
        max_length=12_000,
        description="tests with literal values, one a line: `assert f([1, 2], 0) == 3`, a doctest, "
        'or JSON [{"inputs": [[1, 2], 0], "output": 3}]; give at least 3',
        examples=["assert f([1, 5, 7], 4) == 12\nassert f([1], 4) == 0\nassert f([9, 2], 2) == 9"],
    )
    signature: str = Field(
        default="",
        max_length=500,
        description="the function's first line, e.g. def total(numbers, least)",
        examples=["def f(numbers: list[int], least: int) -> int"],
    )
    budget_ms: int = Field(
        default=5_000, ge=100, le=MOST_MS, description="milliseconds to look for it"
    )


class Tests(BaseModel):
    """How the code did on the examples."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    given: int = Field(ge=0, description="examples that were given")
    passed: int = Field(ge=0, description="examples that the code passes")
    distinct: int = Field(ge=0, description="different calls among those given")


class Step(BaseModel):
    """One step of the plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: str = Field(description="what the step computes")
    values: list[str] = Field(description="its value on each of the first examples")


class CodeAnswer(Answer):
    """The answer; `result` is the code, `verified` is true for the status `verified` alone."""

    status: Literal["verified", "partial", "unverified", "none"] = Field(
        description="verified: every example passes, at least 3 distinct ones; partial: every one "
        "of fewer, or some; unverified: there was nothing to judge by; none: no code"
    )
    code: str | None = Field(description="the function, exactly as it was run; null for none")
    tests: Tests = Field(description="how it did on the examples")
    plan: list[Step] | None = Field(
        default=None, description="its steps with their values; null where it has no plan"
    )
    first_failure: str = Field(default="", description="the first wrong result: - wanted, + found")
    sandbox_level: Literal["namespaces", "landlock", "weak"] = Field(
        description="how strongly the code was locked up when it was run"
    )
    attribution: str = Field(default="", description="whose text the code is, and its licence")


def run(arguments: CodeArguments, context: Context) -> CodeAnswer:
    """Answer one call. Raises TaskError for examples or a signature that cannot be read."""
    start = time.perf_counter()
    request = understand(arguments)
    context.progress(0, 1, "looking for code that passes the examples")
    found: Generated = context.isolated(search, request, arguments.budget_ms / 1000)
    return CodeAnswer(
        **shared_fields(found),
        interpreted_as=interpreted(request),
        elapsed_ms=round(1e3 * (time.perf_counter() - start), 2),
    )


def understand(arguments: CodeArguments) -> Request:
    """The request, its examples read as literals. Raises TaskError."""
    from hrm_engine.codegen.examples import check, read_examples
    from hrm_engine.codegen.request import Request
    from hrm_engine.codegen.source import Signature, read_signature

    wanted = read_signature(arguments.signature) if arguments.signature.strip() else Signature()
    name, examples = read_examples(arguments.examples, wanted.name)
    check(examples)
    return Request(arguments.spec.strip(), name, wanted.text, examples)


def search(request: Request, seconds: float) -> Generated:
    """The cascade; what runs in a killable process. Loading does not count as searching."""
    from hrm_engine.codegen.cascade import generate
    from hrm_engine.codegen.shared_sandbox import shared_sandbox
    from hrm_engine.deadline import Deadline

    sandbox, asked = shared_sandbox(), stages()
    return generate(request, asked, sandbox, Deadline.after(seconds))


@lru_cache(maxsize=1)
def stages() -> tuple[Stage, ...]:
    """The stages of this process, loaded once."""
    from hrm_engine.codegen.stages import default_stages

    return tuple(default_stages(executor()))


def executor() -> Stage | None:
    """The stage that asks the language model of `HRM_EXECUTOR`, if one is set."""
    from hrm_engine.codegen.absent import Absent
    from hrm_engine.codegen.executor import ExecutorStage
    from hrm_engine.codegen.shared_sandbox import shared_sandbox
    from hrm_tools.executors import configured

    try:
        found = configured()
    except HRMError as error:  # the other stages can do without it, and the note says why
        return Absent("executor", error.problem)
    return ExecutorStage(found, sandbox=shared_sandbox()) if found else None


def interpreted(request: Request) -> str:
    """The question as it was understood: what is asked of which function, by which examples."""
    line = request.signature or f"def {request.name}(...)"
    count = len(request.examples)
    shown = request.specification[:_SHOWN]
    return f"{line}: {shown} ({count} example{'s' * (count != 1)})"


def shared_fields(found: Generated) -> dict[str, Any]:
    """The fields of the answer that say what was found and what the examples made of it."""
    verified = {"verified": True, "partial": False}.get(found.status)
    ran = f"{found.passed} of {found.given} examples pass in the sandbox ({found.level})"
    return {
        "result": found.code or None,
        "code": found.code or None,
        "status": found.status,
        "verified": verified,
        "verdict": "verified" if found.status == "verified" else "unverified",
        "method": ran if found.code and found.given else "none",
        "source": found.source,
        "tests": Tests(given=found.given, passed=found.passed, distinct=found.distinct),
        "plan": None if found.plan is None else [_step(each) for each in found.plan],
        "first_failure": found.first_failure,
        "sandbox_level": found.level,
        "candidates": found.candidates,
        "attribution": found.attribution,
        "note": found.note,
    }


def _step(step: PlanStep) -> Step:
    values = [repr(value)[:_SHOWN] for value in step.values[:_VALUES]]
    return Step(words=step.words, values=values)


TOOL = ToolSpec(
    name="generate_code",
    title="Python code",
    description=(
        "Write one Python function and run it on your examples before it is returned. Call it for "
        "a small function whose inputs and outputs you can show; give at least 3 different "
        "examples. `status` says whether all of them passed."
    ),
    input=CodeArguments,
    output=CodeAnswer,
    run=run,
    timeout_s=MOST_MS / 1000 + START_S,
    preload=("hrm_engine.codegen.cascade", "hrm_engine.programs.search.find"),
)
