"""Whether a yes to a read-back is all that was said: with words that nobody understood, it agrees to nothing.

"Yes, my main is Mark Lopez" begins with a yes and corrects a name, on a line that has spoilt a word.
"""

import re
from collections.abc import Collection

from engine.core.slots.answers import Answer, yes_no
from engine.core.slots.phrases import words_in
from engine.core.slots.words import Words

_PLAIN = words_in(
    """
    yes yeah yea yep yup yess ya yah aye sure certainly correct absolutely definitely course exactly
    totally indeed affirmative confirmed confirm agreed agree approved approve accepted accept right ok
    okay alright all good great fine nice cool sweet perfect perfectly awesome excellent fantastic
    wonderful lovely amazing ideal accurate suitable true super works work working suits sounds sound looks
    look seems will would could can do does did done go ahead book booked booking confirming schedule
    reserve make put get set sign proceed continue it that that's thats it's is are was be been being
    everything this those these they which what one i i'd i'll i'm i've me my you your you're you've we
    we've we'll us let let's am have got want wanted need needed like love said asked mean think guess
    suppose believe hope please thanks thank much so very really just quite pretty also too a an the and or
    of on in at for with by to from as if then now there here up down out day days time times date
    appointment slot reservation visit trip name number well oh ah um uh mhm mm hmm huh hey again see soon
    later appreciate appreciated help helpful kind today tomorrow morning afternoon evening week worked
    best how about problem worries way sir ma'am bye goodbye possible sense exact whole thing things
    more nothing else bit lot ever happy glad looking forward them he she him her doctor dentist ready even
    try take grab still already bet welcome can't wait
    """
)
"""Words of people who agree, and take leave or give thanks while they do."""
_NO_OBJECTION = re.compile(
    r"\b(?:no|not a) (?:problem|worries|doubt|issue|changes?|more|thanks?|thank you|need)\w*"
)
_DENYING = words_in("no not nope nah don't doesn't isn't wasn't aren't won't never wrong")
"""Beside a mere "good" or "right" they take it back: "good no friday"."""
_TELLS = re.compile(
    r"\b(?:name|number|phone|day|date|time|service|appointment)(?:'s| is| are| should)\b"
    r"(?! (?:_|(?:all |just |also )?(?:right|correct|good|fine|great|perfect|ok|okay)\b))"
)
_STRONG = re.compile(
    r"^(?:(?:oh|well|and|so|ok|okay|um|perfect|great|good|right|,) )*"
    r"(?:yes|yeah|yea|yep|yup|sure|absolutely|definitely|of course)\b"
)
_WORD = re.compile(r"[a-z0-9']+")
_THING = "(?:appointment|time|slot|one|1|date|day|offer|option|table)"
_TAKES = re.compile(
    r"^(?:(?:yes|yeah|ok|okay|sure|great|good|perfect|fine|well|oh|please|and|then|,) )*"
    r"(?:(?:i'd|i would|i|we|we'd) (?:like|love|want) to |(?:i|we)(?:'ll| will) |let's |go ahead and )?"
    r"(?:please |just )*(?:take|try|book|accept|grab|go (?:with|for)|do)"
    rf" (?:it|(?:that|this)(?: {_THING})?|the {_THING})"
    r"(?: (?:for me|instead|then|please|thanks?|thank you|,))*$"
)


def answer(words: Words) -> Answer | None:
    """Return the yes or no that words are; to an offer "I'd like to take that appointment" is a yes."""
    return yes_no(words) or ("yes" if _TAKES.search(words.text) else None)


def is_plain(left: str, known: Collection[str]) -> bool:
    """Say whether a yes stands alone, or with thanks and leave-taking, and perhaps one more word.

    `left` are its normalised words without those that restate what is known. What tells something about a
    slot without restating it, and anything strange after a mere "good" or "right", may be a correction.
    Words of the `known` values are not strange.
    """
    restated = frozenset(word for value in known for word in _WORD.findall(value.lower()))
    said = _WORD.findall(_NO_OBJECTION.sub("", left))
    if not _DENYING.isdisjoint(said):
        return False
    strange = [word for word in said if word not in _PLAIN and word not in restated]
    # A number that restates nothing is of a value that the line has spoilt.
    if any(word[0].isdigit() and word != "100" for word in strange):
        return False
    return not _TELLS.search(left) and len(strange) <= (1 if _STRONG.search(left) else 0)
