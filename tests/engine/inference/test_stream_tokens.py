"""A stream gives what `generate` gives, on the way."""

from __future__ import annotations

import pytest
import torch

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError
from hrm_engine.inference.generate import generate
from hrm_engine.inference.sampling import Greedy, Sampler, TopP
from hrm_engine.inference.stream_tokens import stream_tokens
from hrm_engine.model.build import build_model
from hrm_engine.model.presets import size
from hrm_engine.model.sequence import SequenceModel

PROMPT = [3, 1, 4, 1, 5]


@pytest.fixture(scope="module")
def model() -> SequenceModel:
    torch.manual_seed(0)
    made = build_model(size("hrm_text-tiny", vocab=16, context=12, width=16, ff=32))
    assert isinstance(made, SequenceModel)
    return made.eval()


@pytest.mark.requirement("SD-1")
@pytest.mark.parametrize("sampler", [Greedy(), TopP(0.9, 1.5)], ids=["greedy", "top_p"])
@pytest.mark.parametrize("max_new", [1, 5, 40])
def test_the_tokens_are_those_of_generate(
    model: SequenceModel, sampler: Sampler, max_new: int
) -> None:
    for end in (-1, 7):
        asked = {"max_new": max_new, "end_token": end}
        (whole,) = generate(
            model, [PROMPT], sampler, generator=torch.Generator().manual_seed(5), **asked
        )
        source = torch.Generator().manual_seed(5)
        parts = stream_tokens(model, PROMPT, sampler, generator=source, **asked)
        assert list(parts) == whole


def test_the_deadline_is_asked_before_every_token(model: SequenceModel) -> None:
    deadline = Deadline.never()
    stream = stream_tokens(model, PROMPT, Greedy(), max_new=9, end_token=-1, deadline=deadline)
    next(stream)
    deadline.cancel()
    with pytest.raises(DeadlineError):
        next(stream)
