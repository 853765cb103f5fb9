"""The language of calls: what may stand in a file, held against a schema."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, model_validator

from engine.core.states import Action, HangUp, Press, Transfer
from engine.flow.language.words import AtLeastOne, Part, Words, as_key, said
from engine.flow.language.words import Milliseconds as Duration
from engine.testkit.expected import NOTHING, Expected

STEPS = (
    "call", "caller", "begins", "adds", "interrupt", "silence", "key",
    "model", "model_fails", "tool", "wait", "drop", "details", "expect",
)  # fmt: skip
BESIDE = {"says": "model", "result": "tool", "say": "tool"}
"""What may stand beside a step, and beside which one."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model replies: text, function calls, or both."""

    text: str = ""
    functions: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def as_reply(value: object) -> object:
    """`model: "Which day?"` is what it says; `model: {update_details: {day: Friday}}` what it calls."""
    match value:
        case str() if value:
            return Reply(value, {})
        case dict() if value and all(isinstance(given, dict) or given is None for given in value.values()):
            return Reply("", {name: given or {} for name, given in value.items()})
        case dict() if value:
            name = next(n for n, given in value.items() if not isinstance(given, dict) and given is not None)
            mend = "write its arguments, such as `{day: Friday}`, or {}"
            raise ValueError(f"`{name}` is called with {said(value[name])}; {mend}")
        case _:
            raise ValueError(
                f"{said(value)} is no reply; write what the model says, or `NAME: {{...}}` for what it calls"
            )


def as_ending(value: object) -> object:
    """`tool: {book: booked}`: one tool, and how it ends."""
    match value:
        case dict() if len(value) == 1 and all(isinstance(how, str) and how for how in value.values()):
            return value
        case dict() if len(value) > 1:
            raise ValueError("one step ends one tool; write a step for each, and `result:` beside `tool:`")
        case _:
            raise ValueError(f"{said(value)} says not how a tool ends; write `{{NAME: OUTCOME}}`")


def as_cut(value: object) -> object:
    """`interrupt: "on Thursday"` is short for `interrupt: {after: "on Thursday"}`."""
    return {"after": value} if isinstance(value, str) else value


def as_texts(value: object) -> object:
    """`said: "Hello"` is short for `said: ["Hello"]`."""
    return [value] if isinstance(value, str) else value


def as_moment(value: object) -> object:
    """Read a time of day on a day."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else _no_moment(value)
    except ValueError:
        return _no_moment(value)


def _no_moment(value: object) -> object:
    raise ValueError(f"{said(value)} is no time; write one such as `2026-11-23T10:00`")


def as_action(value: object) -> object:
    """`hang_up`, `{transfer: "+12025550100"}`, `{press: "1#"}` or `nothing`."""
    match value:
        case "hang_up":
            return HangUp()
        case "nothing":
            return NOTHING
        case {"transfer": str() as number, **rest} if not rest:
            return Transfer(number)
        case {"press": str() as digits, **rest} if not rest:
            return Press(digits)
        case _:
            mend = 'write hang_up, {transfer: "+12025550100"}, {press: "1#"} or nothing'
            raise ValueError(f"{said(value)} is no action; {mend}")


def as_values(value: object) -> object:
    """Read the values of slots: as typed, so that 10:00, 2026-11-27 and 4 need no quotes."""
    if not isinstance(value, dict):
        return value
    return {name: _canonical(name, given) for name, given in value.items()}


def _canonical(name: str, value: object) -> str | None:
    match value:
        case bool():
            return "yes" if value else "no"
        case None | str():
            return value
        case int() | float():
            return str(value)
        case _:
            raise ValueError(
                f"{said(value)} is no value for `{name}`; write one in canonical form, in quotes"
            )


Texts = Annotated[list[Words], BeforeValidator(as_texts)]
Arguments = dict[str, JsonValue]


class CutPart(Part):
    """How far the agent is heard."""

    after: str = ""
    """The last words that are heard; without them nothing is."""


Cut = Annotated[CutPart, BeforeValidator(as_cut)]


class DetailsPart(Part):
    """What the platform knows about a call."""

    from_number: Words | None = None
    """The number that the caller calls from."""
    to_number: Words | None = None
    """The number that was called."""
    direction: Words | None = None
    """`inbound` or `outbound`."""
    type: Words | None = None
    """The kind of call, in the platform's words."""
    metadata: Arguments | None = None
    """What was given to the platform with the call."""
    variables: Arguments | None = None
    """The platform's own variables for the call."""

    @property
    def told(self) -> dict[str, object]:
        """Those that are known."""
        return {
            name: value for name in DetailsPart.model_fields if (value := getattr(self, name)) is not None
        }


