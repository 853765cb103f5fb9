"""A recorded call as a file of calls, which passes. What can not go there as it went is left out."""

import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.core.entry import EntryState
from engine.core.flow import Flow
from engine.errors import SettingsError
from engine.testkit.calls.run import play_file
from engine.testkit.replay.mask import Mask
from engine.testkit.replay.recording import Recording
from engine.testkit.replay.replay import Gap, Replayed, replayed
from engine.testkit.replay.steps import Step, Steps

NAME = "a real call"
HEAD = ("A real call. Names and numbers are made up, where rules find them: read it before you share it.",)
PLAIN = re.compile("[A-Za-z]\\w*")
OTHERWISE = frozenset({"yes", "no", "true", "false", "null", "on", "off", "y", "n"})
BEGINS = frozenset({"caller", "adds", "silence", "key"})


@dataclass(slots=True)
class RealCall:
    """A recorded call on its way to a file."""

    flow: Flow
    now: str
    details: Mapping[str, object]
    steps: list[Step]
    left_out: list[str]

    def text(self, flow: str) -> str:
        """Return the file; `flow` is where its flow lies, as seen from there."""
        lines = [f"# {line}" for line in HEAD]
        lines += [f"# Left out: {what}." for what in self.left_out]
        lines += [f"flow: {json.dumps(flow)}", f"now: {self.now}"]
        lines += [f"{name}: {_flat(value)}" for name, value in self.details.items()]
        lines += ["calls:", f"  {NAME}:"]
        lines += [line for step in self.steps for line in _lines(step)]
        return "\n".join(lines) + "\n"


def as_test(flow: Flow, recording: Recording, folder: Path) -> str:
    """Return a file of calls for a folder. Raises SettingsError when nothing of the call can be played."""
    held = _held(flow, recording)
    call = _real(flow, held)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "call.yaml"
        while call.steps:
            path.write_text(call.text(str(Path(flow.path).resolve())), encoding="utf-8")
            played = play_file(str(path))
            if not played.problems and not played.calls[0].broken:
                return call.text(os.path.relpath(flow.path, folder))
            problem = played.problems[0] if played.problems else None
            line = problem.place.line if problem else played.calls[0].place.line
            _cut_at(call, line, problem.what if problem else _why(played.calls[0].broken))
    raise SettingsError(f"nothing of {recording.call_id} can be played as a test: {call.left_out[-1]}")


def _held(flow: Flow, recording: Recording) -> list[Replayed]:
    held: list[Replayed] = []
    for one in replayed(flow, recording):
        if isinstance(one, Gap):
            raise SettingsError(f"{recording.call_id} can not be replayed: {one.why}")
        if one.differs:
            raise SettingsError(
                f"{recording.call_id} does not come out as it was with {flow.path}, from event "
                f"{one.happened.seq} on: {one.differs}; name the flow with which it was held by --flow"
            )
        held.append(one)
    return held


def _real(flow: Flow, held: list[Replayed]) -> RealCall:
    now = held[0].event.when.at.astimezone(flow.timezone)
    said = [pair for one in held for pair in one.after.talk.slots.items()]
    mask = Mask(flow, dict.fromkeys(said), now, Path(flow.path).read_text(encoding="utf-8"))
    steps = Steps(mask)
    for one in held:
        steps.take(one)
    last = held[-1].after
    steps.finish(last.talk.state)
    slots = {name: mask.value(name, value) for name, value in last.talk.slots.items()}
    sent = Counter(e.tool for e in last.line.entries.values() if e.state is not EntryState.WAITING)
    expected: dict[str, object] = {"state": last.talk.state, "ended": steps.ended}
    expected["slots"] = {name: value for name, value in slots.items() if value is not None}
    if sent:
        expected["tool"] = dict(sent)
    found = list(_with_states(steps.found, flow.initial))
    if found and "expect" in found[-1].part:
        found.pop()
    found.append(Step({"expect": expected}, last.talk.state))
    details = _details(flow, steps)
    left_out = [*steps.left_out, *(f"the values of {name}" for name in sorted(mask.lost))]
    return RealCall(flow, now.replace(tzinfo=None).isoformat(timespec="seconds"), details, found, left_out)


def _details(flow: Flow, steps: Steps) -> dict[str, object]:
    """Return what the platform knew of the call, as far as the flow may go by it."""
    told = steps.details or {}
    found: dict[str, object] = {}
    for name in ("from_number", "to_number"):
        if isinstance(number := told.get(name), str) and number:
            found[name] = steps.mask.phone(number)
    for name in ("direction", "type"):
        if isinstance(value := told.get(name), str) and value:
            found[name] = value
    source = Path(flow.path).read_text(encoding="utf-8")
    for name in ("metadata", "variables"):
        values = told.get(name)
        if isinstance(values, Mapping):
            named = {key: steps.mask.anything(v) for key, v in values.items() if f"{name}.{key}" in source}
            if named:
                found[name] = named
            if len(named) < len(values):
                steps.left_out[f"{name} that the flow does not name"] = None
    return found


def _with_states(steps: list[Step], state: str) -> Iterator[Step]:
    """Yield the steps, and behind those that lead to another state, which one that is."""
    for step in steps:
        yield step
        if step.state != state:
            state = step.state
            yield Step({"expect": {"state": state}}, state)


def _cut_at(call: RealCall, line: int, why: str) -> None:
    """Leave out the step in a line and all that follows; of a call that ends too early, its last turn."""
    first = call.text("").splitlines().index(f"  {NAME}:") + 2
    at, index = first, 0
    while index < len(call.steps) and at + len(_lines(call.steps[index])) <= line:
        at += len(_lines(call.steps[index]))
        index += 1
    if line < first or index == len(call.steps):  # it went as written, and something was owed at its end
        begins = [i for i, step in enumerate(call.steps) if BEGINS & step.part.keys()]
        index = begins[-1] if begins else 0
    while 0 < index < len(call.steps) and "expect" in call.steps[index].part:
        index -= 1  # the step that led elsewhere goes as well
    call.steps = call.steps[:index]
    while call.steps and "expect" in call.steps[-1].part:
        call.steps.pop()
    if call.steps:
        call.steps.append(Step({"expect": {"state": call.steps[-1].state}}, call.steps[-1].state))
    call.left_out = [what for what in call.left_out if not what.startswith("all that followed")]
    call.left_out.append(f"all that followed: there {why}")


def _why(broken: str) -> str:
    """Return what is wrong, of a failure that shows the whole call: it stands above the last line."""
    return broken.splitlines()[-2].strip()


def _lines(step: Step) -> list[str]:
    parts = [f"{name}: {_flat(value)}" for name, value in step.part.items()]
    return [f"    - {parts[0]}", *(f"      {part}" for part in parts[1:])]


def _flat(value: object) -> str:
    """Return a value in one line, in quotes where it might be read as anything but text."""
    match value:
        case dict():
            return "{" + ", ".join(f"{_flat(name)}: {_flat(inner)}" for name, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flat, value)) + "]"
        case str() if PLAIN.fullmatch(value) and value.casefold() not in OTHERWISE:
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)
