"""The turn that is being answered: what its functions brought so far, and what was spoken in it meanwhile."""

from dataclasses import dataclass, field

from engine.core.call import Line
from engine.core.entry import Entry
from engine.core.heard import text_of
from engine.core.prompt.message import Message, ToolUse
from engine.core.prompt.uses import arguments, name, result, used
from engine.core.prompt.words import data, speech
from engine.core.turn import Answered, Exchange, Turn

REFUSED = "refused"
"""How the result of a call begins that was not carried out."""
NOT_RECORDED = "Not recorded: "
"""Behind this a result says which arguments were not taken, and why."""


@dataclass(slots=True)
class _Reply:
    """What we said in one go, and the calls that were made with it."""

    text: str = ""
    uses: list[tuple[ToolUse, str]] = field(default_factory=list)

    def messages(self, most: int) -> list[Message]:
        text = speech(self.text, most)
        if not (text or self.uses):
            return []
        calls = tuple(use for use, _ in self.uses)
        results = [Message("tool", told, answers=use.id) for use, told in self.uses]
        return [Message("assistant", text, calls), *results]


def open_turn(line: Line) -> Turn | None:
    """Return the turn that is being answered, if there is one."""
    return line.turn if line.turn is not None and not line.turn.closed else None


def own_entries(line: Line, turn: Turn | None) -> list[Entry]:
    """Return the tool calls of a turn: those that it made, and those that it took over."""
    if turn is None:
        return []
    return [e for e in line.entries.values() if e.turn == turn.serial or e.id in turn.awaits]


def present(line: Line, turn: Turn, broken_off: str, most: int) -> list[Message]:
    """Return what a turn has brought so far, but for a reply that broke off.

    Each text has at most so many tokens, roughly; fewer, when there are many results.

    What the flow spoke after a call stands with that call: the conversation then ends in a result, which
    a model answers, and not in words of ours, which some servers take for the beginning of its answer.
    """
    entries = own_entries(line, turn)
    many = sum(len(exchange.calls) for exchange in turn.exchanges) + len(entries)
    most = min(most, 2 * most // max(many, 1))
    replies = [_reply(number, exchange, entries, most) for number, exchange in enumerate(turn.exchanges)]
    for entry in entries:
        use, answer = used(entry, most)
        replies.append(_Reply(uses=[(use.calls[0], answer.text)]))
    spoken = text_of(turn.pieces).rstrip().removesuffix(broken_off.strip())
    _put_spoken(replies, spoken)
    return [message for reply in replies for message in reply.messages(most)]


def _reply(number: int, exchange: Exchange, entries: list[Entry], most: int) -> _Reply:
    """Return a reply of the model; of the turn's tool calls, those that it started are taken out."""
    reply = _Reply(exchange.text)
    for index, call in enumerate(exchange.calls):
        id_, told = f"call_{number}_{index}", data(call.result, most)
        entry = _started(call, entries)
        if entry is not None:
            entries.remove(entry)
            _, but, why = told.partition(NOT_RECORDED)
            id_, told = entry.id, f"{result(entry, most)} {but}{why}".rstrip()
        reply.uses.append((ToolUse(id_, name(call.name), arguments(call.arguments, most)), told))
    return reply


def _started(call: Answered, entries: list[Entry]) -> Entry | None:
    """Return the tool call that a function call has started: it is one to the model, not two."""
    if call.result.startswith(REFUSED):
        return None
    return next((entry for entry in entries if entry.offered and entry.tool == call.name), None)


def _put_spoken(replies: list[_Reply], spoken: str) -> None:
    """Give the words of a turn to the replies with which, or after which, they were spoken.

    A reply that was taken over from an earlier turn gets none: they stand in the transcript, if heard.
    """
    done = 0
    for number, reply in enumerate(replies):
        text = reply.text
        begin = spoken.find(text, done) if text.strip() else -1
        reply.text = ""
        if begin >= 0:
            before = replies[max(number - 1, 0)]
            before.text += spoken[done:begin]
            reply.text += text
            done = begin + len(text)
    if not replies:
        replies.append(_Reply())
    replies[-1].text += spoken[done:]
