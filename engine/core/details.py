"""What the platform knows about a call, as values of slots."""

import json
from collections.abc import Mapping

from engine.core.draft import Draft
from engine.core.frozen import replace
from engine.core.paths import found_at, text_at
from engine.core.slots.type import NotAValue


def fill_defaults(draft: Draft, told: Mapping[str, object]) -> None:
    """Set the slots that take their default from the call's details and have no value yet.

    A detail that is no value of the slot's type leaves it unset: "anonymous" is no phone number.
    """
    found: dict[str, str] = {}
    for slot in draft.flow.slots.values():
        said = _said(told, slot.default) if slot.default else None
        if said is not None and slot.name not in draft.talk.slots:
            try:
                found[slot.name] = slot.accept(said, draft.now)
            except NotAValue:
                draft.log("slots.default_unusable", slots=[slot.name])
    if found:
        draft.set_slots(found)


def _said(details: object, path: tuple[str, ...]) -> str | None:
    """Return what stands at a place as text; a list as the JSON that a slot of some values reads."""
    there = found_at(details, path)
    return json.dumps(there, ensure_ascii=False) if isinstance(there, list) else text_at(details, path)


def choose_language(draft: Draft) -> None:
    """Speak the language that the call's details name, if the flow speaks it: "es" is "es-MX" as well."""
    path = draft.flow.language_from
    said = text_at(draft.line.details, path) if path else None
    if said is None:
        return
    language = spoken_language(said, draft.flow.languages)
    if language is None:
        draft.log("language.unknown", language=said)
    elif draft.line.turn is None:  # afterwards it is for the flow's transitions to change
        draft.talk = replace(draft.talk, language=language)


def spoken_language(wanted: str, languages: tuple[str, ...]) -> str | None:
    """Return the one of these languages that is wanted: the same, or one of the same name."""
    same = [language for language in languages if language.casefold() == wanted.casefold()]
    name = wanted.casefold().partition("-")[0]
    return next(iter(same), None) or next(
        (language for language in languages if language.casefold().partition("-")[0] == name), None
    )
