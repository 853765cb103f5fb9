"""Looking for what is free: when a caller asks, leaves it to us, or says only "in the afternoon"."""

from collections.abc import Mapping

from engine.core.flow import Flow
from engine.core.functions import Function, Kind
from engine.core.states import State
from engine.core.tool import Tool
from engine.llm.offline.acts import Act
from engine.llm.offline.hints import beyond, is_bound, near, next_weekday, some_day
from engine.llm.offline.offers import offer
from engine.llm.offline.replies import Reply, call, question, record, record_or_say
from engine.llm.offline.situation import Situation, content

_FREE = content("free open opening openings available availability times")


def openings(now: Situation) -> Reply | None:
    """Look for what is free: "What times do you have?", "in the afternoon", "whenever"."""
    function = next((f for f in now.kind(Kind.TOOL) if _looks(now.request.flow.tools[f.name])), None)
    if function is None or now.lost or not wants_openings(now):
        return None
    tool = now.request.flow.tools[function.name]
    values = {**_guessed(now, function), **wished(now)}
    values = {slot: value for slot, value in values.items() if now.request.known.get(slot) != value}
    lacking = [
        slot
        for slot in tool.slots
        if slot not in tool.optional and slot not in now.request.known and slot not in values
    ]
    if lacking:
        return record_or_say(now, question(now.request, lacking[0]), values)
    around = _around(now, function, values)
    if around is None and _vague_time(now) and Act.ANYTHING not in now.acts:
        return _which_hour(now, values)
    taken = {slot: value for slot, value in values.items() if slot in function.slots}
    others = {slot: value for slot, value in values.items() if slot not in taken}
    first = record(now, "", others) or []
    return [*first, call(function, "", {**taken, **(around or {})}, index=len(first))]


def some_other_day(now: Situation) -> Reply | None:
    """Ask for a day where only "sometime next week" was said, and nothing can be looked up."""
    vague = [slot for slot in now.asked if slot in now.understood.heard.vague]
    if len(vague) != 1 or now.details is None or now.lost:
        return None
    if now.request.flow.slots[vague[0]].type.name not in {"date", "time"}:
        return None
    return _which_hour(now, now.changes) if _type(now, vague[0]) == "time" else _which_day(now, vague[0])


def wants_openings(now: Situation) -> bool:
    """Say whether the caller asks what is free, leaves it to us, or says only roughly when."""
    if Act.OPENINGS in now.acts:
        return True
    if Act.ANYTHING in now.acts and _times(now):
        return is_bound(now.words.text)
    bound = bool(_times(now)) and is_bound(now.words.text)
    rough = bound or _vague_time(now) or _vague_day(now)
    asked = {_type(now, slot) for slot in now.asked}
    if Act.ANYTHING in now.acts:
        return not asked or bool(asked & {"date", "time"}) or bool(wished(now))
    if Act.QUESTION in now.acts:
        return any(_type(now, slot) == "date" for slot in now.changes)
    return rough and not now.changing


def wished(now: Situation) -> Mapping[str, str]:
    """Return the values that are meant as they are: an hour after which something is wanted is none."""
    if not is_bound(now.words.text):
        return now.values
    return {slot: value for slot, value in now.values.items() if _type(now, slot) != "time"}


def looks_up(flow: Flow, state: State) -> bool:
    """Say whether a state offers a tool that finds what is free."""
    return any(_looks(flow.tools[tool]) for tool in state.tools)


def _looks(tool: Tool) -> bool:
    return not tool.writes and bool(content(tool.description) & _FREE)


def _guessed(now: Situation, function: Function) -> dict[str, str]:
    """Return the day on which to look when the caller leaves it to us, or names only a week."""
    day = next((slot for slot in function.slots if _type(now, slot) == "date"), None)
    if day is None or day in now.values or day in now.torn:
        return {}
    today = now.request.now.date()
    found = some_day(now.words.text, today) if day not in now.request.known or _vague_day(now) else None
    if found is None and Act.ANYTHING in now.acts and day not in now.request.known:
        found = next_weekday(today)
    return {day: found.isoformat()} if found is not None else {}


def _around(now: Situation, function: Function, values: Mapping[str, str]) -> dict[str, str] | None:
    """Return the time near which to look; it is a wish, and not recorded as said."""
    slot = next((slot for slot in function.slots if _type(now, slot) == "time"), None)
    if slot is None or slot in values or (slot in now.request.known and offer(now.request) is None):
        return None
    offered = offer(now.request)
    time = near(now.words.text, _times(now))
    if offered is not None and offered.slot == slot:
        time = beyond(now.words.text, offered.values) or time
    return {slot: time} if time is not None else None


def _times(now: Situation) -> tuple[str, ...]:
    heard = now.understood.heard
    given = {**heard.values, **now.values}
    said = [value for slot, value in given.items() if _type(now, slot) == "time"]
    torn = [value for slot, values in heard.torn.items() if _type(now, slot) == "time" for value in values]
    return (*said, *torn)


def _vague_time(now: Situation) -> bool:
    bound = bool(_times(now)) and is_bound(now.words.text)
    # "Maria Lopez, in the morning" restates a time that is known.
    open_ = [
        slot for slot in now.understood.heard.vague if slot in now.asked or slot not in now.request.known
    ]
    return bound or any(_type(now, slot) == "time" for slot in open_)


def _vague_day(now: Situation) -> bool:
    vague = any(_type(now, slot) == "date" for slot in now.understood.heard.vague)
    return vague and some_day(now.words.text, now.request.now.date()) is not None


def _which_hour(now: Situation, values: Mapping[str, str]) -> Reply:
    slot = next(slot for slot in now.request.flow.slots if _type(now, slot) == "time")
    return record_or_say(now, f"Just the hour will do. {question(now.request, slot)}", values)


def _which_day(now: Situation, slot: str) -> Reply:
    return record_or_say(now, f"Let's pick a day. {question(now.request, slot)}", now.changes)


def _type(now: Situation, slot: str) -> str:
    return now.request.flow.slots[slot].type.name
