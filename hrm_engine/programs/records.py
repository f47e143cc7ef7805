"""Sampled problems as records of a data file, and back.

    {"id", "input": {"specification", "signature", "examples"}, "answer": Python,
     "plan", "hidden", "split", "template", "length"}

An example is {"inputs": [...], "output": ...}. A dictionary, which JSON would give text keys, is
written {"counts": [[key, count], ...]}; all other values are JSON as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from hrm_engine.programs.parser import read_python
from hrm_engine.programs.printer import to_python
from hrm_engine.programs.program import Program
from hrm_engine.programs.sampler import Example, PlanStep, ProblemSampler, ProgramProblem
from hrm_engine.programs.splits import Split
from hrm_engine.programs.types import ProgramError, Value, fits


def records(count: int, seed: int, split: Split = "train") -> Iterator[dict[str, Any]]:
    """`count` distinct problems of a split, the same ones for the same seed."""
    return map(to_record, islice(ProblemSampler(seed, split), count))


def to_record(problem: ProgramProblem) -> dict[str, Any]:
    """The problem as plain JSON values."""
    program = problem.program
    return {
        "id": problem.behaviour,
        "input": {
            "specification": problem.specification,
            "signature": signature(program),
            "examples": _written_examples(problem.examples),
        },
        "answer": to_python(program, comments=False, inline=False),
        "plan": [
            {"step": step.statement, "words": step.words, "values": [*map(_write, step.values)]}
            for step in problem.plan
        ],
        "hidden": _written_examples(problem.hidden),
        "split": problem.split,
        "template": problem.template,
        "length": len(program.statements),
    }


def from_record(record: Mapping[str, Any]) -> ProgramProblem:
    """The problem of a record. Raises ProgramError for a record that is none."""
    try:
        program = read_python(record["answer"])
        asked = record["input"]
        return ProgramProblem(
            specification=asked["specification"],
            template=record["template"],
            examples=_read_examples(asked["examples"], program),
            hidden=_read_examples(record["hidden"], program),
            program=program,
            plan=tuple(
                PlanStep(step["step"], step["words"], tuple(map(_read, step["values"])))
                for step in record["plan"]
            ),
            behaviour=record["id"],
            split=record["split"],
        )
    except (KeyError, TypeError) as error:
        raise ProgramError(
            f"the record is no program problem: {type(error).__name__} {error}",
            hint="write data files with `hrm_engine.programs.records.records`",
        ) from None


def signature(program: Program, name: str = "f") -> str:
    """The first line of the printed function."""
    lines = to_python(program, name, comments=False).splitlines()
    return next(line for line in lines if line.startswith("def ")).removesuffix(":")


def _written_examples(examples: Sequence[Example]) -> list[dict[str, Any]]:
    return [
        {"inputs": [*map(_write, each.inputs)], "output": _write(each.output)} for each in examples
    ]


def _read_examples(examples: Sequence[Mapping[str, Any]], program: Program) -> tuple[Example, ...]:
    read = tuple(
        Example(tuple(map(_read, each["inputs"])), _read(each["output"])) for each in examples
    )
    for example in read:
        kinds = (*program.types, program.result)
        if not all(map(fits, (*example.inputs, example.output), kinds)):
            raise ProgramError(f"an example does not fit the program: {example!r:.80}")
    return read


def _write(value: Value) -> Any:
    return {"counts": [list(pair) for pair in value.items()]} if type(value) is dict else value


def _read(value: Any) -> Value:
    return dict(value["counts"]) if type(value) is dict else value
