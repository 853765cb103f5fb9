"""The files of knowledge beside a flow: found, read, and told what is wrong with them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from engine.core.tool_source import Passage, Passages, ToolSource
from engine.errors import Place, Problem
from engine.flow.file.source import Location
from engine.flow.knowledge.markdown import MarkdownReader
from engine.flow.knowledge.passages import Reader
from engine.flow.knowledge.questions import QuestionReader
from engine.flow.rules.findings import Finding

MOST_LETTERS = 250_000
"""Characters of one file, as of a flow: about five hundred passages."""
READERS: Mapping[str, Callable[[str], Reader]] = {
    ".md": MarkdownReader,
    ".markdown": MarkdownReader,
    ".yaml": QuestionReader,
    ".yml": QuestionReader,
}


def read_knowledge(
    folder: Path, names: Sequence[str], at: Location, found: dict[str, ToolSource]
) -> Iterator[Finding]:
    """Read the files that a tool names, and yield what is wrong with any of them.

    `at` is where the flow names them; what they say is put into `found`, under the name of the tool.
    """
    faults = 0
    passages: list[Passage] = []
    for index, name in enumerate(names):
        where = (*at, index)
        if misplaced := _misplaced(name):
            faults += 1
            yield Finding(where, *misplaced, rests_on=())
            continue
        path = folder / name
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            faults += 1
            yield Finding(where, *_unread(path, error), rests_on=())
            continue
        for problem in _read(path, text, passages):
            faults += 1
            yield Finding(where, problem.what, problem.mend, rests_on=(), place=problem.place)
    if not faults:
        found[str(at[1])] = Passages(tuple(names), tuple(passages))


def _read(path: Path, text: str, passages: list[Passage]) -> Sequence[Problem]:
    if not text.strip():
        return [Problem(Place(str(path)), "the file is empty", "write what callers may ask, and the answers")]
    if len(text) > MOST_LETTERS:
        return [Problem(Place(str(path)), f"the file has more than {MOST_LETTERS:,} characters", "divide it")]
    reader = READERS[path.suffix.lower()](str(path))
    reader.read(text)
    passages += reader.passages
    return reader.problems


def _misplaced(name: str) -> tuple[str, str] | None:
    """Return what is wrong with the path of a file, if anything is.

    A flow and what it knows are one folder, which can be moved and served as it stands; and what no caller
    is to hear can not be named by accident.
    """
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or ".." in Path(name).parts:
        return f"`{name}` leads out of the folder of the flow", "put the file beside the flow, or below it"
    if Path(name).suffix.lower() not in READERS:
        mend = "name a file that ends in .md or .yaml"
        return f"`{name}` is neither Markdown nor YAML by its name", mend
    return None


def _unread(path: Path, error: OSError | UnicodeDecodeError) -> tuple[str, str]:
    match error:
        case FileNotFoundError():
            return f"there is no file `{path}`", "put it there, or correct its name"
        case IsADirectoryError():
            return f"`{path}` is a directory", "name a file in it"
        case UnicodeDecodeError():
            return f"`{path}` is not UTF-8 text", "save the file as UTF-8"
        case _:
            return f"`{path}` can not be read ({error.strerror})", "check its permissions"
