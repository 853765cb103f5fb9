"""What a test expects of a call, and what differs from it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from engine.core.states import Action, HangUp, Press, Transfer
from engine.testkit.seen import Seen

NOTHING: Literal["nothing"] = "nothing"
"""In place of an action: the call just goes on."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of a call as it stands; what is None or empty is not looked at."""

    state: str | None = None
    functions: Collection[str] | None = None
    """All that the model may call, in any order."""
    slots: Mapping[str, str | None] = field(default_factory=dict)
    """Values in canonical form; None: it is not set. Other slots may be what they like."""
    said: tuple[str, ...] = ()
    """Each stands in what the agent has said since the caller last spoke."""
    heard: tuple[str, ...] = ()
    """Each stands in what the caller has heard of the agent since the call began."""
    never_said: tuple[str, ...] = ()
    """None stands in what the agent has said since the call began, in capitals or not."""
    tool: Mapping[str, int] = field(default_factory=dict)
    """How often each was sent since the call began."""
    action: Action | Literal["nothing"] | None = None
    ended: bool | None = None
    """Whether the call is over: hung up, put through, or closed by us."""


class Wanted(TypedDict, total=False):
    """The same, as a test writes it: one text may stand for a list of one."""

    state: str
    functions: Collection[str]
    slots: Mapping[str, str | None]
    said: str | Sequence[str]
    heard: str | Sequence[str]
    never_said: str | Sequence[str]
    tool: Mapping[str, int]
    action: Action | Literal["nothing"]
    ended: bool


def expected(wanted: Wanted) -> Expected:
    """Return what a test expects."""
    return Expected(
        state=wanted.get("state"),
        functions=wanted.get("functions"),
        slots=wanted.get("slots", {}),
        said=_each(wanted.get("said", ())),
        heard=_each(wanted.get("heard", ())),
        never_said=_each(wanted.get("never_said", ())),
        tool=wanted.get("tool", {}),
        action=wanted.get("action"),
        ended=wanted.get("ended"),
    )


def differences(call: Seen, expected: Expected) -> Iterator[str]:
    """Yield what of a call is not as expected, in the words of whoever wrote the test."""
    if expected.state is not None and call.state != expected.state:
        yield f"the state is `{call.state}`, not `{expected.state}`"
    if expected.functions is not None:
        yield from _functions(call.functions, expected.functions)
    for slot, value in expected.slots.items():
        if (found := call.slots.get(slot)) != value:
            should = "and should not be set" if value is None else f"not `{value}`"
            yield f"the slot `{slot}` is {'not set' if found is None else f'`{found}`'}, {should}"
    for words in expected.said:
        if _plain(words) not in _plain(call.said):
            yield f'"{words}" was not said. Said since the caller last spoke: "{_plain(call.said)}"'
    for words in expected.heard:
        if _plain(words) not in _plain(call.heard):
            yield f'"{words}" was not heard. Heard so far: "{_plain(call.heard)}"'
    for words in expected.never_said:
        if _plain(words).casefold() in _plain(call.all_said).casefold():
            yield f'"{words}" was said, and never should be'
    for tool, times in expected.tool.items():
        if call.runs(tool) != times:
            yield f"the tool `{tool}` was {_sent(call.runs(tool))}, and should be {_sent(times)}"
    if expected.action is not None and (call.action or NOTHING) != expected.action:
        yield f"{_acts(call.action)}; expected: {_acts(expected.action)}"
    if expected.ended is not None and call.ended != expected.ended:
        yield "the call is over" if call.ended else "the call is not over"


def _each(texts: str | Sequence[str]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _functions(may: Collection[str], should: Collection[str]) -> Iterator[str]:
    if missing := sorted(set(should) - set(may)):
        yield f"the model may not call {_listed(missing)}; it may call {_listed(may)}"
    if more := sorted(set(may) - set(should)):
        yield f"the model may also call {_listed(more)}"


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "nothing"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _sent(count: int) -> str:
    return {0: "never sent", 1: "sent once", 2: "sent twice"}.get(count, f"sent {count} times")


def _acts(action: Action | Literal["nothing"] | None) -> str:
    match action:
        case HangUp():
            return "the agent hangs up"
        case Transfer(number):
            return f"the agent puts the caller through to {number}"
        case Press(digits):
            return f"the agent presses {digits}"
        case _:
            return "the agent does nothing to the line"
