"""Which of the values that a caller mentions they mean: "not Thursday, Friday" means Friday."""

import re
from collections.abc import Sequence

from engine.core.slots.phrases import one_of
from engine.core.slots.signs import signed
from engine.core.slots.type import Mention

_NEAR = 56
"""Characters before and after a mention in which words can rule it out."""

_VERB = "(?:do|make|come|have|take|manage|be|get|want|need|use|think|like|mean|say|said|able to)"
_NEGATED = one_of(
    rf"""
    (?:(?<!why )not|never|no longer)(?: really)?(?: {_VERB})?(?: it| that| there| so)?
    (?:\w+n't|cannot|dont|cant|wont|unable to|impossible to)(?: really)?(?: {_VERB})?(?: it| that| there| so)?
    (?:\w+n't|dont) (?:like|want|love|care for) (?:to (?:come|go|be)|coming|going|being)(?: in| out| there)?
    (?<!said )(?<!there's )no to
    instead of | rather than | other than | except(?: for)? | besides
    anything but | (?:any ?)?(?:day|time) but
    (?:better|sooner|nicer|more) than
    (?<!no )(?<!not )(?<!be )(?:later|earlier) than
    (?:chang|mov|switch|push|reschedul|cancel)(?:e|ed|ing)?(?: \w+){{0,4}}? from
    """
)
# Days and times can also be those of something that is past or settled: "since Tuesday", "my two o'clock".
_EVENT = "(?:meeting|appointment|booking|class|shift|conflict|something|work|visit|flight|call|session|exam)"
_OF_THEIR_OWN = one_of(
    """
    meeting | class | shift | job | flight | train | bus | exam | school | daycare | lecture | lesson
    practice | game | gym | interview | conference | rehearsal | surgery | court | jury duty | hours
    schedule | church | yoga | pilates | soccer | football | baseball | basketball | tennis | golf | swimming
    choir | band | karate | ballet | piano | physio | dialysis | chemo | recital | tournament | wedding
    funeral | reunion
    """
)
_TOUCHED = "(?:about|regarding|cancel|missed|confirm|move|change|reschedule)"
_HAVING = "(?<!can )(?<!could )(?<!may )(?:i|we)(?:'ve| have| had)"
_BUSY = (
    "(?:away|out|gone|busy|at work|working|booked|travell?ing|in a meeting|in class|not (?:here|around|free))"
)
_LATER = (
    "(?:i'll|i will|we'll|i'd|let me|going to|gonna|i can|i should)(?: just)?"
    " (?:(?:call|ring|try|phone)(?: you)?(?: back| again)?|let you know|know(?: more)?|find out|decide)"
)
_KIN = (
    "(?:son|daughter|kid|kids|child|children|husband|wife|mom|mother|dad|father|boss|boy|girl|baby|partner)"
)
_HOUSEHOLD = one_of(
    """
    wife | husband | partner | kids? | child | children | sons? | daughters? | mother | father | mom | mum
    dad | parents | sisters? | brothers? | roommate | babysitter | sitter | nanny | boss | boyfriend
    girlfriend | grandma | grandpa | in laws | (?:mother|father|sister|brother) in law
    """
)
# What they do, but for "my son has an appointment" and "needs to be seen", which may be what the call is for.
_NO_VISIT = r"(?! (?:\w+ )?(?:appointment|checkup|cleaning|haircut|slot)\b)"
_DOES = one_of(
    rf"""
    works? | visits? | plays? | travels? | teaches | studies | flies
    has (?:the|a|an|my|our|his|her|their)
    (?:have|takes?|needs?|uses|gets|drives) (?:the|a|an|my|our|his|her|their)\b{_NO_VISIT}
    (?:picks?|drops?|brings?|needs?|takes?|drives?) (?:me|us|him|her|them)(?: up| off| back| home)?
    (?:goes|comes|gets|is|are) (?:to|over|home|back|with|at|away|out of|working|busy|off|gone)
    """
)
_BEGINS = one_of(
    """
    starts | begins | ends | finishes | lands | departs | arrives | boards | leaves | opens | closes
    lets out | gets (?:out|in|over) | kicks off | takes off | wraps up | is over
    runs (?:out|until|till) | expires
    """
)
_OFFERED = "(?:availability|window|day|morning|afternoon|appointment|visit|clinic|office|salon)"
_HABIT = one_of(
    r"""
    (?:play|volunteer|coach|teach|swim|babysit|carpool|travel|fly|train|attend|visit)
    (?:take care of|look after|pick up|drop off|watch|drive) (?:my|the|our)
    (?:usually|always|normally|typically|generally) (?:have|do|go|take|see|spend|get|eat|meet)
    """
)
# What they wished, chose or offered is no story: "I asked for Friday".
_NO_WISH = (
    "(?!want|need|hop|lik|prefer|ask|decid|wish|plan|wonder|agree|chang|suggest|mention|intend|request|pick|settl"
    "|mark|select|offer|confirm|schedul|book|discuss|add|circl|talked about|figur|guess|look|reserv|aim)"
)
# What happened, or goes on, at a day or a time that nobody wants: the caller tells of it.
_PAST = one_of(
    rf"""
    (?:i|we|it|he|she|they|you|who)(?: just| only| also| already)? {_NO_WISH}\w{{2,}}ed
    met | paid | turns \d+
    started | began | happened | called | phoned | rang | emailed | texted | wrote
    (?:spoke|talked)(?: to| with)?(?! about)
    (?:got|received|saw|left|missed|made)(?= (?:a|the|your|my|an|his|her|their|this|some)\b)
    got (?:back|home|in|here|hurt|sick|married) | chipped | cracked | broke | lost | fell | hit | hurt
    noticed | visited | (?:came|went)(?: to)? | arrived | cancell?ed | bought | ordered | dropped off
    sent | gave
    been(?! (?:hoping|thinking|wanting|trying|looking|wondering|meaning)) | (?:i|we) had(?= (?:a|my|the|it)\b)
    (?:was|were) (?:there|in|here|seen|closed|supposed to) | (?:help|treat)(?:ed|ing)? (?:me|us|him|her)
    """
)
_CLAUSE = "and|but|so|or|i|i'd|i'm|can|could|to|then|want|need|please"
_ON = rf"(?: (?!(?:{_CLAUSE}|,|\?)\b)[\w':]+){{0,5}}?"
_WITH_IT = rf"(?: (?!(?:{_CLAUSE}|is|are|do|does|any|anything|how|what|would|he|she|they)\b)[\w':]+){{0,5}}?"
_GOES = (
    "(?: (?:is|are|was|starts?|ends?|begins?|gets?|lets?|leaves?|arrives?|comes?|goes|runs|out|over|in|done"
    "|finishes|that|this|next|all day))"
)
# Who takes a child somewhere is busy; "get my son in at three" and "can you take my son at three" are wishes.
_CHILD = rf"(?:my|our|the) {_KIN}(?: (?:up|off|from|to|home|school|daycare|practice|work))"
_OCCUPIED = one_of(
    rf"""
    {_HAVING}(?: already)?(?: got)?(?: \w+){{0,2}}? (?:{_EVENT}(?: else)?|{_OF_THEIR_OWN})
    (?:i'm|i am|i was|we're|we are|i'll be|we'll be)(?: \w+)? {_BUSY}
    (?:my|our|his|her|their) (?:\w+ )?{_OF_THEIR_OWN}{_GOES}{{0,3}}
    (?:the kids|(?:my|our|his|her) {_KIN}) {_OF_THEIR_OWN}{_GOES}{{0,3}}
    (?:school|class|work|daycare|practice|church) (?:starts|ends|begins|finishes|(?:lets|gets|is) out|is over)
    (?:a|the|another) (?:meeting|class|flight|train|bus|lecture|conference){_GOES}{{0,3}}
    (?:my|our|his|her) (?:\w+ )?{_KIN}(?: \w+){{0,4}}? (?:out|off|home|back|school|class|practice|work)
    (?<!can i )(?<!could i )(?:(?:pick|drop|collect|fetch)(?:ing)?(?: up| off)?|(?<!you )get) {_CHILD}{{0,3}}
    take {_CHILD}{{1,3}}
    (?<!on )(?<!over )(?<!during )(?<!in )my (?:lunch|break)(?: break| hour)? (?:ends|finishes|is over)
    (?:my|our|his|her) (?:{_OF_THEIR_OWN})'s
    (?:the kids|(?:my|our|his|her) {_HOUSEHOLD})(?: usually| always| normally| also| only)? {_DOES}{_WITH_IT}
    (?<!can )(?<!could )(?:i|we)(?: usually| always| normally| also)? {_HABIT}{_WITH_IT}
    (?:my|our|the|his|her|a|rush|school) (?!{_OFFERED}\b)(?:\w+ ){{1,2}}?{_BEGINS}
    (?:i|we|he|she|they) (?:starts?|begins?|ends?|boards?|lands?)(?: work| school| class)?
    (?:have|got|had) to (?:pick(?: up)?|drop off|fetch|get|take|meet) (?:the kids|(?:my|our) \w+)(?: up| off)?
    (?:i|we|he|she|they) (?:works?|gets? off(?: work)?|finish(?:es)?(?: work)?|teach(?:es)?|study)
    """
)
_SETTLED = one_of(
    rf"""
    (?:my|our)(?: old| current| original| usual| regular)?
    {_TOUCHED}(?: my| our| the| that) {_EVENT}(?: that)?(?: is| was)?
    (?:birthday|anniversary|due date)(?: is)?(?: on)?
    since(?: last)? | called(?: \w+)? | {_LATER} | (?:let you know|get back to you)(?: by)?
    (?:have|need|got|had) to (?:leave|go|be (?!seen|treated|examined)\w+)(?: \w+)?(?: by| before)?
    (?<!be )(?<!get )(?<!to )(?<!if )(?<!need )(?<!want )(?<!like )(?<!have )\b{_PAST}{_ON}
    (?:you|you're|they|they're)(?: are| guys)? closed | (?:closed|holiday)
    (?:website|site|ad|sign|message|recording|card|letter|email|text) (?:says|said){_ON}
    you (?:said|told me) (?:you|they|he|she|it|someone)\b{_ON}
    (?:weather|forecast|temperature)(?: \w+){{0,5}}? | (?:you|they)(?: guys)? close
    """
)
_PLEASANTRY = one_of(
    r"""
    how are you(?: doing)? | help(?:ed|ing)? (?:me|you|us)(?: out)? | have a \w+ \w+
    have an? (?:good|great|nice|lovely|wonderful|happy|beautiful|safe)(?: rest of(?: your)?)? | happy | merry
    enjoy(?: your| the)?
    (?<!i )(?<!we )(?<!to )(?:see|talk to|speak to) (?:you|ya)(?: all| again| then)?(?: on)?
    (?:all|done|enough|everything|nothing(?: else| more)?|no more)(?: for)?
    (?:that|this|it)(?:'s| is| was|'ll be| will be) (?:it|all|everything)(?: i need)?(?: for)?
    """
)
_AT = "(?: in| at| on| for)?(?: the| a| an| any)?"
_RULED_OUT_BEFORE = signed(
    rf"\b{_NEGATED}{_AT} $",
    "not never longer t cannot dont cant wont unable impossible no instead than except besides but from",
)
_OCCUPIED_BEFORE = signed(
    rf"\b{_OCCUPIED}(?: until| till| from| between)?{_AT} $",
    """
    i we he she they my our his her their the a another school class work daycare practice church rush
    """,
)
_SETTLED_BEFORE = re.compile(rf"\b(?:{_SETTLED}(?: until| till| from)?{_AT}|{_PLEASANTRY}) $")

