"""What goes into a text model and how its tokens are chosen: prompts, temperatures, streams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hrm_engine.errors import ConfigError, TaskError
from hrm_engine.inference.sampling import Sampler, Schedule, Temperature, TopP
from hrm_engine.tokens.text import TextTokenizer

PROMPT_CHARACTERS = 2048
"""A prompt must be shorter than this."""
_HALF = "\ufffd"
"""What a decoder writes for the first bytes of a character whose last ones are still to come."""


def check_prompt(prompt: str) -> str:
    """`prompt` itself. Raises TaskError unless it has 1 to 2,047 characters that say something."""
    if not prompt.strip():
        raise TaskError("the prompt is empty", hint="say in a sentence what the code must do")
    if len(prompt) >= PROMPT_CHARACTERS:
        raise TaskError(
            f"the prompt has {len(prompt):,} characters",
            hint=f"fewer than {PROMPT_CHARACTERS:,} are read: shorten it",
        )
    return prompt


def sampler_of(temperature: float | Schedule, top_p: float) -> Sampler:
    """The sampler of these settings; temperature 0 is greedy. Raises ConfigError."""
    if not callable(temperature) and temperature < 0:
        raise ConfigError(f"temperature {temperature:g} is negative", hint="0 is greedy, 1 plain")
    if top_p == 1:
        return Temperature(temperature)
    return TopP(top_p, temperature)


def ladder(n: int, low: float = 0.0, high: float = 1.0) -> list[float]:
    """`n` temperatures in equal steps from `low` to `high`: one for each of `n` samples.

    The first sample is then the model's best guess and each further one is bolder.
    """
    return [low + (high - low) * i / max(1, n - 1) for i in range(n)]


def pieces(tokens: Iterable[int], tokenizer: TextTokenizer) -> Iterator[str]:
    """The text of `tokens` as it comes; a character is held back until all its bytes are there."""
    seen: list[int] = []
    given = 0
    for token in tokens:
        seen.append(token)
        text = tokenizer.decode(seen)
        if not text.endswith(_HALF):
            yield text[given:]
            given = len(text)
    if rest := tokenizer.decode(seen)[given:]:
        yield rest
