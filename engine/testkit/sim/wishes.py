"""What callers want: a value for each slot of a flow, drawn by its type, and how they say it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random

from engine.core.flow import Flow
from engine.core.slots.slot import Slot
from engine.core.slots.type import NotAValue

FIRST = (
    "Maria",
    "James",
    "Linda",
    "Carlos",
    "Priya",
    "Kevin",
    "Susan",
    "Ahmed",
    "Grace",
    "Oliver",
    "Hannah",
    "Diego",
)
LAST = (
    "Lopez",
    "Miller",
    "Johnson",
    "Patel",
    "Garcia",
    "Smith",
    "Okafor",
    "Rossi",
    "Turner",
    "Brooks",
    "Cohen",
)
TEXTS = ("please call me back about the bill", "I will be ten minutes late", "the form is missing a page")
CODES = ("4417", "8052", "1930")
MOST_TRIES = 60
LANGUAGE = "en-US"


def drawn(flow: Flow, dice: Random, now: datetime) -> dict[str, str]:
    """Return a wish: a canonical value for each slot that the flow asks for, where one can be drawn."""
    asked = dict.fromkeys(name for state in flow.states.values() for name in state.collect)
    spare = {name for tool in flow.tools.values() if tool.writes for name in tool.optional}
    wish: dict[str, str] = {}
    for name in (name for name in asked if name not in spare):
        slot = flow.slots[name]
        value = another(slot, dice, now) if slot.ask is not None else None
        if value is not None:
            wish[name] = value
    return wish


def another(slot: Slot, dice: Random, now: datetime, but: str | None = None) -> str | None:
    """Return a value that the flow takes for a slot, and not `but`; None when none is known for its type."""
    local = now
    for _ in range(MOST_TRIES):
        said = _any(slot, dice, local.date())
        if said is None:
            return None
        try:
            value = slot.accept(said, local)
        except NotAValue:
            continue
        if value != but:
            return value
    return None


def spoken(slot: Slot, value: str, now: datetime) -> str:
    """Return a value as a caller says it."""
    return slot.type.spoken(value, now, LANGUAGE)


def _any(slot: Slot, dice: Random, today: date) -> str | None:
    match slot.type.name:
        case "choice":
            options = _options(slot.type.schema())
            return dice.choice(options) if options else None
        case "date":
            return _day(dice, today).isoformat()
        case "time":
            return f"{dice.randrange(9, 21):02}:{dice.choice(('00', '30'))}"
        case "datetime":
            return f"{_day(dice, today).isoformat()}T{dice.randrange(9, 17):02}:00"
        case "name":
            return f"{dice.choice(FIRST)} {dice.choice(LAST)}"
        case "phone":
            return f"+1202555{dice.randrange(100, 200):04}"
        case "email":
            return f"{dice.choice(FIRST).lower()}@example.com"
        case "number":
            return str(dice.randrange(1, 7))
        case "money":
            return str(dice.randrange(10, 200))
        case "yes_no":
            return dice.choice(("yes", "no"))
        case "text":
            words = f"{slot.name} {slot.label.text(LANGUAGE) if LANGUAGE in slot.label.by_language else ''}"
            return dice.choice(CODES if "number" in words else TEXTS)
        case _:
            return None


def _options(schema: Mapping[str, object]) -> list[str]:
    found = schema.get("enum")
    return [str(option) for option in found] if isinstance(found, list | tuple) else []


def _day(dice: Random, today: date) -> date:
    """Return a day of the next two weeks on which nearly everything is open: no Monday, no weekend."""
    while True:
        day = today + timedelta(dice.randrange(1, 15))
        if day.weekday() in {1, 2, 3, 4}:
            return day
