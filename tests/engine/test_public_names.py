"""What `import hrm_engine` offers."""

from __future__ import annotations

import pytest

import hrm_engine


def test_every_public_name_is_there_and_is_the_original() -> None:
    for name in hrm_engine.__all__:
        found = getattr(hrm_engine, name)
        assert found.__module__.startswith("hrm_engine.")
        assert found.__name__ == name


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = hrm_engine.nonsense
