"""What a caller does with their words apart from giving values: leave, ask for a person, take it back."""

import re
from enum import Enum, auto

from engine.core.slots.answers import CONDITION
from engine.core.slots.names import RELATIVE
from engine.core.slots.phrases import one_of, words_in
from engine.core.slots.words import Words
from engine.llm.offline.questions import ANYTHING, OPENINGS, asks, checks


class Act(Enum):
    """Something that an utterance does. One utterance can do several things."""

    GOODBYE = auto()
    """Takes leave, asks to hang up, or puts it off: "I'll call back tomorrow"."""
    FINISHED = auto()
    """Says that nothing more is wanted: "that's all"."""
    HUMAN = auto()
    """Asks for a person."""
    MATTER = auto()
    """Brings what only a person can deal with: a bill, an emergency."""
    EXISTING = auto()
    """Is about an appointment that exists already."""
    MISDIALLED = auto()
    """Wanted to call somebody else."""
    REPEAT = auto()
    """Asks to hear the last thing again."""
    CHECKS = auto()
    """Asks whether something was understood: "that's Friday, right?"."""
    HOLD_ON = auto()
    """Asks for a moment."""
    QUESTION = auto()
    """Asks to be told something; a request in the form of a question ("can you book me in") is none."""
    OPENINGS = auto()
    """Asks what is free."""
    ANYTHING = auto()
    """Leaves the choice to us."""
    EDIT = auto()
    """Uses words with which people correct or change something."""
    SETTLES = auto()
    """Leaves it as it is: "never mind, it's fine", "book it"."""
    KEEPS = auto()
    """Leaves what there is alone: "no, keep it", "I'd rather keep my appointment"."""
    QUITS = auto()
    """Wants no more of it: "forget it"."""
    CONDITION = auto()
    """Agrees only if something else holds: "unless you have something earlier"."""
    ANOTHER = auto()
    """Wants the same once more: "and one for my husband"."""
    FOR_SOMEONE = auto()
    """Says that it is for somebody else: "it's for my son"."""
    MORE = auto()
    """Wants something beside: "and can you text me"."""
    UNSURE = auto()
    """Does not know, or would rather not say."""
    THANKS = auto()
    LISTENS = auto()
    """Greets, or only shows that the caller is there: "hi", "mhm"."""


