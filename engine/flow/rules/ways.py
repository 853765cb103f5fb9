"""Whether each way of a transition says where it leads, and says it where it belongs."""

from collections.abc import Iterator

from engine.core.slots.type import NotAValue
from engine.core.states import BACK, COLLECTED
from engine.flow.build.guards import SOME_MOMENT
from engine.flow.build.slots import Speech, type_of
from engine.flow.file.source import Location
from engine.flow.language.always import EverywherePart
from engine.flow.language.schema import FlowPart
from engine.flow.language.states import StatePart, TransitionPart
from engine.flow.rules.findings import Finding

SHARED = ("when", "examples", "intent", "key")
"""What all ways of a transition share: it stands with the first."""


def lost_directions(flow: FlowPart) -> Iterator[Finding]:
    """Yield what is wrong with the ways of a flow."""
    for name, state in flow.states.items():
        keys: dict[str, str] = {}
        for trigger, where, way in state.each_way():
            at = ("states", name, "transitions", *where)
            yield from _way(flow, way, at)
            yield from _staying(state, trigger, way, at)
            yield from _shared(way, at, first=where[1:] in {(), (0,)})
            yield from _key(way, trigger, keys, at)
        yield from _too_often(state, name)
    everywhere: dict[str, str] = {}
    for trigger, where, way in flow.always.each_way():
        at = ("always", *where)
        first = where[1:] in {(), (0,)}
        yield from _way(flow, way, at)
        yield from _shared(way, at, first=first)
        yield from _key(way, trigger, everywhere, at)
        if not first and isinstance(way, EverywherePart) and way.except_:
            yield Finding((*at, "except"), "`except` stands with the first way only", "move it there", True)


def _way(flow: FlowPart, way: TransitionPart, at: Location) -> Iterator[Finding]:
    if way.to is not None and way.stay:
        yield Finding(
            (*at, "stay"), "a way can not both lead elsewhere and stay", "keep one of the two", True
        )
    if way.return_ and (way.stay or way.to == BACK):
        mend = "remove it, or lead to the state that answers"
        yield Finding(
            (*at, "return"), "`return` says that the call comes back from another state", mend, True
        )
    target = flow.states.get(way.to or "")
    if way.return_ and target is not None and target.acts:
        what = f"nothing comes back from `{way.to}`, which ends the call or presses keys"
        yield Finding((*at, "return"), what, "remove it", True)
    for name, said in way.set.items():
        if name in flow.slots:
            try:
                type_of(flow.slots[name], Speech.of(flow.language)).parse(said, SOME_MOMENT)
            except NotAValue:
                what = f"`{said}` is no value of `{name}`"
                yield Finding((*at, "set", name), what, "write one as a caller would say it")
    if way.to is not None and target is None and way.to != BACK:
        return
    for name in way.clear:
        if name in way.set:
            yield Finding((*at, "set", name), f"`{name}` is cleared and set at once", "keep one", True)


def _staying(state: StatePart, trigger: str, way: TransitionPart, at: Location) -> Iterator[Finding]:
    if way.stay and trigger == COLLECTED and not set(way.clear) & set(state.collect):
        what = "nothing would follow: all is collected, and the call stays where it is"
        yield Finding((*at, "stay"), what, "lead to a state, or clear a slot to ask for it again", True)
    if way.stay and state.run is not None:
        what = "the tool has run, and nothing else can happen in this state"
        yield Finding((*at, "stay"), what, "lead to a state", True)


def _shared(way: TransitionPart, at: Location, *, first: bool) -> Iterator[Finding]:
    for key in SHARED if not first else ():
        if getattr(way, key):
            what = f"`{key}` is the same for all ways of a transition"
            yield Finding((*at, key), what, "write it with the first of them", True)


def _key(way: TransitionPart, trigger: str, taken: dict[str, str], at: Location) -> Iterator[Finding]:
    if way.key is not None and taken.setdefault(way.key, trigger) != trigger:
        what = f"the key {way.key} fires `{taken[way.key]}` already"
        yield Finding((*at, "key"), what, "leave it to one of the two")


def _too_often(state: StatePart, name: str) -> Iterator[Finding]:
    often = state.max_visits
    if often is not None and often.to == name:
        at = ("states", name, "max_visits", "to")
        yield Finding(at, f"`{name}` would lead to itself when entered too often", "lead elsewhere")
