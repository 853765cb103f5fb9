"""The words of names: which are none, which can be both, and how names are written."""

import re
import unicodedata
from collections.abc import Sequence

from engine.core.slots.phrases import words_in
from engine.core.slots.words import folded

NOT_NAMES = words_in(
    # What holds sentences together; what callers say around a name; what they ask for; how they are.
    """
    a an the and or but if so then than that that's this these those there there's it it's its as at by for
    from in into of off on out over to too under up with without about after before because not no yes yeah
    yep nope ok okay i i'm i'd i'll i've me my mine myself you you're your yours we we're we'd us our they
    them their he he's she she's his her him is isn't are am was were be been being do does don't did doesn't
    done have has had having can can't could couldn't will won't would wouldn't shall should may might must
    let let's just also only even still very really quite pretty again back here now when where what what's
    who which why how any some all both either neither anything something nothing everything anyone someone
    one ones other another each every more most less least much many few lot same please thanks thank sorry hi
    hello hey bye goodbye sir ma'am madam maam mister speaking calling caller call called name names named
    first last full middle maiden surname family given nickname spelled spelling spell spelt letter capital
    goes go going well actually wait right correct sure certainly absolutely alright course fine good great
    perfect excellent wonderful nice awesome cool yup uh um huh mhm mm hmm oh ah er like maybe probably guess
    think mean know see say said tell ask asked asking told use used hold listen look looking sound sounds yet
    already need needed want wanted wants wish hope book booking booked make making made schedule scheduled
    reschedule appointment appointments reservation visit cancel change changed move moved switch instead
    different get getting got give take took put come coming came help time times day days date week weeks
    month months year today tonight tomorrow yesterday morning afternoon evening night noon midnight number
    phone email address home work office open closed early earlier late later soon available availability free
    busy question questions person people human agent operator representative doctor dentist patient mr mrs ms
    miss dr ill sick sad happy glad hungry tired ready finished set interested wondering trying hoping new
    existing current old afraid worried confused kind bit little big lost stuck running driving urgent
    important emergency true wrong unable able supposed gonna wanna aware certain excited grateful thankful
    returning regarding pain hurt hurts hurting outside inside way ahead agree pronounced down otherwise
    choose choosing pick decide never mind forget forgot stop quit end ends ending begins starts code area
    digit digits whatever whenever better best possible possibly thing kidding preferably around meant
    unintelligible inaudible audio noise silence
    insurance bill billing english spanish french language speak talk hear idea matter robot machine computer
    live wife husband son daughter mother father mom dad mum parents kid kids child children boy girl baby
    partner friend sister brother family cousin uncle aunt grandma grandpa neighbor boss
    file files record records system profile works suits fits hopefully preferably ideally anyway forever
    twice ridiculous unacceptable awful terrible horrible frustrating urgent difficult confusing annoying
    crazy insane nonsense stupid rude embarrassing weird strange disappointing outrageous bad hard easy
    expensive private confidential personal none nothing nobody everybody everyone people friends
    problem confirm repeat second seconds moment minute minutes sec hour hours half past quarter o'clock
    """
)
GIVEN_TOO = words_in("will may hope bill")
"""Given names that are also among the words above."""
NOT_BEFORE_GIVEN = words_in(
    "i my the a an your our their his her it you we they that this he she to about of who"
)
"""What stands before these when they are no names: "I will", "about my bill"."""
GIVEN_DAYS = words_in("sunday tuesday wednesday friday")
"""Weekdays that are given names, before a family name."""

FAMILY_TOO = words_in("will may hope young long day love price wish little early good")
"""Family names that are also among the words above, or mean a number of years or money."""

ENDING_ALIKE = words_in(
    """
    sterling fleming irving keating manning browning harding channing downing spalding cushing golding
    dowling redding rowling starling schilling deming banning bowling darling
    """
)
"""Names that end like a verb."""

PARTICLES = words_in(
    """
    de la las los van von der den da dos das di del della bin ibn al el le du ter
    """
)
"""Parts of a family name that are written small, except where it begins."""

PREFIXES = {"o": "o'", "mc": "mc"}
"""What recognition parts from a family name: "o hara"."""

NOBODY = words_in(
    """
    unknown none null undefined anonymous nobody user customer client na unspecified blank test string
    """
)
"""What a model sends when it knows no name."""

_PIECE = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*")


def pieces(raw: str) -> list[re.Match[str]]:
    """Return the words of letters in a text, the parts of "Anne-Marie" each on its own."""
    return list(_PIECE.finditer(unicodedata.normalize("NFC", raw)))


def written(name: Sequence[str], raw: str) -> str:
    """Return a name as it is written, with the caller's own capitals and hyphens where they typed any."""
    forms = pieces(raw)
    plain = [folded(form[0]).strip() or form[0].lower() for form in forms]
    size = len(name)
    for at in range(len(plain) - size + 1):
        if plain[at : at + size] == list(name):
            return _joined(forms[at : at + size])
    typed = dict(zip(plain, (form[0] for form in forms), strict=True))
    return " ".join(_capitalised(typed.get(word, word), first=not at) for at, word in enumerate(name))


def _joined(forms: Sequence[re.Match[str]]) -> str:
    out = ""
    for at, form in enumerate(forms):
        if at:
            out += "-" if form.string[forms[at - 1].end() : form.start()] == "-" else " "
        out += _capitalised(form[0], first=not at)
    return out


def _capitalised(word: str, *, first: bool) -> str:
    """Return a word with the capitals of a name, unless it came with capitals of its own."""
    word = word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if not first and word.lower() in PARTICLES and word != word.capitalize():
        return word.lower()
    if word != word.lower() and (word != word.upper() or len(word) < 3):
        return word
    word = word.lower()
    if word.startswith("mc") and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    before, mark, after = word.partition("'")
    return before.capitalize() + mark + (after.capitalize() if len(before) < 3 else after)
