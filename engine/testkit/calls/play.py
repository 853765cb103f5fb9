"""Playing a call as its file says: whoever is scripted must be asked, and nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import indent

from engine.errors import Place
from engine.testkit.call import Call
from engine.testkit.calls.language import Reply, StepPart
from engine.testkit.calls.read import CallsFile, Script, Step
from engine.testkit.story import CallFailed
from engine.testkit.taken import Mark

NEEDS_THE_MODEL = frozenset({"caller", "silence"})
"""Steps before which the model must have answered; who goes on speaking over it is `begins` or `adds`."""
MARK = ">"
END = "the end of the call"


@dataclass(frozen=True, slots=True)
class Played:
    """How a call went. Plain values, so that it can go from process to process."""

    path: str
    name: str
    place: Place
    """Of the step that it broke at; of the call, if it went as its file says."""
    broken: str
    """The call so far, the broken step and what is wrong with it; empty if it went as its file says."""
    of: str
    """The call in which that step is written: another one, if this one goes on where that ends."""
    flow: str
    """The file of its flow."""
    taken: frozenset[Mark]


def play(file: CallsFile, script: Script) -> Played:
    """Hold a call; it ends at the first step that does not go as the file says."""
    late = any(step.part.details is not None for step in script.steps)
    told = {} if late else file.details
    call = Call(file.flow, offline=file.offline, now=file.now, details_come=not late, **told)
    end = Step(StepPart.model_construct(), script.place, script.name)
    for step in (*script.steps, end):
        try:
            _take(call, step, file.details) if step is not end else _must_owe_nothing(call, of_model=False)
        except CallFailed as failure:
            broken = _shown(call, _written(step.part) if step is not end else END, failure.what)
            return Played(file.path, script.name, step.place, broken, step.of, file.flow.path, call.taken)
    return Played(file.path, script.name, script.place, "", script.name, file.flow.path, call.taken)


def _take(call: Call, step: Step, details: Mapping[str, object]) -> None:
    if step.part.name in NEEDS_THE_MODEL:
        _must_owe_nothing(call, of_model=True)
    _do(call, step.part, details)


def _do(call: Call, step: StepPart, details: Mapping[str, object]) -> None:
    match step:
        case StepPart(caller=str() as words):
            call.caller(words)
        case StepPart(begins=str() as words):
            call.begins(words)
        case StepPart(adds=str() as words):
            call.adds(words)
        case StepPart(interrupt=cut) if cut is not None:
            call.interrupt(cut.after)
        case StepPart(silence=int() as ms):
            call.silence(f"{ms}ms")
        case StepPart(key=str() as key):
            call.presses(key)
        case StepPart(model=Reply(text, functions)):
            call.model(step.says or text, **functions)
        case StepPart(model_fails=str() as reason):
            call.model_fails(reason)
        case StepPart(tool=dict()):
            call.ends(*step.ending, step.result, step.say)
        case StepPart(wait=int() as ms):
            call.wait(f"{ms}ms")
        case StepPart(drop=int() as ms):
            call.drop().wait(f"{ms}ms").reconnect()
        case StepPart(details=told) if told is not None:
            call.details(**{**details, **told.told})
        case StepPart(expect=expect) if expect is not None:
            call.meets(expect.expected)
        case _:
            raise ValueError(f"there is no step {step.name}")


def _must_owe_nothing(call: Call, *, of_model: bool) -> None:
    if call.waiting_for == "model":
        may = ", ".join(call.functions) or "nothing"
        raise CallFailed(
            [f"the model was asked before this, and no step says what it replies (it may call: {may})"],
            call.story,
            call.state,
        )
    if not of_model and call.owed:
        raise CallFailed([f"{call.owed}, and no step says how it ends"], call.story, call.state)


def _shown(call: Call, written: str, what: tuple[str, ...]) -> str:
    lines = indent(call.story, "  ")
    differs = "\n".join(f"{' ' * 10}{each}" for each in what)
    return f"{lines}\n{MARK} {written}\n{differs}\n  (state: {call.state})"


def _written(step: StepPart) -> str:
    """Return a step as its file says it, more or less."""
    given = step.model_dump(exclude_unset=True, exclude_none=True)
    match given.pop(step.name, None):
        case Reply(text, functions):
            value: object = text or functions
        case value:
            pass
    beside = "".join(f", {name}: {_flat(other)}" for name, other in given.items())
    return f"{step.name}: {_flat(value)}{beside}"


def _flat(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{name}: {_flat(inner)}" for name, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flat, value)) + "]"
        case str():
            return f'"{value}"' if " " in value or not value else value
        case bool():
            return str(value).lower()
        case _:
            return str(value)
