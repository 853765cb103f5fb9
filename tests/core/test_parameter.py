"""What a model gives a tool beside the slots is brought into one form, or refused."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.core.slots.dates import Date
from engine.core.slots.numbers import Number
from engine.core.slots.type import NotAValue
from engine.core.tool import Parameter

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("America/New_York"))
DAY = Parameter("day", Date().schema(), type=Date())
PARTY = Parameter("party", Number().schema(), type=Number())


@pytest.mark.parametrize(
    ("parameter", "value", "canonical"),
    [
        (DAY, "tomorrow", "2026-11-24"),
        (DAY, "2026-11-24", "2026-11-24"),
        (PARTY, 4, "4"),
        (PARTY, "four", "4"),
        (DAY, "", None),
        (DAY, None, None),
        (DAY, ["tomorrow"], None),
        (Parameter("count", {"type": "integer"}), "4", 4),
    ],
)
def test_a_value_that_is_typed_as_slots_are_is_read_as_theirs_are(
    parameter: Parameter, value: object, canonical: object
) -> None:
    """In whatever words the model gives it; nothing is no value."""
    assert parameter.canonical(value, NOW) == canonical


def test_a_value_that_means_none_is_refused_with_the_reason() -> None:
    """The model asks the caller again."""
    with pytest.raises(NotAValue, match="'blue' is not a day"):
        DAY.canonical("blue", NOW)
