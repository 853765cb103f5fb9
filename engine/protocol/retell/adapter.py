"""Between Retell's frames and the core's events and effects: no socket, no clock, one a connection."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.core.effects import Configure, Effect, Listen, Patience, ReportCall, ReportResult, Speak
from engine.core.events import (
    Delta,
    Details,
    MakeEvent,
    ResponseAsked,
    Speaker,
    TranscriptUpdated,
    Utterance,
)
from engine.core.states import Action, HangUp, Press, Transfer
from engine.protocol.retell.frames import (
    AgentConfig,
    AgentInterrupt,
    CallDetails,
    Config,
    ConfigFields,
    OutboundFrame,
    PingPong,
    Pong,
    ReminderRequired,
    Response,
    ResponseRequired,
    RetellCall,
    RetellUtterance,
    ToolCallInvocation,
    ToolCallResult,
    UpdateAgent,
    UpdateOnly,
    read,
)

SPEAKERS = {"user": Speaker.CALLER, "agent": Speaker.AGENT, "system": Speaker.AGENT}
FLOORS = {"user_turn": Speaker.CALLER, "agent_turn": Speaker.AGENT}


@dataclass(frozen=True, slots=True)
class Received:
    """What a frame means."""

    reply: str | None = None
    """A frame to send back at once, whatever else goes on."""
    event: MakeEvent | None = None
    kind: str = "unknown"


class RetellAdapter:
    """Reads and writes the frames of one connection."""

    def __init__(self) -> None:
        self._transcript: tuple[Utterance, ...] = ()
        self.newest = 0
        """The newest response that Retell has asked for."""

    def receive(self, raw: str | bytes) -> Received:
        """Read a frame. One of a kind that we do not know means nothing.

        Raises FrameError when it can not be read; the connection can go on.
        """
        frame = read(raw)
        match frame:
            case None:
                return Received()
            case PingPong(timestamp=timestamp):
                return Received(reply=Pong(timestamp=timestamp).encode(), kind="ping_pong")
            case CallDetails(call=call):
                values = _details(call)
                return Received(event=lambda when: Details(when, values), kind="call_details")
            case UpdateOnly():
                delta, floor = self._delta(frame.transcript), FLOORS.get(frame.turntaking or "")
                return Received(event=lambda when: TranscriptUpdated(when, delta, floor), kind="update_only")
            case ResponseRequired() | ReminderRequired():
                delta, number = self._delta(frame.transcript), frame.response_id
                reminder = isinstance(frame, ReminderRequired)
                self.newest = max(self.newest, number)
                return Received(
                    event=lambda when: ResponseAsked(when, number, delta, reminder),
                    kind=frame.interaction_type,
                )

    def frames(self, effect: Effect) -> Iterator[str]:
        """Yield the frames by which an effect reaches Retell; none for one that is not for the platform."""
        for frame in _frames(effect):
            yield frame.encode()

    def is_stale(self, effect: Effect, newest: int) -> bool:
        """Whether Retell has asked for a newer response meanwhile, so that this must not be sent.

        `newest` is the newest one when the effect came about: an interruption belongs to no response, and
        one that comes behind a newer request would cancel the answer to that.
        """
        if not isinstance(effect, Speak):
            return False
        return newest < self.newest if effect.turn.interrupt else effect.turn.number < self.newest

    def _delta(self, transcript: list[RetellUtterance] | None) -> Delta:
        """Return what is new: Retell repeats the whole transcript each time. None: nothing can be told."""
        if transcript is None:
            return Delta(len(self._transcript), ())
        now = tuple(Utterance(SPEAKERS[u.role], u.content) for u in transcript if u.role in SPEAKERS)
        start = 0
        for old, new in zip(self._transcript, now, strict=False):
            if old != new:
                break
            start += 1
        self._transcript = now
        return Delta(start, now[start:])


def _frames(effect: Effect) -> Iterator[OutboundFrame]:
    match effect:
        case Configure(details=details):
            yield Config(config=ConfigFields(auto_reconnect=True, call_details=details))
        case Patience(ms=ms, times=times):
            yield UpdateAgent(agent_config=AgentConfig(reminder_trigger_ms=ms, reminder_max_count=times))
        case Listen(ear=ear):
            yield UpdateAgent(
                agent_config=AgentConfig(
                    interruption_sensitivity=ear.interruption_sensitivity, responsiveness=ear.responsiveness
                )
            )
        case Speak():
            yield _spoken(effect)
        case ReportCall(id=id_, name=name, arguments=arguments):
            yield ToolCallInvocation(tool_call_id=id_, name=name, arguments=_json(arguments))
        case ReportResult(id=id_, outcome=outcome, result=result, successful=successful):
            told = {**(result if isinstance(result, Mapping) else {"result": result}), "outcome": outcome}
            content = _json({key: value for key, value in told.items() if value is not None})
            yield ToolCallResult(tool_call_id=id_, content=content, successful=successful)
        case _:
            return


def _spoken(speak: Speak) -> OutboundFrame:
    fields: dict[str, object] = {
        "content": speak.text,
        "content_complete": speak.complete,
        "no_interruption_allowed": None if speak.interruptible else True,
        **_action(speak.action),
    }
    if speak.turn.interrupt:
        return AgentInterrupt.model_validate({"interrupt_id": speak.turn.number, **fields})
    return Response.model_validate({"response_id": speak.turn.number, **fields})


def _action(action: Action | None) -> dict[str, object]:
    match action:
        case None:
            return {}
        case HangUp():
            return {"end_call": True}
        case Transfer(number=number):
            return {"transfer_number": number}
        case Press(digits=digits):
            return {"digit_to_press": digits}


def _details(call: RetellCall) -> dict[str, object]:
    found = {
        "type": call.call_type,
        "direction": call.direction,
        "from_number": call.from_number,
        "to_number": call.to_number,
        "metadata": call.metadata,
        "variables": call.retell_llm_dynamic_variables,
    }
    return {key: value for key, value in found.items() if value is not None}


def _json(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)
