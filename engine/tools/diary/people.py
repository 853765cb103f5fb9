"""Whether two ways of writing a name are one person's: "Lopez, Maria" and "María López"."""

import re
import unicodedata

_UNJOINED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take for another with a mark."""
_BETWEEN = re.compile(r"[^\w]+")
_DROPPED = re.compile("['\u2019`.]")
_PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "da", "dos", "di", "van", "von", "der", "den", "y", "e"}
)


def same_person(one: str, other: str) -> bool:
    """Whether one name has all the words of the other; order, case, accents and "de la" do not count.

    So "Maria" is Maria Lopez, and "Maria Lopez" is María del Carmen López; "Maria Cruz" is neither.
    """
    first, second = _words(one), _words(other)
    fewer, more = sorted((first, second), key=len)
    return bool(fewer) and fewer <= more


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_UNJOINED))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    words = frozenset(filter(None, _BETWEEN.split(_DROPPED.sub("", letters))))
    return words - _PARTICLES or words
