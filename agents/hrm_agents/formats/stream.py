"""Showing a reply while it is written, without showing calls and thinking.

A piece of text may end in the middle of `<tool_call>`. `TextGate` passes on what is surely text,
holds back what may become a mark, and stays shut from the first mark on; a reply that begins like
JSON is held until it is known to be an answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from hrm_agents.messages import OnText

_THINK, _THOUGHT = "<think>", "</think>"


class TextGate:
    """Feed it pieces as they come; `close` with the visible text once the reply is complete."""

    def __init__(self, on_text: OnText, openers: Sequence[str]) -> None:
        self._on_text = on_text
        self._openers = (*openers, _THINK)
        self._held = ""
        self._shown = ""
        self._shut = False
        self._thinking = False

    def feed(self, piece: str) -> None:
        """Take the next piece of the reply."""
        self._held += piece
        if self._thinking:
            self._skip_thinking()
        if self._shut or self._thinking or self._may_be_json():
            return
        opener = self._first_opener()
        if opener is None:
            self._show(len(self._held) - self._undecided())
            return
        before = self._held[: self._held.index(opener)]
        if opener == _THINK:
            self._show(len(before))
            self._thinking = True
            self._held = self._held.removeprefix(_THINK)
            self.feed("")
        else:
            self._show(len(before.rstrip()))
            self._shut = True

    def close(self, visible: str) -> None:
        """Show what is left of the visible text."""
        shown = self._shown.lstrip()
        if visible.startswith(shown) and len(visible) > len(shown):
            self._on_text(visible[len(shown) :])

    def _skip_thinking(self) -> None:
        before, mark, after = self._held.partition(_THOUGHT)
        self._held = after if mark else before
        self._thinking = not mark

    def _may_be_json(self) -> bool:
        return not self._shown.strip() and self._held.lstrip()[:1] in ("{", "[")

    def _first_opener(self) -> str | None:
        places = {o: self._held.find(o) for o in self._openers if o in self._held}
        return min(places, key=places.__getitem__) if places else None

    def _undecided(self) -> int:
        """Letters at the end that may be the beginning of a mark, or white space before one."""
        body = self._held.rstrip()
        spaces = len(self._held) - len(body)
        longest = max(map(len, self._openers))
        for size in range(min(longest, len(body)), 0, -1):
            if any(opener.startswith(body[-size:]) for opener in self._openers):
                before = body[:-size]
                return len(self._held) - len(before.rstrip())
        return spaces

    def _show(self, count: int) -> None:
        text, self._held = self._held[:count], self._held[count:]
        if not self._shown:
            text = text.lstrip()
        if text:
            self._shown += text
            self._on_text(text)
