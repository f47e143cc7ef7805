"""`hrm gen`: a text model that streams, or the cascade that checks."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hrm_coprocessor.cli import main
from hrm_engine.codegen.text_model import HRMCodeGen
from tests.engine.codegen.text_toy import PROMPT, toy_model

Captured = pytest.CaptureFixture[str]
SQUARES = ("assert f([1, 2]) == 5", "assert f([3]) == 9", "assert f([]) == 0")
EXAMPLES = [word for example in SQUARES for word in ("--example", example)]
PATIENT = ["--budget-ms", "30000"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> tuple[HRMCodeGen, str]:
    """A model and its folder."""
    folder = tmp_path_factory.mktemp("toy")
    made = toy_model(folder)
    return made, str(made.save_checkpoint(folder / "saved"))


def feed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


@pytest.mark.requirement("SD-6")
def test_a_model_s_text_follows_the_prompt(model: tuple[HRMCodeGen, str], capsys: Captured) -> None:
    made, folder = model
    asked = ["--temperature", "1.2", "--top-p", "0.9", "--seed", "3", "--device", "cpu"]
    assert main(["gen", "--model", folder, "--prompt", PROMPT, "--max", "9", *asked]) == 0
    assert capsys.readouterr().out == made.generate_code(PROMPT, 9, 1.2, 0.9, seed=3) + "\n"


@pytest.mark.requirement("SD-6")
def test_text_is_shown_as_it_comes(model: tuple[HRMCodeGen, str]) -> None:
    shown: list[str] = []

    class Screen(io.StringIO):
        def write(self, text: str) -> int:
            shown.append(text)
            return len(text)

    made, folder = model
    screen, before = Screen(), sys.stdout
    sys.stdout = screen
    try:
        assert main(["gen", "--model", folder, "--prompt", PROMPT, "--max", "9"]) == 0
    finally:
        sys.stdout = before
    pieces = list(made.stream(PROMPT, 9))
    assert [text for text in shown if text] == [*filter(None, pieces), "\n"]


@pytest.mark.requirement("SD-6")
def test_each_line_of_stdin_is_a_prompt(
    model: tuple[HRMCodeGen, str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, folder = model
    feed('Add 3.\n\n{"prompt": "Add 4."}\n{no JSON\n', monkeypatch)
    assert main(["gen", "--model", folder, "--max", "5", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["prompt"] for row in rows] == ["Add 3.", "Add 4.", "{no JSON"]
    for row in rows:
        assert row["text"] == made.generate_code(row["prompt"], 5)
        assert row["checked"] is False
        assert row["seconds"] >= 0


def test_a_wrong_prompt_among_others_is_named_and_the_others_are_answered(
    model: tuple[HRMCodeGen, str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(f"Add 3.\n{'x' * 3000}\nAdd 4.\n", monkeypatch)
    assert main(["gen", "--model", model[1], "--max", "2", "--json"]) == 1
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 2
    assert shown.err == "error: prompt 2: the prompt has 3,000 characters\n"


@pytest.mark.requirement("SD-6")
def test_beams_show_the_best_and_json_tells_them_all(
    model: tuple[HRMCodeGen, str], capsys: Captured
) -> None:
    made, folder = model
    expected = made.beam_search(PROMPT, 4, 3)
    command = ["gen", "--model", folder, "--prompt", PROMPT, "--max", "4", "--beams", "3"]
    assert main(command) == 0
    assert capsys.readouterr().out == expected[0] + "\n"
    assert main([*command, "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["beams"] == expected
    assert row["text"] == expected[0]


def test_the_temperature_may_change_on_the_way(
    model: tuple[HRMCodeGen, str], capsys: Captured
) -> None:
    made, folder = model
    command = ["gen", "--model", folder, "--prompt", PROMPT, "--max", "9", "--end-temperature"]
    assert main([*command, "0"]) == 0
    assert capsys.readouterr().out == made.generate_code(PROMPT, 9) + "\n"


@pytest.mark.slow
@pytest.mark.requirement("SD-6")
def test_without_a_model_the_answer_is_checked_and_the_stages_are_told(capsys: Captured) -> None:
    prompt = ["--prompt", "the sum of the squares of the numbers"]
    assert main(["gen", *prompt, *EXAMPLES, *PATIENT]) == 0
    shown = capsys.readouterr()
    assert "def f(" in shown.out
    assert "verified (3 of 3 examples pass" in shown.out
    assert "... enumeration" in shown.err or "... library" in shown.err


@pytest.mark.slow
def test_a_line_may_bring_its_own_examples(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"prompt": "the squares, summed", "examples": SQUARES, "signature": "def f(numbers)"}
    feed(json.dumps(asked) + "\n", monkeypatch)
    assert main(["gen", "--json", *PATIENT]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["status"] == "verified"
    assert "def f(numbers" in row["code"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--prompt", "x", "--temperature", "1"], "--temperature does not apply without --model"),
        (["--model", "m", "--prompt", "x", "--example", "e"], "--example does not apply with"),
        (["--model", "none", "--prompt", "x"], "no checkpoint `none`"),
        (["--prompt", " "], "spec: string should have at least 1 character"),
    ],
)
def test_what_does_not_fit_together_is_one_error(
    words: list[str], said: str, capsys: Captured
) -> None:
    assert main(["gen", *words]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("error: ")
    assert said in shown


def test_without_any_prompt_the_hint_shows_one(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO("nobody types")
    terminal.isatty = lambda: True  # type: ignore[method-assign]  # what a terminal answers
    for stdin in (io.StringIO(""), terminal):
        monkeypatch.setattr(sys, "stdin", stdin)
        assert main(["gen"]) == 1
        assert "hint: hrm gen --prompt" in capsys.readouterr().err


def run(program: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line under the name of `program`."""
    program.write_text("import sys\nfrom hrm_coprocessor.cli import main\nsys.exit(main())\n")
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        [sys.executable, str(program), *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | path | environment,
    )


