"""A conversation with tools: what `hrm chat` puts around the loop.

`open_parts` gets the two sides ready at the same time (the co-processor starts in a process of its
own while the language model loads), `Conversation` remembers what was said, and `answer_all` takes
questions from wherever they come and shows what happens on a screen (`ui`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field

from hrm_agents.errors import AgentError
from hrm_agents.events import Event, Finished
from hrm_agents.limits import Limits
from hrm_agents.llm import build_model
from hrm_agents.local_server import LocalServer
from hrm_agents.loop import run
from hrm_agents.messages import Message, Model, OnText, Toolbox, system, user
from hrm_agents.settings import AgentSettings, system_prompt
from hrm_agents.toolbox import build_toolbox
from hrm_agents.transcript import Transcript
from hrm_agents.ui.screen import Screen


class Conversation:
    """Questions that may refer to earlier ones.

    Args:
        model: Answers.
        toolbox: Is called by the model.
        system_text: The system prompt, or None.
        limits: For each question.
        history: How many earlier questions the model sees; small models have small contexts.
    """

    def __init__(
        self,
        model: Model,
        toolbox: Toolbox,
        *,
        system_text: str | None = None,
        limits: Limits | None = None,
        history: int = 3,
    ) -> None:
        self.model, self.toolbox = model, toolbox
        self._system = [system(system_text)] if system_text else []
        self._limits, self._history = limits, history
        self._past: list[list[Message]] = []

    def ask(self, question: str, on_text: OnText | None = None) -> Iterator[Event]:
        """The events of one question. A question that was not answered is not remembered.

        Raises:
            ToolServerError: The tools cannot be listed.
        """
        asked = user(question)
        past = self._past[-self._history :] if self._history else []
        messages = [*self._system, *(message for turn in past for message in turn), asked]
        for event in run(self.model, self.toolbox, messages, limits=self._limits, on_text=on_text):
            if isinstance(event, Finished) and event.reason not in {"model_error", "deadline"}:
                self._past.append([asked, *event.messages])
            yield event

    def forget(self) -> None:
        """Begin anew."""
        self._past.clear()


@dataclass
class Parts:
    """A model and its tools, ready, and how many seconds each part of the start took."""

    model: Model
    toolbox: Toolbox
    server: str
    seconds: dict[str, float] = field(default_factory=dict)


@contextmanager
def open_parts(
    settings: AgentSettings, local_server: Sequence[str], token: str | None = None
) -> Iterator[Parts]:
    """Get the model and the tools ready, and let go of them in the end.

    Args:
        settings: Which ones.
        local_server: The command that starts a co-processor here, if no server is named.
        token: Bearer token; by default from the environment.

    Raises:
        AgentError: One of the two cannot be had.
    """
    began = time.monotonic()
    token = token or os.environ.get(settings.tools.token_env)
    with ExitStack() as stack:
        local = None
        if settings.tools.server is None:
            local = stack.enter_context(closing(LocalServer(local_server)))
        model = build_model(settings.model, settings.llm)
        seconds = {"language model": time.monotonic() - began}
        import hrm_agents.toolbox.mcp  # noqa: F401  (takes a second: now, not when the server is up)

        server = local.url() if local else settings.tools.server or ""
        toolbox = build_toolbox(server, token, settings.tools.timeout_s)
        stack.enter_context(closing(toolbox))
        toolbox.list()  # better to say now that the tools are away than after a question
        seconds["tool server"] = time.monotonic() - began
        yield Parts(model, toolbox, server, seconds)


def conversation(parts: Parts, settings: AgentSettings) -> Conversation:
    """A conversation with these parts, as the settings have it."""
    return Conversation(
        parts.model,
        parts.toolbox,
        system_text=system_prompt(settings),
        limits=settings.limits,
        history=settings.history,
    )


def answer_all(
    talk: Conversation,
    questions: Iterable[str],
    screen: Screen,
    transcript: Transcript | None = None,
) -> int:
    """Answer questions until there are no more; returns how many got no answer.

    A failure ends a question, not the conversation: the server may be back for the next one.
    """
    unanswered = 0
    for question in questions:
        screen.question(question)
        try:
            answered = _answer(talk, question, screen, transcript)
        except AgentError as error:
            screen.failure(error)
            answered = False
        except KeyboardInterrupt:
            screen.interrupted()
            answered = False
        unanswered += not answered
    return unanswered


def _answer(
    talk: Conversation, question: str, screen: Screen, transcript: Transcript | None
) -> bool:
    answered = False
    for event in talk.ask(question, screen.text if screen.streams else None):
        if transcript:
            transcript.write(event)
        screen.event(event)
        if isinstance(event, Finished):
            answered = event.reason == "answer"
    return answered
