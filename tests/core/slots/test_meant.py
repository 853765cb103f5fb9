"""People mention what they do not want: only what they mean may be booked."""

import re

import pytest

from engine.core.slots.meant import candidates, chosen, meant
from engine.core.slots.type import Mention

DAY = re.compile("monday|tuesday|thursday|friday")


def mentions(text: str) -> list[Mention]:
    return [Mention(said[0], said.start(), said.end()) for said in DAY.finditer(text)]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("not thursday friday", "friday"),
        ("i can't do thursday so let's say friday", "friday"),
        ("friday not thursday", "friday"),
        ("i can't do thursday or friday but monday is fine", "monday"),
        ("thursday doesn't work friday does", "friday"),
        ("thursday i can't , friday", "friday"),
        ("thursday is no good , what about friday", "friday"),
        ("thursday at two won't work", ""),
        ("change it from thursday to friday", "friday"),
        ("friday instead of thursday", "friday"),
        ("any day but thursday", ""),
        ("why not friday", "friday"),
        ("why don't we say friday", "friday"),
        ("i don't mind thursday", "thursday"),
        ("thursday , that isn't a problem", "thursday"),
        ("is friday not too bad", "friday"),
        ("friday works for me thursday doesn't", "friday"),
        ("friday is good thursday isn't", "friday"),
        ("friday would be better thursday no good", "friday"),
        ("friday is okay monday not so much", "friday"),
        ("friday yes monday no", "friday"),
        ("yes to friday no to monday", "friday"),
        ("i don't like coming in on monday", ""),
    ],
)
def test_what_is_ruled_out_is_not_meant(said: str, days: str) -> None:
    """The wrong day must not be booked because it was mentioned."""
    assert [mention.value for mention in meant(said, mentions(said))] == days.split()


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("it has hurt since tuesday", ""),
        ("i have a meeting on thursday so friday", "friday"),
        ("i'm busy on thursday", ""),
        ("i'm off on friday", "friday"),
        ("i'm calling about my appointment on thursday", ""),
        ("my thursday appointment", ""),
        ("book my appointment for friday", "friday"),
        ("can i have an appointment on friday", "friday"),
        ("i called on monday", ""),
        ("i was there on monday , how about friday", "friday"),
        ("my husband has the car on friday so thursday", "thursday"),
        ("my kids are with me on monday", ""),
        ("my mother in law visits on monday", ""),
        ("my wife works monday", ""),
        ("my daughter has a recital on friday", ""),
        ("my daughter has a cleaning appointment friday", ""),
        ("my daughter needs a cleaning appointment friday", "friday"),
        ("my son needs a haircut on friday", "friday"),
        ("my wife is free on friday", "friday"),
        ("my daughter has a fever is there anything friday", "friday"),
        ("i have yoga on thursday", ""),
        ("we have church on friday", ""),
        ("i usually have lunch with my mother on friday", ""),
        ("i'm usually free on friday", "friday"),
        ("i take care of my mom on thursday so friday", "friday"),
        ("i have to pick up my son friday", ""),
        ("my wife picks me up on friday", ""),
        ("my train gets in on thursday so friday", "friday"),
        ("the fair kicks off on friday", ""),
        ("my flight departs friday so thursday", "thursday"),
        ("my availability starts on friday", "friday"),
        ("i start work on monday so friday", "friday"),
        ("i spoke to someone on monday about a crown", ""),
        ("i talked with maria on friday", ""),
        ("i went to the hospital on monday", ""),
        ("i spoke to my wife and friday works", "friday"),
        ("my mother's birthday is friday", ""),
        ("my insurance runs out on friday", ""),
        ("friday would have been nice but monday is fine", "monday"),
    ],
)
def test_days_that_are_past_or_settled_are_not_meant(said: str, days: str) -> None:
    """A caller explains with days what happened, and what else they have to do."""
    assert [mention.value for mention in meant(said, mentions(said), dated=True)] == days.split()


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("monday or actually make that tuesday", "tuesday"),
        ("thursday , no , friday", "friday"),
        ("either thursday or friday", "thursday friday"),
        ("monday or maybe tuesday or thursday", "monday tuesday thursday"),
        ("friday or friday", "friday"),
        ("monday if you have it , otherwise tuesday", "monday"),
        ("from monday to friday", "monday friday"),
        ("monday , no , thursday or friday", "thursday friday"),
        ("preferably friday but monday is okay too", "friday monday"),
        ("friday works and monday works as well", "friday monday"),
        ("friday but monday is better", "monday"),
        ("thursday in the morning or friday in the afternoon", "thursday friday"),
    ],
)
def test_the_last_counts_unless_the_caller_leaves_it_open(said: str, days: str) -> None:
    """A correction comes last; of a choice only the caller can say which."""
    assert [found.value for found in candidates(said, mentions(said))] == days.split()


def test_an_option_can_be_put_off() -> None:
    """It is for another visit; a day "another time" would be nonsense."""
    assert meant("friday and monday next time", mentions("friday and monday next time"))[-1].value == "friday"


def test_of_two_neither_is_chosen() -> None:
    """Nobody may choose for the caller."""
    assert chosen("thursday or friday", mentions("thursday or friday")) is None
    assert chosen("thursday", mentions("thursday")) == mentions("thursday")[0]


def test_nothing_is_chosen_of_nothing() -> None:
    """No mention, no value."""
    assert chosen("hello", []) is None
    assert candidates("hello", []) == ()
