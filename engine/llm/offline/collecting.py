"""What the offline model does while it collects: record, ask which, go on with half a number, leave it be."""

from collections.abc import Sequence

from engine.core.slots.lists import value_name
from engine.core.states import Intent
from engine.llm.offline.acts import Act
from engine.llm.offline.asked import CHANGE, LEAVE, circling, just_asked
from engine.llm.offline.parts import other_half, said_in_parts, the_rest
from engine.llm.offline.questions import asks_for_choices
from engine.llm.offline.replies import (
    Reply,
    call,
    next_question,
    open_question,
    question,
    record,
    record_or_say,
    say,
    spoken,
)
from engine.llm.offline.situation import Situation, content
from engine.llm.offline.understand import asks_for_own_number

WISHES = content("book schedule appointment reserve reservation need looking order make arrange come visit")
"""What callers say who want what the flow is for."""
_NO_PUZZLE = frozenset({Act.THANKS, Act.LISTENS, Act.EDIT, Act.QUITS, Act.UNSURE})
"""What can be understood, though it answers nothing."""


_EXAMPLES = {
    "date": "You can say next Tuesday, or the fifth of May.",
    "time": "You can say ten thirty in the morning.",
    "name": "Your first and last name, please.",
    "phone": "One digit after the other, please, with the area code.",
    "email": "You can spell it, letter by letter.",
}
"""What helps who was not understood twice."""


def which_one(now: Situation) -> str:
    """Return the question for "Friday or Monday": nobody may choose for the caller."""
    torn = now.torn
    if not torn:
        return ""
    slot = next((slot for slot in now.state.collect or now.state.confirms if slot in torn), None)
    if slot is None or slot in now.values:
        return ""
    ask = question(now.request, slot)
    if " or " not in now.words.text:
        return ask
    either = " or ".join(spoken(now.request, slot, value) for value in torn[slot])
    return f"{either[:1].upper()}{either[1:]}? {ask}"


def why_not(now: Situation, asked_next: Sequence[str] = ()) -> str:
    """Return why a value can not be taken, and the question for another one.

    It is one that this state is about, or that is `asked_next`.
    """
    refused = now.understood.refused
    if not refused:
        return ""
    slots = now.state.collect or now.state.confirms or asked_next
    slot = next((slot for slot in slots if slot in refused), None)
    if slot is None:
        return ""
    limit = refused[slot]
    why = limit.told(now.request.language) if limit is not None else "I'm sorry, that is not possible."
    return f"{why} {question(now.request, slot)}"


def choices(now: Situation) -> Reply | None:
    """Ask again for what has options, when the caller wants to hear them: the question names them."""
    asks = bool({Act.QUESTION, Act.OPENINGS} & now.acts) and asks_for_choices(now.words.text)
    if not asks or now.changes or now.lost:
        return None
    slot = now.asked_alone or next(iter(now.request.missing), None)
    if slot is None:
        return None
    chosen = value_name(now.request.flow.slots[slot].type) == "choice"
    return say(question(now.request, slot)) if chosen else None


def unclear(now: Situation) -> Reply | None:
    """Ask which one, or say why not, and record the rest."""
    if now.details is None:
        return None
    if now.lost and not now.changes:
        return None
    message = why_not(now) or which_one(now)
    return record_or_say(now, message, now.changes) if message else None


def details(now: Situation) -> Reply | None:
    """Record "a cleaning, on Thursday": whatever the state collects, in any order."""
    function = now.details
    if function is None or (not now.changes and not now.changing and now.lost):
        return None
    return record(now, next_question(now.request, function.asked_for, now.values), now.values)


def rest_of_number(now: Situation) -> Reply | None:
    """Ask for the rest of "two oh two, five five five"."""
    rest = part_of_number(now) if now.details is not None else None
    # What is recorded last reads all back anew, and the number with it.
    return record_or_say(now, rest, {} if now.changing else now.changes) if rest else None


def taken_over(now: Situation) -> Reply | None:
    """Record what was said to a model that has failed since, with what is said now: nobody is asked twice."""
    function = now.details
    if function is None or {Act.HOLD_ON, Act.REPEAT, Act.QUESTION} & now.acts:
        return None
    values = {slot: value for slot, value in now.earlier.items() if slot not in now.torn}
    if not values:
        return None
    known = {**values, **now.values}
    return record(now, next_question(now.request, function.asked_for, known), known)