@pytest.mark.requirement("SD-6")
def test_the_program_is_called_what_it_was_started_as(tmp_path: Path) -> None:
    shown = run(tmp_path / "hrm-codegen", "gen", "--help")
    assert shown.stdout.startswith("usage: hrm-codegen gen")
    assert run(tmp_path / "other", "--help").stdout.startswith("usage: hrm ")
    shown = run(tmp_path / "hrm-codegen", "--help")
    for verb in ("train", "eval", "gen", "data", "bench", "export"):
        assert f"    {verb}" in shown.stdout
    assert "hrm-codegen VERB --help" in shown.stdout
    shown = run(tmp_path / "hrm-codegen", "benchmark", "--help")
    assert shown.stdout.startswith("usage: hrm-codegen benchmark")


@pytest.mark.requirement("SD-6")
def test_the_shell_completes_the_options_of_gen(tmp_path: Path) -> None:
    line = "hrm-codegen gen --temp"
    asked = {"_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line))}
    out = {"_ARGCOMPLETE_STDOUT_FILENAME": str(tmp_path / "completions")}
    assert run(tmp_path / "hrm-codegen", **asked, **out).returncode == 0
    assert (tmp_path / "completions").read_text().strip() == "--temperature"


@pytest.mark.requirement("SD-6")
def test_the_log_may_be_json_for_every_verb(tmp_path: Path) -> None:
    program = tmp_path / "hrm"
    words = ("-v", "--log-format", "json", "models", "presets", "--json")
    assert json.loads(run(program, *words).stdout)
    log = tmp_path / "log.py"
    log.write_text(
        "import argparse, logging\nfrom hrm_coprocessor import cli\n"
        "cli._set_up_logging(argparse.Namespace(verbose=1, log_lines='json'))\n"
        "logging.getLogger('x').info('hello')\n"
    )
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, str(log)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | path,
    )
    assert json.loads(done.stderr)["message"] == "hello"


@pytest.mark.requirement("SD-6")
def test_benchmark_is_bench_and_times_a_text_model(
    model: tuple[HRMCodeGen, str], capsys: Captured
) -> None:
    asked = ["--model", model[1], "--seq-len", "8", "--batch-size", "2"]
    assert main(["benchmark", *asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["batch_size"] == 2
    assert main(["bench", *asked]) == 0
    assert "write tokens per second" in capsys.readouterr().out
    assert main(["bench", "--seq-len", "8"]) == 1
    assert "hint: add --model FOLDER" in capsys.readouterr().err


@pytest.mark.requirement("SD-6")
def test_raw_json_becomes_tokens(tmp_path: Path, capsys: Captured) -> None:
    raw, out = tmp_path / "raw.json", tmp_path / "train.bin"
    raw.write_text('[{"prompt": "Add.", "completion": "def add(a, b): ..."}]')
    command = ["data", "raw", "--import", str(raw), "--out", str(out)]
    assert main(command) == 0
    assert capsys.readouterr().out.startswith("wrote 1 records, ")
    tokenizer = ["--tokenizer", str(tmp_path / "train.tokenizer.json")]
    assert main([*command, *tokenizer, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 1
    assert main(["data", "raw", "--out", str(out)]) == 1
    assert "hint: add --import RAW.json" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.requirement("SD-6")
def test_a_text_model_is_exported_for_other_programs(
    model: tuple[HRMCodeGen, str], tmp_path: Path, capsys: Captured
) -> None:
    assert main(["export", "onnx", model[1], str(tmp_path / "exported")]) == 0
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'exported' / 'model.onnx'}: ")
    assert main(["export", "onnx", model[1], str(tmp_path), "--int8"]) == 1
    assert "is a sequence model; ONNX holds grid models" in capsys.readouterr().err
