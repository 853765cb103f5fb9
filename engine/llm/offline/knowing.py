"""Questions that the flow's own files may answer: looked up in the caller's words, and gone on from."""

from engine.core.entry import Entry
from engine.core.functions import Function, Kind
from engine.core.request import Request
from engine.core.slots.signs import signed
from engine.core.states import Intent
from engine.llm.offline.acts import Act
from engine.llm.offline.answering import QUESTION, answers_questions
from engine.llm.offline.asked import just_asked
from engine.llm.offline.replies import Reply, call, open_question, said_whole, say
from engine.llm.offline.situation import Situation, content

UNKNOWN = "I don't know that, I'm afraid."
MORE = "Is there anything else I can help you with?"
GO_AHEAD = "Sure, go ahead."
FAREWELL = "Thank you for calling. Goodbye!"

_ANNOUNCED = signed(
    r"\b(?:have|got|ask(?: you)?|answer)(?: \w+){0,3}? questions?"
    r"(?: (?:for you|for me|please|first|,))*(?: \?)?$",
    "question questions",
)
_SMALL_TALK = frozenset({Act.LISTENS, Act.THANKS, Act.UNSURE, Act.QUITS, Act.SETTLES, Act.FINISHED})


def ready(now: Situation) -> Function | None:
    """Return what a question can be looked up with, unless the words are for something else."""
    if now.final or now.lost or _recordable(now):
        return None
    tools = now.request.flow.tools
    return next((f for f in now.kind(Kind.TOOL) if answers_questions(tools[f.name])), None)


def announced(now: Situation) -> Reply | None:
    """Let a caller go on who says only that there is a question."""
    return say(GO_AHEAD) if _ANNOUNCED.search(now.words.text) and ready(now) else None


def on_topic(now: Situation) -> Reply | None:
    """Look up a question about what the flow says that is known: "Do you take my insurance?"."""
    function = ready(now) if Act.QUESTION in now.acts else None
    if function is None:
        return None
    known = content(" ".join([function.description, *function.examples]))
    return _look_up(now, function) if known & content(now.words.raw) else None


def anything_asked(now: Situation) -> Reply | None:
    """Look up any other question; where nothing is being asked of the caller, a mere word may be one."""
    idle = not (now.state.collect or now.state.confirms)
    names_something = idle and now.answer is None and bool(content(now.words.raw))
    asks = Act.QUESTION in now.acts or (names_something and not _SMALL_TALK & now.acts)
    function = ready(now) if asks else None
    return None if function is None else _look_up(now, function)


def nothing_else(now: Situation) -> Reply | None:
    """Say goodbye to a no, when we asked whether there is anything else: "a tyre change" is none."""
    function = now.meaning(Intent.GOODBYE)
    if function is None or now.answer != "no" or not just_asked(now.request, MORE):
        return None
    if Act.EDIT in now.acts or now.changes:
        return None
    return [call(function, FAREWELL)]


def answered(request: Request, entry: Entry) -> Reply:
    """Tell what was found, and go on where the call was.

    A read-back is said anew: a yes to its last words alone could be meant for the answer.
    """
    state = request.state
    if state.confirms and state.say is not None:
        return say(entry.say or UNKNOWN, said_whole(request, state.say))
    return say(entry.say or UNKNOWN, open_question(request) if state.collect else MORE)


def _recordable(now: Situation) -> bool:
    start = now.meaning(Intent.START)
    state = now.state
    slots = {*state.collect, *state.confirms, *(start.slots if start is not None else ())}
    return bool(slots & now.changes.keys())


def _look_up(now: Situation, function: Function) -> Reply:
    return [call(function, "", {QUESTION: now.words.raw})]
