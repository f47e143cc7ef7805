"""Who may look at whom, drawn as pictures."""

from __future__ import annotations

import torch

from hrm_engine.model.masks import causal_mask, prefix_lm_mask


def picture(mask: torch.Tensor) -> list[str]:
    return ["".join("x" if seen else "." for seen in row) for row in mask.tolist()]


def test_a_prefix_sees_itself_and_an_answer_sees_what_came_before() -> None:
    segment = torch.tensor([[1, 1, 1, 1]])
    prefix = torch.tensor([[True, True, False, False]])
    assert picture(prefix_lm_mask(segment, prefix)[0, 0]) == [
        "xx..",
        "xx..",
        "xxx.",
        "xxxx",
    ]


def test_packed_segments_do_not_see_each_other_nor_the_padding() -> None:
    segment = torch.tensor([[1, 1, 2, 2, 0]])
    prefix = torch.tensor([[True, True, True, True, False]])
    assert picture(prefix_lm_mask(segment, prefix)[0, 0]) == [
        "xx...",
        "xx...",
        "..xx.",
        "..xx.",
        "....x",
    ]


def test_every_query_sees_at_least_itself() -> None:
    segment = torch.randint(0, 3, (4, 9), generator=torch.Generator().manual_seed(0))
    mask = prefix_lm_mask(segment, torch.zeros(4, 9, dtype=torch.bool))
    assert mask[:, 0].diagonal(dim1=1, dim2=2).all()


def test_new_tokens_see_the_old_ones_and_themselves() -> None:
    assert picture(causal_mask(2, 4, torch.device("cpu"))) == ["xxx.", "xxxx"]