_ENDS = r"(?= (?:,|\?|thanks?|thank|for|then|now|today|bye)|$)"
_MUST_GO = "(?:got to|gotta|have to|need to) (?:go|run|leave)(?: now)?(?= (?:,|thanks?|thank|bye)|$)"
_CALL_BACK = (
    "(?:i'll|i will|we'll|let me|i'm going to|i'm gonna|i can|i should)(?: just| have to)?"
    " (?:call|ring|phone|try)(?: you)? (?:back|again|later|another)"
)
_GOODBYE = one_of(
    rf"""
    bye | goodbye | good bye | hang up | (?:talk|speak) to you (?:later|soon|then) | see (?:you|ya)(?: \w+)?$
    have a (?:good|nice|great|lovely|wonderful) (?:day|one|night|evening|afternoon|weekend|rest) | take care
    good ?night | end the call | farewell | {_MUST_GO} | {_CALL_BACK}
    """
)
_NO_YES = "(?<!yes )(?<!yeah )(?<!yep )(?<!yes , )(?<!yeah , )(?<!yep , )"
_IT_IS = "(?:that|this|it)(?:'s| is| was|'ll be| will be| would be|'d be)(?: about| pretty much| probably)?"
_FINISHED = one_of(
    rf"""
    {_NO_YES}{_IT_IS} (?:it|all|everything)(?:{_ENDS}|(?= i )) | nothing (?:else|more)
    (?:i'm|i am|we're|we are) (?:all )?(?:done|good|set|finished)(?:{_ENDS}|(?= here))
    that(?:'ll| will) do (?:it|for now) | all i (?:need|want)(?:ed)?{_ENDS} | no more questions
    don't need anything(?: else| more)? | not (?:right now|at the moment|today)(?= ,| thank|$)
    """
)
_AGENT = one_of(
    """
    human | agent | representative | rep | operator | receptionist | manager | supervisor
    (?:real |actual |live )person
    """
)
_ANYONE = one_of(
    """
    (?:someone|somebody|anyone|person)(?! else) | staff
    (?:the|your) (?:office|front desk|desk|doctor|dentist)
    """
)
_SOMEONE = "(?:someone|somebody|anyone|anybody)"
_NO_MORE = r"(?=(?: ,)?(?: please)?(?: \?)?$)"
_HUMAN = one_of(
    rf"""
    (?:talk|speak|talking|speaking) (?:to|with)(?: \w+){{0,3}}? (?:{_AGENT}|{_ANYONE})
    (?:connect|transfer|put|patch)(?: me| us)(?: \w+){{0,3}}? (?:{_AGENT}|{_ANYONE})
    (?:can|could|may) (?:i|we) (?:get|have) {_SOMEONE}(?: else)?{_NO_MORE}
    (?:want|need|like|(?:talk|speak) (?:to|with)) {_SOMEONE} else{_NO_MORE}
    get (?:me|us)(?: through to| on to| a hold of)?(?: a| an| the| your)? {_AGENT}
    (?:want|need|like|get|have|give me)(?: to)?(?: a| an| your| the)? {_AGENT}
    (?:want|need|like) a person(?= ,| please|$) | (?:real|actual|live) (?:person|human) | human being
    customer service | transfer me | connect me | put me through
    """
)
_BEFORE_IT = "(?:(?:please|then|ok|okay|no|yes|well|just|a|an|the|,) )*"
_HUMAN_ALONE = rf"^{_BEFORE_IT}(?:{_AGENT}|person|somebody|front desk|reception)(?: please| ,)*$"
_VISIT = "(?:appointment|booking|reservation|visit|slot|time|cleaning|check ?up|o'clock)"
_MINE = rf"(?:my|our|an existing|an old|the existing)(?: [\w':]+){{0,3}}? {_VISIT}"
_EXISTING = one_of(
    rf"""
    (?:cancel|reschedule|confirm|move|change|check on|check|calling about|call about|missed|miss) {_MINE}
    (?:about|regarding|concerning) {_MINE} | (?:have|need|want|like|wish) to (?:cancel|reschedule)
    (?<!can )(?<!could )(?<!may )i(?: already)? have an appointment | running late | late for {_MINE}
    """
)
_URGENT = one_of("emergency | bleeding | ambulance | knocked out | can't breathe")
URGENT = re.compile(rf"\b{_URGENT}\b")
"""Brings what can not wait."""
_MATTER = one_of(
    rf"""
    {_URGENT} | complaint | complain | refund | invoice
    (?:my|the|a|your) bill | billing | (?:leave|take|give|pass on) (?:\w+ )?a? ?message
    (?:i have|i've got|got|have) a question | test results | prescription
    can you (?:tell|let) (?:doctor|dr|the doctor|the dentist|mr|mrs|ms)
    """
)
MATTER = re.compile(rf"\b{_MATTER}\b")
_NOT = "(?:didn't|did not|couldn't|could not|can't|cannot)"
_REPEAT = one_of(
    rf"""
    repeat | say (?:that|it|this)(?: all)? (?:again|one more time|once more) | say again | pardon | come again
    what did you (?:just )?say | what was (?:that|it) | (?:hear|read|tell me) (?:that|it) (?:again|once more)
    go over (?:that|it) again | missed that | (?:didn't|don't|did not) understand (?:that|you|what)
    what do you mean | are you (?:still )?there | can you hear me
    {_NOT}(?: quite)? (?:hear|catch|get (?:that|it)|make (?:it|that) out)
    (?:what|which) (?:day|time|date|number|name) was (?:that|it) | (?:what|when|which|who)\b.* again(?=$| \?)
    (?:speak|talk) (?:up|louder|slower|more slowly) | you(?:'re| are) breaking up
    """
)
_SORRY_WHAT = "(?:sorry|what|huh|excuse me|pardon me|say what|what's that|once more|one more time|again)"
_WHAT_THAT = r"^(?:(?:sorry|wait|oh|,) )*what (?:is |was )?(?:that|it)(?: \?)?$"
_REPEAT_ALONE = (
    rf"{_WHAT_THAT}|^(?:i'm )?(?:(?:wait|no|oh|,) )*{_SORRY_WHAT}(?: ,)?(?: {_SORRY_WHAT})*"
    r"(?: please)?(?: \?)?$"
)
_HOLD_ON = one_of(
    """
    hold on | hang on | hold the line | bear with me | wait a (?:moment|sec|second|minute)
    (?:1|one|just a|just 1|give me a|give me 1|need a) (?:quick )?(?:moment|sec|second|minute|2nd)
    let me (?:just )?(?:check|see|think|look|get|find|grab|ask|pull|go) | let's see
    i'm (?:just )?(?:checking|thinking)
    """
)
_EDIT = one_of(
    """
    change | changed | changing | instead | actually | move | switch | reschedule | different | wrong
    incorrect | mistake | rather | make (?:it|that) | oops | scratch that | i meant? | misspelled
    correction | update | fix | edit | correct (?:the|my|that)
    (?:my |the |an)other (?:number|phone|name|day|time)
    no (?:, )?(?:it's|the|my|not|i|it|that's not|make|on|at) | should be | supposed to be
    not (?:the|on|at|for|my|right|correct)
    """
)
_AS_IT_IS = r"(?:,|thanks?|thank you|please|then|now|though|all|just|it|that|yes|yeah|ok|okay|bye)"
_FINE = "(?:all )?(?:fine|good|right|correct|ok|okay|perfect)"
_SETTLES = one_of(
    rf"""
    nothing(?: else| at all| to change)?(?: {_AS_IT_IS})*$ | (?:it|that|everything)(?:'s| is) {_FINE}
    never mind(?: {_AS_IT_IS})*$ | no changes? | (?:leave|keep) (?:it|that|everything)
    """
)
_QUITS = one_of(
    r"""
    forget (?:it|about it|that|the whole thing) | stop(?= ,| it| this|$) | never mind
    cancel (?:it|that|this|everything|(?:my|the) (?:appointment|booking)) | cancel$
    (?:i )?changed my mind(?= ,|$)
    (?:don't|do not) (?:want|need) (?:it|this|that|an appointment|to book)(?: any ?more)?
    (?:don't|do not) book (?:it|that|anything)
    """
)
_ANOTHER = one_of(
    r"""
    (?:and|but|,) (?:another|one (?:more|for)|a 2nd|1 (?:more|for)|for my) | also (?!thank) | as well(?= ,|$)
    both of (?:us|them) | for (?:both|all|us) | for [2-4] of us | the other (?:one|appointment|1)
    """
)
# After a yes, "and" leads to something more, unless it is a courtesy or says yes once more.
_COURTESY = one_of(
    """
    thanks? | thank | book | that's | that | it's | please | yes | yeah | have | see | i'll see | we'll see
    go | bye | goodbye | good | great | confirm | do it | so | ok | okay | i'm | looking | i look | then
    appreciate
    """
)
_MORE = rf"(?:and|but|plus) (?!{_COURTESY}\b)"
_THANKS = "(?:thanks|thank (?:you|u)|thankyou|thx|appreciate(?:d| it| that| your)?|cheers)"
_THERE = one_of(
    """
    mhm | mm hmm | mm mm | uh huh | hmm | ok | okay | right | i see | got it | oh | ah | gotcha | alright
    sure | yes | yeah | yep | no | nope | hi | hello | hey | hi there | good (?:morning|afternoon|evening)
    and | so | well
    """
)

