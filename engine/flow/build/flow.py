"""A checked flow file becomes the flow that the core moves through."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.core.flow import Budget, Flow, GiveUp, Lines, Silence
from engine.core.slots.slot import Limit, Slot
from engine.core.tool import Resolve, Tool
from engine.core.machine import Dialogue
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
from engine.flow.build.slots import slot_of
from engine.flow.build.states import state_of, transition_of
from engine.flow.build.tools import tool_of
from engine.flow.language.slots import AnySlot, ChoiceSlot, DateSlot, PlainSlot
from engine.flow.language.always import EverywherePart
from engine.flow.rules.signatures import Signatures
from engine.flow.language.schema import FlowPart
from engine.flow.language.states import StatePart, TransitionPart
from engine.flow.language.tools import ToolPart

ENGLISH = Lines(
    trouble="I'm sorry, I had some trouble there.",
    repeat="Could you say that again?",
    hold="One more moment, please.",
    again="Is that right?",
)
BACKCHANNELS = frozenset({"mhm", "mm hmm", "mm", "uh huh", "uhuh", "hmm", "hm", "aha", "mm mhm"})
"""What English speakers say to show that they listen."""

def compiled(part: FlowPart, signatures: Signatures) -> Flow:
    """Build the flow. What it is made of has been checked; nothing here can be wrong."""
    states = {name: state_of(name, state) for name, state in part.states.items()}
    always = {
        name: Everywhere(transition_of(name, rule), frozenset(rule.except_))
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
        slots={name: slot_of(name, slot) for name, slot in part.slots.items()},
        tools={name: tool_of(name, tool, part, signatures.tools[name]) for name, tool in part.tools.items()},
        states=states,
        always=always,
        dialogue=Dialogue(states, always, part.initial),
        lines=_lines(part),
        silence=Silence(tuple(silence.after), tuple(silence.say), silence.to) if silence else None,
        give_up=GiveUp(trouble.after, trouble.to) if trouble else None,
        backchannels=BACKCHANNELS,
        budget=_budget(part),
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
