"""What is spoken can be spoken."""

import pytest

from tests.support.small_flow import broken


@pytest.mark.parametrize("line", ["Hello {day.", "Hello day}.", "Hello }day{.", "Hello {{day}."])
def test_a_brace_that_stands_alone_is_told(line: str) -> None:
    """It would be read out."""
    assert broken('"Hello."', f'"{line}"') == [
        "x.yaml:10:10: a brace stands alone; write a slot as {name}; say other braces in words [unspeakable-line]"
    ]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ('"Which day?"', '"Which {day}?"', "4:32: `ask`"),
        ("type: date,", 'type: date, label: "{day}",', "4:34: `label`"),
        ("effect: read,", 'effect: read, filler: "Let me see {day}.",', "6:58: `filler`"),
        ("always:\n", 'always:\n  silence: {after: [8s, 8s], say: ["{day}?"], to: bye}\n', "21:36: `say`"),
        ("initial: hello", 'initial: hello\nlines: {hold: "{day}"}', "4:15: `hold`"),
    ],
)
def test_a_line_that_is_spoken_as_it_stands_has_no_slots(before: str, after: str, place: str) -> None:
    """Only a `say` and a `read_back` are filled in."""
    assert broken(before, after) == [
        f"x.yaml:{place} is spoken as it stands, and its braces would be too; say it without the slot, or in the `say` of a state [unspeakable-line]"
    ]
