"""What a caller asks about who is speaking: "Are you a robot?" is answered truthfully, everywhere."""

import re

from engine.core.slots.phrases import one_of
from engine.core.states import Intent
from engine.llm.offline.replies import Reply, open_question, say
from engine.llm.offline.situation import Situation

ASSISTANT = "I'm an automated assistant."
A_PERSON = "If you would rather speak to a person, just say so."

_MACHINE = one_of(
    r"""
    robot | bot | machine | computer | a ?i | recording | answering machine | chat ?bot | voice ?mail
    automated | automatic | (?:automated |virtual )assistant | software | program
    """
)
_PERSON = "(?:real |actual |live )?(?:person|human|human being|woman|man|lady)|real"
_WHO = (
    r"(?:are you|you're|you are|is this|this is|(?:am i|i'm|i am) (?:talking|speaking) (?:to|with)|did i get)"
    r"(?: (?:like|just|even|actually|really|a|an|one of those|the|some kind of))*"
)
_ASKS_WHO = re.compile(
    rf"\b{_WHO} (?:(?:{_MACHINE})|(?:{_PERSON}))(?: or (?:a |an )?(?:real )?\w+(?: \w+)?)?(?: ,)?"
    r"(?: (?:aren't|are) you| right| or what| or something)?(?: \?)?$"
)
_TELLS = re.compile(r"\b(?:i'm|i am) (?:talking|speaking)|^(?:so |oh )?(?:you're|you are|this is) ")


def who_is_speaking(now: Situation) -> Reply | None:
    """Tell "are you a robot?" the truth, and go on."""
    said = now.words.text
    if not _ASKS_WHO.search(said) or now.final or now.lost:
        return None
    offers = [A_PERSON] if now.meaning(Intent.HUMAN) is not None else []
    return say(ASSISTANT, *offers, open_question(now.request))
