"""The recursion itself, shown on plain functions in place of networks."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from hrm_engine.model.recursion import gradient_split, recurse


def zeros() -> Tensor:
    return torch.zeros(2, 3, 4)


def record(gradient_calls: int | None, h_cycles: int = 2, l_cycles: int = 2) -> str:
    """The order of calls: L and H with gradient, l and h without."""
    calls: list[str] = []

    def step(name: str, z: Tensor) -> Tensor:
        calls.append(name if torch.is_grad_enabled() else name.lower())
        return z

    recurse(
        lambda z, call: step("L", z),
        lambda z, call: step("H", z),
        zeros(),
        zeros(),
        h_cycles=h_cycles,
        l_cycles=l_cycles,
        gradient_calls=gradient_calls,
    )
    return "".join(calls)


def test_only_the_last_update_of_each_state_carries_gradient() -> None:
    assert record(gradient_calls=2) == "llhlLH"


@pytest.mark.parametrize(
    ("gradient_calls", "calls"),
    [
        (1, "lllhlllH"),
        (2, "lllhllLH"),
        (3, "lllHllLH"),
        (5, "lllHLLLH"),
        (8, "LLLHLLLH"),
        (None, "LLLHLLLH"),
    ],
)
def test_the_gradient_span_grows_backwards_and_takes_slow_updates_first(
    gradient_calls: int | None, calls: str
) -> None:
    assert record(gradient_calls, l_cycles=3) == calls


def test_a_span_of_one_call_is_the_last_slow_update() -> None:
    assert gradient_split(2, 1) == (1, 0)


def test_where_gradients_are_off_they_stay_off() -> None:
    with torch.no_grad():
        assert record(gradient_calls=None) == "llhllh"


def test_each_state_gets_its_own_network_and_the_sum_of_both_states() -> None:
    z_h, z_l = recurse(
        lambda z, call: z + 1,
        lambda z, call: 10 * z,
        zeros() + 1,
        zeros(),
        h_cycles=2,
        l_cycles=1,
    )
    # z_l = 0+1+1 = 2; z_h = 10*(1+2) = 30; z_l = 2+30+1 = 33; z_h = 10*(30+33) = 630
    assert z_l[0, 0, 0] == 33
    assert z_h[0, 0, 0] == 630


def test_an_injected_input_enters_every_fast_update_and_no_slow_one() -> None:
    z_h, z_l = recurse(
        lambda z, call: z,
        lambda z, call: z,
        zeros(),
        zeros(),
        h_cycles=1,
        l_cycles=3,
        x=zeros() + 1,
    )
    assert z_l[0, 0, 0] == 3
    assert z_h[0, 0, 0] == 3


def test_one_network_may_serve_both_states() -> None:
    def network(z: Tensor, call: int) -> Tensor:
        return z + call

    z_h, _ = recurse(network, network, zeros(), zeros(), h_cycles=1, l_cycles=2)
    assert z_h[0, 0, 0] == 0 + 1 + 2


def test_calls_are_numbered_in_the_order_in_which_they_are_made() -> None:
    numbers: list[int] = []

    def network(z: Tensor, call: int) -> Tensor:
        numbers.append(call)
        return z

    recurse(network, network, zeros(), zeros(), h_cycles=2, l_cycles=3)
    assert numbers == list(range(8))


def test_no_gradient_reaches_the_input_until_every_slow_update_carries_it() -> None:
    def reaches(gradient_calls: int) -> bool:
        x = torch.ones(1, 1, 1, requires_grad=True)
        weight = torch.ones(1, requires_grad=True)
        z_h, _ = recurse(
            lambda z, call: z * weight,
            lambda z, call: z * weight,
            x,
            torch.zeros(1, 1, 1),
            h_cycles=2,
            l_cycles=3,
            gradient_calls=gradient_calls,
        )
        z_h.sum().backward()
        return x.grad is not None

    assert [reaches(k) for k in (2, 3, 5)] == [False, True, True]
