"""Several processes train as one would with the larger batch, and leave the same files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from hrm_engine.errors import ConfigError, TrainingError
from hrm_engine.export.checkpoint import load_checkpoint
from hrm_engine.train.distributed import ALONE, Setting, World, joined
from hrm_engine.train.precision import choose_machine
from hrm_engine.train.state import load_state, newest
from tests.engine.train.two_processes import OPTIMISERS, STEPS, config_of, run

ROOT = Path(__file__).parents[3]
LAUNCHED = ("RANK", "WORLD_SIZE", "LOCAL_RANK", "MASTER_ADDR", "MASTER_PORT")


def losses(out: Path) -> list[float]:
    rows = map(json.loads, (out / "metrics.jsonl").read_text().splitlines())
    return [row["loss"] for row in rows if "loss" in row]


def weights(out: Path) -> dict[str, torch.Tensor]:
    return load_checkpoint(out / "toy").model.state_dict()


def state(out: Path) -> dict[str, torch.Tensor]:
    found = newest(out)
    assert found is not None
    return load_state(found)[1]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the runs that two processes made together."""
    folder = tmp_path_factory.mktemp("two")
    program = ROOT / "tests/engine/train/two_processes.py"
    launch = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]
    environment = {
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *(str(ROOT / p) for p in ("tools", "agents"))]),
    }
    done = subprocess.run(
        [*launch, "--standalone", str(program), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={k: v for k, v in os.environ.items() if k not in LAUNCHED} | environment,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return folder


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the same runs, made by this process with the doubled batch."""
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("one")
    for name in OPTIMISERS:
        run(config_of(name, folder / name, 1), ALONE)
    return folder


@pytest.mark.slow
@pytest.mark.requirement("EN-10")
@pytest.mark.parametrize("name", OPTIMISERS)
def test_two_processes_are_one_with_the_doubled_batch(both: Path, one: Path, name: str) -> None:
    assert losses(both / name) == pytest.approx(losses(one / name), abs=1e-5)
    assert len(losses(both / name)) == STEPS
    mine, theirs = weights(one / name), weights(both / name)
    assert mine.keys() == theirs.keys()
    for key, value in mine.items():
        assert torch.allclose(value, theirs[key], atol=1e-5), key


@pytest.mark.slow
@pytest.mark.parametrize("name", OPTIMISERS)
def test_the_files_of_two_processes_are_those_of_one(both: Path, one: Path, name: str) -> None:
    files = [
        sorted(p.relative_to(f / name).as_posix() for p in (f / name).rglob("*") if p.is_file())
        for f in (both, one)
    ]
    assert files[0] == files[1]
    shapes = [
        {k: v.shape for k, v in state(f / name).items() if not k.startswith("form")}
        for f in (both, one)
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", OPTIMISERS)
def test_one_process_goes_on_with_the_run_of_two(
    both: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    steps = STEPS + 3
    run(config_of(name, tmp_path / "whole", 1, train__steps=steps), ALONE)
    shutil.copytree(both / name, tmp_path / "parts")
    # Pools keep their size, so that their numbers keep their meaning: two batches a step.
    again = config_of(name, tmp_path / "parts", 2, train__steps=steps, train__accumulate=2)
    run(again, ALONE, resume=True)
    assert "changed: processes 2 -> 1" in capsys.readouterr().err
    whole, parts = losses(tmp_path / "whole"), losses(tmp_path / "parts")
    assert len(parts) == steps
    if "sequence" in name:  # what grids had carried begins anew
        assert parts == pytest.approx(whole, abs=1e-5)


@pytest.mark.slow
def test_a_run_of_two_processes_resumes_exactly(both: Path) -> None:
    assert losses(both / "pieces") == losses(both / "grid-ddp")
    mine, theirs = weights(both / "pieces"), weights(both / "grid-ddp")
    assert all(torch.equal(mine[key], theirs[key]) for key in mine)


@pytest.mark.slow
def test_ctrl_c_in_one_process_stops_both_at_one_step_and_saves_once(both: Path) -> None:
    said = [(both / f"result-{rank}").read_text() for rank in (0, 1)]
    assert said[0] == said[1]
    assert said[0].startswith("interrupted ")
    found = newest(both / "interrupted")
    assert found is not None
    assert int(found.name) == int(said[0].split()[1])


def test_shares_of_the_pools_are_disjoint_and_complete() -> None:
    for size in (1, 2, 3):
        shares = [World(rank, size).share(lambda index: index) for rank in range(size)]
        drawn = [share(index) for share in shares for index in range(12 // size)]
        assert sorted(drawn) == list(range(12))


def test_random_numbers_differ_between_processes_and_not_between_runs() -> None:
    assert ALONE.seed(7) == 7
    assert World(1, 2).seed(7) == World(1, 4).seed(7) != 7


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> None:
    """As torchrun starts a run of a single process."""
    for name, value in zip(LAUNCHED, ("0", "1", "0", "127.0.0.1", "0"), strict=True):
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("launched")
@pytest.mark.parametrize("name", ["grid-ddp", "grid-fsdp", "sequence-fsdp"])
def test_a_single_process_under_torchrun_trains_as_without(tmp_path: Path, name: str) -> None:
    torch.set_num_threads(1)
    kind: Any = name.split("-")[1]
    run(config_of(name, tmp_path / "alone", 1), ALONE)
    with joined(kind, "cpu") as world:
        assert (world.size, world.kind) == (1, kind)
        run(config_of(name, tmp_path / "here", 1, train__max_minutes=1e-9), world)
        run(config_of(name, tmp_path / "here", 1, train__accumulate=1), world, resume=True)
    assert losses(tmp_path / "here") == pytest.approx(losses(tmp_path / "alone"), abs=1e-6)


@pytest.mark.usefixtures("launched")
def test_a_process_that_lost_another_says_where_to_look() -> None:
    with (
        pytest.raises(TrainingError, match=r"process 0 has lost another[\s\S]*first error above"),
        joined("ddp", "cpu"),
    ):
        raise RuntimeError("[gloo/transport/tcp/pair.cc:534] Connection closed by peer")


@pytest.mark.usefixtures("launched")
def test_another_error_is_not_called_a_lost_process() -> None:
    with pytest.raises(RuntimeError, match="of another kind"), joined("ddp", "cpu"):
        raise RuntimeError("of another kind")


@pytest.mark.usefixtures("launched")
def test_one_process_of_torchrun_is_alone_unless_told_otherwise() -> None:
    with joined("auto") as world:
        assert world is ALONE


@pytest.mark.parametrize("setting", ["ddp", "fsdp"])
def test_asking_for_processes_without_torchrun_says_how_to_start(
    monkeypatch: pytest.MonkeyPatch, setting: Setting
) -> None:
    monkeypatch.delenv("RANK", raising=False)
    with (
        pytest.raises(ConfigError, match=r"needs torchrun[\s\S]*--nproc-per-node"),
        joined(setting),
    ):
        pass


def test_turning_it_off_under_torchrun_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(ConfigError, match=r"off, but torchrun started 2"), joined("off"):
        pass


def test_fsdp_and_float16_do_not_go_together(tmp_path: Path) -> None:
    config = config_of("grid-fsdp", tmp_path, 1, train__precision="fp16")
    with pytest.raises(ConfigError, match="precision: bf16"):
        choose_machine(config.train, World(kind="fsdp"))
