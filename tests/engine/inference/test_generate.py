"""Batched decoding: the batch is an optimisation and changes no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
import torch

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError, TaskError
from hrm_engine.inference.generate import generate
from hrm_engine.inference.sampling import Temperature, TopP
from hrm_engine.model.build import build_model
from hrm_engine.model.masks import prefix_lm_mask
from hrm_engine.model.presets import size
from hrm_engine.model.sequence import SequenceModel

NAMES = ("hrm_text-tiny", "transformer-tiny")
END = 0
PROMPTS = [[5, 9, 2], [7], [3, 3, 8, 1, 4, 11], [2, 6], [9, 9, 9, 9], [1, 2, 3]]


def make(name: str, context: int = 64) -> SequenceModel:
    torch.manual_seed(3)
    return build_model(size(name, vocab=12, context=context)).eval()


def literal(model: SequenceModel, prompt: list[int], max_new: int, prefix_lm: bool) -> list[int]:
    """Greedy decoding without cache or batch: the whole sequence anew for each token."""
    tokens = list(prompt)
    for _ in range(max_new):
        prefix = torch.tensor([[prefix_lm and i < len(prompt) for i in range(len(tokens))]])
        mask = prefix_lm_mask(torch.ones_like(prefix, dtype=torch.long), prefix)
        with torch.no_grad():
            token = int(model(torch.tensor([tokens]), mask=mask)[0, -1].argmax())
        if token == END:
            break
        tokens.append(token)
    return tokens[len(prompt) :]


@dataclass(frozen=True)
class Counter:
    """A grammar: `length` tokens, alternating between two sets."""

    length: int
    turn: int = 0

    def allowed(self) -> Sequence[int]:
        if self.length == 0:
            return []
        return (1, 2) if self.turn == 0 else (3, 4, 5)

    def advance(self, token: int) -> Counter:
        assert token in self.allowed()
        return Counter(self.length - 1, 1 - self.turn)


@dataclass(frozen=True)
class MayStop:
    """A grammar that allows token 1 for ever, or the end."""

    def allowed(self) -> Sequence[int]:
        return (1, END)

    def advance(self, token: int) -> MayStop:
        return self


@pytest.mark.requirement("EN-2", "EN-4")
@pytest.mark.parametrize("prefix_lm", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_batch_with_cache_gives_the_tokens_of_each_prompt_alone_without(
    name: str, prefix_lm: bool
) -> None:
    model = make(name)
    expected = [literal(model, prompt, 20, prefix_lm) for prompt in PROMPTS]
    found = generate(model, PROMPTS, max_new=20, end_token=END, prefix_lm=prefix_lm)
    assert found == expected
    assert len({len(answer) for answer in found}) > 1  # rows did leave at different times


def test_prompts_of_one_length_need_no_padding_and_give_the_same() -> None:
    model, prompts = make("hrm_text-tiny"), [p for p in PROMPTS if len(p) == 3]
    expected = [literal(model, prompt, 20, prefix_lm=True) for prompt in prompts]
    assert generate(model, prompts, max_new=20, end_token=END, prefix_lm=True) == expected


def test_finished_rows_leave_the_batch() -> None:
    model, widths = make("hrm_text-tiny"), []
    model.embedding.register_forward_hook(lambda _, inputs, __: widths.append(len(inputs[0])))
    grammars = [Counter(n) for n in (1, 4, 2, 4, 3, 1)]
    generate(model, PROMPTS, max_new=9, end_token=END, constraints=grammars)
    assert widths == [6, 4, 3, 2]  # the prompts; then two of the six are done, and so on


def test_an_answer_obeys_its_own_grammar_and_ends_when_it_is_complete() -> None:
    grammars = [Counter(n) for n in (3, 0, 5, 1, 4, 2)]
    found = generate(make("hrm_text-tiny"), PROMPTS, max_new=9, end_token=END, constraints=grammars)
    assert [len(answer) for answer in found] == [3, 0, 5, 1, 4, 2]
    for answer in found:
        assert all(t in ((1, 2), (3, 4, 5))[i % 2] for i, t in enumerate(answer))


def test_a_grammar_may_leave_the_end_to_the_model() -> None:
    answers = generate(
        make("hrm_text-tiny"),
        PROMPTS,
        Temperature(3.0),
        max_new=30,
        end_token=END,
        constraints=[MayStop()] * len(PROMPTS),
        generator=torch.Generator().manual_seed(0),
    )
    assert all(set(answer) <= {1} for answer in answers)
    assert len({len(answer) for answer in answers}) > 1


@pytest.mark.parametrize("sampler", [Temperature(2.0), TopP(0.95, 2.0)])
def test_the_same_seed_gives_the_same_text_and_another_seed_another(
    sampler: Temperature | TopP,
) -> None:
    def run(seed: int) -> list[list[int]]:
        return generate(
            make("transformer-tiny"),
            PROMPTS,
            sampler,
            max_new=12,
            end_token=END,
            generator=torch.Generator().manual_seed(seed),
        )

    assert run(1) == run(1)
    assert run(1) != run(2)


def test_a_rows_sample_does_not_depend_on_when_others_finish() -> None:
    def run(lengths: tuple[int, ...]) -> list[int]:
        *_, last = generate(
            make("hrm_text-tiny"),
            PROMPTS,
            Temperature(2.0),
            max_new=12,
            end_token=END,
            constraints=[Counter(n) for n in lengths],
            generator=torch.Generator().manual_seed(5),
        )
        return last

    assert run((1, 1, 1, 1, 1, 9)) == run((9, 2, 7, 9, 0, 9))


def test_an_answer_ends_where_the_models_context_ends() -> None:
    found = generate(make("hrm_text-tiny", context=8), PROMPTS, max_new=50, end_token=-1)
    assert [len(p) + len(a) for p, a in zip(PROMPTS, found, strict=True)] == [8] * len(PROMPTS)


@pytest.mark.parametrize("prompt", [[], [1] * 8])
def test_a_prompt_without_tokens_or_without_room_is_refused(prompt: list[int]) -> None:
    with pytest.raises(TaskError, match=f"a prompt of {len(prompt)} tokens"):
        generate(make("hrm_text-tiny", context=8), [prompt], max_new=3, end_token=END)


def test_no_prompts_or_no_new_tokens_is_no_work() -> None:
    model = make("hrm_text-tiny")
    assert generate(model, [], max_new=3, end_token=END) == []
    assert generate(model, [[1], [2]], max_new=0, end_token=END) == [[], []]


def test_decoding_stops_at_the_deadline() -> None:
    with pytest.raises(DeadlineError):
        generate(
            make("hrm_text-tiny"), PROMPTS, max_new=3, end_token=END, deadline=Deadline.after(0)
        )


def test_decoding_leaves_no_trace_in_the_model() -> None:
    model = make("hrm_text-tiny")
    before = {name: value.clone() for name, value in model.state_dict().items()}
    generate(model, PROMPTS, max_new=3, end_token=END)
    torch.testing.assert_close(dict(model.state_dict()), before, rtol=0, atol=0)
    model(torch.tensor([[1, 2]])).sum().backward()  # and it can still be trained
