"""What is personal is replaced, each time by the same, and nothing else is."""

import pytest

from engine.flow.load import load
from engine.testkit.clock import MONDAY_MORNING
from engine.testkit.replay.mask import Mask
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS

FLOW = load(FLOWS / "appointment.yaml", inspect_tool)
NAME, PHONE = "Wilhelmina Okonkwo", "+12025550173"


@pytest.fixture
def mask() -> Mask:
    """Of a call in which a name and a number were told."""
    return Mask(
        FLOW, [("name", NAME), ("phone", PHONE), ("service", "cleaning")], MONDAY_MORNING, "Ava Bright"
    )


def test_the_same_value_becomes_the_same_everywhere(mask: Mask) -> None:
    """In a slot, in a model's words for it, in what is said, and word for word."""
    name, phone = mask.value("name", NAME), mask.value("phone", PHONE)
    assert name is not None
    assert {name, phone}.isdisjoint({NAME, PHONE, None})
    assert mask.arguments({"name": NAME.lower(), "phone": "202 555 0173"}) == {"name": name, "phone": phone}
    assert mask.text(f"I am {NAME.upper()}.") == f"I am {name}."
    assert mask.text("Okonkwo, yes") == f"{name.split()[-1]}, yes"
    assert mask.anything({"who": [NAME], "count": 3}) == {"who": [name], "count": 3}


@pytest.mark.parametrize(
    "words",
    ["a cleaning on Friday at 3", "2026-12-03", "in March", "Is that Ava at Bright?", "one or two"],
)
def test_what_says_nothing_of_the_caller_stays(mask: Mask, words: str) -> None:
    """Days, months, and names that the flow itself speaks of."""
    assert mask.text(words) == words


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("call me at (415) 867-5309", "867"),
        ("four one five eight six seven five three oh nine", "eight six"),
        ("write to bart@home.org", "bart"),
        ("ask for Bartholomew", "Bartholomew"),
    ],
)
def test_names_and_numbers_that_no_slot_holds_go_as_well(mask: Mask, words: str, gone: str) -> None:
    """They were said, and never recorded."""
    assert gone not in mask.text(words)


def test_a_read_back_that_was_cut_is_cut_at_the_same_word(mask: Mask) -> None:
    """In the middle of a name."""
    name = mask.value("name", NAME)
    assert name is not None
    assert mask.heard("So that is for Wilhelmina").split()[-1] == name.split()[0]
