"""Outcomes move the visit that asked for them, and nothing else."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.testkit import Call

WEATHER = """
flow: weather
initial: hello
slots: {day: {type: date}}
tools:
  look: {python: "clinic:weather", effect: read, outcomes: [sun, rain], on_interrupt: finish}
  note: {python: "clinic:book_day", effect: write, needs: nothing, outcomes: [noted, full], happened: [noted]}
states:
  hello:
    collect: [day]
    tools: [look, note]
    transitions:
      sun: {to: sunny, say: "It is sunny."}
      noted: {to: hello, say: "Noted."}
      full: hello
      error: hello
      unknown: hello
      walk: {to: walking, when: The caller wants a walk.}
      check: {to: checking, when: The caller wants to be sure.}
  walking:
    say: "Where to?"
    transitions: {sun: {to: sunny, when: The caller says that the sun shines.}, home: {to: hello, when: Home.}}
  checking: {run: look, transitions: {sun: {to: sunny, say: "Sunny, I am sure."}, rain: hello, error: hello, timeout: hello}}
  sunny: {prompt: Talk., transitions: {back: {to: hello, when: Back.}}}
"""


@pytest.fixture
def weather(write_flow: Callable[[str], Flow]) -> Call:
    """A line that looks at the weather, while people talk of other things."""
    return Call(write_flow(WEATHER)).caller("How is the weather?").model(look={"message": "Let me see."})


def test_an_outcome_that_comes_in_another_visit_moves_nothing(weather: Call) -> None:
    """The caller has gone on; a transition of the same name there means something else."""
    weather.caller("Let's walk").model(walk={}).tool("look", "sun")
    assert (weather.state, weather.said) == ("walking", "Where to?")


def test_the_same_look_up_under_way_is_joined_not_made_again(weather: Call) -> None:
    """The state that wants it waits for the one that runs."""
    weather.caller("Are you sure?").model(check={})
    assert weather.runs("look") == 1
    weather.tool("look", "sun")
    assert (weather.state, weather.said) == ("sunny", "Sunny, I am sure.")


def test_a_look_up_moves_nothing_while_a_write_waits(weather: Call) -> None:
    """The state stays until it is known what came of the write."""
    weather.caller("Note the third").model(note={"day": "2026-12-03"}).tool("look", "sun")
    assert weather.state == "hello"
    weather.tool("note", "noted")
    assert "Noted." in weather.said


def test_what_has_just_been_tried_is_not_tried_again_in_the_same_turn(weather: Call) -> None:
    """A model that insists would do so for ever."""
    weather.tool("look", "rain").model("It rains.")
    weather.caller("Note the third").model(note={"day": "2026-12-03"}).tool("note", "full")
    weather.model(note={"day": "2026-12-03"})
    assert weather.results[-1] == "refused: note has just been tried: full"
    weather.model("That day is full.").caller("Try again").model(note={}).tool("note", "noted")
    assert weather.said == "Noted."


def test_news_over_a_turn_that_nobody_heard_does_not_make_it_stand(weather: Call) -> None:
    """The caller goes on before anything of either is heard: the day was never decided, the sun shines."""
    weather.caller("The third").model(update_details={"day": "2026-12-03", "message": "The third, good."})
    weather.interrupt().tool("look", "sun").wait("5s").interrupt()
    assert weather.state == "sunny"
    weather.adds("no, the fourth")
    assert weather.slots == {}
    assert (weather.state, weather.said) == ("sunny", "It is sunny.")


def test_news_are_not_said_into_what_the_caller_is_saying(weather: Call) -> None:
    """They wait until the caller has stopped."""
    weather.caller("The third").model(update_details={"day": "2026-12-03", "message": "Good."})
    weather.begins("And then").tool("look", "sun")
    assert weather.said == "Good."
    assert weather.wait("3s").said == "Good. It is sunny."


def test_news_do_not_cut_what_we_are_still_saying(weather: Call) -> None:
    """It was sent at once, and takes a while to be spoken."""
    long = "Noted, the third. There is a table by the window then, and the garden is open as well."
    weather.caller("The third").model(update_details={"day": "2026-12-03", "message": long})
    weather.tool("look", "sun").wait("4s")
    assert weather.said == long
    assert weather.wait("5s").said == f"{long} It is sunny."


def test_a_reminder_tells_the_news_instead_of_a_nudge(write_flow: Callable[[str], Flow]) -> None:
    """They waited for our own words to be spoken, and the platform asks first."""
    silence = "always: {silence: {after: [8s, 8s], say: [Hello?], to: sunny}}"
    call = (
        Call(write_flow(WEATHER + silence))
        .caller("How is the weather?")
        .model(look={"message": "Let me see."})
    )
    call.caller("The third").model(update_details={"day": "2026-12-03", "message": "Good."})
    assert call.tool("look", "sun").silence().said == "It is sunny."
