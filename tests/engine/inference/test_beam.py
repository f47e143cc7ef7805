"""Beam search against exhaustive search."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
import torch

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError
from hrm_engine.inference.beam import Hypothesis, arrange, beam_search, beam_search_batch
from hrm_engine.inference.generate import generate
from hrm_engine.model.build import build_model
from hrm_engine.model.presets import size
from hrm_engine.model.sequence import SequenceModel

NAMES = ("hrm_text-tiny", "transformer-tiny")
END = 0
VOCAB = 4


def make(name: str, seed: int = 2) -> SequenceModel:
    torch.manual_seed(seed)
    return build_model(size(name, vocab=VOCAB, context=32)).eval()


def log_probability(model: SequenceModel, prompt: list[int], answer: Sequence[int]) -> float:
    """Of the tokens in `answer`, computed in one pass without a cache."""
    with torch.no_grad():
        scores = torch.log_softmax(model(torch.tensor([[*prompt, *answer]]))[0], -1)
    return sum(float(scores[len(prompt) - 1 + i, token]) for i, token in enumerate(answer))


def every_answer(
    model: SequenceModel, prompt: list[int], length: int
) -> dict[tuple[int, ...], float]:
    """All answers that end within `length` tokens, with their log-probabilities."""
    out = {}
    for n in range(length):
        for tokens in itertools.product(range(1, VOCAB), repeat=n):
            out[tokens] = log_probability(model, prompt, [*tokens, END])
    return out


@dataclass(frozen=True)
class Digits:
    """A grammar: exactly `left` tokens out of 1 and 3."""

    left: int

    def allowed(self) -> Sequence[int]:
        return (1, 3) if self.left else ()

    def advance(self, token: int) -> Digits:
        assert token in self.allowed()
        return Digits(self.left - 1)


@pytest.mark.requirement("EN-6")
@pytest.mark.parametrize("name", NAMES)
def test_a_beam_wide_enough_finds_every_answer_in_order(name: str) -> None:
    model, prompt = make(name), [1, 2, 3]
    expected = every_answer(model, prompt, 4)
    found = beam_search(model, prompt, beams=200, max_new=4, end_token=END)
    ended = [(tuple(tokens), score) for tokens, score in found if len(tokens) < 4]
    assert {tokens for tokens, _ in ended} == set(expected)
    scores = [score for _, score in ended]
    assert scores == sorted(scores, reverse=True)
    for tokens, score in ended:
        assert score == pytest.approx(expected[tokens], abs=1e-4)


def test_answers_that_were_cut_off_come_after_all_that_ended() -> None:
    found = beam_search(make(NAMES[0]), [1, 2, 3], beams=200, max_new=4, end_token=END)
    cut = [len(tokens) == 4 for tokens, _ in found]
    assert cut == sorted(cut)
    assert any(cut)
    assert not all(cut)


@pytest.mark.parametrize("name", NAMES)
def test_one_beam_is_greedy_decoding(name: str) -> None:
    for seed in range(4):
        model = make(name, seed)
        (greedy,) = generate(model, [[1, 2]], max_new=8, end_token=END)
        ((tokens, _),) = beam_search(model, [1, 2], beams=1, max_new=8, end_token=END)
        assert tokens == greedy


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_of_a_narrow_beam_are_distinct_and_their_scores_true(name: str) -> None:
    model, prompt = make(name), [3, 1]
    found = beam_search(model, prompt, beams=5, max_new=6, end_token=END)
    assert len({tuple(tokens) for tokens, _ in found}) == len(found) == 5
    for tokens, score in found:
        ending = [] if len(tokens) == 6 else [END]
        assert score == pytest.approx(log_probability(model, prompt, tokens + ending), abs=1e-4)


@pytest.mark.requirement("EN-6")
@pytest.mark.parametrize("prefix_lm", [False, True])
def test_several_prompts_at_once_give_what_each_gives_alone(prefix_lm: bool) -> None:
    model, prompts = make(NAMES[0]), [[1], [2, 3, 1, 1], [3, 3], [2, 2, 1, 3]]
    together = beam_search_batch(
        model, prompts, beams=4, max_new=7, end_token=END, prefix_lm=prefix_lm
    )
    for prompt, found in zip(prompts, together, strict=True):
        alone = beam_search(model, prompt, beams=4, max_new=7, end_token=END, prefix_lm=prefix_lm)
        assert [tokens for tokens, _ in found] == [tokens for tokens, _ in alone]
        assert [s for _, s in found] == pytest.approx([s for _, s in alone], abs=1e-4)


def test_a_grammar_keeps_all_answers_within_it_and_their_scores_as_they_are() -> None:
    model, prompt = make(NAMES[0]), [1, 2]
    found = beam_search(model, prompt, beams=8, max_new=5, end_token=END, constraint=Digits(3))
    assert {tuple(t) for t, _ in found} == set(itertools.product((1, 3), repeat=3))
    for tokens, score in found:
        assert score == pytest.approx(log_probability(model, prompt, tokens), abs=1e-4)


def test_a_grammar_that_is_complete_from_the_start_has_one_empty_answer() -> None:
    found = beam_search(
        make(NAMES[0]), [1], beams=3, max_new=5, end_token=END, constraint=Digits(0)
    )
    assert found == [([], 0.0)]


def test_prompts_with_a_complete_grammar_do_not_disturb_the_others() -> None:
    model, grammars = make(NAMES[0]), [Digits(0), Digits(2), Digits(0), Digits(3)]
    found = beam_search_batch(
        model, [[1], [2, 3], [1, 1], [3]], beams=3, max_new=5, end_token=END, constraints=grammars
    )
    assert found[0] == found[2] == [([], 0.0)]
    for i, prompt in ((1, [2, 3]), (3, [3])):
        alone = beam_search(
            model, prompt, beams=3, max_new=5, end_token=END, constraint=grammars[i]
        )
        assert [tokens for tokens, _ in found[i]] == [tokens for tokens, _ in alone]


def test_a_length_penalty_ranks_by_the_mean_over_tokens() -> None:
    model = make(NAMES[0])
    found = beam_search(model, [1], beams=60, max_new=4, end_token=END, length_penalty=1.0)
    ended = [(tokens, score) for tokens, score in found if len(tokens) < 4]
    means = [score / max(1, len(tokens)) for tokens, score in ended]
    assert means == sorted(means, reverse=True)
    assert [s for _, s in ended] != sorted((s for _, s in ended), reverse=True)


def test_an_answer_ends_where_the_models_context_ends() -> None:
    found = beam_search(make(NAMES[0]), [1] * 30, beams=2, max_new=9, end_token=-1)
    assert {len(tokens) for tokens, _ in found} == {2}


def test_no_beams_no_prompts_or_no_new_tokens_is_no_work() -> None:
    model = make(NAMES[0])
    assert beam_search(model, [1], beams=0, max_new=4, end_token=END) == []
    assert beam_search(model, [1], beams=2, max_new=0, end_token=END) == []
    assert beam_search_batch(model, [], beams=2, max_new=4, end_token=END) == []


def test_the_search_stops_at_the_deadline() -> None:
    with pytest.raises(DeadlineError):
        beam_search(
            make(NAMES[0]), [1], beams=2, max_new=4, end_token=END, deadline=Deadline.after(0)
        )


def test_a_parents_first_child_keeps_its_row() -> None:
    children = [Hypothesis(0, row, (), 0.0, None) for row in (2, 0, 2, 5)]
    assert [child.row for child in arrange(children)] == [0, 2, 2, 5]
