"""`turnstile replay`: hold a stored call once more, and say what was decided in it and why."""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from engine.cli.compare import compare
from engine.cli.lines import timed
from engine.cli.stored import the_one
from engine.core.flow import Flow
from engine.errors import SettingsError
from engine.settings import from_environment
from engine.store.records import records
from engine.testkit.replay.recording import Recording, read_recording, recorded
from engine.testkit.replay.replay import Gap, Replayed, replayed
from engine.testkit.replay.shelf import Shelf
from engine.testkit.replay.telling import Line, Telling

BAD_USE = 2


def run(options: argparse.Namespace) -> int:
    """Print the call as a dialogue, or where calls would have gone otherwise.

    Return 1 when one does not come out as it was written down, and 2 when it is not said which is meant.
    """
    if options.all is (options.call is not None) or (options.since and not options.all):
        print("name one call, or --all and, if so wished, --since", file=sys.stderr)
        return BAD_USE
    shelf = Shelf(options.flow)
    if options.all:
        return compare(_all(options.since), shelf)
    recording = the_recording(options.call)
    others = [flow for flow in shelf.named() if flow.name == recording.flow]
    if others and all(flow.version != recording.version for flow in others):
        return compare([recording], shelf)
    return _tell(shelf.of(recording), recording)


def _all(since: timedelta | None) -> Iterator[Recording]:
    """Yield the calls that were written down, the oldest first."""
    settings = from_environment()
    with records(settings) as written:
        if written is None:
            raise SettingsError(
                f"no calls are written down in {settings.data}; set TURNSTILE_DATA or TURNSTILE_DATABASE"
            )
        for call in written.since(time.time() - since.total_seconds() if since is not None else 0.0):
            yield recorded(written, call)


def the_recording(call: str) -> Recording:
    """Return the call of a file, or of an id. Raises SettingsError when there is neither."""
    path = Path(call)
    if path.is_file():
        return read_recording(path)
    settings = from_environment()
    with records(settings) as written:
        if written is None:
            raise SettingsError(
                f"there is no file `{call}`, and no calls are written down in {settings.data}; "
                "name a file of turnstile export, or set TURNSTILE_DATA or TURNSTILE_DATABASE"
            )
        return recorded(written, the_one(call, written))


def _tell(flow: Flow, recording: Recording) -> int:
    print(f"{recording.call_id}  {recording.flow} {recording.version}  {flow.path}\n")
    began = recording.happened[0].at if recording.happened else 0.0
    telling = Telling(flow)
    last: Replayed | Gap = Gap(0, "nothing was written down")
    for last in replayed(flow, recording):
        if isinstance(last, Replayed):
            for line in telling.take(last):
                _print(line, began)
            if last.differs:
                break
    for line in telling.finish():
        _print(line, began)
    print(f"\n{verdict(last, recording)}")
    return 1 if isinstance(last, Gap) or last.differs else 0


def verdict(last: Replayed | Gap, recording: Recording) -> str:
    """Say how a call came out, by the last thing that happened in it."""
    if isinstance(last, Gap):
        return f"It can not be held any further after event {last.after}: {last.why}."
    seq, kind = last.happened.seq, type(last.event).__name__
    if last.differs:
        return (
            f"At event {seq} ({kind}) it goes otherwise: {last.differs}. "
            "Is it the flow, and the version of turnstile, with which the call was held?"
        )
    snapshot = recording.snapshot
    whole = snapshot is not None and snapshot.line.seq == seq
    end = "and the same call at the end" if whole else "how the call stood at the end was not kept"
    return f"{seq} events, in the same states, {end}."


def _print(line: Line, began: float) -> None:
    print(timed(line.at - began, line.who, line.text))
