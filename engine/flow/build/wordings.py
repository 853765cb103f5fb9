"""Lines of a flow file become wordings: in every language of the flow, whatever the author left out."""

from collections.abc import Mapping, Sequence

from engine.core.details import spoken_language
from engine.core.template import read
from engine.core.wording import Wording
from engine.flow.language.lines import ANY, Lines


def wording_of(lines: Lines, languages: Sequence[str], built_in: Mapping[str, str] | None = None) -> Wording:
    """Return the wording of a line.

    A language for which the author wrote nothing gets what is `built_in` for it, else what there is in
    the first language that has something: whoever speaks says something.
    """
    written = {language: variants_in(lines, language) for language in languages}
    first = next((found for found in written.values() if found), None)
    usual = first or next(iter(lines.by_language.values()))
    by_language = {}
    for language, variants in written.items():
        own = (built_in or {}).get(language.partition("-")[0])
        texts = variants or ((own,) if own else usual)
        by_language[language] = tuple(read(text) for text in texts)
    return Wording(by_language)


def plain_wording(text: str, languages: Sequence[str]) -> Wording:
    """Return the wording of a text that is the same in all languages."""
    return Wording({language: (read(text),) for language in languages})


def variants_in(lines: Lines, language: str) -> tuple[str, ...]:
    """Return what the author wrote for a language, or nothing: "es" is good for "es-MX" as well."""
    if ANY in lines.by_language:
        return lines.by_language[ANY]
    key = spoken_language(language, tuple(lines.by_language))
    return lines.by_language[key] if key is not None else ()
