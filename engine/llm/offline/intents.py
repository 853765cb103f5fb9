"""What a caller wants apart from filling slots: to leave, to speak with a person, to hear it again."""

import re
from enum import Enum, auto

from engine.core.slots.phrases import one_of
from engine.core.slots.words import Words


class Intent(Enum):
    """Something that an utterance does. One utterance can do several things."""

    GOODBYE = auto()
    """Takes leave, or asks to hang up."""
    FINISHED = auto()
    """Says that nothing more is wanted: "that's all"."""
    HUMAN = auto()
    """Asks for a person."""
    REPEAT = auto()
    """Asks to hear the last thing again."""
    HOLD_ON = auto()
    """Asks for a moment."""
    QUESTION = auto()
    """Asks to be told something; a request in the form of a question ("can you book me in") is none."""
    OPENINGS = auto()
    """Asks what is free, or leaves the choice to us."""
    EDIT = auto()
    """Uses words with which people correct or change something."""
    THANKS = auto()
    BACKCHANNEL = auto()
    """Only shows that the caller listens: "mhm". To a question it is a soft yes."""


_LEAD = (
    "^(?:(?:and|so|but|ok|okay|yes|yeah|no|great|perfect|hi|hello|hey|oh|well|sorry|wait|thanks|thank you|"
    "please|,) )*"
)
_ENDS = r"(?= (?:,|\?|thanks?|thank|for|then|now|today|bye)|$)"

