"""Whether what a caller has on their mind, such as a bill, is what the flow begins with."""

import re

from engine.core.slots.choices import Choice
from engine.core.states import Intent
from engine.llm.offline.act_words import MATTER, URGENT
from engine.llm.offline.situation import Situation, content

ANY_MATTER = re.compile(r"\b(?:need|want)s? (?:some )?help\b|\bquestions?\b|\bcalled back\b", re.IGNORECASE)
"""How a flow says that it begins with whatever callers have on their minds."""


def is_dealt_with(now: Situation) -> bool:
    """Say whether the flow begins with such a matter: it is one of its options, or it takes them all."""
    start = now.meaning(Intent.START)
    said = MATTER.search(now.words.text)
    if start is None or said is None or URGENT.search(now.words.text):
        return False
    types = (now.request.flow.slots[name].type for name in start.slots)
    options = (o for kind in types if isinstance(kind, Choice) for o in kind.options.items())
    named = content(" ".join(word for option, others in options for word in (option, *others)))
    return bool(ANY_MATTER.search(start.description) or named & content(said[0]))
