"""The frame of the command line: help, errors, exit codes, completion."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from hrm_agents.errors import MissingPackageError, ToolServerError
from hrm_coprocessor import cli
from hrm_coprocessor.cli import VERBS, build_parser, main
from hrm_coprocessor.extras import EXTRAS, install_command, missing_extra, missing_modules
from hrm_engine.errors import ConfigError, MissingExtraError


def hrm(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        [sys.executable, "-m", "hrm_coprocessor", *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | path | environment,
    )


def test_help_lists_every_verb_with_its_line() -> None:
    shown = hrm("--help")
    assert shown.returncode == 0
    for verb, line in VERBS.items():
        assert verb in shown.stdout
        assert line in shown.stdout


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\nfrom hrm_coprocessor.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('torch','numpy','pydantic','mcp','rich','sympy') if m in sys.modules])"
    )
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | path,
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    shown = capsys.readouterr().out
    assert ended.value.code == 0
    assert shown.startswith(f"usage: hrm {verb}")
    assert len(shown.splitlines()) > 6


def test_without_a_verb_the_help_is_shown_and_the_usage_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 2
    assert "verbs:" in capsys.readouterr().out


def test_an_unknown_verb_is_wrong_usage() -> None:
    shown = hrm("chatt")
    assert shown.returncode == 2
    assert "invalid choice: 'chatt'" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_the_version_is_that_of_the_package() -> None:
    shown = hrm("--version")
    assert shown.returncode == 0
    assert shown.stdout.startswith("hrm 0.")


@pytest.mark.parametrize(
    ("error", "code", "shown"),
    [
        (ConfigError("no such file", hint="make one"), 1, "error: no such file\nhint: make one\n"),
        (ConfigError("wrong"), 1, "error: wrong\n"),
        (MissingExtraError("no torch", hint="pip"), 3, "error: no torch\nhint: pip\n"),
        (ToolServerError("it is down", "start it"), 3, "error: it is down\nhint: start it\n"),
        (
            MissingPackageError("llama_cpp", "agent"),
            3,
            "error: the package `llama_cpp` is not installed\n"
            'hint: pip install "hrm-coprocessor[agent]"\n',
        ),
        (
            ModuleNotFoundError("no torch", name="torch.nn"),
            3,
            "error: this needs the package `torch`, which is not installed\n"
            "hint: pip install 'hrm-coprocessor[engine]'\n",
        ),
        (KeyboardInterrupt(), 130, "interrupted\n"),
    ],
)
def test_an_error_is_shown_as_a_problem_and_a_hint_with_its_exit_code(
    error: BaseException,
    code: int,
    shown: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(_: argparse.Namespace) -> int:
        raise error

    verb = SimpleNamespace(__doc__="", add_arguments=lambda parser: None, run=run)
    monkeypatch.setattr(cli, "_module", lambda name: verb)
    assert main(["doctor"]) == code
    assert capsys.readouterr().err == shown


def test_a_missing_module_of_nobodys_is_a_bug_and_stays_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run(_: argparse.Namespace) -> int:
        raise ModuleNotFoundError("no module", name="hrm_engine.nothing")

    verb = SimpleNamespace(__doc__="", add_arguments=lambda parser: None, run=run)
    monkeypatch.setattr(cli, "_module", lambda name: verb)
    with pytest.raises(ModuleNotFoundError):
        main(["doctor"])


def test_a_reader_that_leaves_early_is_no_error() -> None:
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    program = f"{sys.executable} -m hrm_coprocessor models presets --json | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | path,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("line", "expected"),
    [("hrm doc", "doctor"), ("hrm serve --allow", "--allow-host"), ("hrm tool --js", "--json")],
)
def test_the_shell_completes_verbs_and_their_options(
    line: str, expected: str, tmp_path: Path
) -> None:
    asked = {"_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line))}
    done = hrm(**asked, _ARGCOMPLETE_STDOUT_FILENAME=str(tmp_path / "completions"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "completions").read_text().strip() == expected


def test_completion_is_offered_to_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    import argcomplete

    asked: list[argparse.ArgumentParser] = []
    monkeypatch.setenv("COMP_LINE", "hrm ")
    monkeypatch.setenv("_ARGCOMPLETE", "1")
    monkeypatch.setattr(argcomplete, "autocomplete", asked.append)
    assert main([]) == 2
    assert len(asked) == 1


def test_more_is_logged_when_asked_for() -> None:
    args = build_parser("models").parse_args(["-v", "models", "presets"])
    assert args.verbose == 1
    assert build_parser("models").parse_args(["models", "-vv"]).verbose == 2


@pytest.mark.parametrize("extra", EXTRAS)
def test_every_module_of_an_extra_leads_to_its_install_command(extra: str) -> None:
    for module in EXTRAS[extra]:
        error = missing_extra(ModuleNotFoundError("", name=module))
        assert error is not None
        assert error.hint == install_command(extra)
    assert missing_modules(extra) == []


def test_a_module_that_is_not_there_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXTRAS, "litellm", ("litellm", "no_such_module"))
    assert missing_modules("litellm") == ["no_such_module"]
    assert missing_extra(ModuleNotFoundError("")) is None
