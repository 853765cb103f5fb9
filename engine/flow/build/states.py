"""States of a flow file, and the ways between them, become those of the core."""

from collections.abc import Mapping

from engine.core.reminders import SILENCE
from engine.core.slots.slot import Slot
from engine.core.states import (
    TOO_OFTEN,
    Action,
    Ear,
    HangUp,
    Intent,
    Press,
    Silence,
    State,
    Transfer,
    TransferBy,
    Transition,
    Way,
)
from engine.core.wording import Wording
from engine.flow.build.guards import SOME_MOMENT, guard_of, scope_of
from engine.flow.build.wordings import wording_of
from engine.flow.language.lines import Lines
from engine.flow.language.schema import FlowPart
from engine.flow.language.states import (
    OneOrSeveral,
    SilencePart,
    StatePart,
    TransferPart,
    TransitionPart,
    first_way,
    ways_of,
)


class StatesOf:
    """Builds the states of one flow."""

    def __init__(self, flow: FlowPart, slots: Mapping[str, Slot]) -> None:
        self._languages = flow.language
        self._scope = scope_of(flow)
        self._slots = slots

    def state(self, name: str, part: StatePart) -> State:
        """Return the state of this name."""
        transitions = {n: self.transition(n, written) for n, written in part.transitions.items()}
        often = part.max_visits
        if often is not None:
            way = Way(often.to, say=self._say(often.say))
            transitions[TOO_OFTEN] = Transition(TOO_OFTEN, (way,))
        silence = self.silence(part.reminders) if part.reminders is not None else None
        if silence is not None:
            transitions[SILENCE] = Transition(SILENCE, (Way(silence.to),))
        return State(
            name=name,
            say=self._say(part.say),
            must_hear=part.must_hear,
            prompt=part.prompt,
            collect=tuple(part.collect),
            also=tuple(part.also),
            confirms=tuple(part.confirms),
            tools=tuple(part.tools),
            run=part.run,
            transitions=transitions,
            action=_action(part),
            silence=silence,
            max_visits=often.times if often is not None else None,
            ear=Ear(part.interruption_sensitivity, part.responsiveness),
        )

    def transition(self, name: str, written: OneOrSeveral) -> Transition:
        """Return the transition of this name: what all of its ways share stands with the first."""
        first = first_way(written)
        return Transition(
            name=name,
            ways=tuple(self._way(part) for _, part in ways_of(written)),
            when=first.when,
            examples=tuple(first.examples),
            intent=Intent(first.intent) if first.intent else None,
            key=first.key,
        )

    def silence(self, part: SilencePart) -> Silence:
        """Return what happens when the caller says nothing."""
        lines = tuple(wording_of(line, self._languages) for line in part.say)
        return Silence(tuple(part.after), lines, part.to)

    def _way(self, part: TransitionPart) -> Way:
        constants = {n: self._slots[n].type.parse(said, SOME_MOMENT) for n, said in part.set.items()}
        return Way(
            to=None if part.stay else part.to,
            guard=guard_of(part.if_, self._scope),
            clear=tuple(part.clear),
            set=constants,
            say=self._say(part.say),
            language=part.speak,
            digresses=part.return_,
        )

    def _say(self, lines: Lines | None) -> Wording | None:
        return wording_of(lines, self._languages) if lines is not None else None


def _action(part: StatePart) -> Action | TransferBy | None:
    match part.transfer:
        case TransferPart(number=str() as number):
            return Transfer(number)
        case TransferPart(by=str() as slot, to=numbers):
            return TransferBy(slot, numbers)
    if part.press is not None:
        return Press(part.press)
    return HangUp() if part.hang_up else None