def part_of_number(now: Situation) -> str | None:
    """Return the question for the rest of a phone number, if a part of one was said."""
    vague = now.understood.heard.vague
    if not vague:
        return None
    slots = now.request.flow.slots
    taken = (*now.state.collect, *now.state.confirms)
    slot = next((slot for slot in vague if slot in taken and slots[slot].type.name == "phone"), None)
    return the_rest(said_in_parts(now.request)) if slot is not None and not now.hopeless else None


def rest_of_moment(now: Situation) -> Reply | None:
    """Ask for the time of "next Thursday", and for the day of "at three"."""
    slot = now.asked[0] if len(now.asked) == 1 else None
    if slot is None or slot in now.values or now.details is None or now.lost:
        return None
    rest = other_half(now.request.flow.slots[slot].type, said_in_parts(now.request), now.request.now)
    return record_or_say(now, rest, now.changes) if rest is not None else None


def own_number(now: Situation) -> Reply | None:
    """Admit that the number which the caller is calling from can not be seen."""
    slots = now.request.flow.slots
    slot = next((slot for slot in now.asked if slots[slot].type.name == "phone"), None)
    if slot is None or now.details is None or now.lost or not asks_for_own_number(now.words):
        return None
    return say("I'm sorry, I can't see that number.", question(now.request, slot))


def leaving(now: Situation) -> Reply | None:
    """Say goodbye when "forget it" was meant."""
    function = now.meaning(Intent.GOODBYE)
    if function is None or not (now.answer == "yes" or Act.QUITS in now.acts):
        return None
    if now.changes or not just_asked(now.request, LEAVE):
        return None
    return [call(function, "Thank you for calling. Goodbye!")]


def settled(now: Situation) -> Reply | None:
    """Read back anew what is left as it was: "nothing, it's fine", "book it".

    Recording a value that is known already is what moves the flow on.
    """
    if not now.changing or just_asked(now.request, LEAVE):
        return None
    leaves = bool({Act.SETTLES, Act.FINISHED} & now.acts) or now.answer is not None
    if not leaves or ({Act.QUESTION, Act.OPENINGS} & now.acts and now.answer is None):
        return None
    if now.named is not None and now.answer != "yes" and Act.SETTLES not in now.acts:
        return None
    if now.asked_alone is not None and now.answer == "yes" and Act.SETTLES not in now.acts:
        return None
    person = now.meaning(Intent.HUMAN)
    if circling(now.request) and person is not None and now.answer != "yes":
        return [call(person, "I'll get someone who can help.")]
    known = {slot: now.request.known[slot] for slot in now.state.collect[:1]}
    return record(now, "", known)


def quits(now: Situation) -> Reply | None:
    """Ask whether "forget it" means all of it."""
    if Act.QUITS not in now.acts or now.final or now.lost or now.meaning(Intent.GOODBYE) is None:
        return None
    return None if now.state.confirms else say("All right.", LEAVE)


def tell(now: Situation) -> Reply | None:
    """Say what is known of the slot that the caller asks about: "what time did you put down?"."""
    slot, known = now.named, now.request.known
    if slot is None or slot not in known or now.lost:
        return None
    if not {Act.QUESTION, Act.CHECKS, Act.REPEAT} & now.acts:
        return None
    value = known[slot], spoken(now.request, slot, known[slot])
    text, _ = now.request.flow.slots[slot].read_back.variant(now.request.language).render(lambda _: value)
    return say(text, open_question(now.request))


def another_value(now: Situation) -> Reply | None:
    """Ask for the slot that the caller names: "the time"."""
    slot = now.named
    if slot is None or slot not in now.request.known or now.lost or Act.REPEAT in now.acts:
        return None
    if not now.changing and Act.EDIT not in now.acts:
        return None
    if Act.QUESTION in now.acts and not now.denies:
        return None
    return say(question(now.request, slot))


def what_to_change(now: Situation) -> Reply | None:
    """Ask "no, that's wrong" what is, when all is known."""
    wrong = now.changing and not now.lost and now.denies
    return say(CHANGE) if wrong and not just_asked(now.request, CHANGE) else None


def ask_again(now: Situation) -> str:
    """Return the open question: with no apology where nothing was misunderstood, later with an example."""
    wishes = now.state.collect and bool(content(now.words.raw) & WISHES)
    heard = _NO_PUZZLE & now.acts or now.answer is not None or now.values or wishes
    if heard:
        return open_question(now.request)
    slot = now.asked_alone or next(iter(now.request.missing), None)
    kind = now.request.flow.slots[slot].type.name if slot is not None else ""
    example = _EXAMPLES.get(kind, "") if now.request.call.talk.misses else ""
    return " ".join(filter(None, ("Sorry, I didn't get that.", example, open_question(now.request))))
