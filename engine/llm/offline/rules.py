"""What the offline model does in a situation: the first rule that has an answer gives it.

The order is that of what must not be missed: a caller who wants a person gets one, a correction is heard
before a yes, only an explicit yes agrees, and a yes is heard before a goodbye.
"""

import re
from collections.abc import Sequence

from engine.core.flow import Flow
from engine.core.functions import Function, Kind
from engine.core.states import Intent, TransferBy
from engine.llm.offline.act_words import URGENT
from engine.llm.offline.acts import Act
from engine.llm.offline.collecting import (
    WISHES,
    another_value,
    ask_again,
    choices,
    details,
    leaving,
    own_number,
    quits,
    rest_of_moment,
    rest_of_number,
    settled,
    taken_over,
    tell,
    unclear,
    what_to_change,
    why_not,
)
from engine.llm.offline.confirming import (
    agreement,
    correction,
    doubtful_yes,
    read_again,
    refusal,
    something_else,
    unclear_yes,
)
from engine.llm.offline.examples import like_an_example
from engine.llm.offline.identity import who_is_speaking
from engine.llm.offline.knowing import announced, anything_asked, nothing_else, on_topic, ready
from engine.llm.offline.lookups import looks_up, openings, some_other_day, wants_openings, wished
from engine.llm.offline.matters import is_dealt_with
from engine.llm.offline.questions import wants_a_favour
from engine.llm.offline.replies import Reply, Rule, call, next_question, open_question, say, taken_by
from engine.llm.offline.situation import Situation, content
from engine.llm.offline.waiting import fetches, hold_on, repeat
from engine.llm.per_flow import once_for_each_flow

TO_ONE_THAT_EXISTS = content("cancel reschedule move change")
"""What callers want of an appointment that they have."""
ASKED_TO_BOOK = content("book schedule reserve need looking arrange come")
"""Wishes that are plain even beside a question."""
ASKS_FOR = re.compile(r"\b(?:talk|speak|connect|transfer|put|patch|get) (?:\w+ )*?(?:to|with|through)\b")
"""How people ask to be put through to whom they name."""
FAREWELL = "Thank you for calling. Goodbye!"
PERSON = "I'll get someone who can help."


def human(now: Situation) -> Reply | None:
    """Give a caller a person, "Can I speak to someone?", or the one they name: "Transfer me to billing"."""
    if Act.HUMAN not in now.acts:
        return None
    named = _department(now)
    if named is not None:
        return _follow(now, named)
    function = now.meaning(Intent.HUMAN)
    return [call(function, PERSON)] if function is not None else None


def lost(now: Situation) -> Reply | None:
    """Give a person to who has got nowhere for too long."""
    function = now.meaning(Intent.HUMAN)
    return [call(function, PERSON)] if function is not None and now.lost else None


def matter(now: Situation) -> Reply | None:
    """Give a person to who has a bill, an emergency, or an appointment, where the flow is for none of it."""
    begins = not (now.state.collect or now.state.confirms)
    brings = Act.MATTER in now.acts or (begins and Act.EXISTING in now.acts)
    if not brings or now.state.confirms or now.final or _is_message(now) or is_dealt_with(now):
        return None
    named = _wanted(now) or _department(now) or (_wanted_of_one(now, Intent.START) if begins else None)
    if named is not None:
        return _follow(now, named)
    function = now.meaning(Intent.HUMAN)
    if function is not None:
        return [call(function, PERSON)]
    return say("I'm sorry, I can't help with that.", open_question(now.request))


def _is_message(now: Situation) -> bool:
    """Say whether the words are the text that was asked for: "my bill is wrong, please call me"."""
    slot = now.asked_alone
    is_text = slot is not None and now.request.flow.slots[slot].type.name == "text"
    return is_text and slot in now.changes and not URGENT.search(now.words.text)


def misdialled(now: Situation) -> Reply | None:
    """Let who has dialled a wrong number go."""
    function = now.meaning(Intent.GOODBYE)
    if function is None or Act.MISDIALLED not in now.acts or now.meaning(Intent.START) is None:
        return None
    return [call(function, "No problem. Goodbye!")]


def goodbye(now: Situation) -> Reply | None:
    """Say goodbye to "bye", and to "that's all" where nothing is being asked."""
    function = now.meaning(Intent.GOODBYE)
    busy = now.state.collect or now.state.confirms
    leaves = Act.GOODBYE in now.acts or (Act.FINISHED in now.acts and not busy)
    if function is not None and leaves and not now.changes:
        return [call(function, FAREWELL)]
    return None


