"""YAML as knowledge: a list of questions in callers' words, each with its answer."""

from collections.abc import Iterator

from engine.core.tool_source import Passage
from engine.errors import FlowError, Problem
from engine.flow.file.source import Location, Source, parse
from engine.flow.knowledge.passages import too_long
from engine.flow.language.words import said
from engine.flow.rules.findings import suggestion

QUESTION, ANSWER = "question", "answer"
EXAMPLE = "write `- question: ...` and `answer: ...` below it, for each question"


class QuestionReader:
    """Reads one file, and collects what is wrong with it."""

    def __init__(self, path: str) -> None:
        self.passages: list[Passage] = []
        self.problems: list[Problem] = []
        self._path = path

    def read(self, text: str) -> None:
        """Read the text of the file."""
        try:
            source = parse(text, self._path)
        except FlowError as error:
            self.problems += error.problems
            return
        if not isinstance(source.values, list):
            self._problem(source, (), f"this must be a list, not {said(source.values)}", EXAMPLE)
            return
        for index, entry in enumerate(source.values):
            self._entry(source, entry, index)

    def _entry(self, source: Source, entry: object, index: int) -> None:
        if not isinstance(entry, dict):
            self._problem(
                source, (index,), f"this must be a question and its answer, not {said(entry)}", EXAMPLE
            )
            return
        faults = len(self.problems)
        for key in entry:
            if key not in {QUESTION, ANSWER}:
                mend = suggestion(key, (QUESTION, ANSWER), "keys")
                self._problem(source, (index, key), f"there is no key `{key}` here", mend, of_key=True)
        if len(self.problems) > faults:
            return
        missing = [key for key in (QUESTION, ANSWER) if key not in entry]
        if missing:
            self._problem(source, (index,), f"`{missing[0]}` is missing", f"add `{missing[0]}:` here")
            return
        asked = entry[QUESTION] if isinstance(entry[QUESTION], list) else [entry[QUESTION]]
        if not asked:
            self._problem(source, (index, QUESTION), "no question stands here", "write at least one")
        for at, text in [*self._places(index, entry[QUESTION]), ((index, ANSWER), entry[ANSWER])]:
            self._text(source, at, text)
        if len(self.problems) == faults:
            about, *others = (" ".join(text.split()) for text in asked)
            passage = Passage(about, " ".join(entry[ANSWER].split()), tuple(others))
            self.passages.append(passage)
            self.problems += filter(None, [too_long(passage, source.place((index, ANSWER)))])

    def _places(self, index: int, asked: object) -> Iterator[tuple[Location, object]]:
        if isinstance(asked, list):
            yield from (((index, QUESTION, number), text) for number, text in enumerate(asked))
        else:
            yield (index, QUESTION), asked

    def _text(self, source: Source, at: Location, text: object) -> None:
        if not isinstance(text, str):
            self._problem(source, at, f"this must be text, not {said(text)}", "put quotes around it")
        elif not any(map(str.isalnum, text)):
            self._problem(source, at, "this says nothing", "write some text")

    def _problem(self, source: Source, at: Location, what: str, mend: str, *, of_key: bool = False) -> None:
        self.problems.append(Problem(source.place(at, of_key=of_key), what, mend))
