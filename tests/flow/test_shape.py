"""What does not fit the language is said at its own place, and hides nothing else."""

import pytest

from engine.flow.load import loads
from tests.conftest import inspect
from tests.support.small_flow import SMALL, broken, problems

STATES = SMALL[SMALL.index("states:") : SMALL.index("always:")]
NO_FATE = "`work` does not say where the outcome `unknown` of book leads"


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("type: date", "type: choice, options: [1]", "x.yaml:4:39: `options` must hold text, not `1`; put quotes around it [language]"),
        ("type: date", "type: choice, options: [a, true]", "x.yaml:4:42: `options` must hold text, not true; put quotes"),
        ("type: date", "type: choice, options: [[a]]", "x.yaml:4:38: an option must be text; write [a, b], or a line"),
        ("type: date", "type: choice, options: []", "x.yaml:4:29: `options` is empty; give it at least one [language]"),
        ("initial: hello", "version: 1.0\ninitial: hello", "x.yaml:3:10: `1.0` is no version; write a whole number"),
        ("initial: hello", "version: true\ninitial: hello", "x.yaml:3:10: true is no version; write a whole number"),
        ("run: book", "run: [book]", "x.yaml:17:10: a list is no name; write one name, without brackets [language]"),
        ("collected: work", "collected: {to: [work]}", "x.yaml:15:35: a list is no name; write one name, without brackets [language]"),
        ("collected: work", "collected: Work", "x.yaml:15:30: `Work` is no name; use small letters"),
        ("collected: work", "collected: ", "x.yaml:15:29: a name is missing; write it behind the colon [language]"),
        ("effect: write,", "effect: write, at_most: 0,", "x.yaml:7:61: `at_most` must be 1 or more, not `0`; write a number from 1 [language]"),
        ("effect: read,", "effect: read, retries: 9,", "x.yaml:6:59: `retries` must be 5 or less, not `9`; write a number up to 5 [language]"),
        ("hang_up: true", "press: abc", "x.yaml:19:33: `abc` is no row of keys; write digits, * and # in quotes"),
        ("hang_up: true", "press: 12", "x.yaml:19:33: `12` is no row of keys; write digits, * and # in quotes"),
        ("effect: read,", "effect: read, timeout: 0s,", "x.yaml:6:59: no time at all is not enough; write a duration above zero"),
        ("effect: read,", "effect: read, timeout: true,", "true is no duration; write a number with ms, s or m"),
        ("effect: read,", "effect: read, filler: 5,", "`filler` must be text, not `5`; put quotes around it"),
        ("effect: read", "effect:read", "x.yaml:6:36: there is no key `effect:read` here; write `effect: read`, with a space [language]"),
        ("  end_call:", "  End Call:", "x.yaml:21:3: `End Call` is no name; use small letters"),
        ("outcomes: [booked]", "outcomes: [Booked]", "x.yaml:7:79: `Booked` is no name; use small letters"),
        ("booked: bye", "yes: bye", "x.yaml:18:19: `yes` is true or false to many YAML tools; choose another name [language]"),
        ("slots:", "slot:", "x.yaml:4:1: there is no key `slot` here; did you mean `slots`? [language]"),
        ("states:", "state:", "x.yaml:8:1: there is no key `state` here; did you mean `states`? [language]"),
        ("    transitions: {booked", "    transition: {booked", "x.yaml:18:5: there is no key `transition` here; did you mean"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_once_at_its_place(before: str, after: str, problem: str) -> None:
    """And in the words of the flow language, not of the library that checks it."""
    [found] = broken(before, after)
    assert problem in found


def test_a_name_that_can_not_be_one_is_told_where_it_is_defined() -> None:
    """Each place that uses it would only say so again."""
    text = SMALL.replace("bye", "Bye").replace("look", "Look")
    assert [line.split(";")[0] for line in problems(text)] == [
        "x.yaml:6:3: `Look` is no name",
        "x.yaml:19:3: `Bye` is no name",
    ]


def test_a_key_is_text_as_it_was_typed() -> None:
    """`true` and 3 are no text to YAML, but nobody who types an option thinks of that."""
    assert (
        "x.yaml:19:3: `true` is true or false to many YAML tools; choose another name [language]"
        in broken("  bye:", "  true:")
    )
    slots = "slots: {day: {type: choice, options: {yes: [], true: [], 3: []}, ask: x}}"
    flow = loads(SMALL.replace('slots: {day: {type: date, ask: "Which day?"}}', slots), inspect)
    assert flow.slots["day"].type.schema()["enum"] == ["yes", "true", "3"]


@pytest.mark.parametrize("states", ["", "states:\n", "states: {}\n", "states: []\n"])
def test_a_flow_without_states_lacks_only_those(states: str) -> None:
    """Its name and its first state are there."""
    [found] = problems(SMALL.replace(STATES, states))
    assert "`states`" in found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("flow: small", "flow: din ner"),
        ("flow: small", "flow: small\nlanguag: x"),
        ('say: "Hello."', "say: 5"),
        ("run: book", "run: book\n    prompt: [x]"),
        ("collected: work", "collected: Work"),
    ],
)
def test_what_does_not_fit_hides_nothing_that_does_not_rest_on_it(before: str, after: str) -> None:
    """Everything in one go."""
    found = problems(SMALL.replace(before, after).replace(", unknown: bye}", "}"))
    assert len(found) == 2
    assert any(NO_FATE in line for line in found)