_MUST_GO = "(?:got to|gotta|have to|need to) (?:go|run|leave)(?: now)?(?= (?:,|thanks?|thank|bye)|$)"
_GOODBYE = one_of(
    rf"""
    bye | goodbye | good bye | hang up | (?:talk|speak) to you (?:later|soon|then) | see (?:you|ya)(?: \w+)?$
    have a (?:good|nice|great|lovely|wonderful) (?:day|one|night|evening|afternoon|weekend|rest) | take care
    good ?night | end the call | farewell | {_MUST_GO}
    """
)
_NO_YES = "(?<!yes )(?<!yeah )(?<!yep )(?<!yes , )(?<!yeah , )(?<!yep , )"
_IT_IS = "(?:that|this|it)(?:'s| is| was|'ll be| will be| would be|'d be)(?: about| pretty much| probably)?"
_FINISHED = one_of(
    rf"""
    {_NO_YES}{_IT_IS} (?:it|all|everything)(?:{_ENDS}|(?= i )) | nothing (?:else|more)
    (?:i'm|i am|we're|we are) (?:all )?(?:done|good|set|finished)(?:{_ENDS}|(?= here))
    that(?:'ll| will) do (?:it|for now) | all i (?:need|want)(?:ed)? | no more questions
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
_HUMAN = one_of(
    rf"""
    (?:talk|speak|talking|speaking) (?:to|with)(?: \w+){{0,3}}? (?:{_AGENT}|{_ANYONE})
    (?:connect|transfer|put|patch)(?: me| us)(?: \w+){{0,3}}? (?:{_AGENT}|{_ANYONE})
    get (?:me|us)(?: through to| on to| a hold of)?(?: a| an| the| your)? {_AGENT}
    (?:want|need|like|get|have|give me)(?: to)?(?: a| an| your| the)? {_AGENT}
    (?:want|need) a person(?= ,| please|$) | (?:real|actual|live) (?:person|human) | human being
    customer service | transfer me | connect me | put me through
    """
)
_HUMAN_ALONE = (
    rf"^(?:please )?(?:a |an |the )?(?:{_AGENT}|person|somebody|front desk|reception)(?: please| ,)*$"
)
_NOT = "(?:didn't|did not|couldn't|could not|can't|cannot)"
_REPEAT = one_of(
    rf"""
    repeat | say (?:that|it|this)(?: all)? (?:again|one more time|once more) | say again | pardon | come again
    what did you (?:just )?say | what was (?:that|it) | (?:hear|read|tell me) (?:that|it) (?:again|once more)
    go over (?:that|it) again | missed that | (?:didn't|don't|did not) understand (?:that|you|what)
    {_NOT}(?: quite)? (?:hear|catch|get (?:that|it)|make (?:it|that) out)
    (?:what|which) (?:day|time|date|number|name) was (?:that|it)
    (?:speak|talk) (?:up|louder|slower|more slowly) | you(?:'re| are) breaking up
    """
)
_REPEAT_ALONE = (
    r"^(?:i'm )?(?:sorry|what|huh|excuse me|pardon me|say what|what's that|once more|one more time|again)"
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
_SLOTS = "(?:times?|days?|slots?|openings?|appointments?|availability|dates?)"
_FREE = "(?:free|available|open)"
_DO_YOU_HAVE = "(?:do|would|have) you(?: have| got)?"
_OPENINGS = one_of(
    rf"""
    (?:what|which|any) (?:\w+ )?{_SLOTS}(?: \w+){{0,2}} (?:you have|are|is|{_FREE}|work|would work|left|can i)
    what (?:do|have|else do|else have) you (?:have|got) | what works for you
    what(?:'s| is| are)(?: your| the| my)? (?:{_FREE}|availability|openings|options|next)
    what(?:'s| is)(?: your| the)? (?:earliest|soonest|first)
    when (?:are you|is (?:he|she|the doctor|the dentist|someone|anyone|it)) {_FREE}
    when (?:can|could) (?:i|we|you) | when (?:do|would) you have | when is the (?:next|earliest|soonest|first)
    {_DO_YOU_HAVE} (?:any|some|an|anything|something)(?: other| more)? (?:{_SLOTS}|{_FREE})
    {_DO_YOU_HAVE} (?:anything|something) (?:else|earlier|later|sooner)
    any (?:openings?|availability|slots?) | whatever (?:you|works|is|time|day|you've) | whatever's | whenever
    any ?(?:time|day)(?: is| works| would| will| that| fine|$) | you (?:pick|choose|decide) | up to you
    surprise me | earliest | soonest | first available | next available | next opening | as soon as possible
    asap | no preference | (?:i'm|i am) (?:pretty )?(?:flexible|open|free (?:any ?time|all))
    (?:doesn't|does not|don't|do not) (?:really )?(?:matter|care|mind) | what (?:would|do) you suggest
    """
)
_EDIT = one_of(
    """
    change | changed | changing | instead | actually | move | switch | reschedule | different | wrong
    incorrect | mistake | rather | make (?:it|that) | sorry | wait | oops | scratch that | i meant?
    correction | update | fix | edit | correct (?:the|my|that)
    no (?:, )?(?:it's|the|my|not|i|it|that's not|make|on|at) | should be | supposed to be
    not (?:the|on|at|for)
    """
)
_THANKS = "(?:thanks|thank (?:you|u)|thankyou|thx|appreciate(?:d| it| that| your)?|cheers)"
_LISTENS = "(?:mhm|mm hmm|mm mm|uh huh|hmm|ok|okay|right|i see|got it|oh|ah|gotcha)"

_PATTERNS = {
    Intent.GOODBYE: re.compile(rf"\b{_GOODBYE}(?!\w)"),
    Intent.FINISHED: re.compile(rf"\b{_FINISHED}(?!\w)"),
    Intent.HUMAN: re.compile(rf"\b{_HUMAN}\b|{_HUMAN_ALONE}"),
    Intent.REPEAT: re.compile(rf"\b{_REPEAT}\b|{_REPEAT_ALONE}"),
    Intent.HOLD_ON: re.compile(rf"\b{_HOLD_ON}\b"),
    Intent.OPENINGS: re.compile(rf"\b{_OPENINGS}(?!\w)"),
    Intent.EDIT: re.compile(rf"\b{_EDIT}\b"),
    Intent.THANKS: re.compile(rf"\b{_THANKS}\b"),
    Intent.BACKCHANNEL: re.compile(rf"^(?:{_LISTENS}(?: ,)?(?: |$))*$"),
}

_FACT = one_of(
    """
    address | number | price | cost | rating | reviews? | hours | location | directions | website | email
    contacts? | information | parking
    """
)
_THE_FACT = rf"(?:the|their|your|an|his|her|its|any|some)(?: \w+){{0,2}}? {_FACT}"
_ASKING_FIRST = one_of(
    """
    what | what's | whats | where | where's | when | who | who's | how | how's | which | why | is | are | am
    do | does | did | can | could | will | would | should | may | was | were | has | have you
    """
)
_ASKING = one_of(
    rf"""
    what(?:'s| is| are| time| kind| about) | where (?:is|are) | how (?:much|many|long|far|do|does|is)
    do (?:they|you) | is there | are there
    (?:tell|give|send) me (?:the|their|your|his|her|about|how|what|where)
    (?:need|provide me with|let me (?:also )?know) {_THE_FACT} | wonder | wondering
    (?:want|need|like) to know
    """
)
_ASKS = re.compile(rf"{_LEAD}{_ASKING_FIRST}\b|\b{_ASKING}\b|\?")
_WANTED = one_of(
    """
    book | schedule | make | move | change | have | get | do | come | put | set | reschedule | switch | repeat
    hold | wait | use | cancel | see | find | try | give | check | say | speak | talk | add | reserve | take
    go | push | fit | squeeze
    """
)
_REQUEST = re.compile(
    rf"{_LEAD}(?:can|could|will|would|may|shall|should) (?:you|i|we)(?: \w+)??"
    rf" (?:please )?(?:just )?{_WANTED}\b"
)
_ASKS_A_FACT = re.compile(rf"\b(?:what|where|who|how|which|why|when|what's|where's|tell me|{_THE_FACT})\b")


def intents(words: Words) -> frozenset[Intent]:
    """Return all that an utterance does apart from giving values."""
    text = words.text
    found = {intent for intent, pattern in _PATTERNS.items() if pattern.search(text)}
    if _ASKS.search(text) and (_ASKS_A_FACT.search(text) or not _REQUEST.search(text)):
        found.add(Intent.QUESTION)
    if not words.raw.strip():
        found.discard(Intent.BACKCHANNEL)
    return frozenset(found)