_PATTERNS = {
    Act.GOODBYE: re.compile(rf"\b{_GOODBYE}(?!\w)"),
    Act.FINISHED: re.compile(rf"\b{_FINISHED}(?!\w)"),
    Act.HUMAN: re.compile(rf"\b{_HUMAN}\b|{_HUMAN_ALONE}"),
    Act.EXISTING: re.compile(rf"\b{_EXISTING}\b"),
    Act.MATTER: MATTER,
    Act.MISDIALLED: re.compile(
        r"^(?:(?:oh|sorry|i'm sorry|oops|i think|,) )*(?:i (?:have|got) the )?wrong number\b"
    ),
    Act.REPEAT: re.compile(rf"\b{_REPEAT}|{_REPEAT_ALONE}"),
    Act.HOLD_ON: re.compile(rf"\b{_HOLD_ON}\b|(?<!can )(?<!can't )(?<!to )\bwait(?: wait)*$"),
    Act.OPENINGS: OPENINGS,
    Act.ANYTHING: ANYTHING,
    Act.EDIT: re.compile(rf"\b{_EDIT}\b"),
    Act.SETTLES: re.compile(rf"\b{_SETTLES}(?!\w)|\b(?:please )?(?:do|book) it(?: {_AS_IT_IS})*$"),
    Act.KEEPS: re.compile(
        r"\b(?:keep|leave) (?:it|that|everything|(?:my|the|this|that) (?:\w+ )?appointment)\b"
    ),
    Act.QUITS: re.compile(rf"\b{_QUITS}(?!\w)"),
    Act.CONDITION: CONDITION,
    Act.ANOTHER: re.compile(rf"\b{_ANOTHER}|, {_ANOTHER}"),
    Act.FOR_SOMEONE: re.compile(rf"\bfor (?:my {RELATIVE}|(?:someone|somebody) else|a friend)\b"),
    Act.MORE: re.compile(rf"\b{_MORE}"),
    Act.UNSURE: re.compile(
        r"\b(?:don't know|not sure|no idea|rather not|not really|can't remember|i guess)\b"
    ),
    Act.THANKS: re.compile(rf"\b{_THANKS}\b"),
    Act.LISTENS: re.compile(rf"^(?:{_THERE}(?: [,?])?(?: |$))+$"),
}


