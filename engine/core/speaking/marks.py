"""What is dropped of markdown and of signs that nobody says, wherever it stands in a line.

The signs that stay are those that can mean nothing else: "2 * 3", "2*3", "3 < 5", a single ~ and an
underscore within a word (addresses of web pages and of mail). What stays can not become markup by what is
dropped beside it: what has been cleaned once stays as it is.
"""

import re

from engine.core.speaking.directions import closes_a_direction, direction
from engine.core.speaking.region import LinkTarget, Until
from engine.core.speaking.sight import Sight, Step

FENCE_END = re.compile("```")
FENCE = re.compile(r"```([\w+.-]{0,20})[ \t]{0,4}")
LONGER_FENCE = "````"
PROSE = frozenset({"", "text", "txt", "plaintext", "plain", "markdown", "md"})
"""What is said to be in a fence that is no code."""
CODE = frozenset(
    {"json", "tool_code", "tool_call", "tool_calls", "tool", "python", "xml", "javascript", "yaml"}
)
"""Languages of a fence whose content begins in the same line."""
RULE = re.compile(r"\|[ \t]{0,4}:?-[-:|]")
"""The line between a table's head and its rows."""
LINE_END = re.compile(r"(?=[\n\r])")


def star(sight: Sight) -> Step | None:
    """Emphasis, a direction, or a sum."""
    after, before = sight.after, sight.before
    if sight.blind:
        return None
    if after == "*":
        return sight.dropped(2)
    if after.isspace():
        return sight.kept() if before == " " else sight.dropped()
    if before.isalnum():
        return sight.kept() if before.isdigit() and after.isdigit() else sight.dropped()
    return _direction_or_dropped(sight)


def underscore(sight: Sight) -> Step | None:
    """Emphasis, a direction, or a part of a name."""
    if sight.blind:
        return None
    if sight.before.isalnum():
        return sight.kept() if sight.after.isalnum() else sight.dropped()
    return _direction_or_dropped(sight)


def tilde(sight: Sight) -> Step | None:
    """Text that is struck out keeps its words; "~5" and "example.com/~jo" stay."""
    if sight.blind:
        return None
    if sight.after == "~":
        return sight.dropped(2)
    return sight.kept() if sight.after.isalnum() else sight.dropped()


def tick(sight: Sight) -> Step | None:
    """Code within a line is spoken, a fence of code is not; a fence of text is.

    What is in a fence of code may be a function call.
    """
    text, at = sight.text, sight.at
    if text.startswith(LONGER_FENCE, at):
        return sight.dropped()
    fence = FENCE.match(text, at)
    if fence is None:
        short = len(text) - at < 3 and text[at:] in LONGER_FENCE
        return None if short and not sight.ended else sight.dropped()
    if sight.reaches(fence.end()):
        return None
    language, after = fence[1].lower(), text[fence.end() : fence.end() + 1]
    in_line = language in CODE and (after in "{[<" or fence[0][-1].isspace())
    if language in PROSE or not (after in "\n\r" or in_line):
        return Step(at + 3 + (len(fence[1]) if after in "\n\r" else 0))
    return Step(fence.end(), region=Until(FENCE_END, call=True))


def dropped(sight: Sight) -> Step | None:
    """Braces, and the sign that keeps markdown from being markdown: never spoken."""
    return sight.dropped()


def greater(sight: Sight) -> Step | None:
    """Only between two things that are compared."""
    if sight.before != " ":
        return sight.dropped()
    if sight.blind:
        return None
    return sight.kept() if sight.after.isspace() or sight.after.isdigit() else sight.dropped()


def closing_bracket(sight: Sight) -> Step | None:
    """End a link's text: where it leads to is not spoken."""
    if sight.blind:
        return None
    return Step(sight.at + 2, region=LinkTarget()) if sight.after == "(" else sight.dropped()


def parenthesis(sight: Sight) -> Step | None:
    """Speech, unless it is a direction."""
    found = False if sight.before.isalnum() else direction(sight)
    return sight.kept() if found is False else found


def closing_parenthesis(sight: Sight) -> Step | None:
    """Spoken, unless what was dropped before it leaves a direction."""
    return sight.dropped() if closes_a_direction(sight.tail) else sight.kept()


def pipe(sight: Sight) -> Step | None:
    """Speak the cells of a table one after the other, without the line below its head."""
    rule = RULE.match(sight.text, sight.at)
    if rule is not None:
        return Step(rule.end(), " ", Until(LINE_END))
    if not sight.ended and re.fullmatch(r"\|[ \t]{0,4}:?-?", sight.text[sight.at : sight.at + 9]):
        return None
    return Step(sight.at + 1, " ")


def _direction_or_dropped(sight: Sight) -> Step | None:
    found = direction(sight)
    return sight.dropped() if found is False else found
