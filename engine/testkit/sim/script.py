"""Files that say who calls: a script, a goal, or a persona for a model to play."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from engine.errors import FlowError, Place, Problem
from engine.flow.file.source import Source, read
from engine.flow.language.refusals import refusal
from engine.flow.language.words import Milliseconds, Part, Words
from engine.testkit.sim.steps import Adds, Drop, HangUp, Interrupt, Say, Silence, Step, Trouble

DEEDS = ("caller", "adds", "interrupt", "silence", "drop", "trouble", "hang_up", "expect")


class InterruptPart(Part):
    """When the caller cuts in: after these words of the agent, or after so many."""

    after: Words | None = None
    words: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.after is None) == (self.words is None):
            raise ValueError("an interruption needs one of `after` and `words`; give one")
        return self


class DropPart(Part):
    """How long the connection is gone, and how long after the step before it breaks."""

    lasts: Milliseconds
    after: Milliseconds = 0


class TroublePart(Part):
    """What a tool does the next time."""

    tool: Words
    takes: Milliseconds = 0
    fails: Literal["refused", "before", "after"] | None = None


class StepPart(Part):
    """One thing that happens."""

    caller: Words | None = None
    adds: Words | None = None
    interrupt: InterruptPart | None = None
    silence: Milliseconds | None = None
    drop: Milliseconds | DropPart | None = None
    trouble: TroublePart | None = None
    hang_up: Literal[True] | None = None
    expect: Any = None
    """For `turnstile test`; a simulated call expects what every call owes."""
    wait: Milliseconds | None = None
    """How long the caller takes to begin."""

    @model_validator(mode="after")
    def _one_deed(self) -> Self:
        done = [deed for deed in DEEDS if getattr(self, deed) is not None]
        if len(done) != 1:
            raise ValueError(
                f"a step does one thing, and this one has {len(done)}; write one of {', '.join(DEEDS)}"
            )
        return self

    def step(self) -> Step | None:
        """Return what it means."""
        match self:
            case StepPart(caller=str(words)):
                return Say(words) if self.wait is None else Say(words, self.wait)
            case StepPart(adds=str(words)):
                return Adds(words) if self.wait is None else Adds(words, self.wait)
            case StepPart(interrupt=InterruptPart(after=after, words=count)):
                return Interrupt(count or 0, after or "")
            case StepPart(silence=int(ms)):
                return Silence(ms)
            case StepPart(drop=int(ms)):
                return Drop(ms)
            case StepPart(drop=DropPart(lasts=ms, after=after_ms)):
                return Drop(ms, after_ms)
            case StepPart(trouble=TroublePart(tool=tool, takes=takes_ms, fails=fails)):
                return Trouble(tool, takes_ms, fails or "")
            case StepPart(hang_up=True):
                return HangUp()
            case _:
                return None


class MannerPart(Part):
    """How a caller with a goal is."""

    patience: int = Field(default=24, ge=1)
    ahead: float = Field(default=0.3, ge=0, le=1)
    changes: float = Field(default=0.1, ge=0, le=1)


class ModelPart(Part):
    """The model that plays the caller, at any server that speaks OpenAI's protocol."""

    name: Words
    base_url: Words | None = None
    api_key_env: Words | None = None


class CallerPart(Part):
    """A whole file."""

    flow: Words | None = None
    model: str | ModelPart | None = None
    seed: Words | None = None
    calls: dict[str, list[StepPart]] | None = None
    says: list[Words] | None = None
    wants: dict[str, Words] | None = None
    manner: MannerPart = MannerPart()
    persona: Words | None = None
    goal: Words | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [kind for kind in ("calls", "says", "wants", "persona") if getattr(self, kind) is not None]
        if len(kinds) != 1:
            raise ValueError("a caller is one of `says`, `calls`, `wants` and `persona`; write one of them")
        if self.persona is not None and not isinstance(self.model, ModelPart):
            raise ValueError("a persona needs a model that plays it; write `model: {name: ...}`")
        return self


@dataclass(frozen=True, slots=True)
class CallerFile:
    """Who calls, as a file says it."""

    part: CallerPart
    source: Source = field(repr=False)

    @property
    def scripts(self) -> dict[str, tuple[Step, ...]]:
        """The scripted calls, by name; none when the caller is no script."""
        if self.part.says is not None:
            return {"says": tuple(Say(words) for words in self.part.says)}
        written = self.part.calls or {}
        return {name: tuple(_steps(steps)) for name, steps in written.items()}

    def refuse(self, location: tuple[str | int, ...], what: str, mend: str) -> FlowError:
        """Return an error that names a place in the file."""
        return FlowError([Problem(self.source.place(location, of_key=True), what, mend)])


def load_caller(path: Path) -> CallerFile:
    """Read a file of callers. Raises FlowError with file, line and column of everything that is wrong."""
    source = read(path)
    try:
        return CallerFile(CallerPart.model_validate(source.values), source)
    except ValidationError as error:
        raise FlowError([_problem(source, detail, path) for detail in error.errors()]) from None


def written(flow: Path, seed: str, name: str, steps: Sequence[Step], notes: Sequence[str]) -> str:
    """Return a file with one scripted call, which `load_caller` reads."""
    lines = [*(f"# {note}" for note in notes), f"flow: {json.dumps(str(flow))}", "model: offline",
             f"seed: {json.dumps(seed)}", "calls:", f"  {json.dumps(name)}:"]  # fmt: skip
    lines += [f"    - {_line(step)}" for step in steps] or ["    - {hang_up: true}"]
    return "\n".join(lines) + "\n"


def _line(step: Step) -> str:
    match step:
        case Say(words, after_ms):
            return f"{{caller: {json.dumps(words)}, wait: {after_ms}ms}}"
        case Adds(words, after_ms):
            return f"{{adds: {json.dumps(words)}, wait: {after_ms}ms}}"
        case Interrupt(words=count, after=after):
            return (
                f"{{interrupt: {{after: {json.dumps(after)}}}}}"
                if after
                else f"{{interrupt: {{words: {count}}}}}"
            )
        case Silence(ms):
            return f"{{silence: {ms}ms}}"
        case Drop(ms, after_ms):
            return f"{{drop: {{lasts: {ms}ms, after: {after_ms}ms}}}}"
        case Trouble(tool, takes_ms, fails):
            end = f", fails: {fails}" if fails else ""
            return f"{{trouble: {{tool: {json.dumps(tool)}, takes: {takes_ms}ms{end}}}}}"
        case HangUp():
            return "{hang_up: true}"


def _steps(parts: Sequence[StepPart]) -> Iterator[Step]:
    return (step for part in parts if (step := part.step()) is not None)


def _problem(source: Source, detail: Any, path: Path) -> Problem:
    if not detail["loc"]:  # of the whole file
        what, _, mend = (
            str(detail["ctx"]["error"]).partition("; ") if "ctx" in detail else (detail["msg"], "", "")
        )
        return Problem(Place(str(path)), what, mend or "write `key: value` lines")
    location = tuple(step for step in detail["loc"] if isinstance(step, int) or step not in PARTS)
    keys = list((StepPart if len(location) > 2 else CallerPart).model_fields)
    finding = refusal(detail, location, keys)
    place = source.place(finding.location, of_key=finding.at_key)
    return Problem(place, finding.what, finding.mend or "correct it")


PARTS = frozenset(
    {
        "ModelPart",
        "DropPart",
        "InterruptPart",
        "TroublePart",
        "int",
        "str",
        "function-before[_milliseconds(), int]",
    }
)


__all__ = ["CallerFile", "load_caller", "written"]
