"""The type `money`: an amount of one currency. Canonical form: 20.50, with all digits the currency has."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from engine.core.slots.currencies import CURRENCIES, SIGNS, WORDS, Currency
from engine.core.slots.locale import Locales
from engine.core.slots.meant import chosen, meant
from engine.core.slots.phrases import longest_first, one_of, words_in
from engine.core.slots.signs import DIGITS, Signed, readings
from engine.core.slots.type import Mention, not_a_value
from engine.core.slots.words import Words, normalise

MOST_DIGITS = 12
"""Digits before the point; who says more means no amount."""

_CANONICAL = re.compile(rf"\s*-?\d{{1,{MOST_DIGITS}}}(?:\.\d{{1,4}})?\s*", re.ASCII)
_SCALES = {"thousand": 1_000, "grand": 1_000, "k": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SCALE = rf"(?: (?P<scale>{longest_first(_SCALES)})\b)?"
_MINUS = r"(?P<minus>\b(?:minus|negative) (?:\$ )?|(?<!\S)-)?"
_DIGITS = rf"(?<![\d:/.,-])\d{{1,{MOST_DIGITS}}}(?:\.\d{{1,4}})?(?![\d:/.-])"
_HALF = "(?P<half> and a half)?"
_COURTESY = r"(?= ?(?:[,?]|please\b|thanks?\b|thank\b|total\b|in total\b|altogether\b|exactly\b)|$)"
# "About twenty bucks" is no amount that anybody could be charged, and neither is "twenty or thirty".
_VAGUE = one_of(
    r"""
    about | around | roughly | approximately | approx | almost | nearly | maybe | like | some | over | under
    above | below | at least | at most | up to | less than | more than | between
    \d+(?: (?:to|or|and|through|maybe))*
    """
)
_VAGUE_BEFORE = re.compile(rf"\b{_VAGUE}(?: (?:minus|negative))?(?: \$)? $")
_VAGUE_AFTER = re.compile(r" (?:or so|or more|or less|plus|something|give or take|(?:or|to)(?: \$)? \d+)\b")
_ROUNDED = re.compile(r"[\dyn]-?ish\b", re.IGNORECASE)
_ANEW = r"\b(?:no|sorry|actually|wait|make it|mean)(?: ,)? "
# A minus that would be lost as the words are made simple.
_MINUS_SIGN = re.compile(rf"[-\N{{MINUS SIGN}}]\s*[{''.join(SIGNS)}]\s*\d")
_NUMBER = re.compile(r"\d+")
_SIGNS = DIGITS | words_in("a an")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money, in one currency. What is said of another, or only roughly, is none."""

    name: ClassVar[str] = "money"

    currency: Currency = CURRENCIES["USD"]
    locales: Locales = field(default_factory=dict, repr=False, compare=False)
    _named: Sequence[Signed] = field(init=False, repr=False, compare=False)
    """The ways to say an amount together with its currency."""
    _bare: Sequence[Signed] = field(init=False, repr=False, compare=False)
    """An amount alone, which is one only in answer to the question for it."""
    _anew: Sequence[Signed] = field(init=False, repr=False, compare=False)
    """An amount alone that takes back the one before it."""
    _foreign: re.Pattern[str] = field(init=False, repr=False, compare=False)
    """Words for other money."""

    def __post_init__(self) -> None:
        own = self.currency
        unit = rf"(?: (?:{longest_first(map(re.escape, own.words))}))+(?![\w'])"
        cent = rf"(?:{longest_first(map(re.escape, own.parts)) or '(?!)'})"
        before = f"(?:{own.code.lower()} |\\$ )" if own.sign == "$" else f"{own.code.lower()} "
        part = rf"(?:(?: and)? (?P<part>\d\d?)(?: {cent}\b|{_COURTESY}))?"
        named = (
            rf"{_MINUS}\b(?P<amount>an?|{_DIGITS}){_HALF}{_SCALE}{unit}{part}",
            rf"{_MINUS}(?<!\w){before}(?P<amount>{_DIGITS}){_SCALE}",
            rf"{_MINUS}\b(?P<part>\d\d?) {cent}\b",
        )
        alone = rf"(?<!\bat )(?<!\bon )(?<!\bby ){_MINUS}(?P<amount>{_DIGITS}){_HALF}{_SCALE}{_COURTESY}"
        others = longest_first(map(re.escape, WORDS.difference(own.words, own.parts)))
        object.__setattr__(self, "_named", tuple(Signed(re.compile(pattern), _SIGNS) for pattern in named))
        object.__setattr__(self, "_bare", (Signed(re.compile(alone), DIGITS),))
        object.__setattr__(self, "_anew", (Signed(re.compile(_ANEW + alone), DIGITS),))
        object.__setattr__(self, "_foreign", re.compile(rf"\b(?:{others})\b"))

    def parse(self, said: str, now: datetime) -> str:
        """Return the amount in digits. Raises NotAValue."""
        value: str | None
        if _CANONICAL.fullmatch(said):
            value = self._canonical(Decimal(said.strip()))
        else:
            words = normalise(said)
            mention = chosen(words.text, self.find(words, expected=True, now=now))
            value = mention.value if mention is not None else None
        if value is None:
            raise not_a_value(said, f"an exact amount of {self.currency.many}")
        return value

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the amounts that an utterance means; without its currency only if asked for."""
        text = words.visible
        if self._is_other_money(words) or _ROUNDED.search(words.raw):
            return ()
        said = readings((*self._named, *self._anew) if expected else self._named, text)
        signed = self.currency.sign not in {"", "$"} and self.currency.sign in words.raw
        if not said and (expected or signed) and len(_NUMBER.findall(text)) - text.count(".") == 1:
            said = readings(self._bare, text)
        spans = [(one.start(), one.end()) for _, one in said]
        rest = Words("", text, tuple(spans)).visible
        below_nothing = bool(_MINUS_SIGN.search(words.raw))
        exact = [
            (one, span)
            for (_, one), span in zip(said, spans, strict=True)
            if not _VAGUE_BEFORE.search(rest[max(0, span[0] - 40) : span[0]])
            and not _VAGUE_AFTER.match(rest[span[1] : span[1] + 40])
        ]
        amounts = [(self._canonical(_amount(one, below_nothing=below_nothing)), span) for one, span in exact]
        return meant(text, [Mention(value, *span) for value, span in amounts if value is not None])

    def _is_other_money(self, words: Words) -> bool:
        signs = {sign for sign in SIGNS if sign in words.raw}
        return bool(signs - {self.currency.sign} or self._foreign.search(words.text))

    def _canonical(self, amount: Decimal) -> str | None:
        """Return an amount with all its digits; None where it has more than the currency."""
        rounded = round(amount, self.currency.places)
        return f"{rounded + 0:.{self.currency.places}f}" if rounded == amount else None

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return "20 dollars and 50 cents", in digits, which every voice can say."""
        amount, own = Decimal(value), self.currency
        locale = self.locales.get(language)
        if locale is not None:
            return locale.money(amount, own.code)
        sign, whole = "minus " if amount < 0 else "", abs(int(amount))
        cents = round((abs(amount) - whole) * 100)
        unit, part = own.one if whole == 1 else own.many, own.cent if cents == 1 else own.cents
        if cents and not part:
            return f"{sign}{abs(amount)} {own.many}"
        if not cents:
            return f"{sign}{whole} {unit}"
        return f"{sign}{whole} {unit} and {cents} {part}" if whole else f"{sign}{cents} {part}"

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of an amount."""
        places = self.currency.places
        example = f"{20.5:.{places}f}" if places else "20"
        described = f"The exact amount in {self.currency.code}, in digits with a point, such as {example}"
        return {"type": "string", "description": described}


def _amount(said: re.Match[str], *, below_nothing: bool) -> Decimal:
    groups = said.groupdict()
    written = groups.get("amount") or "0"
    amount = Decimal(1) if written in {"a", "an"} else Decimal(written)
    amount += Decimal("0.5") if groups.get("half") else 0
    amount *= _SCALES[groups["scale"]] if groups.get("scale") else 1
    amount += Decimal(groups.get("part") or 0) / 100
    return -amount if groups["minus"] or below_nothing else amount
