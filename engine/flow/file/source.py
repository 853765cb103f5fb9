"""The text of a flow: plain values, and where each of them stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.tokens import (
    AliasToken,
    AnchorToken,
    BlockEndToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    DirectiveToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    TagToken,
)

from engine.errors import FlowError, Place, Problem
from engine.flow.file.syntax import YAML_RULE, at, explained

NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a file (YAML 1.2, section 5.1)."""

MOST_LETTERS = 250_000
"""Fifty times a flow of the usual size; reading more would keep the author waiting."""
MOST_DEPTH = 50
OPENING = (BlockMappingStartToken, BlockSequenceStartToken, FlowMappingStartToken, FlowSequenceStartToken)
CLOSING = (BlockEndToken, FlowMappingEndToken, FlowSequenceEndToken)
FANCY = (
    ((AliasToken, AnchorToken), "anchors and aliases", "write the value out, or put quotes around text"),
    ((TagToken,), "tags", "remove the tag, or put quotes around the text"),
    ((DirectiveToken,), "directives", "remove it"),
)
PLAIN = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("bool", "int", "float", "null"))
"""What is no text although it has no quotes."""

Location = tuple[str | int, ...]
"""The way to a value: the keys and indexes that lead there."""


@dataclass(frozen=True, slots=True)
class Source:
    """A flow file, read."""

    values: object
    """What it says, as plain values. Only mappings, lists, text, numbers, true, false and null occur."""
    root: Node
    """Each node's mark carries the path of the file in which it stands."""

    def place(self, location: Location, *, of_key: bool = False, within: int = 0) -> Place:
        """Return where a value stands; the nearest one around it, when it does not stand anywhere.

        `of_key` asks for the place of the last key instead of the value behind it; `within` for one so
        many characters into the value, where that stands on one line.
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
        place = at(mark)
        return replace(place, column=place.column + _inside(node, within)) if within else place


def _inside(node: Node, within: int) -> int:
    """Return how far from where a text begins one of its letters stands; 0 when nobody can tell.

    The text may go over lines, have escapes in it, or not be what the author wrote, letter by letter.
    """
    quoted = isinstance(node, ScalarNode) and node.style in {"'", '"'}
    width = node.end_mark.column - node.start_mark.column - 2 * quoted
    plain = node.start_mark.line == node.end_mark.line and width == len(node.value)
    return within + quoted if plain else 0


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
    if len(text) > MOST_LETTERS:
        raise FlowError(
            [Problem(Place(path), "this file is too large for a flow", "name a flow file", YAML_RULE)]
        )
    if odd := NOT_TEXT.search(text):
        place = Place(
            path, text.count("\n", 0, odd.start()) + 1, odd.start() - text.rfind("\n", 0, odd.start())
        )
        raise FlowError(
            [Problem(place, "this is not text that YAML allows", "remove the control character", YAML_RULE)]
        )
    try:
        if fancy := _fancy(text, path):
            raise FlowError(fancy)
        root = YAML(typ="safe", pure=True).compose(Named(text, path))
    except MarkedYAMLError as error:
        raise FlowError([explained(error, text, path)]) from error
    if root is None:
        raise FlowError([Problem(Place(path), "the file is empty", "begin with `flow: NAME`", YAML_RULE)])
    return of_node(root)


def of_node(root: Node) -> Source:
    """Return what a node says. Raises FlowError when that is not plain, as `read` does."""
    reader = Reader()
    values = reader.values(root)
    if reader.problems:
        raise FlowError(reader.problems)
    return Source(values, root)


class Named:
    """A text with the path of its file: the YAML reader puts it into every mark."""

    def __init__(self, text: str, path: str) -> None:
        self.name = path
        self.read = StringIO(text).read


def _fancy(text: str, path: str) -> Sequence[Problem]:
    """Find what makes YAML hard to read, and values depend on more than their place.

    Reading stops where it is nested too deeply: the time that a reader takes grows with the square of that.
    """
    problems = []
    depth = 0
    for token in YAML(typ="safe", pure=True).scan(Named(text, path)):
        depth += isinstance(token, OPENING) - isinstance(token, CLOSING)
        if depth > MOST_DEPTH:
            mend = "write it flatter"
            problems.append(Problem(at(token.start_mark), "this is nested too deeply", mend, YAML_RULE))
            break
        for kinds, name, mend in FANCY:
            if isinstance(token, kinds):
                what = f"{name} are not part of the flow language"
                problems.append(Problem(at(token.start_mark), what, mend, YAML_RULE))
    return problems


class Reader:
    """Makes plain values of YAML's nodes, and collects what can not be one."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._constructor = YAML(typ="safe", pure=True).constructor

    def values(self, node: Node) -> object:
        """Return what a node says. A key is text, as it was typed; so is a date."""
        match node:
            case MappingNode():
                found: dict[str, object] = {}
                for key, value in node.value:
                    if not isinstance(key, ScalarNode):
                        self._problem(key, "a key must be text", "write `key: value`")
                    elif key.value in found:
                        self._problem(
                            key, f"`{key.value}` stands here twice", "remove or rename one of the two"
                        )
                    else:
                        found[self._text(key)] = self.values(value)
                return found
            case SequenceNode():
                return [self.values(item) for item in node.value]
            case ScalarNode() if node.tag in PLAIN:
                try:
                    return self._constructor.construct_object(node)
                except ValueError:
                    self._problem(node, "this number is too long", "put quotes around it")
                    return None
            case _:
                return self._text(node)

    def _text(self, node: Node) -> str:
        text = str(node.value)
        if NOT_TEXT.search(text):
            self._problem(node, "this text has a letter that nobody can say", "remove the escape")
        return text

    def _problem(self, node: Node, what: str, mend: str) -> None:
        self.problems.append(Problem(at(node.start_mark), what, mend, YAML_RULE))


def _unreadable(path: Path, what: str, mend: str) -> FlowError:
    return FlowError([Problem(Place(str(path)), what, mend, "file")])
