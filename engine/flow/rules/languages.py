"""Whether a flow speaks the languages that it says it does."""

from collections.abc import Iterator

from engine.core.details import spoken_language
from engine.flow.build.guards import is_detail
from engine.flow.build.wordings import variants_in
from engine.flow.file.source import Location
from engine.flow.language.lines import ANY
from engine.flow.language.schema import FlowPart
from engine.flow.language.states import TransitionPart
from engine.flow.languages import is_known, nearest
from engine.flow.rules.findings import Finding, suggestion
from engine.flow.rules.lines import templates, verbatim

OWN_LINES = ("trouble", "repeat", "hold", "again")
DETAIL = "write call.from_number, call.to_number, call.metadata.NAME or call.variables.NAME"


def misspoken(flow: FlowPart) -> Iterator[Finding]:
    """Yield what is wrong with the languages of a flow."""
    for index, language in enumerate(flow.language):
        if not is_known(language):
            yield Finding(("language", index), f"`{language}` is no language", nearest(language))
            return
        if spoken_language(language, tuple(flow.language[:index])) == language:
            yield Finding(("language", index), f"`{language}` stands here twice", "remove one of the two")
    yield from _own_lines(flow)
    yield from _switches(flow)
    for at, lines in (*templates(flow), *verbatim(flow)):
        for language in lines.by_language:
            if language != ANY and spoken_language(language, tuple(flow.language)) is None:
                mend = suggestion(language, flow.language, "languages of this flow")
                yield Finding((*at, language), f"the flow does not speak `{language}`", mend, True)


def untranslated(flow: FlowPart) -> Iterator[Finding]:
    """Yield every line that lacks one of the flow's languages, or is the same in all of them."""
    if len(flow.language) == 1:
        return
    for at, lines in (*templates(flow), *verbatim(flow)):
        missing = [language for language in flow.language if not variants_in(lines, language)]
        if ANY in lines.by_language:
            what = f"this line is the same in {' and '.join(flow.language)}"
            yield Finding(
                at, what, f"write it for each, such as `{{{flow.language[0]}: ..., {flow.language[1]}: ...}}`"
            )
        elif missing and at[0] != "lines":
            what = f"this line lacks {', '.join(missing)}: the caller would hear another language"
            yield Finding(at, what, f"add `{missing[0]}:` to it")


def _own_lines(flow: FlowPart) -> Iterator[Finding]:
    """Yield what the engine itself could not say."""
    for language in flow.language:
        if language.lower().partition("-")[0] == "en":
            continue
        written = {key: getattr(flow.lines, key) for key in OWN_LINES}
        missing = [key for key, line in written.items() if line is None or not variants_in(line, language)]
        if missing:
            what = f"the engine's own lines are known in English only; `lines` lacks {', '.join(missing)}"
            mend = f"give them in {language} under `lines:`"
            yield Finding(("language",), what, mend, rests_on=(("language",), ("lines",)))


def _switches(flow: FlowPart) -> Iterator[Finding]:
    if flow.language_from is not None and not is_detail(flow.language_from):
        yield Finding(("language_from",), f"`{flow.language_from}` is no detail of a call", DETAIL)
    if flow.language_from is not None and len(flow.language) == 1:
        what = f"the flow speaks {flow.language[0]} only, whatever the call's details say"
        yield Finding(
            ("language_from",), what, "list its languages, such as `language: [en-US, es-US]`", True
        )
    ways = [
        (("states", s, "transitions", *at), w) for s, p in flow.states.items() for _, at, w in p.each_way()
    ]
    ways += [(("always", *at), way) for _, at, way in flow.always.each_way()]
    for at, way in ways:
        if way.speak is not None and way.speak not in flow.language:
            mend = suggestion(way.speak, flow.language, "languages of this flow")
            yield Finding((*at, "speak"), f"the flow does not speak `{way.speak}`", mend)


def _ways(flow: FlowPart) -> Iterator[tuple[Location, TransitionPart]]:
    for name, state in flow.states.items():
        yield from ((("states", name, "transitions", *at), way) for _, at, way in state.each_way())
    yield from ((("always", *at), way) for _, at, way in flow.always.each_way())
