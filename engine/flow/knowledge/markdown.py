"""Markdown as knowledge: a heading says what a passage is about, and what stands below it is the passage."""

import re
from dataclasses import dataclass, field

from engine.core.tool_source import Passage
from engine.errors import Place, Problem
from engine.flow.knowledge.passages import shortened, too_long
from engine.flow.knowledge.spoken import Kind, plain, sentences

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(.*)")
_QUOTE = re.compile(r"^[ \t]*>+[ \t]?")
_REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:\s*\S+")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSPEAKABLE = (
    (re.compile(r"[ \t]*(?:```|~~~)"), "code can not be spoken", "say it in sentences"),
    (re.compile(r"[ \t]*\|"), "a table can not be spoken", "write a sentence for each row"),
)


@dataclass(slots=True)
class _Section:
    """A heading, and the blocks below it; what stands above the first heading has level 0."""

    level: int
    title: str
    line: int
    within: tuple[str, ...]
    blocks: list[tuple[Kind, str]] = field(default_factory=list)
    open: bool = False
    """Whether the next line of text goes on with the last block."""

    def add(self, kind: Kind, text: str) -> None:
        """Add a line of text."""
        if kind is Kind.PARAGRAPH and self.open:
            kind, before = self.blocks.pop()
            text = f"{before} {text}"
        self.blocks.append((kind, text))
        self.open = True

    def underlined(self, line: str) -> int:
        """Return which level of heading a line makes of the paragraph above it, or 0."""
        sign = _UNDERLINE.match(line)
        if sign is None or not self.open or self.blocks[-1][0] is not Kind.PARAGRAPH:
            return 0
        return 1 if sign[1].startswith("=") else 2


class MarkdownReader:
    """Reads one file, and collects what is wrong with it."""

    def __init__(self, path: str) -> None:
        self.passages: list[Passage] = []
        self.problems: list[Problem] = []
        self._path = path
        self._above = [_Section(0, "", 0, ())]
        """The section that is being read, and before it those around it, the outermost first."""

    def read(self, text: str) -> None:
        """Read the text of the file."""
        visible = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
        for number, line in enumerate(visible.split("\n"), 1):
            self._line(line.rstrip("\r"), number)
        self._end_section(next_level=1)

    def _line(self, line: str, number: int) -> None:
        section = self._above[-1]
        if heading := _HEADING.match(line):
            self._begin_section(len(heading[1]), heading[2] or "", number)
        elif level := section.underlined(line):
            _, title = section.blocks.pop()
            self._begin_section(level, title, number - 1)
        elif not line.strip() or _RULE.match(line) or _REFERENCE.match(line):
            section.open = False
        elif wrong := next(((what, mend) for sign, what, mend in _UNSPEAKABLE if sign.match(line)), None):
            section.open = False
            if all(problem.what != wrong[0] for problem in self.problems):
                self._problem(number, len(line) - len(line.lstrip()), *wrong)
        else:
            section.line = section.line or number
            item = _ITEM.match(line)
            kind, said = (Kind.ITEM, item[1]) if item else (Kind.PARAGRAPH, _QUOTE.sub("", line, count=1))
            section.add(kind, said.strip())

    def _begin_section(self, level: int, title: str, number: int) -> None:
        self._end_section(next_level=level)
        said = plain(title)
        if not any(map(str.isalnum, said)):
            self._problem(number, 0, "this heading says nothing", "write what the text below it is about")
        around = tuple(section.title for section in self._above if section.level)
        self._above.append(_Section(level, said, number, around))

    def _end_section(self, next_level: int) -> None:
        """Keep what was read; what a heading of the next level does not stand within is over."""
        section = self._above[-1]
        if section.blocks and not section.level:
            mend = "begin with a heading, such as `# Opening hours`"
            self._problem(section.line, 0, "this text stands under no heading", mend)
        elif section.blocks:
            passage = Passage(section.title, sentences(section.blocks), within=section.within)
            self.passages.append(passage)
            self.problems += filter(None, [too_long(passage, Place(self._path, section.line))])
        elif section.level >= next_level:
            what = f"nothing stands below `{shortened(section.title)}`"
            self._problem(section.line, 0, what, "write the answer below it, or remove the heading")
        while self._above[-1].level >= next_level:
            self._above.pop()

    def _problem(self, number: int, indent: int, what: str, mend: str) -> None:
        self.problems.append(Problem(Place(self._path, number, indent + 1), what, mend))
