"""A tool call that is sent while there is no connection: the platform hears of its beginning before its end."""

from engine.actor.reports import Reports
from engine.core.effects import ReportCall, ReportResult

BEGAN = ReportCall("tool_1", "book", {"day": "2026-12-03"})
ENDED = ReportResult("tool_1", "booked", {}, successful=True)


def test_what_began_without_a_connection_is_told_with_its_end() -> None:
    """The line broke under the filler, and is back when the booking is done."""
    reports = Reports()
    reports.keep(BEGAN)
    assert list(reports.due(ENDED)) == [BEGAN, ENDED]


def test_what_was_told_is_told_once() -> None:
    """Nothing is repeated on a line that holds."""
    reports = Reports()
    assert list(reports.due(BEGAN)) == [BEGAN]
    assert list(reports.due(ENDED)) == [ENDED]


def test_what_ends_without_a_connection_as_well_is_not_told_at_all() -> None:
    """The platform's records have neither, and another call of the same tool stands for itself."""
    reports = Reports()
    reports.keep(BEGAN)
    reports.keep(ENDED)
    assert list(reports.due(ENDED)) == [ENDED]
