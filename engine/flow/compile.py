"""A checked flow file becomes the flow that the core moves through."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.core.flow import Budget, Flow, GiveUp, Limit, Lines, Resolve, Silence, Slot, Tool
from engine.core.machine import Dialogue
from engine.core.signature import Signature
from engine.core.slots.answers import YesNo
from engine.core.slots.choices import Choice
from engine.core.slots.dates import Date
from engine.core.slots.emails import Email
from engine.core.slots.names import Name
from engine.core.slots.numbers import Number
from engine.core.slots.phones import Phone
from engine.core.slots.texts import Text
from engine.core.slots.times import Time
from engine.core.slots.type import SlotType
from engine.core.states import Action, Everywhere, HangUp, Intent, Press, State, Transfer, Transition
from engine.core.template import read as read_line
from engine.flow.phones import dialable
from engine.flow.schema import (
    AnySlot,
    ChoiceSlot,
    DateSlot,
    EverywherePart,
    FlowPart,
    PlainSlot,
    StatePart,
    ToolPart,
    TransitionPart,
)

ENGLISH = Lines(
    trouble="I'm sorry, I had some trouble there.",
    repeat="Could you say that again?",
    hold="One more moment, please.",
    again="Is that right?",
)
BACKCHANNELS = frozenset({"mhm", "mm hmm", "mm", "uh huh", "uhuh", "hmm", "hm", "aha", "mm mhm"})
"""What English speakers say to show that they listen."""

PLAIN: Mapping[str, Callable[[], SlotType]] = {
    "text": Text,
    "name": Name,
    "time": Time,
    "email": Email,
    "number": Number,
    "yes_no": YesNo,
}
"""Types of slot that need nothing to be made."""


def compiled(part: FlowPart, signatures: Mapping[str, Signature]) -> Flow:
    """Build the flow. What it is made of has been checked; nothing here can be wrong."""
    states = {name: _state(name, state) for name, state in part.states.items()}
    always = {
        name: Everywhere(_transition(name, rule), frozenset(rule.except_))
        for name, rule in part.always.rules.items()
    }
    silence, trouble = part.always.silence, part.always.trouble
    busy = frozenset(s.name for s in states.values() if s.action is not None or s.run is not None)
    for name, fallback in part.always.fallbacks.items():
        always[name] = Everywhere(Transition(name, fallback.to), busy)
    return Flow(
        name=part.flow,
        version=part.version,
        language=part.language,
        timezone=ZoneInfo(part.timezone),
        persona=part.persona,
        initial=part.initial,
        slots={name: _slot(name, slot) for name, slot in part.slots.items()},
        tools={name: _tool(name, tool, part, signatures[tool.python]) for name, tool in part.tools.items()},
        states=states,
        always=always,
        dialogue=Dialogue(states, always, part.initial),
        lines=_lines(part),
        silence=Silence(tuple(silence.after), tuple(silence.say), silence.to) if silence else None,
        give_up=GiveUp(trouble.after, trouble.to) if trouble else None,
        backchannels=BACKCHANNELS,
        budget=_budget(part),
    )


def _slot(name: str, part: AnySlot) -> Slot:
    label = part.label or name.replace("_", " ")
    return Slot(
        name=name,
        type=_type(part),
        label=label,
        ask=part.ask,
        pii=part.pii,
        default=tuple(part.default.split(".")[1:]) if part.default else (),
        limits=(FUTURE,) if isinstance(part, DateSlot) and part.must_be == "future" else (),
        read_back=read_line(part.read_back or f"{label.capitalize()}: {{{name}}}."),
    )


def _type(part: AnySlot) -> SlotType:
    match part:
        case ChoiceSlot(options=options):
            return Choice({option: tuple(synonyms) for option, synonyms in options.items()})
        case DateSlot():
            return Date()
        case PlainSlot(type="phone"):
            return Phone(dialable)
        case PlainSlot(type=name):
            return PLAIN[name]()
        case _:
            raise TypeError(part)


def _is_future(value: str, now: datetime) -> bool:
    return date.fromisoformat(value) >= now.date()


FUTURE = Limit("future", _is_future, "that day is past: ask for one from today on")


def _tool(name: str, part: ToolPart, flow: FlowPart, signature: Signature) -> Tool:
    writes = part.writes
    slots = tuple(p.name for p in signature.parameters if p.name in flow.slots)
    confirmed = writes and part.needs != "nothing"
    description = " ".join(filter(None, [signature.description, part.when]))
    return Tool(
        name=name,
        reference=part.python,
        description=description or name.replace("_", " "),
        writes=writes,
        outcomes=tuple(part.outcomes),
        slots=slots,
        optional=frozenset(p.name for p in signature.parameters if p.name in slots and not p.required),
        parameters=tuple(p for p in signature.parameters if p.name not in slots),
        key=tuple(part.key),
        happened=frozenset(part.happened),
        needs=slots if confirmed else (),
        resolve=Resolve(part.resolve),
        lookup=part.lookup,
        retries=part.retries,
        at_most=part.at_most,
        timeout_ms=part.timeout if part.timeout is not None else flow.budget.tool,
        settle_ms=part.settle if part.settle is not None else flow.settle,
        filler=part.filler,
        examples=tuple(part.examples),
        finish_on_interrupt=writes or part.on_interrupt == "finish",
    )


def _state(name: str, part: StatePart) -> State:
    return State(
        name=name,
        say=read_line(part.say) if part.say else None,
        prompt=part.prompt,
        collect=tuple(part.collect),
        confirms=tuple(part.confirms),
        tools=tuple(part.tools),
        run=part.run,
        transitions={n: _transition(n, t) for n, t in part.transitions.items()},
        action=_action(part),
    )


def _action(part: StatePart) -> Action | None:
    if part.transfer is not None:
        return Transfer(part.transfer)
    if part.press is not None:
        return Press(part.press)
    return HangUp() if part.hang_up else None


def _transition(name: str, part: TransitionPart | EverywherePart) -> Transition:
    return Transition(
        name=name,
        to=part.to,
        when=part.when,
        examples=tuple(part.examples),
        intent=Intent(part.intent) if part.intent else None,
        clear=tuple(part.clear),
        say=read_line(part.say) if part.say else None,
    )


def _lines(part: FlowPart) -> Lines:
    lines = part.lines
    return Lines(
        trouble=lines.trouble or ENGLISH.trouble,
        repeat=lines.repeat or ENGLISH.repeat,
        hold=lines.hold or ENGLISH.hold,
        again=lines.again or ENGLISH.again,
    )


def _budget(part: FlowPart) -> Budget:
    budget = part.budget
    return Budget(
        first_token_ms=budget.first_token,
        hush_ms=budget.hush,
        stall_ms=budget.stall,
        total_ms=budget.total,
    )
