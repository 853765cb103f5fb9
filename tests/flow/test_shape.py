"""What does not fit the language is said at its own place, and hides nothing else."""

import pytest

from engine.flow.load import loads
from tests.conftest import inspect
from tests.support.misfits import MISFITS
from tests.support.small_flow import SMALL, broken, problems

STATES = SMALL[SMALL.index("states:") : SMALL.index("always:")]
NO_FATE = "`work` does not say where the outcome `unknown` of book leads"


@pytest.mark.parametrize(("before", "after", "problem"), MISFITS)
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
