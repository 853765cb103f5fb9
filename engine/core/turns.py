"""Turn-taking: who is to speak. A fixed table, the same for every flow."""

from collections.abc import Mapping
from enum import Enum


class Phase(Enum):
    """Where the conversation stands between caller and agent."""

    CONNECTING = "connecting"
    """Nothing has been said; the greeting may wait for the call's details."""
    LISTENING = "listening"
    """No response is open."""
    THINKING = "thinking"
    """A response is open and nothing of it has been sent."""
    SPEAKING = "speaking"
    """A response is open and more of it may come from a model."""
    WORKING = "working"
    """A response is open until a tool has finished."""
    ENDED = "ended"
    """We have closed the call, or nobody is there any more."""


class Cue(Enum):
    """What moves turn-taking on."""

    OPENED = "a response is opened"
    SPOKE = "something is sent to be spoken"
    WORKS = "a tool's outcome is awaited"
    CLOSED = "the response is closed"
    ENDED = "the call is over"


P, C = Phase, Cue

TURN_TAKING: Mapping[Phase, Mapping[Cue, Phase]] = {
    P.CONNECTING: {
        C.OPENED: P.THINKING,
        C.SPOKE: P.CONNECTING,
        C.WORKS: P.CONNECTING,
        C.CLOSED: P.LISTENING,
        C.ENDED: P.ENDED,
    },
    P.LISTENING: {
        C.OPENED: P.THINKING,
        C.SPOKE: P.LISTENING,
        C.WORKS: P.LISTENING,
        C.CLOSED: P.LISTENING,
        C.ENDED: P.ENDED,
    },
    P.THINKING: {
        C.OPENED: P.THINKING,
        C.SPOKE: P.SPEAKING,
        C.WORKS: P.WORKING,
        C.CLOSED: P.LISTENING,
        C.ENDED: P.ENDED,
    },
    P.SPEAKING: {
        C.OPENED: P.THINKING,
        C.SPOKE: P.SPEAKING,
        C.WORKS: P.WORKING,
        C.CLOSED: P.LISTENING,
        C.ENDED: P.ENDED,
    },
    P.WORKING: {
        C.OPENED: P.THINKING,
        C.SPOKE: P.SPEAKING,
        C.WORKS: P.WORKING,
        C.CLOSED: P.LISTENING,
        C.ENDED: P.ENDED,
    },
    P.ENDED: {
        C.OPENED: P.ENDED,
        C.SPOKE: P.ENDED,
        C.WORKS: P.ENDED,
        C.CLOSED: P.ENDED,
        C.ENDED: P.ENDED,
    },
}
"""Every phase has an answer to every cue; in one where no response is open, sending changes nothing."""
