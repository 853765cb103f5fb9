"""A model without a language model: rules for English that follow the flow's own lines.

It is a pure function of the request: whatever it needs to know stands there, so it can take over any call
at any turn. It may do what a language model may do, through the same functions, and nothing else.
"""

from collections.abc import AsyncGenerator, Sequence

from engine.core.request import Request
from engine.core.speech import Delta, TextDelta
from engine.llm.offline.rules import RULES, open_question
from engine.llm.offline.situation import Situation


class OfflineModel:
    """The model that answers when there is no key, no network, or no provider."""

    @property
    def name(self) -> str:
        """How logs and banners call it."""
        return "offline"

    async def stream(self, request: Request) -> AsyncGenerator[Delta, None]:
        """Yield the reply; all of it is there at once."""
        for delta in self.reply(request):
            yield delta

    async def close(self) -> None:
        """Let go of nothing: there is nothing to hold."""

    def reply(self, request: Request) -> Sequence[Delta]:
        """Return the reply to a request. The same request gets the same reply, always."""
        turn = request.call.line.turn
        if not request.words or (turn is not None and turn.exchanges):
            return [TextDelta(_news(request) or open_question(request))]
        now = Situation(request)
        reply = next(found for rule in RULES if (found := rule(now)) is not None)
        greeting = request.flow.states[request.flow.initial].say
        if request.greeting_unheard and greeting is not None:
            return [TextDelta(f"{greeting.opening} "), *reply]
        return reply


def _news(request: Request) -> str | None:
    """Return what a tool offers to have its result told by, if nobody has told it yet."""
    entries = (e for e in reversed(tuple(request.call.line.entries.values())) if not (e.told or e.running))
    return next((entry.say for entry in entries if entry.say), None)
