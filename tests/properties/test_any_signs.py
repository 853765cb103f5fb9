"""No pattern is passed over where it could match: wherever one does, one of its signs stands."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import engine.core.slots
import engine.llm.offline
from engine.core.slots.date_rules import DateRule
from engine.core.slots.money import Money
from engine.core.slots.signs import Rule, Signed, signs_in
from engine.core.slots.time_rules import TimeRule
from engine.core.slots.words import normalise
from tests.bench.offline import sentences
from tests.bench.offline.spoken import spoken
from tests.bench.offline.values import lines

EACH = 8
"""Texts that are made for each pattern in one run; each run makes other ones."""
NORMALISED = "abcdefghijklmnopqrstuvwxyz0123456789 ,?'/:.-_"
"""The characters of normalised words, and the one that hides them."""


def _rules_in(thing: object) -> Iterator[Rule]:
    """Yield the patterns with signs that are kept somewhere, alone or in a table."""
    if isinstance(thing, Signed | DateRule | TimeRule):
        yield thing
    elif isinstance(thing, Mapping):
        yield from _rules_in(tuple(thing.values()))
    elif isinstance(thing, tuple | list):
        for one in thing:
            yield from _rules_in(one)


def _all_rules() -> Iterator[Rule]:
    for package in (engine.core.slots, engine.llm.offline):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield from _rules_in(vars(importlib.import_module(found.name)))
    yield from _rules_in([getattr(Money(), kept) for kept in Money.__slots__])


RULES = {rule.pattern.pattern: rule for rule in _all_rules()}
SAID = frozenset(
    form
    for said in (
        *(line.said for line in lines()),
        *(said for table in vars(sentences).values() if isinstance(table, tuple) for said in table),
    )
    for form in (normalise(said).text, normalise(spoken(said)).text)
)


def test_there_are_many() -> None:
    """A test of none would prove nothing."""
    assert len(RULES) > 100
    assert len(SAID) > 1_000


def test_a_sign_stands_in_whatever_is_said() -> None:
    """In every sentence of the tables that the offline model is measured by."""
    for said in SAID:
        signs = signs_in(said)
        for rule in RULES.values():
            assert not rule.signs.isdisjoint(signs) or rule.pattern.search(said) is None, (said, rule)


@pytest.mark.parametrize("rule", RULES.values(), ids=[text[:60] for text in RULES])
def test_a_sign_stands_in_whatever_a_pattern_matches(rule: Rule) -> None:
    """Made from the pattern itself: a word that was forgotten would never be understood again."""

    @settings(max_examples=EACH, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
    @given(st.from_regex(rule.pattern, alphabet=NORMALISED))
    def holds(said: str) -> None:
        assert not rule.signs.isdisjoint(signs_in(said))

    holds()
