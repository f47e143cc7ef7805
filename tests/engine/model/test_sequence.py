"""Whole models: cache, packing, gradient span, checkpointing, compilation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from hrm_engine.errors import ConfigError
from hrm_engine.model.build import build_model
from hrm_engine.model.cache import Cache
from hrm_engine.model.masks import prefix_lm_mask
from hrm_engine.model.presets import size
from hrm_engine.model.sequence import SequenceModel

NAMES = ("hrm_text-tiny", "transformer-tiny")


def make(name: str, **changes: object) -> SequenceModel:
    torch.manual_seed(0)
    return build_model(size(name, vocab=32, **changes))


def some_tokens(rows: int, length: int) -> Tensor:
    return torch.randint(0, 32, (rows, length), generator=torch.Generator().manual_seed(1))


@pytest.mark.requirement("EN-2")
@pytest.mark.parametrize("name", NAMES)
def test_reading_in_pieces_with_a_cache_gives_the_same_logits(name: str) -> None:
    model, tokens = make(name, layers=2), some_tokens(3, 12)
    with torch.no_grad():
        whole = model(tokens)
        cache = Cache(model.config, rows=3, length=12)
        pieces = [model(piece, cache=cache) for piece in tokens.split([5, 4, 1, 1, 1], dim=1)]
    torch.testing.assert_close(torch.cat(pieces, 1), whole, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_a_cached_answer_to_a_prefix_has_the_same_logits(name: str) -> None:
    model, tokens = make(name), some_tokens(2, 9)
    prefix = torch.arange(9).expand(2, 9) < 5
    with torch.no_grad():
        whole = model(tokens, mask=prefix_lm_mask(torch.ones(2, 9, dtype=torch.long), prefix))
        cache = Cache(model.config, rows=2, length=9)
        pieces = [model(tokens[:, :5], causal=False, cache=cache)]
        pieces += [model(tokens[:, i : i + 1], cache=cache) for i in range(5, 9)]
    torch.testing.assert_close(torch.cat(pieces, 1), whole, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_a_causal_model_does_not_see_the_future(name: str) -> None:
    model, tokens = make(name), some_tokens(1, 8)
    changed = tokens.clone()
    changed[0, 5] = (changed[0, 5] + 1) % 32
    with torch.no_grad():
        before, after = model(tokens), model(changed)
    torch.testing.assert_close(before[:, :5], after[:, :5])
    assert not torch.allclose(before[:, 5:], after[:, 5:])


@pytest.mark.parametrize("name", NAMES)
def test_packed_examples_give_the_logits_of_each_alone(name: str) -> None:
    model, tokens = make(name), some_tokens(1, 10)
    segment = torch.tensor([[1, 1, 1, 1, 2, 2, 2, 0, 0, 0]])
    prefix = torch.tensor([[True, True, False, False, True, False, False] + [False] * 3])
    positions = torch.tensor([[0, 1, 2, 3, 0, 1, 2, 0, 0, 0]])
    with torch.no_grad():
        packed = model(tokens, mask=prefix_lm_mask(segment, prefix), positions=positions)
        for start, end in ((0, 4), (4, 7)):
            part = slice(start, end)
            mask = prefix_lm_mask(segment[:, part], prefix[:, part])
            alone = model(tokens[:, part], mask=mask)
            torch.testing.assert_close(packed[:, part], alone, rtol=1e-4, atol=1e-5)
    assert packed.isfinite().all()


def test_every_weight_of_the_recursive_model_learns_once_both_slow_updates_do() -> None:
    model = make("hrm_text-tiny")
    model(some_tokens(2, 6), gradient_calls=3).logsumexp(-1).sum().backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in model.parameters())


def test_the_gradient_span_changes_gradients_and_not_logits() -> None:
    model, tokens = make("hrm_text-tiny"), some_tokens(2, 6)
    outputs, gradients = [], []
    for gradient_calls in (2, None):
        model.zero_grad()
        logits = model(tokens, gradient_calls=gradient_calls)
        logits.logsumexp(-1).sum().backward()
        outputs.append(logits)
        weight = model.get_parameter("body.low.blocks.0.ff.down.weight")
        assert weight.grad is not None
        gradients.append(weight.grad.clone())
    assert torch.equal(outputs[0], outputs[1])
    assert not torch.allclose(gradients[0], gradients[1])


@pytest.mark.requirement("EN-2")
@pytest.mark.parametrize("name", NAMES)
def test_checkpointing_saves_activations_and_changes_no_gradient(name: str) -> None:
    model, tokens = make(name, layers=3), some_tokens(2, 6)

    def run(checkpointing: bool) -> tuple[int, dict[str, Tensor]]:
        saved = 0

        def count(tensor: Tensor) -> Tensor:
            nonlocal saved
            saved += tensor.numel()
            return tensor

        model.zero_grad()
        model.set_checkpointing(checkpointing)
        with torch.autograd.graph.saved_tensors_hooks(count, lambda tensor: tensor):
            loss = model(tokens).logsumexp(-1).sum()
        kept = saved
        loss.backward()
        return kept, {n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None}

    kept, expected = run(checkpointing=False)
    kept_less, found = run(checkpointing=True)
    assert kept_less < kept / 2
    torch.testing.assert_close(found, expected)


@pytest.mark.requirement("EN-2")
@pytest.mark.parametrize("name", NAMES)
def test_mixed_precision_stays_close_to_full_precision(name: str) -> None:
    model, tokens = make(name), some_tokens(2, 16)
    full = model(tokens)
    with torch.autocast("cpu", torch.bfloat16):
        mixed = model(tokens)
    assert mixed.dtype == torch.bfloat16
    assert (mixed.float() - full).abs().mean() < 0.05 * full.std()
    mixed.float().logsumexp(-1).sum().backward()
    assert all(p.grad is None or p.grad.isfinite().all() for p in model.parameters())


@pytest.mark.parametrize("name", NAMES)
def test_a_fresh_model_is_nearly_undecided(name: str) -> None:
    model, tokens = make(name), some_tokens(4, 20)
    with torch.no_grad():
        entropy = torch.distributions.Categorical(logits=model(tokens)).entropy().mean()
    assert 0.75 < entropy / torch.log(torch.tensor(32.0)) <= 1


def test_a_sequence_longer_than_the_context_is_an_error_that_says_so() -> None:
    model = make("hrm_text-tiny", context=8)
    with pytest.raises(ConfigError, match="9 tokens, the model holds 8"):
        model(some_tokens(1, 9))


def test_an_untied_head_is_a_matrix_of_its_own() -> None:
    assert make("transformer-tiny").head is None
    model = make("transformer-tiny", tie_embeddings=False)
    assert model.head is not None
    assert model(some_tokens(1, 3)).shape == (1, 3, 32)


@pytest.mark.requirement("EN-2")
@pytest.mark.compile
@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_whole_model_compiles_into_one_graph_with_the_same_gradients(name: str) -> None:
    model, tokens = make(name), some_tokens(2, 8)
    compiled = torch.compile(model, fullgraph=True, backend="aot_eager")

    def gradients(run: Callable[..., Tensor]) -> dict[str, Tensor]:
        model.zero_grad()
        run(tokens, gradient_calls=3).logsumexp(-1).sum().backward()
        return {n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None}

    torch.testing.assert_close(gradients(compiled), gradients(model), rtol=1e-4, atol=1e-5)
