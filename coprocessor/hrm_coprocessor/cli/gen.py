"""Write code for a prompt: checked by examples, or by a text model of your own.

    hrm gen --prompt "the sum of squares" --example "assert f([1, 2]) == 5" ...
    hrm gen --model runs/adder/adder --prompt "Add 7 to a number." --max 64 --temperature 0.8
    hrm gen --model runs/adder/adder --beams 4 < prompts.txt

Without --model the answer is that of the tool `generate_code`: code is run on the examples before
it is shown, and "none" is an answer. With --model it is a text model's, shown as it comes; what it
writes was neither run nor checked. Without --prompt each line of stdin is one: plain text or, to
give it its own examples, {"prompt": ..., "examples": [...], "signature": ...}.
Exit code 0: each prompt was answered; 1: some were not.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hrm_engine.errors import ConfigError, TaskError

if TYPE_CHECKING:
    from hrm_engine.codegen.text_model import HRMCodeGen

MAX_TOKENS, BUDGET_MS = 256, 5_000
OF_MODELS = ("max", "temperature", "end_temperature", "top_p", "beams", "seed", "device")
OF_THE_TOOL = ("example", "signature", "budget_ms")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm gen`."""
    parser.add_argument("--prompt", help="what to write; without it, one a line from stdin")
    parser.add_argument("--model", help="a text model: a checkpoint's folder, or OWNER/NAME")
    parser.add_argument("--json", action="store_true", help="one JSON object a prompt")
    tool = parser.add_argument_group("without --model")
    text = "such as 'assert f(2) == 4'; may be repeated, and three are needed for a tick"
    tool.add_argument("--example", action="append", metavar="ASSERT", help=text)
    tool.add_argument("--signature", help="the function's first line: def f(x: int) -> int")
    text = f"milliseconds to look for it ({BUDGET_MS})"
    tool.add_argument("--budget-ms", type=int, help=text)
    model = parser.add_argument_group("with --model")
    model.add_argument("--max", type=int, metavar="N", help=f"tokens at most ({MAX_TOKENS})")
    model.add_argument("--temperature", type=float, metavar="T", help="0 is greedy (0)")
    text = "cool down, or warm up, to this by the last token"
    model.add_argument("--end-temperature", type=float, metavar="T", help=text)
    text = "draw from the fewest tokens of this probability together (1)"
    model.add_argument("--top-p", type=float, metavar="P", help=text)
    text = "beam search: the best of so many, shown when it is done"
    model.add_argument("--beams", type=int, metavar="B", help=text)
    model.add_argument("--seed", type=int, help="of what is drawn (0)")
    model.add_argument("--device", help="auto, cpu, cuda or mps (auto)")


def run(args: argparse.Namespace) -> int:
    """Answer each prompt. Raises ConfigError when there is none, or an option does not apply."""
    others, mode = (OF_THE_TOOL, "with") if args.model else (OF_MODELS, "without")
    for name in others:
        if getattr(args, name) is not None:
            option = "--" + name.replace("_", "-")
            raise ConfigError(f"{option} does not apply {mode} --model", hint="hrm gen --help")
    answer = _Model(args).answer if args.model else _Checked(args).answer
    failed = asked = 0
    for asked, question in enumerate(_questions(args), start=1):
        try:
            failed += not answer(question)
        except (TaskError, ConfigError) as error:
            if args.prompt is not None:
                raise
            print(f"error: prompt {asked}: {error.problem}", file=sys.stderr)
            failed += 1
    if not asked:
        raise ConfigError("there is no prompt", hint='hrm gen --prompt "the sum of squares"')
    return int(failed > 0)


def _questions(args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Each prompt with what belongs to it alone."""
    if args.prompt is not None:
        yield {"prompt": args.prompt}
        return
    if sys.stdin.isatty():
        return
    for line in sys.stdin:
        if line.strip():
            yield _question(line.strip())


def _question(line: str) -> dict[str, Any]:
    if not line.startswith("{"):
        return {"prompt": line}
    try:
        found = json.loads(line)
        return {**found, "prompt": str(found["prompt"])}
    except (ValueError, KeyError):
        return {"prompt": line}  # text may begin with a brace


class _Model:
    """A text model that answers as it goes."""

    def __init__(self, args: argparse.Namespace) -> None:
        from hrm_engine.codegen.text_model import HRMCodeGen

        self.args = args
        self.model: HRMCodeGen = HRMCodeGen.from_pretrained(args.model, args.device or "auto")

    def answer(self, question: dict[str, Any]) -> bool:
        """Show what follows the prompt."""
        start = time.perf_counter()
        texts = self._beams(question["prompt"]) if self.args.beams else self._text(question)
        if self.args.json:
            seconds = round(time.perf_counter() - start, 3)
            row = {"prompt": question["prompt"], "text": texts[0], "seconds": seconds}
            more = {"beams": texts} if self.args.beams else {}
            print(json.dumps(row | more | {"checked": False}, ensure_ascii=False), flush=True)
        return True

    def _text(self, question: dict[str, Any]) -> list[str]:
        args, parts = self.args, []
        stream = self.model.stream(
            question["prompt"],
            MAX_TOKENS if args.max is None else args.max,
            _temperature(args),
            1.0 if args.top_p is None else args.top_p,
            seed=args.seed or 0,
        )
        for piece in stream:
            parts.append(piece)
            if not args.json:
                print(piece, end="", flush=True)
        if not args.json:
            print()
        return ["".join(parts)]

    def _beams(self, prompt: str) -> list[str]:
        tokens = MAX_TOKENS if self.args.max is None else self.args.max
        texts = self.model.beam_search(prompt, tokens, self.args.beams)
        if not self.args.json:
            print(texts[0])
        return texts


def _temperature(args: argparse.Namespace) -> Any:
    from hrm_engine.inference.sampling import schedule

    start = args.temperature or 0.0
    return (
        start if args.end_temperature is None else schedule("linear", start, args.end_temperature)
    )


class _Checked:
    """The tool's cascade, which says on stderr whom it asks."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args

    def answer(self, question: dict[str, Any]) -> bool:
        """Show the code with what the examples made of it."""
        from hrm_coprocessor.cli.show import show_json, show_outcome
        from hrm_tools.checked_code import generate_code
        from hrm_tools.spec import Outcome

        found = generate_code(
            question["prompt"],
            question.get("examples") or self.args.example or "",
            question.get("signature") or self.args.signature or "",
            BUDGET_MS if self.args.budget_ms is None else self.args.budget_ms,
            tell=self._tell,
        )
        outcome = Outcome("ok", "", found.model_dump(mode="json"))
        (show_json if self.args.json else show_outcome)(outcome)
        return found.code is not None

    def _tell(self, stage: str) -> None:
        if not self.args.json:
            print(f"... {stage}", file=sys.stderr, flush=True)
