"""The entries of the conversation that a language model is shown."""

from dataclasses import dataclass

from engine.core.prompt.words import tokens

ROLE_TOKENS = 4
"""What an entry costs beside its text, roughly: its role, and where it begins and ends."""


@dataclass(frozen=True, slots=True)
class ToolUse:
    """A function call in the conversation."""

    id: str
    name: str
    arguments: str
    """A JSON object: some servers refuse a request with anything else in this place."""


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of the conversation that a language model is shown."""

    role: str
    """`system`, `user` for the caller, `assistant` for us, or `tool` for a function's result."""
    text: str
    calls: tuple[ToolUse, ...] = ()
    answers: str = ""
    """The id of the function call whose result this is."""

    @property
    def tokens(self) -> int:
        """How many tokens it has, roughly."""
        calls = sum(tokens(use.name) + tokens(use.arguments) for use in self.calls)
        return ROLE_TOKENS + tokens(self.text) + calls


def note(text: str) -> Message:
    """Return a word of the engine's own in the caller's place.

    Models ask for something to answer, and some move a second system message to the top: a request to go
    on would lose its place there. Nobody else can write one: brackets are taken from what callers say.
    """
    return Message("user", f"[{text}]")
