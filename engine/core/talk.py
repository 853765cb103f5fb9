"""What has been decided in a call: everything in it may be undone by keeping the previous one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.core.frozen import replace
from engine.core.states import Action


@dataclass(frozen=True, slots=True)
class LastWords:
    """The caller's last utterance that has been acted upon, as it read then; it may grow afterwards."""

    index: int = -1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """A hang-up, a transfer or keys that have not taken effect yet."""

    action: Action
    withheld: bool = False
    """Whether it waits for the caller's next words or for silence, because they had just said something."""


@dataclass(frozen=True, slots=True)
class Away:
    """Where a digression comes back to, as it was left."""

    state: str
    visit: int
    told_here: bool
    reread: int


@dataclass(frozen=True, slots=True)
class Talk:
    """What has been decided so far."""

    state: str
    visit: int = 0
    """Names this stay in the state: the outcome of a tool moves only the visit that started it."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Canonical values."""
    told_here: bool = False
    """Whether a slot was set in this visit by a function call or an outcome, or on the way in."""
    heard: Mapping[str, str] = field(default_factory=dict)
    """The values that the caller has heard read back."""
    agreed: Mapping[str, str] = field(default_factory=dict)
    """The values that the caller has heard and agreed to, until a write has used the agreement."""
    answered: LastWords = LastWords()
    """Up to where the caller's words have been acted upon."""
    pending: Pending | None = None
    reread: int = 0
    """How often the rest of a read-back was said again in this visit."""
    silences: int = 0
    """Reminders since the caller last spoke."""
    misses: int = 0
    """Turns in a row in which the caller's words changed nothing."""
    language: str = ""
    """The language that is spoken; empty: the flow's first."""
    visited: Mapping[str, int] = field(default_factory=dict)
    """How often each state has been entered."""
    told: Mapping[str, int] = field(default_factory=dict)
    """How often each line that has variants has been said."""
    away: tuple[Away, ...] = ()
    """Where the digressions under way go back to, the innermost last."""


def disagreed(talk: Talk, slots: tuple[str, ...]) -> Talk:
    """Return the talk without the caller's agreement to these slots: they are to be asked for it anew."""
    agreed = {name: value for name, value in talk.agreed.items() if name not in slots}
    return replace(talk, agreed=agreed) if len(agreed) < len(talk.agreed) else talk


def with_slots(
    talk: Talk,
    values: Mapping[str, str],
    cleared: Iterable[str] = (),
    clears: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Talk:
    """Return the talk with slots set and cleared; what changes is no longer heard nor agreed to.

    `clears` says which slots lose their value when another one's changes or goes: those go as well,
    unless they are set at the same time.
    """
    gone = set(cleared)
    ahead = [name for name, value in values.items() if talk.slots.get(name, value) != value]
    ahead += [name for name in gone if name in talk.slots]
    while ahead:
        for name in clears.get(ahead.pop(), ()):
            if name not in gone and name in talk.slots:
                gone.add(name)
                ahead.append(name)
    slots = {name: value for name, value in talk.slots.items() if name not in gone}
    slots.update(values)

    def keep(said: Mapping[str, str]) -> dict[str, str]:
        return {name: value for name, value in said.items() if slots.get(name) == value}

    return replace(talk, slots=slots, heard=keep(talk.heard), agreed=keep(talk.agreed))
