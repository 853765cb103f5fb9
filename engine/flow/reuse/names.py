"""What the names in an included file are called in the flow that includes it."""

from collections.abc import Iterable, Mapping

from ruamel.yaml.nodes import MappingNode, Node

from engine.flow.language.named import Naming
from engine.flow.language.reuse import IncludePart
from engine.flow.reuse.nodes import behind, entries, place
from engine.flow.reuse.piece import Binding, Troubles
from engine.flow.rules.findings import suggestion

DEFINING = (Naming.SLOT, Naming.TOOL, Naming.STATE)
"""What a file defines, each under a key of its own."""

Defined = Mapping[Naming, Mapping[str, Node]]
"""What a file defines, and where."""


def defined_in(root: Node) -> Defined:
    """Return the names that a file defines."""
    return {
        naming: {name: key for name, (key, _) in entries(behind(root, naming.value)).items()}
        for naming in DEFINING
    }


class NewNames:
    """Says what a name becomes, and collects the names that it has no answer for."""

    def __init__(self, part: IncludePart, entry: Node, root: MappingNode, troubles: Troubles) -> None:
        self._part = part
        self._entry = entry
        self._file = place(root).path
        self._troubles = troubles
        self._used: set[tuple[Naming, str]] = set()
        self.defined = defined_in(root)

    def __call__(self, naming: Naming, name: str, at: Node) -> str:
        """Return the new name of what is named at a node."""
        if naming is Naming.ARGUMENT:
            new = self._part.names.get(name)
            return new or (self._prefixed(name) if name in self.defined[Naming.SLOT] else name)
        if naming is Naming.GUARD:
            naming = Naming.TOOL if name in self.defined[Naming.TOOL] else Naming.SLOT
        self._used.add((naming, name))
        if name in self._part.names:
            target = self._part.names[name]
            self._troubles.bindings.append(Binding(naming, target, self._bound_at(name), place(at)))
            return target
        if self._part.prefix is None:
            return name
        if name not in self.defined[naming]:
            self._not_there(naming, name, at)
        return self._prefixed(name)

    @property
    def slots(self) -> dict[str, str]:
        """The new names of the slots of the file, and of those that it shares without defining them."""
        shared = (name for naming, name in self._used if naming is Naming.SLOT and name in self._part.names)
        return {name: self.of(name) for name in (*self.defined[Naming.SLOT], *sorted(shared))}

    @property
    def another_prefix(self) -> str:
        """Say what would keep its names apart from others."""
        return "another `prefix:`" if self._part.prefix else "a `prefix:`"

    def of(self, name: str) -> str:
        """Return the new name of something that the file defines or shares."""
        return self._part.names.get(name) or self._prefixed(name)

    @property
    def shared(self) -> frozenset[str]:
        """Names that what the file defines has by being bound: the including flow may define them, too."""
        every = (name for names in self.defined.values() for name in names)
        return frozenset(self._part.names[name] for name in every if name in self._part.names)

    def check(self, own: Defined) -> None:
        """Note what is bound and is no name of the file, and what two things would be called alike.

        `own` is what the including flow defines: what is bound to that is not defined twice, but not at all.
        """
        defined = {name for names in self.defined.values() for name in names}
        known = defined | {name for _, name in self._used}
        for name in self._part.names:
            if name not in known:
                what = f"there is no name `{name}` in {self._file}"
                at = place(self._bound_at(name, key=True))
                self._troubles.add(at, what, suggestion(name, known, "names"))
        self._alike(self.slots)
        for naming in (Naming.TOOL, Naming.STATE):
            self._alike(name for name in self.defined[naming] if self.of(name) not in own[naming])

    def _prefixed(self, name: str) -> str:
        return f"{self._part.prefix}_{name}" if self._part.prefix else name

    def _alike(self, names: Iterable[str]) -> None:
        first: dict[str, str] = {}
        for name in names:
            new = self.of(name)
            other = first.setdefault(new, name)
            if other != name:
                bound = name if name in self._part.names else other
                what = f"`{other}` and `{name}` of {self._file} would both be `{new}`"
                self._troubles.add(place(self._bound_at(bound)), what, "bind them to different names")

    def _not_there(self, naming: Naming, name: str, at: Node) -> None:
        if self._troubles.broken:
            return
        kind = naming.value[:-1]
        known = suggestion(name, self.defined[naming], naming.value)
        meant = f"{known} Or bind" if known.endswith("?") else "define it, or bind"
        mend = f"{meant} it in {place(self._entry)}: `names: {{{name}: {kind.upper()}}}`"
        what = f"there is no {kind} `{name}` in this file, which is included with a prefix"
        self._troubles.add(place(at), what, mend)

    def _bound_at(self, name: str, *, key: bool = False) -> Node:
        names = behind(self._entry, "names")
        return entries(names)[name][0 if key else 1]
