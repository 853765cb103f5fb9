"""`include:` takes slots, tools and states of another file into a flow, under names that do not collide."""

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from engine.flow.language.named import Naming, shape_of
from engine.flow.language.reuse import IncludePart
from engine.flow.language.schema import FlowPart
from engine.flow.language.slots import said_as
from engine.flow.reuse.names import DEFINING, NewNames, defined_in
from engine.flow.reuse.nodes import behind, entries, place, with_entries, with_items, with_text, without
from engine.flow.reuse.piece import Piece, Troubles
from engine.flow.reuse.renaming import renamed
from engine.flow.rules.findings import suggestion

INCLUDE = "include"
DEFINITIONS = tuple(naming.value for naming in DEFINING)
FOR_ALL = ("always", "lines")
"""What holds in every state of a flow, wherever it is written."""


def taken_in(piece: Piece, other: Piece, part: IncludePart, entry: Node, troubles: Troubles) -> Piece:
    """Return a file with another one taken in, as the `entry` of its `include:` says."""
    chosen = _labelled(_chosen(other.root, part, troubles))
    names = NewNames(part, entry, other.root, troubles)
    new = renamed(chosen, shape_of(FlowPart), names)
    names.check(defined_in(piece.root))
    root = piece.root
    for section, (key, value) in entries(new).items():
        root = _joined(root, section, (key, value), names, troubles)
    own = entries(behind(piece.root, Naming.TOOL.value))
    scopes = {tool: scope for tool, scope in _scopes(other, names).items() if tool not in own}
    return Piece(root, {**piece.scopes, **scopes})


def _chosen(root: MappingNode, part: IncludePart, troubles: Troubles) -> MappingNode:
    """Return what of a file is included: of a whole flow, nothing that it says of itself."""
    keys = entries(root)
    allowed = (*DEFINITIONS, *(() if part.prefix or "flow" in keys else FOR_ALL))
    for name, (key, value) in keys.items():
        known = name in FlowPart.model_fields
        if not known:
            mend = suggestion(name, (*DEFINITIONS, *FOR_ALL, INCLUDE), "keys")
            troubles.broken = True
            troubles.add(place(key), f"there is no key `{name}` here", mend)
        elif name in allowed and not isinstance(value, MappingNode):
            mend = "write `key: value` lines below it, or remove it"
            troubles.broken = True
            troubles.add(place(value), f"`{name}` must be a mapping", mend)
        elif name not in (*allowed, INCLUDE) and "flow" not in keys:
            what = f"`{name}` is for the flow that includes this file to say"
            if name in FOR_ALL:
                what = f"`{name}` holds in every state of a flow, and this file is included with a prefix"
            troubles.add(place(key), what, "move it to that flow")
    return without(root, *(name for name in keys if name not in (*allowed, INCLUDE)))


def _labelled(root: MappingNode) -> MappingNode:
    """Return a file whose slots are called aloud what they were called before their names were changed."""
    slots = behind(root, Naming.SLOT.value)
    if not isinstance(slots, MappingNode):
        return root
    own = entries(root)
    labelled = with_entries(slots, (_with_label(key, slot) for key, slot in slots.value))
    return with_entries(root, (own | {Naming.SLOT.value: (own[Naming.SLOT.value][0], labelled)}).values())


def _with_label(key: Node, slot: Node) -> tuple[Node, Node]:
    if not isinstance(slot, MappingNode) or behind(slot, "label") is not None:
        return key, slot
    label = with_text(key, "label"), with_text(key, said_as(str(key.value)))
    return key, with_entries(slot, [*slot.value, label])


def _joined(
    root: MappingNode, section: str, new: tuple[Node, Node], names: NewNames, troubles: Troubles
) -> MappingNode:
    """Return a file with one section of another one beside its own."""
    own = entries(root)
    if section not in own:
        return with_entries(root, [*root.value, new])
    key, value = own[section]
    match value, new[1]:
        case SequenceNode(), SequenceNode():
            both: Node = with_items(value, [*value.value, *new[1].value])
        case MappingNode(), MappingNode():
            both = _merged(value, new[1], names, troubles)
        case _:
            return root
    return with_entries(root, (own | {section: (key, both)}).values())


def _merged(own: MappingNode, new: MappingNode, names: NewNames, troubles: Troubles) -> MappingNode:
    merged = entries(own)
    for name, (key, value) in entries(new).items():
        if name not in merged:
            merged[name] = (key, value)
        elif name not in names.shared:
            what = f"`{name}` stands in {place(merged[name][0])} as well"
            mend = f"rename one of the two, or include this file with {names.another_prefix}"
            troubles.add(place(key), what, mend)
        else:
            _same_type(name, merged[name][1], value, troubles)
    return with_entries(own, merged.values())


def _same_type(name: str, own: Node, shared: Node, troubles: Troubles) -> None:
    """Note when two files share a slot that is not the same to both."""
    one, other = behind(own, "type"), behind(shared, "type")
    if one is not None and other is not None and one.value != other.value:
        what = f"`{name}` is a {other.value} here, and a {one.value} in {place(one)}"
        troubles.add(place(other), what, "share a slot of one type, or bind another one")


def _scopes(other: Piece, names: NewNames) -> dict[str, dict[str, str]]:
    """Return, for each tool of an included file, what the slots are called now that its function may take."""
    slots = names.slots
    scopes = {}
    for tool in names.defined[Naming.TOOL]:
        before = other.scopes.get(tool) or {slot: slot for slot in slots}
        scopes[names.of(tool)] = {parameter: slots.get(slot, slot) for parameter, slot in before.items()}
    return scopes
