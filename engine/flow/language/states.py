"""States and the ways between them, as a flow writes them."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from engine.flow.language.words import Name, Part, Words, as_destination, as_keys


class TransitionPart(Part):
    """A way from one state to another."""

    to: Name
    when: Words | None = None
    examples: list[Words] = []
    intent: Literal["affirm", "deny", "correct", "goodbye", "human", "start"] | None = None
    clear: list[Name] = []
    say: Words | None = None


class StatePart(Part):
    """A place in the dialogue."""

    say: Words | None = None
    prompt: Words | None = None
    collect: list[Name] = []
    confirms: list[Name] = []
    tools: list[Name] = []
    run: Name | None = None
    transitions: dict[Name, Annotated[TransitionPart, BeforeValidator(as_destination)]] = {}
    transfer: Words | None = None
    press: Annotated[str, BeforeValidator(as_keys)] | None = None
    hang_up: bool = False

    @property
    def all_tools(self) -> tuple[str, ...]:
        """The tools that it runs or offers."""
        return (*self.tools, *([self.run] if self.run else []))
