"""Questions: what callers ask to be told, what they ask about free times, and what they check."""

import re

from engine.core.slots.phrases import one_of
from engine.core.slots.signs import signed

_LEAD = (
    "^(?:(?:and|so|but|ok|okay|yes|yeah|no|great|perfect|(?:hi|hello|hey)(?: there)?|oh|well|sorry|wait|"
    "thanks|thank you|please|,) )*"
)
_SLOTS = "(?:times?|days?|slots?|openings?|appointments?|availability|dates?)"
_FREE = "(?:free|available|open)"
_DO_YOU_HAVE = "(?:do|would|have) you(?: have| got)?"
_THING = "(?:anything|something|any|some|an?)"
_SOME_TIME = r"(?:\w*\d\w*|\w+day|tomorrow|today|it|that)"
_WHEN_DAY = r"\w+day|tomorrow|today|tonight|early|late|around|soon"
_OPENINGS = one_of(
    rf"""
    (?:what|which|any) (?:\w+ )?{_SLOTS}(?: \w+){{0,2}} (?:you have|are|is|{_FREE}|work|would work|left|can i)
    what (?:do|have|else do|else have) you (?:have|got) | what works for you
    what(?:'s| is| are)(?: your| the| my)? (?:{_FREE}|availability|openings|options|next)
    what(?:'s| is)(?: your| the)? (?:earliest|soonest|first)
    when (?:are you|is (?:he|she|the doctor|the dentist|someone|anyone|it)) {_FREE}
    when (?:can|could) (?:i|we|you) | when (?:do|would) you have | when is the (?:next|earliest|soonest|first)
    (?:do|does) (?:you|(?:the |a )?\w+) have (?:any )?time
    {_DO_YOU_HAVE} {_THING}(?: other| more)? (?:{_SLOTS}|{_FREE})
    {_DO_YOU_HAVE} (?:anything|something) (?:else|earlier|later|sooner|on|at|in|after|before|for|this|next)
    {_DO_YOU_HAVE} (?:anything|something) (?:{_WHEN_DAY})
    (?:is there|are there|got|have) {_THING} (?:else|earlier|later|sooner|on|after|before|{_SLOTS}|{_FREE})
    (?:is there|got|have) (?:anything|something) (?:at|in|for|this|next|{_WHEN_DAY})
    you have (?:anything|something) (?:earlier|later|sooner|else)
    (?:anything|something) (?:else|earlier|later|sooner|after that|before that|{_FREE})
    is (?:\w+ )*?{_SOME_TIME}(?: [\w:]+){{0,4}} (?:free|available)(?= |$)
    any (?:openings?|availability|slots?)
    what about (?:earlier|later)
    """
)
OPENINGS = signed(
    rf"\b{_OPENINGS}(?!\w)", "what which any when time you there got have anything something free available"
)
"""Asks what is free."""
_ANYTHING = one_of(
    r"""
    whatever (?:you|works|is|time|day|you've) | whatever's | whatever$ | whenever
    any ?(?:time|day)(?: is| works| would| will| that| fine|$)
    anything(?: is| works| would| will| goes) | you (?:pick|choose|decide) | up to you
    surprise me | earliest | soonest | first available | next available | next opening | as soon as
    asap | no preference | (?:i'm|i am) (?:pretty )?(?:flexible|open|free (?:any ?time|all))
    (?:doesn't|does not|don't|do not) (?:really )?(?:matter|care|mind) | what (?:would|do) you suggest
    """
)
ANYTHING = signed(
    rf"\b{_ANYTHING}(?!\w)",
    """
    whatever whenever any anytime anyday anything pick choose decide up surprise earliest soonest available
    opening soon asap preference flexible open free matter care mind suggest
    """,
)
"""Leaves the choice to us."""

_FACT = one_of(
    """
    address | number | price | cost | rating | reviews? | hours | location | directions | website | email
    contacts? | information | parking
    """
)
_THE_FACT = rf"(?:the|their|your|an|his|her|its|any|some)(?: \w+){{0,2}}? {_FACT}"
_ASKING_FIRST = one_of(
    r"""
    what | what's | whats | where | where's | when | who | who's | how | how's | which | why | is | are | am
    do(?= \S)(?! (?:it|that|this|so)\b) | does | did | can | could | will | would | should | may | was | were
    has | have you
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
_ASKS = signed(
    rf"{_LEAD}{_ASKING_FIRST}(?![\w'])|\b{_ASKING}\b|\?",
    """
    what whats where when who how which why is are am do does did can could will would should may was were
    has have there tell give send need provide let wonder wondering want like ?
    """,
)
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
_FAVOUR = re.compile(r"\b(?:can|could|will|would) (?:you|somebody|someone|anyone)\b")
_ASKS_A_FACT = re.compile(rf"\b(?:what|where|who|how|which|why|when|what's|where's|tell me|{_THE_FACT})\b")
# "Yes, is correct" lacks only its subject, as with many whose first language is another.
_SAYS_RIGHT = re.compile(
    r"^(?:yes|yeah|yep|ok|okay)(?: ,)? is (?:right|correct|good|fine|ok|okay|perfect)\b(?! \?)"
)
_ONE_WORD_ASKED = re.compile(r"^(?:(?:yes|yeah|yep|no|ok|okay|sure|hello|hi|right|correct|please|,) )+\?$")

_CHECKS = signed(
    rf"{_LEAD}(?:is|was|are) (?:that|it|this|those)\b(?! (?:possible|ok|okay|fine|free|available|alright))"
    r"|\b(?:did you (?:say|get|have|put|write|hear)|you said|do you have me|have you got (?:me|my))\b"
    r"|(?<!that's )(?<!all )(?<!is )(?<!yes )(?<!yes , )\b(?:right|correct) \?$|\S \S.*(?<!all), right$",
    "is was are did said do got right correct",
)


_OTHERS = re.compile(
    r"\b(?:have|free|available|availability|open|openings?|earl\w+|later|else|soon\w+|other|work|slots?)\b"
)


_CHOICES = re.compile(
    r"\b(?:options?|choices?|choose|what (?:else )?(?:do|can) you (?:offer|do)"
    r"|(?:what|which) (?:kinds?|sorts?|types?|services))\b"
)


def asks_for_choices(text: str) -> bool:
    """Say whether a question is about what there is to choose from."""
    return bool(_CHOICES.search(text))


def asks_for_others(text: str) -> bool:
    """Say whether a question about times is about other ones than the one that was named."""
    return bool(_OTHERS.search(text))


def asks(text: str) -> bool:
    """Say whether normalised words ask to be told something; "can you book me in" is a request."""
    if not _ASKS.can_match(text):
        return False
    clauses = _SAYS_RIGHT.sub("yes", text).replace(" ?", " ? ,").split(" , ")
    return any(_is_question(clause.strip(" ,")) for clause in clauses)


def _is_question(clause: str) -> bool:
    if not _ASKS.pattern.search(clause) or _ONE_WORD_ASKED.search(clause):
        return False
    return bool(_ASKS_A_FACT.search(clause)) or not _REQUEST.search(clause)


def wants_a_favour(text: str) -> bool:
    """Say whether what sounds like a question asks for something to be done: "can you text me?"."""
    return bool(_FAVOUR.search(text)) and not _ASKS_A_FACT.search(text)


def checks(text: str) -> bool:
    """Say whether normalised words ask if something was understood: "that's Friday, right?"."""
    return bool(_CHECKS.search(text))
