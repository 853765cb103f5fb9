"""Retell's side of the socket, without the socket: what it sends, and what it makes of our frames.

Speech takes time, so what we send is not heard at once: `hear` moves words into the transcript, and a
caller who speaks before it has moved all of them has cut the rest.
"""

import json
import re
from dataclasses import dataclass, field

WORD = re.compile(r"\S+")


@dataclass(slots=True)
class RetellPlatform:
    """One call as the platform sees it. `transcript` is what was really said."""

    transcript: list[dict[str, str]] = field(default_factory=list)
    frames: list[dict[str, object]] = field(default_factory=list)
    """Every frame that we have sent, in order."""
    said: str = ""
    """What we have sent to be spoken since the platform asked last."""
    dropped: list[dict[str, object]] = field(default_factory=list)
    """Frames for a response that is void, or closed: nobody hears them."""
    unspoken: str = ""
    """What is still to be spoken."""
    complete: bool = False
    """Whether the response that was asked for has been closed; the begin message counts as asked for."""
    action: tuple[str, object] | None = None
    """What is to be done once everything has been spoken: `end_call`, `transfer_number`, `digit_to_press`."""
    tools: list[str] = field(default_factory=list)
    """Tool calls that were reported and have no result yet."""
    response_id: int = 0
    _goes_on: bool = False

    def take(self, raw: str) -> dict[str, object]:
        """Take a frame from the server. One for an old response is dropped, as Retell drops it."""
        frame: dict[str, object] = json.loads(raw)
        self.frames.append(frame)
        match frame:
            case {"response_type": "response", "response_id": self.response_id} if not self.complete:
                self._speak(frame)
            case {"response_type": "agent_interrupt"}:
                self._speak(frame)
            case {"response_type": "response"}:
                self.dropped.append(frame)
            case {"response_type": "tool_call_invocation", "tool_call_id": str(id_)}:
                self.tools.append(id_)
            case {"response_type": "tool_call_result", "tool_call_id": str(id_)} if id_ in self.tools:
                self.tools.remove(id_)
        return frame

    def hear(self, words: int | None = None) -> str:
        """Let the caller hear the next words, or all that are left; return them."""
        count = len(self.unspoken) if words is None else words
        found = list(WORD.finditer(self.unspoken))[:count]
        if not found:
            return ""
        end = found[-1].end()
        heard, self.unspoken = self.unspoken[:end].strip(), self.unspoken[end:]
        if not self._goes_on:
            self.transcript.append({"role": "agent", "content": ""})
        self.transcript[-1]["content"] = f"{self.transcript[-1]['content']} {heard}".strip()
        self._goes_on = True
        return heard

    def interrupt(self) -> None:
        """Let the caller cut what was still to be spoken. Whatever was to follow it is dropped with it."""
        self.unspoken = ""
        self.action = None

    def caller_says(self, words: str) -> str:
        """Return the frame by which Retell asks for an answer to what the caller has said."""
        self.interrupt()
        self._utter(words)
        return self._ask("response_required")

    def caller_adds(self, words: str, turntaking: str = "user_turn") -> str:
        """Return the frame by which Retell tells that the caller is speaking, without asking for anything.

        With `agent_turn` it takes the caller to be done, and will ask before long.
        """
        self._utter(words)
        frame = {"interaction_type": "update_only", "transcript": self.transcript, "turntaking": turntaking}
        return json.dumps(frame)

    def asks_again(self) -> str:
        """Return the frame by which Retell asks once more: the response before is void."""
        self.interrupt()
        return self._ask("response_required")

    def reminder(self) -> str:
        """Return the frame that comes when the caller has said nothing for long."""
        return self._ask("reminder_required")

    def details(self, **call: object) -> str:
        """Return the frame that tells what Retell knows about the call."""
        return json.dumps({"interaction_type": "call_details", "call": call})

    @staticmethod
    def ping(timestamp: int) -> str:
        """Return a keepalive."""
        return json.dumps({"interaction_type": "ping_pong", "timestamp": timestamp})

    @property
    def at_rest(self) -> bool:
        """Whether everything has been said and it is the caller's turn."""
        return self.complete and not self.unspoken.strip()

    def _utter(self, words: str) -> None:
        last = self.transcript[-1] if self.transcript else None
        if last is not None and last["role"] == "user":
            last["content"] = f"{last['content']} {words}"
        else:
            self.transcript.append({"role": "user", "content": words})
        self._goes_on = False

    def _ask(self, kind: str) -> str:
        self.response_id += 1
        self.complete = False
        self.said = ""
        self._goes_on = False
        return json.dumps(
            {"interaction_type": kind, "response_id": self.response_id, "transcript": self.transcript}
        )

    def _speak(self, frame: dict[str, object]) -> None:
        self.said += str(frame["content"])
        self.unspoken += str(frame["content"])
        self.complete = frame["content_complete"] is True
        for action in ("end_call", "transfer_number", "digit_to_press"):
            if frame.get(action):
                self.action = (action, frame[action])
                break
