"""The text of a flow: plain values, and where each of them stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from ruamel.yaml.tokens import AliasToken, AnchorToken, TagToken

from engine.errors import FlowError, Place, Problem

NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a file (YAML 1.2, section 5.1)."""

Location = tuple[str | int, ...]
"""The way to a value: the keys and indexes that lead there."""


@dataclass(frozen=True, slots=True)
class Source:
    """A flow file, read."""

    path: str
    values: object
    """What it says, as plain values. Only mappings, lists, text, numbers, true, false and null occur."""
    root: Node

    def place(self, location: Location, *, of_key: bool = False) -> Place:
        """Return where a value stands; the nearest one around it, when it does not stand anywhere.

        `of_key` asks for the place of the last key instead of the value behind it.
        """
        node, mark = self.root, self.root.start_mark
        for step in location:
            match node:
                case MappingNode():
                    found = next(((k, v) for k, v in node.value if k.value == str(step)), None)
                    if found is None:
                        continue  # a part that the schema added, such as the tag of a union
                    key, node = found
                    mark = key.start_mark if of_key and step == location[-1] else node.start_mark
                case SequenceNode() if isinstance(step, int) and step < len(node.value):
                    node = node.value[step]
                    mark = node.start_mark
        return Place(self.path, mark.line + 1, mark.column + 1)


def read(path: Path) -> Source:
    """Read a flow file.

    Raises FlowError when there is no such file, or when it is not plain YAML 1.2: a syntax error, a key
    that stands twice, an anchor, an alias or a tag.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise _unreadable(
            path, "there is no such file", "name a flow file, such as flows/appointment.yaml"
        ) from None
    except IsADirectoryError:
        raise _unreadable(path, "this is a directory", "name a flow file in it") from None
    except UnicodeDecodeError:
        raise _unreadable(path, "this is not UTF-8 text", "save the file as UTF-8") from None
    except OSError as error:
        raise _unreadable(path, f"it can not be read ({error.strerror})", "check its permissions") from error
    return parse(text, str(path))


def parse(text: str, path: str) -> Source:
    """Read the text of a flow; `path` is for messages. Raises FlowError as `read` does."""
    yaml = YAML(typ="safe", pure=True)
    if odd := NOT_TEXT.search(text):
        place = Place(
            path, text.count("\n", 0, odd.start()) + 1, odd.start() - text.rfind("\n", 0, odd.start())
        )
        raise FlowError([Problem(place, "this is not text that YAML allows", "remove the control character")])
    try:
        fancy = _fancy(text, path)
        if fancy:
            raise FlowError(fancy)
        root = yaml.compose(StringIO(text))
        if root is None:
            raise FlowError([Problem(Place(path), "the file is empty", "begin with `flow: NAME`")])
        values = yaml.constructor.construct_document(root)
    except MarkedYAMLError as error:
        raise FlowError([_syntax(error, path)]) from error
    except RecursionError:
        raise FlowError([Problem(Place(path), "this is nested too deeply", "write it flatter")]) from None
    return Source(path, values, root)


def _fancy(text: str, path: str) -> Sequence[Problem]:
    """Find what makes YAML hard to read, and values depend on more than their place."""
    problems = []
    for token in YAML(typ="safe", pure=True).scan(StringIO(text)):
        if isinstance(token, AnchorToken | AliasToken):
            what = "anchors and aliases are not part of the flow language"
            problems.append(Problem(_at(token.start_mark, path), what, "write the value out"))
        elif isinstance(token, TagToken):
            what = "tags are not part of the flow language"
            problems.append(Problem(_at(token.start_mark, path), what, "remove the tag, or quote the text"))
    return problems


def _syntax(error: MarkedYAMLError, path: str) -> Problem:
    what = " ".join((error.problem or error.context or "this is not YAML").split())
    if what.startswith("found duplicate key"):
        key = what.split('"')[1] if '"' in what else what
        what, mend = f"`{key}` stands here twice", "remove or rename one of the two"
    else:
        mend = "correct the YAML here or just above; text with `: `, `#` or a leading `{` wants quotes"
    return Problem(_at(error.problem_mark or error.context_mark, path), what, mend)


def _at(mark: StreamMark | None, path: str) -> Place:
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)


def _unreadable(path: Path, what: str, mend: str) -> FlowError:
    return FlowError([Problem(Place(str(path)), what, mend)])
