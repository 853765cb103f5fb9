"""What may happen next in a call: each thing that the caller, the model or a tool may do where it stands.

The model is free to call any function that the state exposes, with any values, and so is the caller to
say, hear or interrupt anything. A few of these stand for all:

- Of the slots that a function takes, none, all, or all but one are told, and one that is set is changed.
  Lines, tools and `collected` look at a slot by itself or at all of them together, so a call in which
  one is missing is among these, whichever others are. Of slots with the same parts in the flow, one is
  left out or changed in place of each. Slots that a state takes and does not wait for are told with the
  others, and not.
- A function with a message is called with one. Without it the model would be asked again in the same
  turn, and could do there what it can do after the caller's next words.
- A read-back is heard whole, or but for its last value. What was heard of it before it was cut comes to
  the same: the rest is said again until all of it was heard, or the turn is undone.
- A model that only answers leaves the call where it stands, unless it had something to wait for. What
  was stopped by the caller's words is gone, so what else they may lead to is what they do without it.
- A look-up whose outcome nothing in the flow goes by has ended before anything else happens.
- A tool's result holds all that it may set, unless a guard asks whether that is set.
- What callers say meets the conditions on values: what does not is asked for again, and changes nothing.
- Reminders, failing models and hang-ups that do not take effect change nothing until they have been
  counted to the last: only that one is played.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import prod

from engine.core.call import Call
from engine.core.control import MOST_ATTEMPTS
from engine.core.entry import Entry
from engine.core.flow import Flow
from engine.core.functions import Function, Kind, exposed
from engine.core.guards import CallDetail, ToolOutcome
from engine.core.heard import text_of
from engine.core.reminders import SILENCE
from engine.core.response import TROUBLE
from engine.core.states import HangUp, Intent, Transfer
from engine.flow.proof.moves import (
    Begins,
    Ends,
    ModelsFail,
    Move,
    Presses,
    Speaks,
    StaysOn,
    StaysSilent,
    Waits,
    play,
)
from engine.flow.proof.outline import Outline, transitions_of
from engine.flow.proof.tape import Tape
from engine.flow.proof.tellings import assignments, one_of_each, put, results_of
from engine.flow.proof.values import argument, details_of, values_of

MOST_BEGINNINGS = 2_000
"""Combinations of a call's details that are all looked at."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may happen next."""

    move: Move
    play: Callable[[], Tape]
    same: Hashable = None
    """Equal for moves that come to the same, whatever else the calls have behind them; None: nobody knows."""


def options(flow: Flow, look: Outline, call: Call) -> Iterator[Option]:
    """Yield everything that may happen next to a call."""
    running = [entry for entry in call.line.entries.values() if entry.running]
    for entry in running:
        yield from _endings(flow, look, call, entry)
    pending = call.talk.pending
    if pending is not None and pending.withheld:
        yield _option(flow, call, Waits())
    yield from _spoken(flow, look, call)
    if call.line.closing:
        return
    for key in dict.fromkeys(t.key for t in transitions_of(flow, call.talk.state) if t.key is not None):
        yield _option(flow, call, Presses(key))
    if running:
        return
    if pending is not None and isinstance(pending.action, HangUp | Transfer):
        if not pending.withheld:
            yield _option(flow, call, StaysOn(MOST_ATTEMPTS))
        return
    state = call.talk.state
    silence = flow.silence_in(state)
    if silence is not None and flow.dialogue.allows(state, SILENCE):
        same = (state, SILENCE) if silence.to in look.unseeing else None
        yield _option(flow, call, StaysSilent(len(silence.after_ms)), same)
    if flow.give_up is not None and flow.dialogue.allows(state, TROUBLE):
        same = (state, TROUBLE) if flow.give_up.to in look.unseeing else None
        yield _option(flow, call, ModelsFail(flow.give_up.after), same)


def beginnings(flow: Flow, look: Outline) -> Iterator[Move]:
    """Yield the ways in which a call may begin: with what the platform may tell, and without."""
    usual: dict[str, object] = {}
    for slot in flow.slots.values():
        if slot.default:
            put(usual, slot.default, values_of(flow, slot.name, look.tests)[0])
    others = flow.languages[1:] if flow.language_from else ()
    told = [usual, *(_with(usual, flow.language_from, language) for language in others)]
    told += _details_together(look, usual)
    for slot in flow.slots.values():
        if slot.default:
            values = values_of(flow, slot.name, look.tests)[1:]
            told += [_with(usual, slot.default, value) for value in values if len(values) > 1]
    yield from (Begins(details) for details in told if details)
    yield Begins()


