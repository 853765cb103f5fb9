"""What makes two tool calls the same."""

from engine.core.ledger import key_of
from engine.core.tool import Tool
from engine.core.tool_source import PythonFunction

BOOK = Tool(
    "book", PythonFunction("clinic:book"), "Book.", writes=True, outcomes=("booked",), key=("day", "time")
)


def test_arguments_outside_the_key_do_not_make_another_write() -> None:
    """A model that words its note differently the second time must not book twice."""
    first = key_of("call_1", BOOK, {"day": "2026-12-03", "time": "15:00", "note": "window seat"})
    again = key_of("call_1", BOOK, {"time": "15:00", "day": "2026-12-03", "note": "by the window"})
    assert first == again


def test_another_day_another_call_or_another_tool_is_another_write() -> None:
    """What the caller wants differently is wanted."""
    arguments = {"day": "2026-12-03", "time": "15:00"}
    cancel = Tool(
        "cancel",
        PythonFunction("clinic:cancel"),
        "Cancel.",
        writes=True,
        outcomes=("gone",),
        key=("day", "time"),
    )
    keys = {
        key_of("call_1", BOOK, arguments),
        key_of("call_1", BOOK, {**arguments, "day": "2026-12-04"}),
        key_of("call_2", BOOK, arguments),
        key_of("call_1", cancel, arguments),
    }
    assert len(keys) == 4
