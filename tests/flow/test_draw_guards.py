"""A guard in a picture says what the flow says."""

import pytest

from engine.flow.draw.guards import in_words
from engine.flow.language.guards import Scope, read_guard


@pytest.mark.parametrize(
    "guard",
    [
        "day is set",
        "day is not set and visits > 2",
        "meal is soup or bread",
        "meal is not soup or bread",
        "(day is set or meal is soup) and misses <= 3",
        "not (day is set and call.metadata.plan is gold)",
        "day is set and meal is soup or look is sun",
        "not (day is set or visits > 1)",
        "not visits > 1",
        "meal is 'big salad' or \"it's hot\" or 'set'",
    ],
)
def test_a_guard_is_drawn_as_a_flow_could_write_it(guard: str) -> None:
    """It means the same when it is read again."""
    scope = Scope(
        slots=frozenset({"day", "meal"}),
        tools=frozenset({"look"}),
        details=lambda name: name == "call.metadata.plan",
        value=lambda _, text: text,
        ordered=lambda _: True,
    )
    read = read_guard(guard, scope)
    assert read_guard(in_words(read), scope) == read
