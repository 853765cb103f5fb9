"""What can be seen of a call in a test: all that can be asked of it without anything happening."""

from collections.abc import Mapping
from typing import NoReturn

from engine.core.call import Call as CallState
from engine.core.effects import Effect, Log
from engine.core.entry import CANCELLED, Entry, EntryState
from engine.core.events import Event, Speaker
from engine.core.functions import exposed
from engine.core.request import Request
from engine.core.states import Action, HangUp, Transfer
from engine.testkit.stage import Stage
from engine.testkit.story import CallFailed
from engine.testkit.taken import Mark


class Seen:
    """A call as it stands, to be looked at."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def __repr__(self) -> str:
        return f"<Call with {self._stage.flow.name} in {self.state}, which has said {self.said!r}>"

    @property
    def state(self) -> str:
        """The state in which the dialogue stands."""
        return self._stage.call.talk.state

    @property
    def slots(self) -> Mapping[str, str]:
        """The slots that are set, in canonical form."""
        return self._stage.call.talk.slots

    @property
    def agreed(self) -> Mapping[str, str]:
        """The values that the caller has heard and agreed to."""
        return self._stage.call.talk.agreed

    @property
    def snapshot(self) -> CallState:
        """The call as it stands, as it would be written down."""
        return self._stage.call

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions that the model may call now."""
        return tuple(function.name for function in exposed(self._stage.flow, self._stage.call))

    @property
    def said(self) -> str:
        """What the agent has said since the caller last spoke."""
        return self._stage.said

    @property
    def heard(self) -> str:
        """What the caller has heard of the agent since the call began."""
        heard = (u.text for u in self._stage.transcript if u.speaker is Speaker.AGENT)
        return " ".join([*heard, self._stage.unheard.strip()])

    @property
    def all_said(self) -> str:
        """What the agent has said since the call began, heard or not."""
        return self._stage.all_said

    @property
    def action(self) -> Action | None:
        """The hang-up, transfer or keys that went out since the caller last spoke."""
        return self._stage.action

    @property
    def closed(self) -> bool:
        """Whether we have closed the call ourselves."""
        return self._stage.closed

    @property
    def ended(self) -> bool:
        """Whether the call is over: it is hung up, put through to somebody, or closed by us."""
        return self.closed or isinstance(self.action, HangUp | Transfer)

    @property
    def taken(self) -> frozenset[Mark]:
        """What the call has taken of its flow, for coverage."""
        return frozenset(self._stage.taken)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """All that the core has asked for since the caller last spoke."""
        return tuple(self._stage.effects)

    @property
    def journal(self) -> tuple[tuple[Event, str], ...]:
        """All that has happened so far, and the state in which the dialogue stood after each of it."""
        return tuple(self._stage.journal)

    @property
    def logged(self) -> tuple[str, ...]:
        """The names of the events that were logged since the caller last spoke."""
        return tuple(effect.event for effect in self._stage.effects if isinstance(effect, Log))

    @property
    def request(self) -> Request:
        """What the model is being asked."""
        asked = self._stage.request
        if asked is None:
            self._fail("the model has not been asked anything")
        return asked.request

    @property
    def results(self) -> tuple[str, ...]:
        """What came of the function calls of this turn, as the model is told."""
        return self._stage.results()

    @property
    def waiting_for(self) -> str | None:
        """What has to happen before the agent goes on: `model`, a tool's name, or nothing."""
        if self._stage.request is not None:
            return "model"
        return next((run.tool for run in self._stage.running.values()), None)

    @property
    def owed(self) -> str:
        """What was asked for and has not come, in words; empty when nobody owes anything."""
        if self._stage.request is not None:
            return "the model was asked"
        running = (e for e in self._stage.call.line.entries.values() if e.running)
        return next((f"the tool `{e.tool}` {_far(e)}" for e in running), "")

    @property
    def story(self) -> str:
        """The call so far, with what models called and how tools ended."""
        return self._stage.story.told

    @property
    def dialogue(self) -> str:
        """The call so far, a line for each utterance."""
        lines = [f"{u.speaker.value:>6}: {u.text}" for u in self._stage.transcript]
        return "\n".join([*lines, f" agent: {self._stage.unheard}"] if self._stage.unheard else lines)

    def runs(self, tool: str) -> int:
        """Return how often a tool has been sent since the call began."""
        sent = (e for e in self._stage.call.line.entries.values() if e.tool == tool)
        return sum(entry.state is not EntryState.WAITING for entry in sent)

    def stopped(self, tool: str) -> int:
        """Return how often a tool that only reads was stopped because nobody waited for it any more."""
        entries = self._stage.call.line.entries.values()
        return sum(entry.tool == tool and entry.outcome == CANCELLED for entry in entries)

    def _fail(self, what: str) -> NoReturn:
        __tracebackhide__ = True
        raise CallFailed([what], self.story, self.state)


def _far(entry: Entry) -> str:
    return "waits to be sent" if entry.state is EntryState.WAITING else "was sent"
