"""Giving the names in a file other names, wherever the language has a name."""

import re
from typing import Protocol

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from engine.core.states import BACK
from engine.core.template import OPTIONAL, PLACEHOLDER
from engine.flow.language.guards import COUNTS, subjects_of
from engine.flow.language.named import Naming, Shape
from engine.flow.language.words import is_name
from engine.flow.reuse.nodes import with_entries, with_items, with_text


class NewName(Protocol):
    """Says what a name is to become."""

    def __call__(self, naming: Naming, name: str, at: Node) -> str:
        """Return the new name of what is named at a node."""


def renamed(node: Node, shape: Shape, new_name: NewName) -> Node:
    """Return a part of a file with new names; `shape` says where names stand in it.

    What can not be a name is left as it is, for the language to refuse.
    """
    match node:
        case MappingNode():
            return with_entries(node, (_entry(key, value, shape, new_name) for key, value in node.value))
        case SequenceNode():
            inside = shape.of_items()
            return with_items(node, [renamed(item, inside, new_name) for item in node.value])
        case _:
            return _text(node, shape.of_text(), new_name)


def _entry(key: Node, value: Node, shape: Shape, new_name: NewName) -> tuple[Node, Node]:
    name = str(key.value)
    own = name in shape.fields or not isinstance(key, ScalarNode)
    return key if own else _text(key, shape.keys, new_name), renamed(value, shape.at(name), new_name)


def _text(node: Node, naming: Naming | None, new_name: NewName) -> Node:
    text = str(node.value)
    match naming:
        case None | Naming.OWN:
            return node
        case Naming.LINE:
            return with_text(node, PLACEHOLDER.sub(lambda found: _filled(found, node, new_name), text))
        case Naming.GUARD:
            return with_text(node, _guard(text, node, new_name))
        case _ if is_name(text) and not (naming is Naming.STATE and text == BACK):
            return with_text(node, new_name(naming, text, node))
        case _:
            return node


def _filled(found: re.Match[str], node: Node, new_name: NewName) -> str:
    written = found[1].strip()
    name = written.removesuffix(OPTIONAL)
    mark = written[len(name) :]
    return f"{{{new_name(Naming.SLOT, name, node)}{mark}}}" if is_name(name) else found[0]


def _guard(text: str, node: Node, new_name: NewName) -> str:
    for token in reversed(subjects_of(text)):
        if is_name(token.text) and not token.quoted and token.text not in COUNTS:
            new = new_name(Naming.GUARD, token.text, node)
            text = text[: token.at] + new + text[token.at + len(token.text) :]
    return text
