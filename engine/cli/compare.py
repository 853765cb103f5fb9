"""Which of many calls would have gone otherwise with a flow, told by `turnstile replay`."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from engine.core.flow import Flow
from engine.errors import SettingsError
from engine.testkit.replay.otherwise import Otherwise, otherwise
from engine.testkit.replay.recording import Recording
from engine.testkit.replay.replay import Gap, Replayed, replayed
from engine.testkit.replay.shelf import Shelf

SAME, OTHER, UNTOLD = "as before", "otherwise", "can not be told"


def compare(recordings: Iterable[Recording], shelf: Shelf) -> int:
    """Print which calls would go otherwise with the flows that were named, and where.

    Without any, each is held with its own flow, and must come out as it was. Return 1 when one goes
    otherwise, and when nothing can be told of any.
    """
    given = {flow.name: flow for flow in shelf.named()}
    counts: Counter[str] = Counter()
    for recording in recordings:
        if given and recording.flow not in given:
            continue
        found = _found(recording, given.get(recording.flow), shelf)
        match found:
            case None:
                counts[SAME] += 1
            case Otherwise(seq, kind, at, what):
                counts[OTHER] += 1
                seconds = at - recording.happened[0].at
                print(f"{recording.call_id}  {OTHER} at event {seq} ({kind}, {seconds:.1f} s): {what}")
            case str() as why:
                counts[UNTOLD] += 1
                print(f"{recording.call_id}  {UNTOLD}: {why}")
    parts = ", ".join(f"{counts[what]} {what}" for what in (SAME, OTHER, UNTOLD) if counts[what])
    calls = "1 call" if counts.total() == 1 else f"{counts.total()} calls"
    print(f"{calls}: {parts or 'nothing to compare'}")
    return 1 if counts[OTHER] or not counts[SAME] else 0


def _found(recording: Recording, new: Flow | None, shelf: Shelf) -> Otherwise | str | None:
    try:
        old = Shelf((), shelf.folder, shelf.loaded).of(recording)
    except SettingsError as missing:
        return str(missing) if new is None else _otherwise(new, recording, None)
    return _itself(old, recording) if new is None else _otherwise(new, recording, old)


def _otherwise(new: Flow, recording: Recording, old: Flow | None) -> Otherwise | str | None:
    same_file = old is not None and Path(old.path).resolve() == Path(new.path).resolve()
    found = otherwise(new, recording, None if same_file else old)
    return found.why if isinstance(found, Gap) else found


def _itself(flow: Flow, recording: Recording) -> Otherwise | str | None:
    """Return where a call comes out otherwise than it was, with its own flow."""
    for one in replayed(flow, recording):
        match one:
            case Gap(_, why):
                return why
            case Replayed(happened=happened, differs=what) if what:
                return Otherwise(happened.seq, type(one.event).__name__, happened.at, what)
            case _:
                pass
    return None