class ExpectPart(Part):
    """How the call must stand now."""

    state: Words | None = None
    """Where the dialogue stands, such as `confirming`."""
    functions: list[Words] | None = None
    """All that the model may call now, in any order."""
    slots: Annotated[dict[str, str | None], BeforeValidator(as_values)] = {}
    """What they hold, in canonical form, such as `{day: 2026-11-27, time: 10:00}`; null: it is not set."""
    said: Texts = []
    """What the agent has said since the caller last spoke."""
    heard: Texts = []
    """What the caller has heard since the call began."""
    never_said: Texts = []
    """What the agent has not said since the call began, in capitals or not."""
    tool: dict[str, Annotated[int, Field(ge=0)]] = {}
    """How often tools were sent since the call began, such as `{book_appointment: 1}`."""
    action: Annotated[object, AfterValidator(as_action)] = None
    """What the agent does to the line: `hang_up`, `{transfer: NUMBER}`, `{press: KEYS}` or `nothing`."""
    ended: bool | None = None
    """Whether the call is over: hung up, put through, or closed by us."""

    @property
    def expected(self) -> Expected:
        """The same, as the test kit knows it."""
        action = self.action
        known: Action | Literal["nothing"] | None = None
        if isinstance(action, HangUp | Transfer | Press):
            known = action
        elif action == NOTHING:
            known = NOTHING
        return Expected(
            self.state, self.functions, self.slots, tuple(self.said), tuple(self.heard),
            tuple(self.never_said), self.tool, known, self.ended,
        )  # fmt: skip


class StepPart(Part):
    """One thing that happens in a call, or one look at it."""

    call: Words | None = None
    """Another call of this file: all of its steps come first. Only the first step can be that."""
    caller: Words | None = None
    """What the caller says, and then pauses."""
    begins: Words | None = None
    """What the caller begins to say, or goes on with, without a pause."""
    adds: Words | None = None
    """What the caller adds before anything of the answer is heard: the platform asks again."""
    interrupt: Cut | None = None
    """The agent is heard only so far."""
    silence: Duration | None = None
    """How long the caller says nothing; the platform asks for reminders as the flow told it to."""
    key: Annotated[str, BeforeValidator(as_key)] | None = None
    """The key of the telephone that the caller presses."""
    model: Annotated[object, AfterValidator(as_reply)] = None
    """What the model replies."""
    says: Words | None = None
    """Text that it says before it calls the functions of `model`."""
    model_fails: Words | None = None
    """Why the model does not answer, or breaks off."""
    tool: Annotated[object, AfterValidator(as_ending)] = None
    """Which tool ends, and how."""
    result: JsonValue = None
    """What it returns beside its outcome."""
    say: Words | None = None
    """The sentence that it offers to have its result told by."""
    wait: Duration | None = None
    """How much time passes; nobody says anything, and nothing comes of the platform."""
    drop: Duration | None = None
    """How long the connection is lost."""
    details: DetailsPart | None = None
    """What the platform tells, here and not at the beginning."""
    expect: ExpectPart | None = None
    """How the call must stand."""

    @model_validator(mode="after")
    def _one_step(self) -> Self:
        there = [name for name in STEPS if name in self.model_fields_set]
        if len(there) != 1:
            known = f"write one of {', '.join(STEPS)}"
            found = (
                f"{', '.join(f'`{name}`' for name in there)} stand in one step"
                if there
                else "a step is missing"
            )
            raise ValueError(f"{found}; {'begin each with `- `' if there else known}")
        for name, of in BESIDE.items():
            if name in self.model_fields_set and there != [of]:
                raise ValueError(f"`{name}` stands beside `{there[0]}`; it belongs beside `{of}`")
        if getattr(self, there[0]) is None:
            raise ValueError(f"nothing stands behind `{there[0]}:`; write it there")
        return self

    @property
    def name(self) -> str:
        """Which step it is."""
        return next(name for name in STEPS if name in self.model_fields_set)

    @property
    def ending(self) -> tuple[str, str]:
        """The tool that ends here, and how."""
        [(tool, outcome)] = self.tool.items() if isinstance(self.tool, dict) else [("", "")]
        return tool, outcome


class CallsPart(DetailsPart):
    """A file with calls."""

    flow: Words
    """The file of the flow, beside this one."""
    now: Annotated[datetime | None, BeforeValidator(as_moment)] = None
    """When the calls begin, in the flow's time zone."""
    model: Literal["offline"] | None = None
    """Who answers in place of `model` steps."""
    calls: AtLeastOne[dict[Words, AtLeastOne[list[StepPart]]]]
    """The calls, each with a name that says what it is about."""

    def before(self, name: str) -> Iterator[str]:
        """Yield the calls that come before a call, the nearest first; none twice, should they go round."""
        seen = set()
        while (other := self.calls[name][0].call) in self.calls and other not in seen:
            seen.add(other)
            yield other
            name = other

    def each_step(self) -> Iterator[tuple[str, int, StepPart]]:
        """Yield every step: the call's name, its index there, and itself."""
        for name, steps in self.calls.items():
            yield from ((name, index, step) for index, step in enumerate(steps))
