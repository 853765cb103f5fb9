"""`turnstile calls`: live and past calls, the newest first."""

import argparse
import time
from collections.abc import Iterable, Iterator
from datetime import datetime

from engine.settings import from_environment
from engine.store.records import Record, Standing, records

TITLE = ("began", "took", "is", "flow", "state", "call")


def run(options: argparse.Namespace) -> int:
    """Print a line for each call; nothing of what was said in it."""
    with records(from_environment()) as written:
        calls = written.newest(options.limit, live=options.live) if written is not None else []
    if not calls:
        print("no live calls" if options.live else "no calls yet; hold one: turnstile chat FLOW")
        return 0
    for line in _in_columns([TITLE, *(tuple(_cells(call)) for call in calls)]):
        print(line)
    return 0


def took(call: Record, now: float | None = None) -> str:
    """Return how long a call took, or has taken by now; one that was lost, until it was heard of last."""
    if call.standing is Standing.LIVE:
        end = time.time() if now is None else now
    else:
        end = call.saved_at if call.ended_at is None else call.ended_at
    return clock(end - call.began_at)


def clock(seconds: float) -> str:
    """Return a duration as 4:05 or 1:04:05."""
    minutes, left = divmod(max(round(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def moment(at: float) -> str:
    """Return a moment in the time zone of this machine."""
    return f"{datetime.fromtimestamp(at).astimezone():%Y-%m-%d %H:%M:%S}"


def _cells(call: Record) -> Iterator[str]:
    yield moment(call.began_at)
    yield took(call)
    yield call.standing.value
    yield call.flow
    yield call.state
    yield call.id


def _in_columns(rows: list[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
