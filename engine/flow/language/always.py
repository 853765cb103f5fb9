"""What is legal everywhere, as a flow writes it."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag

from engine.core.reminders import SILENCE
from engine.core.response import TROUBLE
from engine.flow.language.named import OwnName, Short, StateName, ToolName
from engine.flow.language.states import (
    ONE,
    SEVERAL,
    OneOrSeveral,
    SilencePart,
    TransitionPart,
    as_ways,
    first_way,
    one_or_several,
    ways_of,
)
from engine.flow.language.words import NAME_TEXT, AtLeastOne, Part, as_excepted


class EverywherePart(TransitionPart):
    """A transition that every state has."""

    except_: Annotated[list[StateName], Field(alias="except")] = []
    """States that do not have it, such as `[booking]`."""


Rule = Annotated[EverywherePart, Short("to")]
Rules = Annotated[
    Annotated[Rule, Tag(ONE)] | Annotated[list[Rule], Field(min_length=1), Tag(SEVERAL)],
    Discriminator(one_or_several),
    BeforeValidator(
        as_ways,
        json_schema_input_type=StateName | EverywherePart | AtLeastOne[list[StateName | EverywherePart]],
    ),
]


class OfferPart(Part):
    """Where a tool is not offered that is offered everywhere else."""

    except_: Annotated[list[StateName], Field(alias="except")] = []
    """States that do not offer it, such as `[booking]`."""


class TroublePart(Part):
    """Where the call goes when models have failed for some turns in a row."""

    after: Annotated[int, Field(ge=1)] = 2
    """After how many turns in a row in which models failed."""
    to: StateName
    """The state to which that leads, such as one that transfers to a person."""


class AlwaysPart(Part):
    """What is legal everywhere: `silence`, `trouble`, `tools`, and transitions by name."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"propertyNames": NAME_TEXT})
    __pydantic_extra__: dict[OwnName, Rules]

    silence: SilencePart | None = None
    """What happens when the caller says nothing: lines after waits, and where it leads in the end."""
    trouble: TroublePart | None = None
    """Where the call goes when models have failed for some turns in a row."""
    tools: Annotated[
        dict[ToolName, OfferPart],
        BeforeValidator(as_excepted, json_schema_input_type=list[ToolName] | dict[ToolName, OfferPart]),
    ] = {}
    """Tools that read and are offered in every state, such as `[opening_hours]`."""

    @property
    def rules(self) -> dict[str, EverywherePart]:
        """The transitions, by name: the first way of each, with which stands what all of them share."""
        extra = self.__pydantic_extra__ or {}
        found = ((name, first_way(written)) for name, written in extra.items())
        return {name: way for name, way in found if isinstance(way, EverywherePart)}

    def each_way(self) -> Iterator[tuple[str, tuple[str | int, ...], TransitionPart]]:
        """Yield every way of every transition: its name, where it stands below `always`, and itself."""
        for name, written in (self.__pydantic_extra__ or {}).items():
            for at, way in ways_of(written):
                yield name, (name, *at), way

    def written(self, name: str) -> OneOrSeveral:
        """Return a transition with all of its ways."""
        return (self.__pydantic_extra__ or {})[name]

    def targets(self, name: str) -> tuple[str, ...]:
        """Return the states that a transition may lead to."""
        found = (way.to for rule, _, way in self.each_way() if rule == name)
        return tuple(dict.fromkeys(to for to in found if to is not None))

    @property
    def fallbacks(self) -> dict[str, SilencePart | TroublePart]:
        """Where the call goes when something is missing: the caller's words, or a model's."""
        found = {SILENCE: self.silence, TROUBLE: self.trouble}
        return {name: part for name, part in found.items() if part is not None}
