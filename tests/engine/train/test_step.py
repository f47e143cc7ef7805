"""One step: accumulation, clipping, precision, and only answers are learned."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import torch
from torch.nn.functional import cross_entropy

from hrm_engine.data.batching import Batch, arrays
from hrm_engine.errors import TrainingError
from hrm_engine.train.optimisers import build
from hrm_engine.train.precision import choose_machine
from hrm_engine.train.sequence_loss import Loss
from hrm_engine.train.settings import TrainConfig
from hrm_engine.train.step import Stepper, Work
from tests.engine.train.toy import Reverse, reverse, settings, toy_model


def batch(first: int, last: int) -> Batch:
    drawn = Reverse(9).pool(1, 0, 12)[first:last]
    return arrays([[e] for e in drawn], 20).tensors()


def work(loss: Loss, batches: list[Batch]) -> Work:
    learned = sum(b.learned for b in batches)
    return Work([partial(loss, b) for b in batches], learned, 0)


def stepped(
    tmp_path: Path, batches: list[Batch], clip: float = 1e9
) -> tuple[dict[str, torch.Tensor], float, float]:
    config = settings(tmp_path, train__lr=0.01)
    model = toy_model(config)
    stepper = Stepper(model, build(model, config.train), choose_machine(config.train), clip)
    result = stepper.step(work(Loss(model), batches))
    return model.state_dict(), float(result.loss), float(result.norm)


def test_accumulating_small_batches_equals_one_large_batch(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    one = stepped(tmp_path, [batch(0, 12)])
    # Cut unevenly, so that a mean of means would be wrong.
    many = stepped(tmp_path, [batch(0, 1), batch(1, 9), batch(9, 12)])
    assert many[1:] == pytest.approx(one[1:], rel=1e-5)
    assert all(torch.allclose(one[0][n], many[0][n], atol=1e-5) for n in one[0])


def test_the_loss_is_the_mean_over_answer_tokens_alone(tmp_path: Path) -> None:
    config = settings(tmp_path)
    model = toy_model(config).eval()
    example = reverse([3, 1, 4])
    tokens = torch.tensor([example.tokens])
    mask = torch.ones(8, 8).tril().bool()
    mask[:4, :4] = True
    with torch.no_grad():
        logits = model(tokens, mask=mask[None, None])
        total = Loss(model)(arrays([[example]], 10).tensors())
    assert float(total) == pytest.approx(
        float(cross_entropy(logits[0, 3:7], tokens[0, 4:8], reduction="sum")), rel=1e-5
    )


def test_clipping_limits_the_step_but_reports_the_whole_norm(tmp_path: Path) -> None:
    free, tight = (stepped(tmp_path, [batch(0, 12)], clip) for clip in (1e9, 1e-9))
    assert tight[2] == pytest.approx(free[2])
    before = toy_model(settings(tmp_path)).state_dict()
    moved = [
        max(float((state[n] - before[n]).abs().max()) for n in before)
        for state in (free[0], tight[0])
    ]
    assert moved[1] < moved[0]


@pytest.mark.requirement("EN-2")
def test_bfloat16_on_request_stays_near_float32(tmp_path: Path) -> None:
    sizes = {"preset": "hrm_text", "vocab": 12, "width": 32, "heads": 2, "layers": 1, "ff": 32}
    losses = []
    for precision in ("bf16", "fp32"):
        config = settings(tmp_path, train__precision=precision, model=sizes)
        model = toy_model(config)
        stepper = Stepper(model, build(model, config.train), choose_machine(config.train), 1.0)
        losses.append(float(stepper.step(work(Loss(model), [batch(0, 12)])).loss))
        assert {p.dtype for p in model.parameters()} == {torch.float32}
    assert losses[0] != losses[1]
    assert losses[0] == pytest.approx(losses[1], rel=0.02)


def test_a_cpu_trains_in_float32_uncompiled_by_default() -> None:
    machine = choose_machine(TrainConfig(steps=300, out=Path("x"), device="cpu", threads=1))
    assert (machine.device.type, machine.dtype, machine.compiled) == ("cpu", torch.float32, False)
    assert torch.get_num_threads() == 1


def test_float16_scales_the_loss_and_nothing_else_does() -> None:
    chosen = [
        choose_machine(TrainConfig(steps=300, out=Path("x"), device="cpu", precision=p))
        for p in ("fp16", "bf16", "fp32")
    ]
    assert [m.scaler().is_enabled() for m in chosen] == [True, False, False]


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device here")
def test_a_device_that_is_not_there_is_an_error() -> None:
    with pytest.raises(TrainingError, match=r"no cuda device here[\s\S]*train.device: auto"):
        choose_machine(TrainConfig(steps=300, out=Path("x"), device="cuda"))


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
@pytest.mark.parametrize("mode", ["sorted", "packed"])
def test_a_gpu_run_in_bfloat16_compiled_learns(tmp_path: Path, mode: str) -> None:
    from hrm_engine.train.trainer import Trainer

    config = settings(
        tmp_path,
        train__device="cuda",
        train__steps=60,
        train__log_every=10,
        data__mode=mode,
        train__warmup=5,
    )
    result = Trainer(toy_model(config), Reverse(distinct=32), config).fit()
    assert result["loss"] < 1.5
