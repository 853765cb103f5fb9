"""A checked flow file becomes the flow that the core moves through."""

from zoneinfo import ZoneInfo

from engine.core.flow import Budget, Flow, GiveUp, Lines
from engine.core.machine import Dialogue
from engine.core.states import Ear, Everywhere, Transition, Way
from engine.core.wording import Wording
from engine.flow.build.models import models_of
from engine.flow.build.slots import Speech, slot_of
from engine.flow.build.states import StatesOf
from engine.flow.build.tools import tool_of
from engine.flow.build.wordings import wording_of
from engine.flow.language import lines as written
from engine.flow.language.schema import FlowPart
from engine.flow.rules.signatures import Signatures

ENGLISH = {
    "trouble": "I'm sorry, I had some trouble there.",
    "repeat": "Could you say that again?",
    "hold": "One more moment, please.",
    "again": "Is that right?",
}
BACKCHANNELS = frozenset({"mhm", "mm hmm", "mm", "uh huh", "uhuh", "hmm", "hm", "aha", "mm mhm"})
"""What English speakers say to show that they listen."""
PLATFORMS_OWN = 1.0
"""How a platform listens when nobody says otherwise: Retell's default for both of an agent's settings."""


def compiled(part: FlowPart, signatures: Signatures) -> Flow:
    """Build the flow. What it is made of has been checked; nothing here can be wrong."""
    speech = Speech.of(part.language)
    slots = {name: slot_of(name, slot, speech) for name, slot in part.slots.items()}
    build = StatesOf(part, slots)
    states = {name: build.state(name, state) for name, state in part.states.items()}
    always = {
        name: Everywhere(build.transition(name, part.always.written(name)), frozenset(rule.except_))
        for name, rule in part.always.rules.items()
    }
    silence, trouble = part.always.silence, part.always.trouble
    busy = frozenset(s.name for s in states.values() if s.action is not None or s.run is not None)
    for name, fallback in part.always.fallbacks.items():
        always[name] = Everywhere(Transition(name, (Way(fallback.to),)), busy)
    return Flow(
        name=part.flow,
        version=part.version,
        languages=tuple(part.language),
        language_from=tuple(part.language_from.split(".")[1:]) if part.language_from else (),
        timezone=ZoneInfo(part.timezone),
        persona=part.persona,
        initial=part.initial,
        slots=slots,
        tools={
            name: tool_of(
                name,
                tool,
                part,
                signatures.tools[name],
                signatures.sources[name],
                signatures.scopes.get(name, {}),
            )
            for name, tool in part.tools.items()
        },
        states=states,
        always=always,
        tools_everywhere={name: busy.union(offer.except_) for name, offer in part.always.tools.items()},
        dialogue=Dialogue(states, always, part.initial),
        lines=_lines(part),
        silence=build.silence(silence) if silence else None,
        give_up=GiveUp(trouble.after, trouble.to) if trouble else None,
        backchannels=BACKCHANNELS,
        budget=_budget(part),
        models=models_of(part),
        ear=_ear(part),
        transcripts=part.store.transcripts,
    )


def _lines(part: FlowPart) -> Lines:
    def line(key: str) -> Wording:
        english = {"en": ENGLISH[key]}
        own = getattr(part.lines, key) or written.Lines({"en": (ENGLISH[key],)})
        return wording_of(own, part.language, english)

    return Lines(trouble=line("trouble"), repeat=line("repeat"), hold=line("hold"), again=line("again"))


def _ear(part: FlowPart) -> Ear:
    """Return how the platform listens as a rule: known wherever a state differs, to come back to it."""

    def usual(key: str) -> float | None:
        differs = any(getattr(state, key) is not None for state in part.states.values())
        own: float | None = getattr(part, key)
        return PLATFORMS_OWN if own is None and differs else own

    return Ear(usual("interruption_sensitivity"), usual("responsiveness"))


def _budget(part: FlowPart) -> Budget:
    budget = part.budget
    return Budget(
        first_token_ms=budget.first_token,
        hush_ms=budget.hush,
        no_answer_ms=budget.no_answer,
        stall_ms=budget.stall,
        total_ms=budget.total,
    )