_DENIED = r"(?:\w+n't|wont|doesnt|isnt|cant|(?:is|was|are|does|do|would|will|can|could|might|may) not)"
_BAD = one_of(
    rf"""
    {_DENIED}(?: ,|$| (?!it\b|that\b|you\b|we\b|too bad|a problem|be a problem)) | no$ | not so much
    no good | (?:is|are) (?:no good|bad|out\b|full|booked|busy|taken|too|impossible|the problem)
    not (?:good|great|possible|available|working) | would(?:'ve| have) been | is pushing it
    i (?:can't|cannot)(?: do (?:it|that)| make (?:it|that))?(?: ,|$)
    i'm (?:busy|away|working|out)(?! (?:at|on|until|till|from)\b)
    ago\b | (?:so |but |just )not (?:then\b|that(?! (?:far|long|late|early|soon|bad|busy)\b))
    """
)
# "Friday I have a meeting", "my three o'clock class", "Monday is a holiday", "Tuesday I chipped a tooth".
_OF_ELSE = one_of(
    rf"""
    (?:i|we)(?:'ve| have)(?: got)?(?: an?| my| another)?(?: \w+)? (?:{_OF_THEIR_OWN}|work|plans|something)
    (?:i|we) (?:have|got|'ve got) to (?:be|go|leave|pick|work|take|drop|fly|travel|drive|teach|study)\b
    i work\b | calling\b | speaking\b | is (?:a holiday|my birthday|when i (?:work|have)|my busy)
    (?:i|it|we|he|she) {_PAST}\b
    """
)
_RULED_OUT_AFTER = re.compile(
    rf"(?: (?:at|on|in the) [\w:' ]{{1,18}}?)?(?: ,)? {_BAD}"
    rf"|(?: night| morning| afternoon| evening)?(?: ,)? {_OF_ELSE}"
    rf"|(?: o'clock| [ap]m)? {_OF_THEIR_OWN}\b"
)
_PUT_OFF = re.compile(
    r"(?: ,)? (?:(?:next|another|some other|a different|any other) (?:time|day|visit)|later on)\b"
)
"""After an option: it is for another visit."""
# In "Thursday doesn't work, Friday does" the denial belongs to what is before it.
_DENIED_BETWEEN = re.compile(
    rf"(?: ,)?(?: (?:i|we|it|that))? {_DENIED}(?: (?:work|do|do it|make it|good|great|possible))?(?: for me)?"
    r"(?: ,)?(?: but| so)? "
)
_CLOCK = "(?: (?:[ap]m|o'clock|sharp|(?:in the|at) (?:morning|afternoon|evening|night)))?"
_SMALL = "(?: maybe| perhaps| possibly| on| at| the| a| an| for)*"
_IF_NOT = r"(?: ,)?(?: if [\w' ]{1,24}?)?(?: ,)? (?:otherwise|or else|if not|failing that)"
_EITHER = re.compile(rf"{_CLOCK}(?: ,)? (?:or|and|nor|to|till|until|through){_SMALL} ")
_OTHERWISE = re.compile(rf"{_CLOCK}{_IF_NOT}(?: then)?{_SMALL} ")
_AS_WELL = re.compile(r"(?:(?: \w+){1,3})? (?:but|and)(?: on| at| the)* ")
_TOO = re.compile(
    r"(?: (?:is|works|would|will|be|also|just|as|fine|okay|ok|good|great|work|do))* (?:too|as well)\b"
)
"""After the second of two that both will do: "Friday, but Monday is fine too"."""
_NEITHER = re.compile(rf"(?: ,)? (?:or|nor|and){_SMALL} ")
_SPAN = re.compile(rf"(?: [ap]m| o'clock)? (?:and|or|to|till|until|through){_SMALL} ")
_WILL_DO = re.compile(
    r"(?: [ap]m| o'clock)? (?:is|are|works?|would|will|does|sounds?|looks?|suits?|can|could)\b(?! not)"
)
"""After "I can't do Thursday and Friday" nothing says that Friday will do; here something does."""


