"""The prompt as a whole: the system message, what never changes first, and then the conversation."""

from dataclasses import dataclass

from engine.core.prompt.conversation import conversation
from engine.core.prompt.message import Message
from engine.core.prompt.rules import stable
from engine.core.prompt.situation import situation
from engine.core.request import Request


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model reads before it answers."""

    stable: str
    """The beginning of the system message: the same in all requests of a call that keeps to one language."""
    situation: str
    """The rest of it: where the call stands now."""
    conversation: tuple[Message, ...]

    @property
    def messages(self) -> tuple[Message, ...]:
        """All of it, in the order in which it is read.

        There is one system message: some providers move others up to it, where they lose their place.
        """
        return (Message("system", f"{self.stable}\n\n{self.situation}"), *self.conversation)


def prompt_of(request: Request) -> Prompt:
    """Return what a model reads when it is asked something."""
    shown = conversation(request)
    return Prompt(stable(request), situation(request, left_out=shown.left_out), shown.messages)


def messages(request: Request) -> tuple[Message, ...]:
    """Return the whole prompt: instructions first, then the conversation with tool calls in their places."""
    return prompt_of(request).messages
