"""What follows on a read-back: a change is heard before a yes, and only a clear yes agrees."""

from engine.core.states import Intent
from engine.llm.offline.acts import Act
from engine.llm.offline.asked import CHANGE, LEAVE, circling
from engine.llm.offline.collecting import part_of_number, which_one, why_not
from engine.llm.offline.plain_yes import is_plain
from engine.llm.offline.questions import asks_for_others, wants_a_favour
from engine.llm.offline.replies import (
    Reply,
    call,
    next_question,
    open_question,
    question,
    said_whole,
    say,
    taken_by,
)
from engine.llm.offline.situation import Situation
from engine.llm.offline.understand import asks_for_own_number

NO_PROBLEM = "No problem."


_WITH_MORE = frozenset({Act.MORE, Act.ANOTHER, Act.FOR_SOMEONE, Act.QUESTION})
"""What makes a yes agree to more than what was read back."""


def correction(now: Situation) -> Reply | None:
    """Take "no, make it Friday": a value that differs from what was read back beats any yes."""
    function = now.meaning(Intent.CORRECT)
    if function is None or not now.state.confirms or {Act.CHECKS, Act.ANOTHER} & now.acts:
        return None
    values = taken_by(function, now.changes)
    impossible = why_not(now)
    if values and not impossible:
        return [call(function, next_question(now.request, function.asked_for, values), values)]
    rest = part_of_number(now)
    if rest and not impossible:
        return [call(function, rest)]
    # Were the rest taken now, all would be known, and read back as if nothing had been refused.
    unclear = which_one(now) or impossible
    return [call(function, unclear)] if unclear else None


def read_again(now: Situation) -> Reply | None:
    """Read it all again for "sorry?", "what time is it again?" and "that's Friday, right?"."""
    line = now.state.say
    if not now.state.confirms or line is None or now.meaning(Intent.AFFIRM) is None or now.lost:
        return None
    asks_for_known = Act.QUESTION in now.acts and now.named is not None and now.answer is None
    checks = Act.CHECKS in now.acts and now.answer != "no"
    contradicts = now.words.text.startswith("no ") and now.answer is None
    own_number = asks_for_own_number(now.words) and bool(now.values) and not now.changes
    again = Act.REPEAT in now.acts or checks or contradicts or own_number
    if not again and (not asks_for_known or asks_for_others(now.words.text)):
        return None
    return say(said_whole(now.request, line))


def something_else(now: Situation) -> Reply | None:
    """Go back to look for "do you have anything earlier?"."""
    function = now.meaning(Intent.CORRECT)
    if function is None or not now.state.confirms or now.lost:
        return None
    if Act.OPENINGS not in now.acts or not asks_for_others(now.words.text):
        return None
    tools = now.target(function).tools if function.name in now.state.transitions else ()
    if any(not now.request.flow.tools[tool].writes for tool in tools):
        return [call(function)]
    return None


def doubtful_yes(now: Situation) -> Reply | None:
    """Do not take "yes, unless you have something earlier" for a yes, nor drop what else it wishes."""
    if now.meaning(Intent.AFFIRM) is None or not now.state.confirms or now.lost:
        return None
    if Act.CONDITION in now.acts:
        return say("I'm sorry, I can't promise that.", open_question(now.request))
    asks = Act.QUESTION in now.acts and not wants_a_favour(now.words.text)
    beside = now.answer == "yes" or (now.answer is None and {Act.MORE, Act.ANOTHER} & now.acts)
    if asks and beside:
        return say("I'm sorry, I can't tell you that.", open_question(now.request))
    wants_more = (now.answer == "yes" and Act.QUESTION in now.acts) or Act.ANOTHER in now.acts
    if now.answer != "no" and wants_more:
        return say("I'm sorry, I can't do that as well.", open_question(now.request))
    if now.answer != "no" and Act.MORE in now.acts and not (_restates(now) or _calls_wrong(now)):
        return say("I'm sorry, I can't do that as well.", open_question(now.request))
    return None


def _restates(now: Situation) -> bool:
    """Say whether the values that were said are those that were read back."""
    return bool(now.values) and not now.changes


def _calls_wrong(now: Situation) -> bool:
    """Say whether something that was read back is said not to do: "yes, but not on Monday"."""
    return now.denies and now.named is not None


def agreement(now: Situation) -> Reply | None:
    """Take "yes, that's right": nothing less than an explicit yes."""
    function = now.meaning(Intent.AFFIRM)
    if function is None or now.torn or now.answer != "yes" or Act.CONDITION in now.acts:
        return None
    if now.state.confirms and not _is_plain(now):
        return None
    more = _WITH_MORE & now.acts
    if now.state.confirms and more and not (more == {Act.MORE} and _restates(now)):
        return None
    return [call(function)]


def unclear_yes(now: Situation) -> Reply | None:
    """Ask again after "yes, my main is Mark Lopez": something was said that may be a correction."""
    function = now.meaning(Intent.CORRECT)
    if now.answer != "yes" or not now.state.confirms or now.lost or _is_plain(now):
        return None
    if now.named is not None and function is not None:
        return [call(function, question(now.request, now.named))]
    return say("Sorry, I didn't get all of that.", open_question(now.request))


def _is_plain(now: Situation) -> bool:
    request, left = now.request, now.understood.heard.left
    if is_plain(left, request.known.values()):
        return True
    slots = request.flow.slots
    spoken = (
        slots[name].type.spoken(value, request.now, request.language) for name, value in request.known.items()
    )
    return is_plain(left, (*request.known.values(), *spoken))


def refusal(now: Situation) -> Reply | None:
    """Take "no", or "that's not my number", without being told what is right."""
    confirms = bool(now.state.confirms)
    about = now.named if confirms and (now.denies or now.few_words or now.for_someone) else None
    leaves = Act.KEEPS in now.acts and now.meaning(Intent.DENY) is not None
    if now.answer != "no" and about is None and not leaves and not {Act.EDIT, Act.QUITS} & now.acts:
        return None
    corrects = about is not None or (Act.EDIT in now.acts and Act.QUITS not in now.acts)
    denied = now.meaning(Intent.DENY) if leaves or (now.answer == "no" and not corrects) else None
    function = denied or (now.meaning(Intent.CORRECT) if confirms else None)
    if function is None:
        return None
    person = now.meaning(Intent.HUMAN)
    if confirms and circling(now.request) and person is not None:
        return [call(person, "I'll get someone who can help.")]
    if confirms and Act.QUITS in now.acts and now.meaning(Intent.GOODBYE) is not None:
        return [call(function, f"All right. {LEAVE}")]
    if about:
        return [call(function, question(now.request, about))]
    lacking = next((slot for slot in function.asked_for if slot not in now.request.known), None)
    return [call(function, f"{NO_PROBLEM} {question(now.request, lacking) if lacking else CHANGE}")]
