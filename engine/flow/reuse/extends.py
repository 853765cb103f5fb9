"""`extends:` lays a file over another one: what it says stands, and the rest is the other's."""

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from engine.errors import Problem
from engine.flow.reuse.nodes import Entry, entries, is_null, place, with_entries
from engine.flow.rules.findings import suggestion


def laid_over(base: MappingNode, over: MappingNode, problems: list[Problem]) -> MappingNode:
    """Return `base` with `over` laid over it; `problems` takes what can not be.

    Mappings merge key by key; a list or a text takes the place of what stood there; `null` takes a key out.
    """
    merged = entries(base)
    for name, (key, value) in entries(over).items():
        below = merged.get(name)
        if is_null(value):
            problem = _not_taken_out(key, value, merged)
            if problem is not None:
                problems.append(problem)
            else:
                del merged[name]
        elif below is not None and isinstance(below[1], MappingNode) and isinstance(value, MappingNode):
            # A mapping stands where its own file has it, unless what it lacks was taken out from above.
            at = key if any(is_null(inner) for _, inner in entries(value).values()) else below[0]
            merged[name] = (at, laid_over(below[1], value, problems))
        else:
            merged[name] = (key, value)
    return with_entries(base, merged.values())


def _not_taken_out(key: Node, value: Node, below: dict[str, Entry]) -> Problem | None:
    """Say why a key can not be taken out, or None when it can."""
    name = str(key.value)
    if name not in below:
        mend = suggestion(name, below, "keys")
        return Problem(place(key), f"there is no `{name}` below this file to take out", mend)
    if isinstance(value, ScalarNode) and not value.value:
        mend = "write a value; or `null`, to take out what stands below this file"
        return Problem(place(key), f"nothing stands behind `{name}`", mend)
    return None
