"""Whether a caller agrees: a lexicon of yes and no, and the type `yes_no` that reads it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import ClassVar, Literal

from engine.core.slots.locale import Locales
from engine.core.slots.phrases import one_of
from engine.core.slots.signs import signed
from engine.core.slots.type import Mention, not_a_value
from engine.core.slots.words import Words, normalise

Answer = Literal["yes", "no"]

_LEAD = "^(?:(?:oh|actually|sorry|wait|well|so|and|but|hey|please|i said|like|,|ah|great|ok|okay) )*"
_WELL = one_of(
    """
    right | correct | good | great | fine | perfect | ok | okay | accurate | ideal | awesome | excellent
    wonderful | suitable | nice | cool | alright | true | lovely | amazing | fantastic
    """
)
_FIT = rf"{_WELL}\b(?! friday)"
_HOW = "(?: (?:be|all|just|very|so|also|totally|absolutely|perfectly|really|exactly|pretty|quite))*"

_YES = one_of(
    r"""
    yes | yeah | yea | yep | yup | yess+ | ya | yah | aye | sure | certainly | correct | absolutely
    definitely | of course | exactly | totally | indeed | for sure | by all means | you bet | affirmative
    all good | uh huh | mm hmm | mhm | approved | accepted | confirmed | confirm | agreed
    i (?:do )?(?:confirm|agree|accept) | i (?:certainly |sure )?do(?! not)
    (?:i )?(?:guess|think|suppose|believe|hope) so | (?:i )?(?:guess|suppose)(?=$| ,)
    you've got it | ok(?:ie|ey|y) ?(?:dokie|dokey|doke) | alrighty | roger(?: that)?
    (?:heck|hell) (?:yes|yeah) | please do | go ahead | go for it | go on | do that
    let's (?:do|go with) (?:it|that)
    you got (?:it|that)(?! (?:all )?(?:wrong|backwards?|mixed|confused))
    (?:do|book) it(?! (?:at|for|on|under)) | sounds | looks | works | that's (?:the one|me)
    (?:it|that|they) (?:is|are|does|do|will)(?= ,|$) | (?:i|we) (?:am|are|was|have|did|can|will)(?=$| ,)
    i'm (?:good|fine|happy|ok|okay|cool|comfortable) with (?:it|that|this) | spot on | bingo | close enough
    you betcha | (?:100|a 100) percent | fair enough | (?:i )?(?:don't|wouldn't) mind(?! (?:if|but))
    if you (?:could|can|would|like|don't mind)(?= please$|$)
    """
)
# Beside a question these only show that the caller heard: "okay, and what does it cost?"
_WEAK_YES = one_of(
    """
    ok | okay | right(?! now) | alright | all right | very good
    good(?! (?:morning|afternoon|evening|day|question|point|grief))
    great | fine | nice | cool | sweet | perfect | awesome | excellent | fantastic | wonderful | lovely
    amazing
    """
)
_NO = one_of(
    """
    no | nope | nah | nuh | negative | wrong | incorrect | not | never | cancel | uh uh | let's not
    (?:hell|heck) no | i'll pass | almost | nearly | close but | not far off
    (?:you )?misheard | (?:you )?misunderstood
    (?:you|you've) (?:got|get|have) (?:it|that) (?:all )?(?:wrong|backwards?|mixed|confused)
    (?:something's|something is) (?:off|wrong|not right)
    (?:absolutely|definitely|certainly|of course|surely|probably|obviously|for sure|really|i'm afraid) not
    (?:i )?(?:don't|do not)(?! (?:know|mind|care|remember|understand))
    """
)
_YES_FIRST = re.compile(rf"{_LEAD}{_YES}\b")
_WEAK_YES_FIRST = re.compile(rf"{_LEAD}{_WEAK_YES}\b")
_NO_FIRST = re.compile(rf"{_LEAD}{_NO}\b")

# Words of a no that mean a yes.
_NO_PROBLEM = one_of(
    """
    no (?:problem|worries|doubt|objection|issue)s? | not a problem | (?:won't|wouldn't) be a problem | not bad
    why not(?= (?:,|\\?|thanks?|please|sure|go|let's|do it|book it)|$) | don't see why not
    no need to (?:change|fix|wait)(?: it| that| anything| a thing)? | (?:can't|cannot|can not) wait
    nothing (?:else )?to change
    don't change (?:a thing|anything) | couldn't be better
    no(?: no)? , (?:that|it)(?:'s| is) (?:right|correct|perfect) | no(?: ,)? you(?:'re| are) (?:right|correct)
    no (?:complaints|changes|corrections)(?! (?:to|my|the|it) )
    """
)
_NO_MEANS_YES = signed(rf"\b{_NO_PROBLEM}", "no not won wouldn why can cannot nothing change couldn")

# What takes a yes back: "yes but make it Friday" agrees to nothing yet.
_BUT = one_of(
    rf"""
    not(?! (?:sure|certain))
    (?:yes|yeah|ok|okay|right|sure|correct)(?: ,)? no(?! (?:problem|worries|changes|more|thanks?|thank)\b)
    isn't | aren't | doesn't | won't | can't | didn't | wasn't
    shouldn't | don't (?:want|like|think|need it)(?! to change) | wrong | incorrect | mistake | instead
    rather | actually
    changed? my mind | different | change | switch | make (?:it|that) | prefer
    should be(?! {_FIT}) | supposed to be
    how about | except | minus | without (?!(?:a|any) ) | but for | (?:apart|aside) from | other than
    (?:any|every)thing but | all but
    but (?:can|could|i|no|not|the|my|it) | no (?:, )?(?:i|that|it|make|change|sorry)
    i'm (?:all )?(?:good|set|done)(?! with)
    """
)
# What is neither a yes nor a no.
_HEDGE = one_of(
    r"""
    but(?! (?:yes|yeah|ok|okay|sure|that's|it's|thanks?)\b)
    maybe | depends | not (?:sure|certain) | don't know | let me (?:think|check|see|look) | wait
    (?:hold|hang) on | (?:1|one|a|quick) (?:moment|sec|second|2nd|minute)(?! later)
    (?:some|any)(?:one|body) else | too (?:early|late|soon|far)
    only (?:i|it) | (?:only|just) (?:the|my)(?! (?:1|one)\b)
    (?<!you )(?<!ya )(?<!talk )(?<!speak )(?<!no )later
    (?<!said )(?<!mentioned )(?<!told you )(?<!discussed )earlier | sooner
    what about(?! (?:the|their|his|her|your))
    """
)
_TAKES_BACK = signed(
    rf"\b(?:{_BUT}|(?P<hedge>{_HEDGE}))\b",
    """
    not t no wrong incorrect mistake instead rather actually mind different change switch make prefer should
    supposed how except minus without but apart aside other good set done maybe depends know let wait hold
    hang moment sec second nd minute else too only just later earlier sooner what
    """,
)
_WHETHER = r"(?<!know )(?<!tell me )(?<!see )(?<!check )(?<!ask )(?<!wonder )(?<!wondering )"
# "If you could" is a courtesy; any other "if" is a condition that nobody here can promise.
_POLITE = one_of(
    r"""
    possible | (?:that's|it's|that is|it is|this is)(?: all)? (?:ok|okay|fine|alright|possible|good) | so
    i may | you don't mind | needed | i (?:want|need|wanted|needed)
    you (?:can|could|would|will|please|like|want)(?: please)?(?= ,| (?:do|book|tell)\b|$)
    """
)
CONDITION = signed(
    r"\b(?:unless|as long as|so long as|provided|assuming|supposing|on condition|only (?:if|when)"
    rf"|{_WHETHER}if (?!{_POLITE}))\b",
    "unless long provided assuming supposing condition only if",
)
"""What makes an agreement depend on something: "yes, unless you have something earlier"."""
_BOTH = re.compile(rf"{_LEAD}(?:yes (?:and )?no(?= maybe|$)|no and yes|yes or no)\b")
# "Hang on, no" and "yes, I mean no": the no comes last, and nothing after it takes it back.
_WAIT = r"(?:wait|(?:hold|hang) on|(?:1|one|a) (?:moment|sec|second|2nd|minute))"
_NO_AT_LAST = signed(
    rf"\b(?:{_WAIT}|i mean|i meant|sorry|actually|or rather)(?: ,)* "
    r"(?:(?:no|nope|nah)(?:(?: ,)* (?:no|sorry))*|that(?:'s| is) (?:wrong|not right|not correct))$",
    "no nope nah wrong not",
)
# "No wait, yes that's right": said and taken back in one breath.
_TORN = re.compile(
    r"^no\b.*\b(?:wait|sorry|actually|i mean|oh)\b.*"
    r"\b(?:yes|yeah|yep|(?:that's|it's) (?:right|correct|fine))\b"
)

_IT = "(?:that|it|this|everything|all|which|they|those)"
_AGREEMENT = one_of(
    rf"""
    {_IT}(?:'s|'ll|'d| is| was| will| would| should| are){_HOW} {_FIT} | (?:everything|all){_HOW} {_WELL}
    {_IT}(?:'ll|'d| will| would| should)?{_HOW} (?:works?|suits) | (?:should|would|will) be{_HOW} {_FIT}
    {_IT} (?:sounds|looks|seems){_HOW} {_WELL} | (?:that|it)(?:'ll|'d| will| would) do
    (?:sounds|looks|seems|works)(?= ) | go ahead | please do | suits me | do (?:it|that|so) | for sure
    yes | yeah | yep | (?:i |i'd |you )(?:confirm|agree|accept|like that|would like that|got it|got that)
    (?:i |i'd )(?:love (?:it|that|to)|can do that)
    (?<!that )(?<!it )correct | confirm(?:ed)? | approv(?:ed?|al) | perfect
    what i (?:want|said|asked|need)\w*
    """
)
_DENIAL = (
    r"(?:not|cannot|\w+n't|never|none|nothing|hardly|wrong|incorrect|mistake|instead"
    rf"|should be(?! {_FIT})|supposed to be|changed? my mind|no way)"
)
# What stands between is not part of a yes of its own: "I'm not sure, but yes" is another matter.
_DENIED = re.compile(rf"\b{_DENIAL}\b[^,?]*$")
_AGREES = signed(
    rf"\b{_AGREEMENT}\b",
    """
    right correct good great fine perfect ok okay accurate ideal awesome excellent wonderful suitable nice
    cool alright true lovely amazing fantastic work works suits sounds looks seems do ahead sure yes yeah yep
    confirm confirmed agree accept like got love approve approved approval what
    """,
)
_ASKING = "(?:is|are|does|do|did|will|would|can|could|what|when|where|who|how)"
_ASKS = re.compile(rf"^(?:so |and |but |, |well )*{_ASKING}\b|^[^,]*\?$")
_ASKS_TOO = re.compile(rf"\?|\b(?:what|what's|where|when|who|how|which)\b|(?:,|and|but|so) {_ASKING}\b")


@lru_cache(maxsize=8)  # of one turn
def yes_no(words: Words) -> Answer | None:
    """Return what the caller clearly answers to a question; None where they hedge or say something else."""
    text = _NO_MEANS_YES.sub("yes", words.text)
    if _BOTH.search(text):
        return None
    if _NO_FIRST.search(text):
        return None if _TORN.search(text) else "no"
    if _NO_AT_LAST.search(text):
        return "no"
    if CONDITION.search(text):
        return None
    # "That isn't correct" and "I can't do that" hold the words of a yes.
    agrees = (yes.start() for yes in _AGREES.finditer(text) if not _DENIED.search(text[: yes.end()]))
    agreed = max(agrees, default=-1)
    taken_back = [but for but in _TAKES_BACK.finditer(text) if but.end() > agreed]
    begins_with_yes = bool(_YES_FIRST.search(text))
    begins_weakly = not begins_with_yes and bool(_WEAK_YES_FIRST.search(text))
    if taken_back:
        unclear = begins_with_yes or begins_weakly or any(but["hedge"] for but in taken_back)
        return None if unclear else "no"
    if begins_with_yes or (begins_weakly and not _ASKS_TOO.search(text)):
        return "yes"
    return "yes" if agreed >= 0 and not _ASKS.search(text) else None


@dataclass(frozen=True, slots=True)
class YesNo:
    """A plain yes or no to the question that was asked. Canonical form: the word."""

    name: ClassVar[str] = "yes_no"

    locales: Locales = field(default_factory=dict, repr=False, compare=False)

    def parse(self, said: str, now: datetime) -> str:
        """Return "yes" or "no"; the `true` and `false` of a model count. Raises NotAValue."""
        words = normalise(said)
        answer = {"true": "yes", "false": "no", "y": "yes", "n": "no"}.get(words.text) or yes_no(words)
        if answer is None:
            raise not_a_value(said, "a clear yes or no")
        return answer

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the answer, if it was asked for; unasked, a yes is to something else."""
        answer = yes_no(words) if expected else None
        return (Mention(answer, 0, 0),) if answer else ()

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return the word."""
        locale = self.locales.get(language)
        return locale.answer(yes=value == "yes") if locale is not None else value

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of an answer."""
        return {"type": "string", "enum": ["yes", "no"], "description": "What the caller answered"}
