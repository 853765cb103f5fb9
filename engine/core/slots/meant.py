"""Which of the values that a caller mentions they mean: "not Thursday, Friday" means Friday."""

import re
from collections.abc import Sequence

from engine.core.slots.phrases import one_of
from engine.core.slots.type import Mention

_NEAR = 56
"""Characters before and after a mention in which words can rule it out."""

_VERB = "(?:do|make|come|have|take|manage|be|get|want|need|use|think|like|mean|say|said|able to)"
_NEGATED = one_of(
    rf"""
    (?:(?<!why )not|never|no longer)(?: really)?(?: {_VERB})?(?: it| that| there| so)?
    (?:\w+n't|cannot|dont|cant|wont|unable to|impossible to)(?: really)?(?: {_VERB})?(?: it| that| there| so)?
    instead of | rather than | other than | except(?: for)? | besides
    anything but | (?:any ?)?(?:day|time) but
    (?:better|sooner|nicer|more) than
    (?<!no )(?<!not )(?<!be )(?:later|earlier) than
    (?:chang|mov|switch|push|reschedul|cancel)(?:e|ed|ing)?(?: \w+){{0,4}}? from
    """
)
# Days and times can also be those of something that is past or settled: "since Tuesday", "my two o'clock".
_EVENT = "(?:meeting|appointment|booking|class|shift|conflict|something|work|visit|flight|call|session|exam)"
_TOUCHED = "(?:about|regarding|cancel|missed|confirm|move|change|reschedule)"
_HAVING = "(?<!can )(?<!could )(?<!may )(?:i|we)(?:'ve| have| had)"
_BUSY = "(?:away|out|gone|busy|at work|working|booked|travell?ing|in a meeting|in class)"
_LATER = (
    "(?:i'll|i will|we'll|i'd|let me|going to|gonna|i can|i should)(?: just)? (?:call|ring|try|phone)"
    "(?: you)?(?: back| again)?"
)
_SETTLED = one_of(
    rf"""
    (?:my|our)(?: old| current| original| usual| regular)?
    {_TOUCHED}(?: my| our| the| that) {_EVENT}(?: that)?(?: is| was)?
    {_HAVING}(?: already)?(?: got)?(?: \w+){{0,2}}? {_EVENT}(?: else)?
    (?:i'm|i am|i was|we're|we are|i'll be)(?: \w+)? {_BUSY}
    i (?:work|get off(?: work)?|finish(?: work)?|was there|came(?: in)?|started)
    since(?: last)? | called(?: \w+)? | (?<!on my )birthday(?: is)? | {_LATER}
    (?:have|need|got|had) to (?:leave|go|be \w+)(?: \w+)?(?: by| before)?
    """
)
_PLEASANTRY = one_of(
    r"""
    how are you(?: doing)? | help(?:ed|ing)? (?:me|you|us)(?: out)? | have a \w+ \w+
    (?:all|done|enough|everything) for
    (?:that|this|it)(?:'s| is| was|'ll be| will be) (?:it|all|everything)(?: i need)?(?: for)?
    """
)
_AT = "(?: in| at| on| for)?(?: the| a| an| any)?"
_RULED_OUT_BEFORE = re.compile(rf"\b{_NEGATED}{_AT} $")
_SETTLED_BEFORE = re.compile(rf"\b(?:{_SETTLED}(?: until| till| from)?{_AT}|{_PLEASANTRY}) $")

_DENIED = r"(?:\w+n't|wont|doesnt|isnt|cant|(?:is|was|are|does|do|would|will|can|could|might|may) not)"
_BAD = one_of(
    rf"""
    {_DENIED} (?!it\b|that\b|you\b|we\b|too bad|a problem|be a problem)
    (?:is|are) (?:no good|bad|out\b|full|booked|busy|taken|too|impossible|the problem)
    not (?:good|great|possible|available|working)
    i (?:can't|cannot)(?: do (?:it|that)| make (?:it|that))?(?: ,|$)
    i'm (?:busy|away|working|out)(?! (?:at|on|until|till|from)\b)
    ago\b
    """
)
_RULED_OUT_AFTER = re.compile(rf"(?: (?:at|on|in the) [\w:' ]{{1,18}}?)?(?: ,)? {_BAD}")
# In "Thursday doesn't work, Friday does" the denial belongs to what is before it.
_DENIED_BETWEEN = re.compile(
    rf"(?: ,)?(?: (?:i|we|it|that))? {_DENIED}(?: (?:work|do|do it|make it|good|great|possible))?(?: for me)?"
    r"(?: ,)?(?: but| so)? "
)
_SMALL = "(?: maybe| perhaps| possibly| on| at| the| a| an| for)*"
_IF_NOT = r"(?: ,)?(?: if [\w' ]{1,24}?)?(?: ,)? (?:otherwise|or else|if not|failing that)"
_EITHER = re.compile(rf"(?: ,)? (?:or|and|nor|to|till|until|through){_SMALL} ")
_OTHERWISE = re.compile(rf"{_IF_NOT}{_SMALL} ")
_NEITHER = re.compile(rf"(?: ,)? (?:or|nor){_SMALL} ")


def meant(text: str, mentions: Sequence[Mention], *, dated: bool = False) -> tuple[Mention, ...]:
    """Return the mentions that the caller did not rule out, in their order.

    `dated` says that they are days or times, which can also belong to something past or settled.
    """
    kept: list[Mention] = []
    last: Mention | None = None
    ruled_out = False
    for mention in mentions:
        gap = text[last.end : mention.start] if last else ""
        if _DENIED_BETWEEN.fullmatch(gap):
            kept = [one for one in kept if one is not last]
            ruled_out = False
        else:
            ruled_out = _ruled_out_before(text, mention, dated=dated) or (
                ruled_out and bool(_NEITHER.fullmatch(gap))
            )
        if not ruled_out and not _RULED_OUT_AFTER.match(text[mention.end : mention.end + _NEAR]):
            kept.append(mention)
        last = mention
    return tuple(kept)


def _ruled_out_before(text: str, mention: Mention, *, dated: bool) -> bool:
    before = text[max(0, mention.start - _NEAR) : mention.start]
    return bool(_RULED_OUT_BEFORE.search(before) or (dated and _SETTLED_BEFORE.search(before)))


def candidates(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions that count: the last, for people correct themselves as they speak.

    Of "ten or eleven" both do, and only the caller can say which. Of "ten, otherwise eleven" it is the first.
    """
    if not mentions:
        return ()
    either = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        gap = text[mention.end : either[0].start]
        if _OTHERWISE.fullmatch(gap):
            either = [mention]
        elif _EITHER.fullmatch(gap):
            either.insert(0, mention)
        else:
            break
    return tuple({mention.value: mention for mention in either}.values())


def chosen(text: str, mentions: Sequence[Mention]) -> Mention | None:
    """Return the one mention that counts, or None where there is none, or more than one."""
    either = candidates(text, mentions)
    return either[0] if len(either) == 1 else None