def acts(words: Words) -> frozenset[Act]:
    """Return all that an utterance does apart from giving values."""
    text = words.text
    found = {act for act, pattern in _PATTERNS.items() if pattern.search(text)}
    if asks(text):
        found.add(Act.QUESTION)
    if checks(text):
        found.add(Act.CHECKS)
    if not text and any(map(str.isalpha, words.raw)):
        found.add(Act.LISTENS)
    return frozenset(found)


_ALONE = (
    Act.GOODBYE, Act.FINISHED, Act.HUMAN, Act.MISDIALLED, Act.REPEAT, Act.HOLD_ON, Act.SETTLES, Act.QUITS,
    Act.ANYTHING, Act.THANKS, Act.LISTENS,
)  # fmt: skip
_SMALL = words_in(
    """
    a and can could for hello hey hi i i'd i'm it just like me no not now oh okay ok or please right so sorry
    sure that the there this to wait well will with would yeah yep yes you nope , ?
    """
)
_UNSURE_FIRST = re.compile(
    r"^(?:(?:well|oh|sorry|,) )*(?:i )?(?:don't know|no idea|can't remember|rather not)"
)


def does_nothing_else(words: Words) -> bool:
    """Say whether an utterance gives nothing beside its acts: "goodbye", "no", "sorry, what was that?"."""
    if _UNSURE_FIRST.search(words.text):
        return True
    left = [_PATTERNS[act].sub(" ", words.text) for act in _ALONE]
    left.append(_PATTERNS[Act.UNSURE].sub(" ", words.text))
    return any(_SMALL.issuperset(text.split()) for text in left)