def meant(text: str, mentions: Sequence[Mention], *, dated: bool = False) -> tuple[Mention, ...]:
    """Return the mentions that the caller did not rule out, in their order.

    `dated` says that they are days or times, which can also belong to something past or settled.
    """
    if not mentions:
        return ()
    kept: list[Mention] = []
    last: Mention | None = None
    ruled_out = False
    going_on = _NEITHER
    for mention in mentions:
        gap = text[last.end : mention.start] if last else ""
        if _DENIED_BETWEEN.fullmatch(gap):
            kept = [one for one in kept if one is not last]
            ruled_out = False
        elif not (ruled_out and going_on.fullmatch(gap) and not _WILL_DO.match(text, mention.end)):
            before = _near_before(text, mention)
            occupied = dated and bool(_OCCUPIED_BEFORE.search(before))
            going_on = _SPAN if occupied else _NEITHER
            ruled_out = occupied or _ruled_out_before(before, dated=dated)
        after = text[mention.end : mention.end + _NEAR]
        put_off = not dated and bool(_PUT_OFF.match(after))
        if not ruled_out and not put_off and not _RULED_OUT_AFTER.match(after):
            kept.append(mention)
        last = mention
    return tuple(kept)


def _ruled_out_before(before: str, *, dated: bool) -> bool:
    return bool(_RULED_OUT_BEFORE.search(before) or (dated and _SETTLED_BEFORE.search(before)))


def _near_before(text: str, mention: Mention) -> str:
    return text[max(0, mention.start - _NEAR) : mention.start]


def candidates(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions that count: the last, for people correct themselves as they speak.

    Of "ten or eleven" both do, and only the caller can say which. Of "ten, otherwise eleven" it is the first.
    """
    if not mentions:
        return ()
    either = [mentions[-1]]
    if len(mentions) > 1 and _AS_WELL.fullmatch(text[mentions[-2].end : either[0].start]):
        either = list(mentions[-2:]) if _TOO.match(text, either[0].end) else either
    for mention in reversed(mentions[: -len(either)]):
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
