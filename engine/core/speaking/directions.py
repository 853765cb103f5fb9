"""Stage directions, such as *smiles*, (laughs) and [pause]: what a model plays instead of saying it.

A direction stands between two stars, underscores, round or square brackets, is made of up to five words, and
its first word is one of those below. Everything else between such signs is speech: emphasis keeps its words
(*really*), and so do brackets, as in "(202) 555-0123" and "(the one on Main Street)". The words are in the
third person, or nouns and participles that a caller is never told between such signs.
"""

import re

from engine.core.speaking.sight import Found, Sight, Step

ENGLISH = """
beams blushes breathes chuckles chuckling clapping claps clears coughs coughing cries crying exhales
frowns gasps gestures giggles giggling grins grinning groans hums humming inhales laugh laughing laughs
laughter nodding nods pause paused pauses pausing ponders shrugs sigh sighing sighs silence singing sings
smile smiles smiling sniffs sobs typing waves whispering whispers winking winks yawns
"""
OTHERS = """
sonríe ríe risas pausa suspira asiente lächelt lacht seufzt nickt zwinkert räuspert kichert sourit rit
soupire sorride sorri
"""
TONES = """
amused calmly cheerful cheerfully empathetic empathetically excited excitedly friendly gently happily
sadly softly sympathetic sympathetically warm warmly
"""
WORDS = frozenset(f"{ENGLISH} {OTHERS}".split())
WITH_TONES = WORDS | frozenset(TONES.split())
"""In square brackets a tone of voice is a direction too: "[warmly] Good morning"."""
INSIDE = re.compile(r"[^\W\d_](?:[^\W_]|[ '\u2019,.\u2026-]){0,58}")
FIRST = re.compile(r"[^\W\d_]+")
MOST_WORDS = 5
CLOSING = {"(": ")", "[": "]", "*": "*", "_": "_"}
LAST_BRACKET = re.compile(r"(?<![^\W_])\(([^()]*)\Z")


def direction(sight: Sight) -> Found:
    """Return how to go on after a stage direction."""
    opening = sight.text[sight.at]
    words = WITH_TONES if opening == "[" else WORDS
    inside = INSIDE.match(sight.text, sight.at + 1)
    if inside is None:
        return None if sight.blind else False
    first = FIRST.match(sight.text, sight.at + 1)
    word = first[0].lower() if first else ""
    if first and sight.reaches(first.end()):
        return None if any(known.startswith(word) for known in words) else False
    if word not in words or len(inside[0].split()) > MOST_WORDS:
        return False
    if sight.reaches(inside.end()):
        return None
    closed = sight.text[inside.end() : inside.end() + 1] == CLOSING[opening]
    return Step(inside.end() + 1) if closed else False


def closes_a_direction(tail: str) -> bool:
    """Return whether a closing bracket would make a direction of what has been spoken."""
    found = LAST_BRACKET.search(tail)
    inside = INSIDE.fullmatch(found[1]) if found else None
    return inside is not None and direction(Sight(f"({inside[0]})", 0, "", ended=True)) is not False
