"""What begins a line of markdown and is not spoken: headings, bullets, quotes and the numbers of lists."""

import re

from engine.core.speaking.sight import Found, Sight, Step

BULLETS = "\u2022\u00b7\u25aa\u25e6\u2023\u2013\u2014="
"""Signs that begin a line for the eye alone."""
SIGNS = f"#-+*>{BULLETS}"
DIGITS = "0123456789"
MARKUP = r"[^\w\s.,:;!?'\"$\u20ac\u00a3%/-]"
"""What may be dropped behind a number, and would leave a space there."""
SO_FAR = re.compile(r"([0-9]{1,3})[.)]?")
NUMBER = re.compile(r"([0-9]{1,3})([.)])(\s{1,4}|(?=" + MARKUP + "))")
MONTH_WORDS = """
jan feb mar mär mrz maa mai maj may mei apr avr abr jun jui jul aug aoû ago sep set okt oct out ott nov dez
dec dic déc ene fév gen mag giu lug hei kes elo syy lok jou tam hel huh tou
"""
MONTHS = frozenset(MONTH_WORDS.split())
"""How months begin where a day is written as "1. Mai"."""
ENOUGH = 3
"""Letters that tell a month."""


def line_start(sight: Sight, number: int) -> Found:
    """Return how to go on at the beginning of a line, False if nothing special stands there.

    `number` is what the next item of a list would bear. A list begins with 1, or it is none: so
    "10. December" stays, and for "1. Mai" the months are known.
    """
    sign = sight.text[sight.at]
    if sign in DIGITS:
        return _number(sight, number)
    if sign not in SIGNS:
        return False
    if sign in BULLETS or sign == ">":
        return sight.dropped()
    if sight.blind:
        return None
    after = sight.after
    if sign == "*":
        return sight.dropped() if after.isspace() else False
    if sign == "#":
        return sight.kept() if after.isalnum() else sight.dropped()
    return sight.kept() if after.isalnum() or (after and after in "$€£.") else sight.dropped()


def _number(sight: Sight, number: int) -> Found:
    so_far = SO_FAR.match(sight.text, sight.at)
    if so_far is None:
        return False
    digits = so_far[1]
    if sight.reaches(so_far.end()):
        return None if any(str(n).startswith(digits) for n in (1, number)) else False
    found = NUMBER.match(sight.text, sight.at)
    if found is None or int(digits) not in {1, number}:
        return False
    word = sight.text[found.end() : found.end() + ENOUGH].lower()
    if len(word) < ENOUGH and (word.isalpha() or not word) and not sight.ended:
        return None
    dated = found[2] == "." and word in MONTHS
    return False if dated else Step(found.end(), number=int(digits))
