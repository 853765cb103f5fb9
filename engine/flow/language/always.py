"""What is legal everywhere, as a flow writes it."""

from typing import Annotated

from pydantic import ConfigDict, Field

from engine.core.reminders import SILENCE
from engine.core.response import TROUBLE
from engine.flow.language.states import TransitionPart
from engine.flow.language.words import Name, Part, Time, Words


class EverywherePart(TransitionPart):
    """A transition that every state has."""

    except_: Annotated[list[Name], Field(alias="except")] = []


class SilencePart(Part):
    """What happens when the caller says nothing."""

    after: Annotated[list[Time], Field(min_length=1)]
    say: list[Words]
    to: Name


class TroublePart(Part):
    """Where the call goes when models have failed for some turns in a row."""

    after: Annotated[int, Field(ge=1)] = 2
    to: Name


class AlwaysPart(Part):
    """What is legal everywhere: `silence`, `trouble`, and transitions by name."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)
    __pydantic_extra__: dict[Name, EverywherePart]

    silence: SilencePart | None = None
    trouble: TroublePart | None = None

    @property
    def rules(self) -> dict[str, EverywherePart]:
        """The transitions, by name."""
        return self.__pydantic_extra__ or {}

    @property
    def fallbacks(self) -> dict[str, SilencePart | TroublePart]:
        """Where the call goes when something is missing: the caller's words, or a model's."""
        found = {SILENCE: self.silence, TROUBLE: self.trouble}
        return {name: part for name, part in found.items() if part is not None}
