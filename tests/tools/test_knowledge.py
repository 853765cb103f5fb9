"""The built-in knowledge as a tool: what it takes, and what it gives to the model and the caller."""

import asyncio
from datetime import UTC, datetime

import pytest

from engine.core.tool_source import Passage, Passages
from engine.errors import NotDone
from engine.tools.circumstances import Circumstances
from engine.tools.find import find, inspect_tool, prepare
from engine.tools.knowledge import Knowledge
from engine.tools.means import Means
from engine.tools.outcome import Outcome

PARKING = Passage("Parking", "Parking is free.", within=("The clinic", "Directions"))
SOURCE = Passages(("faq.md",), (PARKING, Passage("Insurance", "We take Aetna.")))


def call(source: Passages, **arguments: object) -> Outcome:
    """Call the tool as an errand does."""
    circumstances = Circumstances("key", "call_1", datetime(2026, 11, 23, tzinfo=UTC))
    return asyncio.run(find(source).call(arguments, circumstances, Means()))


def test_what_is_found_goes_to_the_model_with_its_headings() -> None:
    """And a sentence of it can be said as it stands."""
    assert call(SOURCE, question="where can I park?") == Outcome(
        "found",
        {"passages": [{"about": "The clinic: Directions: Parking", "text": "Parking is free."}]},
        say="Parking is free.",
    )


def test_what_is_not_known_is_said_so() -> None:
    """Rather than the passage that is least wrong."""
    assert call(SOURCE, question="what about my cat's birthday") == Outcome(
        "nothing", say="I don't know that, I'm afraid."
    )


def test_a_call_without_a_question_is_none() -> None:
    """A model may forget it."""
    with pytest.raises(NotDone):
        call(SOURCE)


def test_it_takes_one_question() -> None:
    """In the caller's words."""
    [parameter] = inspect_tool(SOURCE).parameters
    assert (parameter.name, parameter.schema["type"], parameter.required) == ("question", "string", True)


def test_at_most_three_passages_come_and_not_too_much_to_read() -> None:
    """The model reads them while the caller waits."""
    short = tuple(Passage(f"Parking {n}", "It is free.") for n in range(9))
    assert len(Knowledge(Passages((), short)).answer("parking").result["passages"]) == 3  # type: ignore[arg-type]
    long = tuple(Passage(f"Parking {n}", "It is free. " * 90) for n in range(9))
    assert len(Knowledge(Passages((), long)).answer("parking").result["passages"]) == 1  # type: ignore[arg-type]


def test_the_same_files_with_other_words_are_another_source() -> None:
    """A flow that is loaded anew answers from the files as they are now."""
    prepare(SOURCE, Means())
    changed = Passages(SOURCE.files, (Passage("Parking", "Parking is two dollars."),))
    assert call(SOURCE, question="parking").say == "Parking is free."
    assert call(changed, question="parking").say == "Parking is two dollars."
