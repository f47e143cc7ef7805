"""One answer token by token, as it comes: what `generate` gives at the end, given on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch

from hrm_engine.deadline import Deadline
from hrm_engine.inference.decoder import Decoder
from hrm_engine.inference.sampling import Sampler
from hrm_engine.model.sequence import SequenceModel


def stream_tokens(
    model: SequenceModel,
    prompt: Sequence[int],
    sampler: Sampler,
    *,
    max_new: int,
    end_token: int,
    generator: torch.Generator | None = None,
    deadline: Deadline | None = None,
) -> Iterator[int]:
    """The tokens of the answer to one prompt, without the end token; as `generate` chooses them.

    Nothing is computed ahead: leaving the loop ends the work. Raises TaskError for an empty
    prompt or one that fills the model's context, DeadlineError.
    """
    deadline = deadline or Deadline.never()
    room = min(max_new, model.config.context - len(prompt))
    decoder = _read(model, prompt, max_new)
    for step in range(room):
        deadline.check()
        with torch.inference_mode():
            uniform = torch.rand(1, generator=generator).to(decoder.logits.device)
            token = int(sampler(decoder.logits, uniform, step / max_new))
        if token == end_token:
            return
        yield token
        if step + 1 < room:
            with torch.inference_mode():
                decoder.step([token])


@torch.inference_mode()
def _read(model: SequenceModel, prompt: Sequence[int], max_new: int) -> Decoder:
    return Decoder(model, [prompt], max_new=max_new, prefix_lm=False)
