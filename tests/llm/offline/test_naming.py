"""Callers say which slot they mean by its label, by its type, or by what it is not."""

from datetime import UTC, datetime

import pytest

from engine.core.slots.choices import Choice
from engine.core.slots.dates import Date
from engine.core.slots.names import Name
from engine.core.slots.slot import Slot
from engine.core.slots.times import Time
from engine.core.slots.type import SlotType
from engine.core.slots.words import normalise
from engine.flow.build.wordings import plain_wording
from engine.llm.offline.naming import denied, named, ruled_out


def a_slot(name: str, kind: SlotType, label: str) -> Slot:
    words = plain_wording(label, ["en"])
    return Slot(name, kind, words, read_back=words)


NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
SLOTS = {
    slot.name: slot
    for slot in (
        a_slot("service", Choice({"cleaning": (), "filling": ()}), "kind of visit"),
        a_slot("day", Date(), "day"),
        a_slot("start", Time(), "start"),
        a_slot("name", Name(), "name"),
    )
}
TYPES = {name: slot.type for name, slot in SLOTS.items()}
KNOWN = {"day": "2026-11-20", "start": "10:00", "name": "Maria Lopez"}


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("the kind of visit", "service"),
        ("the date please", "day"),
        ("the time is wrong", "start"),
        ("you have my name wrong", "name"),
        ("a bit later", "start"),
        ("everything", None),
    ],
)
def test_a_slot_is_named(said: str, slot: str | None) -> None:
    """In the flow's words, or in everybody's."""
    assert named(normalise(said), SLOTS, "en") == slot


def test_of_two_slots_of_a_type_only_the_label_tells() -> None:
    """ "The day" may be either."""
    slots = {
        "arrival": a_slot("arrival", Date(), "arrival"),
        "departure": a_slot("departure", Date(), "departure"),
    }
    assert named(normalise("the day"), slots, "en") is None
    assert named(normalise("the departure"), slots, "en") == "departure"


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("my name is not maria", "name"),
        ("not friday", "day"),
        ("i can't do friday", "day"),
        ("it isn't at ten", "start"),
        ("not monday", None),
        ("maria", None),
    ],
)
def test_a_value_is_denied(said: str, slot: str | None) -> None:
    """If it is the one that we have."""
    assert denied(normalise(said), TYPES, KNOWN, NOW) == slot


@pytest.mark.parametrize("said", ["just not at eleven", "anything but ten", "all but ten"])
def test_a_value_that_was_never_said_can_be_ruled_out(said: str) -> None:
    """It is the time that will not do, whichever it is."""
    assert ruled_out(normalise(said), TYPES, KNOWN, NOW) == "start"
