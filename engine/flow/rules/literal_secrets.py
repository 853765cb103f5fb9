"""Whether a secret stands in a flow: whoever reads the file, or its history, could use it."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from engine.core.request_text import read
from engine.flow.file.source import Location
from engine.flow.language.http import HttpPart
from engine.flow.rules.findings import Finding

SHAPES = re.compile(
    r"\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{12,}"  # OpenAI, Stripe and those that took after them
    r"|\bgh[opsu]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}"
    r"|\bxox[abprs]-[A-Za-z0-9-]{10,}"  # Slack
    r"|\bAKIA[0-9A-Z]{16}\b"  # Amazon
    r"|\bAIza[0-9A-Za-z_-]{30,}"  # Google
    r"|\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.",  # a JSON Web Token (RFC 7519)
)
"""Keys and tokens that can be told by their form."""
NAMES = re.compile(
    r"(?:^|[-_.])(?:authorization|auth|token|secret|passw(?:or)?d|cookie|credentials?|api[-_]?key)$",
    re.IGNORECASE,
)
"""What is called so holds a secret."""
MEND = "write ${NAME} in its place, and set NAME in the environment"


def literal_secrets(http: HttpPart, at: Location) -> Iterator[Finding]:
    """Yield every text of a request that looks like a secret. The secret itself is not repeated."""
    for way, text in http.texts():
        parsed = read(text)
        words = parsed.words
        key = next(step for step in reversed(way) if isinstance(step, str))
        filled = parsed.places or parsed.variables or parsed.faults
        named = len(way) > 1 and NAMES.search(key) and not filled and words.strip()
        if SHAPES.search(words) or named or (way == ("url",) and _in_address(words)):
            yield Finding((*at, *way), f"a secret seems to stand in `{key}`", MEND)


def _in_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        password = parts.password
    except ValueError:
        return False
    return bool(password) or any(NAMES.search(name) and value for name, value in parse_qsl(parts.query))
