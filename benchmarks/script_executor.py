"""Write a script for the scripted executor: reference solutions of MBPP, spoilt at set rates.

    python benchmarks/script_executor.py --out script.jsonl --right 0.5 --replies 12

It stands in for a language model where there is none, to measure the pipeline around one. It is
no model and says nothing of one. The tasks are MBPP's validation and training splits, never the
test split. How likely a reply is right differs by task (a beta distribution with mean `--right`):
some tasks are hard. A wrong reply has one of the faults of `FAULTS`; a spoilt program may still
be right, which the judge decides. Words and fences stand around most replies.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import warnings
from pathlib import Path

from hrm_engine.evaluation.mbpp import MbppTask, read_tasks, split

DATA = Path(__file__).parent / "data" / "mbpp.jsonl"
SPREAD = 1.0
"""How alike the tasks are: the sum of the beta distribution's parameters."""
FAULTS = {"operator": 0.35, "off by one": 0.35, "constant": 0.1, "syntax": 0.1, "unfinished": 0.1}
"""How often each fault is chosen; where a program offers no place for it, `constant` is."""
PLAIN = 0.3
"""Share of replies that are code and nothing else."""
WORDS = (
    "Sure! Here is a function that does it:\n\n```python\n{code}\n```\n\nIt works as you asked.",
    "```python\n{code}\n\nprint({name})\n```\n",
    "Here it is.\n\n```\n{code}\n```\nExample:\n```python\nassert {name} is not None\n```",
    "{code}\n\nThis function solves the task.",
    "<think>I need {name}.</think>\n```py\n{code}\n```",
)
_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.FloorDiv,
    ast.FloorDiv: ast.Div, ast.Mod: ast.FloorDiv, ast.Lt: ast.LtE, ast.LtE: ast.Lt,
    ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.And: ast.Or, ast.Or: ast.And, ast.BitXor: ast.BitOr, ast.BitAnd: ast.BitOr,
}  # fmt: skip


def main() -> None:
    """Write one line a task."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--right", type=float, default=0.5, help="mean chance of a right reply")
    parser.add_argument("--replies", type=int, default=12)
    parser.add_argument("--tokens-per-s", type=float, help="take as long as such a model would")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    tasks = read_tasks(args.data)
    with args.out.open("w") as out:
        for task in split(tasks, "validation") + split(tasks, "train"):
            line = {
                "asked": [task.text, f"`{task.name}`"],
                "replies": replies(task, args.right, args.replies, args.seed),
                "tokens_per_s": args.tokens_per_s,
            }
            print(json.dumps(line), file=out)


def replies(task: MbppTask, right: float, count: int, seed: int) -> list[str]:
    """`count` replies to one task, the same for the same seed."""
    draw = random.Random(f"{seed}/{task.id}")  # noqa: S311 - no secret
    chance = draw.betavariate(SPREAD * right, SPREAD * (1 - right))
    return [reply(task, draw.random() < chance, draw) for _ in range(count)]


def reply(task: MbppTask, right: bool, draw: random.Random) -> str:
    """One reply: the reference or a spoilt form of it, perhaps with words around."""
    code = task.reference.strip()
    code = code if right else spoilt(code, task.name, draw)
    if draw.random() < PLAIN:
        return code
    return draw.choice(WORDS).format(code=code, name=task.name)


def spoilt(code: str, name: str, draw: random.Random) -> str:
    """`code` with one fault."""
    (fault,) = draw.choices(list(FAULTS), list(FAULTS.values()))
    if fault == "syntax":
        return code.replace(":", "", 1)
    if fault == "unfinished":
        return code[: draw.randrange(len(code) // 3, len(code))]
    with warnings.catch_warnings(action="ignore"):
        tree = ast.parse(code)
    changed = fault == "operator" and other_operator(tree, draw)
    changed = changed or (fault == "off by one" and off_by_one(tree, draw))
    if changed:
        return ast.unparse(tree)
    return f"{code}\n\n\ndef {name}(*arguments):\n    return {draw.choice(CONSTANTS)}"


CONSTANTS = ("0", "True", "[]", "None", "arguments[0]", "len(arguments[0])")


def other_operator(tree: ast.AST, draw: random.Random) -> bool:
    """Put another operator in one place; whether there was one."""
    places = [
        (node, field, value)
        for node in ast.walk(tree)
        for field, value in ast.iter_fields(node)
        if type(value) in _SWAPS or (isinstance(value, list) and value and type(value[0]) in _SWAPS)
    ]
    if not places:
        return False
    node, field, value = draw.choice(places)
    if isinstance(value, list):
        value[0] = _SWAPS[type(value[0])]()
    else:
        setattr(node, field, _SWAPS[type(value)]())
    return True


def off_by_one(tree: ast.AST, draw: random.Random) -> bool:
    """Add or take 1 from a whole number, or the end of a range or loop; whether there was one."""
    places = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) is int
    ]
    if not places:
        return False
    chosen = draw.choice(places)
    assert isinstance(chosen.value, int)
    chosen.value += draw.choice((-1, 1))
    return True


if __name__ == "__main__":
    main()
