"""A model without a language model: rules for English that follow the flow's own lines.

It is a pure function of the request: whatever it needs to know stands there, so it can take over any call
at any turn. It may do what a language model may do, through the same functions, and nothing else.
"""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

from engine.core.entry import Entry
from engine.core.request import Request, ends_a_sentence, last_words
from engine.core.slots.locale import is_english
from engine.core.speech import Delta, TextDelta
from engine.llm.offline.answering import answers_questions
from engine.llm.offline.collecting import which_one, why_not
from engine.llm.offline.examples import exemplified
from engine.llm.offline.knowing import answered
from engine.llm.offline.lookups import openings
from engine.llm.offline.replies import call, next_question, open_question, question, say
from engine.llm.offline.rules import RULES
from engine.llm.offline.situation import Situation

EXCUSE = "Sorry about that. "
"""What goes before a whole answer where another model's broke off in the middle of a sentence."""


class OfflineModel:
    """The model that answers when there is no key, no network, or no provider."""

    @property
    def name(self) -> str:
        """How logs and banners call it."""
        return "offline"

    def serves(self, request: Request) -> bool:
        """Whether it speaks the language of a request: its rules are for English."""
        return is_english(request.language)

    async def stream(self, request: Request) -> AsyncGenerator[Delta, None]:
        """Yield the reply; all of it is there at once."""
        for delta in self.reply(request):
            yield delta

    async def warm(self) -> None:
        """Do nothing: the first request costs what every other one does."""

    async def close(self) -> None:
        """Let go of nothing: there is nothing to hold."""

    def reply(self, request: Request) -> Sequence[Delta]:
        """Return the reply to a request. The same request gets the same reply, always."""
        turn = request.call.line.turn
        if not request.words or (turn is not None and turn.exchanges):
            return _go_on(request)
        now = Situation(request)
        reply = next(found for rule in RULES if (found := rule(now)) is not None)
        greeting = request.flow.states[request.flow.initial].say
        if request.greeting_unheard and greeting is not None:
            reply = [TextDelta(f"{greeting.variant(request.language).opening} "), *reply]
        torn = bool(request.broken_off.strip()) and not ends_a_sentence(request.broken_off)
        return [TextDelta(EXCUSE), *reply] if torn else reply


def _go_on(request: Request) -> Sequence[Delta]:
    """Return what follows on a function call: a tool's news, or what the caller asked for with it."""
    news = _news(request)
    if news is not None and answers_questions(request.flow.tools[news.tool]):
        return answered(request, news)
    if news is not None and news.say:
        return say(news.say)
    turn = request.call.line.turn
    done = [made.name for exchange in (turn.exchanges if turn else ()) for made in exchange.calls]
    if done and not any(name in request.flow.tools for name in done):
        words = last_words(request.call.line.transcript).text
        now = Situation(replace(request, words=words))
        looked_up = openings(now)
        if looked_up is not None:
            return looked_up
        wish = exemplified(now)
        if wish is not None and wish.name not in done:
            return [call(wish, next_question(request, wish.asked_for, {}))]
        asks = question(request, request.missing[0]) if request.missing else open_question(request)
        return say(why_not(now) or which_one(now) or asks)
    return say(open_question(request))


def _news(request: Request) -> Entry | None:
    """Return the last result that a tool offers words for and nobody has told yet, or has no answer."""
    entries = (e for e in reversed(tuple(request.call.line.entries.values())) if not (e.told or e.running))
    return next((e for e in entries if e.say or answers_questions(request.flow.tools[e.tool])), None)
