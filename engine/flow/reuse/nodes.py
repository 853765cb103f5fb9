"""Reading YAML nodes, and making new ones; none is changed, and a new one stands where the old one did."""

from collections.abc import Iterable

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from engine.errors import Place
from engine.flow.file.syntax import at

Entry = tuple[Node, Node]
"""A key and what stands behind it."""

NULL = "tag:yaml.org,2002:null"


def place(node: Node) -> Place:
    """Return where a node stands."""
    return at(node.start_mark)


def entries(node: Node | None) -> dict[str, Entry]:
    """Return the entries of a mapping by their keys; none of anything else."""
    if not isinstance(node, MappingNode):
        return {}
    return {str(key.value): (key, value) for key, value in node.value}


def behind(node: Node, key: str) -> Node | None:
    """Return what stands behind a key of a mapping, if anything does."""
    found = entries(node).get(key)
    return found[1] if found is not None else None


def with_entries(node: MappingNode, new: Iterable[Entry]) -> MappingNode:
    """Return a mapping that stands in the place of another and has other entries."""
    return MappingNode(node.tag, list(new), node.start_mark, node.end_mark, node.flow_style)


def without(node: MappingNode, *keys: str) -> MappingNode:
    """Return a mapping without some of its keys."""
    return with_entries(node, (e for key, e in entries(node).items() if key not in keys))


def with_items(node: SequenceNode, items: Iterable[Node]) -> SequenceNode:
    """Return a list that stands in the place of another and has other items."""
    return SequenceNode(node.tag, list(items), node.start_mark, node.end_mark, node.flow_style)


def with_text(node: Node, text: str) -> ScalarNode:
    """Return another text in the place of one."""
    style = node.style if isinstance(node, ScalarNode) else None
    return ScalarNode(node.tag, text, node.start_mark, node.end_mark, style)


def is_null(node: Node) -> bool:
    """Whether a node says nothing, by the word `null` or by no word at all."""
    return isinstance(node, ScalarNode) and node.tag == NULL
