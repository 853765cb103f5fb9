"""Whether what a flow says of its slots makes sense: defaults, read-backs, options, regions, conditions."""

from collections.abc import Iterator

from engine.core.template import read as read_line
from engine.flow.build.conditions import ORDERED, bound
from engine.flow.build.guards import is_detail
from engine.flow.file.source import Location
from engine.flow.language.conditions import Bound, ConditionPart, characters
from engine.flow.language.slots import AnySlot, ChoiceValue, ListSlot, MoneyValue, PhoneValue, ValuePart
from engine.flow.languages import USUAL_MISTAKES, currency
from engine.flow.phones import REGIONS
from engine.flow.rules.findings import Finding
from engine.flow.rules.languages import DETAIL

LETTERED = frozenset({"text", "name", "email"})
"""Types whose values have a length."""
FITS = {
    "future": frozenset({"date", "datetime"}),
    "within": frozenset({"date", "time", "datetime"}),
    "between": ORDERED,
    "at_least": ORDERED | LETTERED,
    "at_most": ORDERED | LETTERED,
    "matching": frozenset({"text"}),
}
"""The types about whose values a condition says something."""


def broken_slot_rules(slot: AnySlot, at: Location) -> Iterator[Finding]:
    """Yield what is wrong with one slot."""
    name = str(at[-1])
    if slot.default is not None and not is_detail(slot.default):
        yield Finding((*at, "default"), f"`{slot.default}` is no detail of a call", DETAIL)
    for where, line in slot.read_back.each() if slot.read_back is not None else ():
        if read_line(line).slots != (name,):
            mend = f"write what to say with {{{name}}} in it"
            yield Finding((*at, "read_back", *where), "a read-back says its own slot and no other", mend)
    yield from _value(slot, at)


def _value(slot: ValuePart, at: Location) -> Iterator[Finding]:
    """Yield what is wrong with what a slot's values are."""
    match slot:
        case ChoiceValue():
            yield from _choices(slot, at)
        case PhoneValue(region=str() as region) if region not in REGIONS:
            meant = USUAL_MISTAKES.get(region)
            mend = f"did you mean `{meant}`?" if meant else "write its code (ISO 3166), such as US or GB"
            yield Finding((*at, "region"), f"there is no region `{region}`", mend)
        case MoneyValue(currency=str() as code) if currency(code) is None:
            mend = "write its code (ISO 4217), such as USD or EUR"
            yield Finding((*at, "currency"), f"there is no currency `{code}`", mend)
        case ListSlot(of=one):
            yield from _value(one, (*at, "of"))
    for index, condition in enumerate(slot.must_be):
        yield from _condition(condition, slot.type, (*at, "must_be", index))


def _choices(slot: ChoiceValue, at: Location) -> Iterator[Finding]:
    means: dict[str, str] = {option.casefold(): option for option in slot.options}
    for option, synonyms in slot.options.items():
        for index, word in enumerate(synonyms):
            other = means.setdefault(word.casefold(), option)
            if other != option:
                what = f"`{word}` would mean `{other}` as well as `{option}`"
                yield Finding((*at, "options", option, index), what, "leave it to one of the two")


def _condition(condition: ConditionPart, kind: str, at: Location) -> Iterator[Finding]:
    key = condition.kind
    where = (*at, key)
    if kind == "list":
        yield Finding(where, f"`{key}` says nothing about a list", "write it under `of`", True)
        return
    if kind not in FITS[key]:
        fitting = [name for name, types in FITS.items() if kind in types]
        mend = f"a {kind} can be {', '.join(fitting)}" if fitting else "remove it"
        yield Finding(where, f"`{key}` says nothing about a {kind}", mend, True)
        return
    match key:
        case "within" if kind == "date" and isinstance(condition.within, str):
            mend = f'write the days, such as {{mon-fri: "{condition.within}"}}'
            yield Finding(where, "a date has no hours", mend)
        case "between" if condition.between is not None:
            least, most = condition.between
            yield from _bound(least, kind, (*where, 0))
            yield from _bound(most, kind, (*where, 1))
            yield from _order(least, most, kind, where)
        case "at_least" | "at_most":
            value = getattr(condition, key)
            if kind in LETTERED and characters(value) is None:
                mend = 'write a number of characters, such as "40 characters"'
                yield Finding(where, f"`{value}` is no length of a text", mend)
            elif kind not in LETTERED:
                yield from _bound(value, kind, where)


def _bound(value: Bound, kind: str, at: Location) -> Iterator[Finding]:
    try:
        bound(value, kind)
    except ValueError as wanted:
        yield Finding(at, f"`{value}` is no {kind}", f"write {wanted}")


def _order(least: Bound, most: Bound, kind: str, at: Location) -> Iterator[Finding]:
    try:
        ends = bound(least, kind), bound(most, kind)
    except ValueError:
        return  # told already
    numeric = kind in {"number", "money"}
    if (float(ends[0]) > float(ends[1])) if numeric else ends[0] > ends[1]:
        yield Finding(at, f"nothing lies between {least} and {most}", "write the smaller one first")