def _details_together(look: Outline, usual: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """Yield the details that guards tell apart, in every combination; of very many, in pairs."""
    named: dict[tuple[str, ...], dict[str, None]] = {}
    for test in look.tests:
        if isinstance(test.subject, CallDetail):
            named.setdefault(test.subject.path, {}).update(dict.fromkeys(details_of(test)))
    each = [[(path, value) for value in values] for path, values in named.items()]
    count = prod(len(values) + 1 for values in each)
    for size in range(1, len(each) + 1 if count <= MOST_BEGINNINGS else min(len(each), 2) + 1):
        for paths in combinations(each, size):
            for chosen in product(*paths):
                details = dict(usual)
                for path, value in chosen:
                    details = _with(details, path, value)
                yield details


def _with(details: Mapping[str, object], path: tuple[str, ...], value: str) -> dict[str, object]:
    """Return a copy of a call's details with one more."""
    told = deepcopy(dict(details))
    put(told, path, value)
    return told


def _option(flow: Flow, call: Call, move: Move, same: Hashable = None) -> Option:
    def played() -> Tape:
        tape = Tape(flow, call)
        play(tape, move)
        return tape

    return Option(move, played, same)


def _endings(flow: Flow, look: Outline, call: Call, entry: Entry) -> Iterator[Option]:
    """Yield each way in which a tool may end; those of a look-up that lead nowhere are one."""
    tool, transitions = flow.tools[entry.tool], flow.states[call.talk.state].transitions
    told = False
    for outcome in tool.all_outcomes:
        looked_at = tool.sets or any(test.subject == ToolOutcome(tool.name) for test in look.tests)
        leads = tool.writes or outcome in transitions or looked_at
        if leads or not told:
            for result in results_of(flow, look, tool, outcome):
                yield _option(flow, call, Ends(entry.id, tool.name, outcome, result))
        told = told or not leads


def _spoken(flow: Flow, look: Outline, call: Call) -> Iterator[Option]:
    """Yield what may come of the caller's words, and of what they have heard when they say them."""
    asked = Tape(flow, call)
    asked.ask(None)
    if asked.asked is None:
        yield Option(Speaks(), lambda: asked)
        return
    waited = any(entry.running for entry in call.line.entries.values())
    if waited or look.most_misses or call.talk.pending is not None:
        yield _answered(asked, Speaks())
    if waited and not any(entry.running for entry in asked.call.line.entries.values()):
        return
    functions = exposed(flow, asked.call)
    for function in functions:
        for arguments in _told(flow, look, asked.call, function):
            outcome = look.idle(flow, call.talk.state, function)
            option = _answered(asked, Speaks(function.name, arguments, outcome=outcome), function)
            blindly = not arguments and not waited
            yield replace(option, same=_blindly(flow, look, asked.call, function) if blindly else None)
    if flow.states[call.talk.state].confirms:
        for heard in _cut(call):
            cut = Tape(flow, call)
            cut.ask(heard)
            for function in functions:
                if function.intent is Intent.AFFIRM:
                    yield _answered(cut, Speaks(function.name, {}, heard), function)


def _blindly(flow: Flow, look: Outline, call: Call, function: Function) -> Hashable:
    """Return what a transition has in common with others that lead where nothing is looked at any more."""
    state = call.talk.state
    transition = next((t for t in transitions_of(flow, state) if t.name == function.name), None)
    if transition is None or len(transition.ways) != 1:
        return None
    way = transition.ways[0]
    looks = way.guard is not None or (way.say is not None and way.say.slots)
    return (state, function.name) if way.to in look.unseeing and not looks else None


def _answered(asked: Tape, move: Speaks, function: Function | None = None) -> Option:
    """Let the model answer words that were said; the tape up to there is shared."""

    def played() -> Tape:
        tape = Tape(asked.flow, asked.call)
        tape.happened = asked.happened[:]
        if function is not None and tape.asked is not None:
            tape.want(function, move.arguments)
            tape.end_all(move.outcome)
        tape.rest()
        return tape

    return Option(move, played)


def _cut(call: Call) -> Iterator[str]:
    """Yield what was heard of a read-back by a caller who did not hear all of it."""
    yield ""
    turn = call.line.turn
    pieces = turn.pieces if turn is not None else ()
    start, ends = 0, []
    for piece in pieces:
        ends += [start + mark.end for mark in piece.marks]
        start += len(piece.text)
    if len(ends) > 1:
        yield text_of(pieces)[: ends[-2]]


def _told(flow: Flow, look: Outline, call: Call, function: Function) -> Iterator[dict[str, object]]:
    """Yield the arguments with which a function may be called."""
    given = {p.name: argument(p) for p in function.parameters if p.required}
    yield given
    live = look.ahead[call.talk.state].slots
    takes = [slot for slot in function.slots if slot in live and not flow.slots[slot].by_tool]
    known = call.talk.slots
    missing = [slot for slot in takes if slot not in known]
    asked_for = [slot for slot in missing if slot not in function.beside]
    for slots in (missing, asked_for) if len(asked_for) < len(missing) else (missing,):
        for told in assignments(flow, look, slots):
            yield {**given, **told}
    if function.kind is not Kind.TOOL or flow.tools[function.name].writes:
        for slot in one_of_each(look, [slot for slot in takes if slot in known]):
            others = [value for value in values_of(flow, slot, look.tests) if value != known[slot]]
            guarded = look.guarded(slot)
            for value in (others if guarded else others[:1]) or [known[slot]]:
                yield {**given, slot: value}
