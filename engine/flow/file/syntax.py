"""What is wrong with a file that is no YAML, by its cause: where to look, and how to mend it."""

import re

from ruamel.yaml.composer import ComposerError
from ruamel.yaml.error import MarkedYAMLError, StreamMark

from engine.errors import Place, Problem

YAML_RULE = "yaml"
"""The rule that a file breaks which is no plain YAML."""
CLOSES = {"[": "]", "{": "}"}
GENERAL = "correct the YAML here or just above; text with `: `, `#` or a leading `{` wants quotes"

Explained = tuple[StreamMark | None, str, str]
"""Where to look, what is wrong and how to mend it."""


def explained(error: MarkedYAMLError, text: str, path: str) -> Problem:
    """Return what a YAML reader stumbled over, in words for who wrote the file."""
    said = " ".join((error.problem or error.context or "this is not YAML").split())
    lines = [*text.splitlines(), ""]
    mark, what, mend = (
        _second_document(error)
        or _not_closed(error, said, lines)
        or _stray(error, said)
        or _indented(error, said)
        or _colon(error, said, lines)
        or _character(error, said)
        or (error.problem_mark or error.context_mark, said, GENERAL)
    )
    return Problem(at(mark) if mark else Place(path), what, mend, YAML_RULE)


def at(mark: StreamMark) -> Place:
    """Return the place of a mark, which counts from 0 and carries the path of its file."""
    return Place(mark.name, mark.line + 1, mark.column + 1)


def _second_document(error: MarkedYAMLError) -> Explained | None:
    if not isinstance(error, ComposerError) or "another document" not in str(error.problem):
        return None
    return error.problem_mark, "a second document begins here", "write one flow per file"


def _not_closed(error: MarkedYAMLError, said: str, lines: list[str]) -> Explained | None:
    """Explain a bracket or a quote without its other half, where it was opened."""
    opened, stopped = error.context_mark, error.problem_mark
    if opened is None or stopped is None:
        return None
    sign = lines[opened.line][opened.column : opened.column + 1]
    if "quoted scalar" in str(error.context) and "end of stream" in said:
        return opened, "this quote is not closed", f"add `{sign}` where it ends"
    if "parsing a flow node" in str(error.context) and "<stream end>" in said:
        return stopped, "the file ends within brackets", "close each `[` and `{` where it ends"
    if "parsing a flow" not in str(error.context) or sign not in CLOSES:
        return None
    if "<stream end>" in said:
        return opened, f"this `{sign}` is not closed", f"add `{CLOSES[sign]}` where it ends"
    if stopped.line > opened.line:
        missing = f"the comma or the quote that is missing before line {stopped.line + 1}"
        mend = f"add `{CLOSES[sign]}` where it ends, or {missing}"
        return opened, f"this `{sign}` is not closed", mend
    return (
        stopped,
        f"a comma or `{CLOSES[sign]}` is missing",
        "put a comma between entries, and quotes around text",
    )


def _stray(error: MarkedYAMLError, said: str) -> Explained | None:
    """Explain what stands behind the end of a value."""
    found = re.search("expected <block end>, but found '(.+)'", said)
    match found and found[1]:
        case "]" | "}" as sign:
            return (
                error.problem_mark,
                f"this `{sign}` closes nothing",
                "remove it, or put quotes around the text",
            )
        case "<scalar>":
            return (
                error.problem_mark,
                "text follows where the value has ended",
                "put quotes around all of the text",
            )
        case _:
            return None


def _indented(error: MarkedYAMLError, said: str) -> Explained | None:
    """Explain a line that belongs to nothing above it."""
    if not re.search("expected <block end>|expected '<document start>'.*<block mapping", said):
        return None
    if "found '-'" in said:
        return error.problem_mark, "a `- ` stands among `key: value` lines", "give the list a key of its own"
    if "block collection" in str(error.context):
        return (
            error.problem_mark,
            "a key stands among lines that begin with `- `",
            "indent it like its own neighbours",
        )
    return (
        error.problem_mark,
        "this line is indented unlike its neighbours",
        "indent all of them alike, with spaces",
    )


def _colon(error: MarkedYAMLError, said: str, lines: list[str]) -> Explained | None:
    """Explain a colon that is missing, or one too many."""
    if "could not find expected ':'" in said and error.context_mark is not None:
        line = lines[error.context_mark.line][error.context_mark.column :]
        if glued := re.match(r"([\w-]+):(?=\S)", line):
            mend = f"write `{glued[1]}: {line[glued.end() :].strip()}`"
            return error.context_mark, "there is no space after the colon", mend
        return error.context_mark, "this line has no colon", "write `key: value`"
    if "mapping values are not allowed" in said and error.problem_mark is not None:
        before = lines[error.problem_mark.line][: error.problem_mark.column]
        if re.search(r":\s", before):
            return error.problem_mark, "a second `: ` stands in one value", "put quotes around the text"
        mend = "indent it like its neighbours, or give the line above the colon or the quote that it lacks"
        return error.problem_mark, "this key continues the line above", mend
    return None


def _character(error: MarkedYAMLError, said: str) -> Explained | None:
    if "found character '\\t'" in said or "tab character" in said:
        return error.problem_mark, "a tab stands here", "use spaces"
    if found := re.search("found character '(.)' that cannot start", said):
        return error.problem_mark, f"text can not begin with `{found[1]}`", "put quotes around it"
    if found := re.search("unknown escape character '(.)'", said):
        what = f"`\\{found[1]}` means nothing in double quotes"
        return error.problem_mark, what, "use single quotes, or write the backslash twice"
    return None
