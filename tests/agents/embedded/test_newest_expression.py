"""Which expressions a call may quote."""

from __future__ import annotations

from hrm_agents.embedded.grammar import calls


def test_an_expression_of_the_newest_text_hides_lone_letters_and_older_texts() -> None:
    tool = {
        "function": {"name": "f", "parameters": {"properties": {"expression": {"type": "string"}}}}
    }
    both = calls([tool], ["derivative of a*sin(x) with respect to x", "and of cos(2x)?"])
    assert both is not None
    assert "a*sin(x)" in both
    assert "cos(2x)" not in both
    older = calls([tool], ["and the second one?", "derivative of cos(2x)"])
    assert older is not None
    assert "cos(2x)" in older
