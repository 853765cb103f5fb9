"""A call that breaks a flow, written as a test: it fails until the flow is mended."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.core.control import MOST_ATTEMPTS
from engine.core.events import (
    Event,
    KeyPressed,
    ModelFailed,
    ModelFinished,
    ModelText,
    TimerFired,
    ToolFinished,
)
from engine.core.flow import Flow
from engine.core.functions import exposed
from engine.core.timers import Timer
from engine.flow.proof.explore import replayed
from engine.flow.proof.moves import Begins, ModelsFail, Move, Speaks, StaysOn, StaysSilent
from engine.flow.proof.prove import Proven
from engine.flow.proof.story import words_for
from engine.flow.proof.tape import ANSWER, Tape

HEAD = '''"""Calls that break {path}, found by `turnstile check`: each test fails until the flow is mended."""

from engine.testkit import Call
'''


@dataclass(frozen=True, slots=True)
class Broken:
    """A flow with what is wrong with it."""

    path: str
    flow: Flow
    found: Sequence[Proven]


def written(broken: Broken) -> str:
    """Return a module with a test for each call that breaks a flow; empty when no call does."""
    tests = [
        _test(broken, proven, number)
        for number, proven in enumerate((p for p in broken.found if p.way and p.check), 1)
    ]
    return "\n\n".join([HEAD.format(path=broken.path), *tests]) if tests else ""


def _test(broken: Broken, proven: Proven, number: int) -> str:
    finding = proven.finding
    name = re.sub(r"\W", "_", f"{broken.flow.name}_{number}_{finding.code}")
    lines = [f"def test_{name}() -> None:", f'    """{finding.what}; {finding.mend}."""'.replace("\\", "")]
    lines += (f"    {line}" for line in _call(broken, proven.way))
    return "\n".join([*lines, f"    assert {proven.check}", ""])


def _call(broken: Broken, way: tuple[Move, ...]) -> Iterator[str]:
    for move, tape in replayed(broken.flow, way):
        if isinstance(move, Begins):
            details = "".join(f", {name}={value!r}" for name, value in move.details.items())
            yield f"call = Call({broken.path!r}{details})"
        else:
            steps = "".join(_steps(broken.flow, move, tape))
            if steps:
                yield f"call{steps}"


def _steps(flow: Flow, move: Move, tape: Tape) -> Iterator[str]:
    """Yield what the test kit has to do for a move."""
    match move:
        case Speaks(name, arguments, heard, _):
            if heard is not None:
                yield f".interrupt(after={heard.strip()!r})" if heard else ".interrupt()"
            functions = exposed(flow, tape.happened[0].after)
            function = next((f for f in functions if f.name == name), None)
            yield f".caller({words_for(flow, function, arguments)!r})"
        case StaysSilent(times):
            yield ".silence()" * times
        case ModelsFail(turns):
            yield '.caller("...").model_fails().model_fails()' * turns
            return
        case StaysOn():
            yield ".silence()" * MOST_ATTEMPTS
        case _:
            pass
    yield from _answers(tape)


def _answers(tape: Tape) -> Iterator[str]:
    """Yield what models and tools do in a move."""
    spoken: str | None = None
    for happened in tape.happened:
        event: Event = happened.event
        match event:
            case ModelText(function=None, text=text):
                spoken = text
            case ModelFinished(calls=()):
                yield f".model({spoken or ANSWER!r})"
            case ModelFinished(calls=(call, *_)):
                yield f".model({call.name}={_arguments(call.arguments)})"
            case ModelFailed():
                yield ".model_fails()"
            case KeyPressed(key=key):
                yield f".presses({key!r})"
            case ToolFinished(id=id_, outcome=outcome, result=result):
                found = (
                    "".join(f", {name}={v!r}" for name, v in result.items())
                    if isinstance(result, dict)
                    else ""
                )
                yield f".tool({happened.before.line.entries[id_].tool!r}, {outcome!r}{found})"
            case TimerFired(timer=Timer.NEWS | Timer.WITHHELD):
                yield '.wait("30s")'
            case _:
                pass


def _arguments(written_out: str) -> Mapping[str, object]:
    arguments = json.loads(written_out)
    return arguments if isinstance(arguments, dict) else {}