def start(now: Situation) -> Reply | None:
    """Begin with "I'd like to book a cleaning"; what is free is looked for once that is possible."""
    function = now.meaning(Intent.START)
    if function is None:
        return None
    said = content(now.words.raw)
    looks = Act.OPENINGS in now.acts
    values = taken_by(function, {**now.earlier, **wished(now)})
    plain = looks or said & ASKED_TO_BOOK or (values and wants_a_favour(now.words.text))
    if Act.QUESTION in now.acts and not plain:
        return None
    wants = values or said & WISHES or now.likeness(function) or looks or Act.ANYTHING in now.acts
    if not (wants or is_dealt_with(now)):
        return None
    flow = now.request.flow
    target = now.target(function)
    if wants_openings(now) and looks_up(flow, target):
        return [call(function, "", values)]
    message = why_not(now, function.slots) or next_question(now.request, function.asked_for, values)
    return [call(function, message, values)]


def anything_named(now: Situation) -> Reply | None:
    """Do whatever else the flow lets a caller want, when they use its words; a question is looked up."""
    if Act.QUESTION in now.acts and ready(now) is not None:
        return None
    named = now.few_words or ASKS_FOR.search(now.words.text)
    # Where nothing is asked, "my son has a fever" is told for the one who deals with it.
    tells = Act.QUESTION not in now.acts and not (now.state.collect or now.state.confirms)
    function = (_department(now) if named else None) or _wanted(now) or (_department(now) if tells else None)
    return None if function is None else _follow(now, function)


def _department(now: Situation) -> Function | None:
    """Return the function that takes whom the caller names, if the flow puts callers through to them."""
    named = _transfers(now.request.flow) & now.values.keys()
    if not named:
        return None
    takes = (f for f in now.kind(Kind.TRANSITION) if f.intent is None and named.intersection(f.slots))
    return next(takes, None)


@once_for_each_flow
def _transfers(flow: Flow) -> frozenset[str]:
    """Return the slots for whom callers are put through to."""
    actions = (state.action for state in flow.states.values())
    return frozenset(action.slot for action in actions if isinstance(action, TransferBy))


def cancels(now: Situation) -> Reply | None:
    """Take "just cancel it" for what it is where the flow can cancel something, and not for giving up."""
    function = _wanted_of_one(now, None, Intent.CORRECT) if Act.QUITS in now.acts else None
    return None if function is None or now.answer is not None else _follow(now, function)


def _wanted_of_one(now: Situation, *meanings: Intent | None) -> Function | None:
    """Return the function of such a meaning by which an appointment that exists is moved, or cancelled."""
    said = TO_ONE_THAT_EXISTS & content(now.words.raw)
    found = (f for f in now.kind(Kind.TRANSITION) if f.intent in meanings)
    return next((function for function in found if content(function.description) & said), None)


def _wanted(now: Situation) -> Function | None:
    free = (f for f in now.kind(Kind.TRANSITION) if f.intent is None or f.intent is Intent.CORRECT)
    wanted = [f for f in free if now.likeness(f) > 1]
    return max(wanted, key=now.likeness, default=None)


def _follow(now: Situation, function: Function) -> Reply:
    values = taken_by(function, now.values)
    message = next_question(now.request, function.asked_for, values, now.way(function).clear)
    return [call(function, message, values)]


def more_after_the_end(now: Situation) -> Reply | None:
    """Take "no, Friday!" over the goodbye."""
    function = now.meaning(Intent.CORRECT)
    if function is None or not now.final:
        return None
    satisfied = now.answer == "yes" or {Act.SETTLES, Act.FINISHED, Act.GOODBYE} & now.acts
    more = now.changes or ({Act.EDIT, Act.HOLD_ON} & now.acts and not satisfied)
    return [call(function, "", taken_by(function, now.changes))] if more else None


def nothing_after_the_end(now: Situation) -> Reply | None:
    """Leave "right" over the goodbye alone: there is nothing more to say."""
    return [] if now.final else None


def unknown_question(now: Situation) -> Reply | None:
    """Admit what only a language model, or a person, could answer."""
    if Act.QUESTION not in now.acts:
        return None
    done = wants_a_favour(now.words.text)
    return say(f"I'm sorry, I can't {'do' if done else 'tell you'} that.", open_question(now.request))


def not_understood(now: Situation) -> Reply:
    """Ask again after anything else."""
    return say(ask_again(now))


RULES: Sequence[Rule] = (
    who_is_speaking,
    human,
    more_after_the_end,
    leaving,
    nothing_else,
    announced,
    on_topic,
    matter,
    misdialled,
    cancels,
    correction,
    like_an_example,
    read_again,
    something_else,
    doubtful_yes,
    agreement,
    unclear_yes,
    goodbye,
    refusal,
    choices,
    openings,
    unclear,
    taken_over,
    rest_of_moment,
    rest_of_number,
    fetches,
    details,
    own_number,
    settled,
    start,
    anything_named,
    nothing_after_the_end,
    lost,
    quits,
    hold_on,
    tell,
    repeat,
    another_value,
    what_to_change,
    anything_asked,
    unknown_question,
    some_other_day,
    not_understood,
)
