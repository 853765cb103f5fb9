"""Putting a flow together from files: each is looked for beside the one that names it, and not for ever."""

import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from engine.errors import FlowError, Place, Problem
from engine.flow.file.source import MOST_LETTERS, Reader, Source, of_node, read
from engine.flow.language.reuse import IncludePart, as_include
from engine.flow.reuse.extends import laid_over
from engine.flow.reuse.includes import INCLUDE, taken_in
from engine.flow.reuse.names import defined_in
from engine.flow.reuse.nodes import behind, entries, is_null, place, with_entries, with_text, without
from engine.flow.reuse.piece import Piece, Scopes, Troubles
from engine.flow.rules.findings import suggestion

EXTENDS = "extends"
MOST_FILES = 100
"""Counted each time that one is read: files that include each other twice would grow without end."""
MOST_DEEP = 10
"""How long a way may lead from a flow through files that name each other."""
MOST_BYTES = 2 * MOST_LETTERS
"""What all files together may have."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A flow as one text, whatever files it was made of."""

    source: Source
    scopes: Scopes = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    """What is wrong with how the files go together."""
    told: frozenset[Place] = frozenset()
    """Places of which enough is said by that."""


def composed(path: Path) -> Whole:
    """Read a flow file and all that it extends and includes.

    Raises FlowError when one of them can not be had, or is no plain YAML.
    """
    return Composer().whole(path)


def files_of(path: Path) -> frozenset[Path]:
    """Return the files that a flow is made of, as far as that can be told of a broken one."""
    composer = Composer()
    with suppress(FlowError):  # what is wrong is for who loads it to say
        composer.whole(path)
    return frozenset(composer.files)


def alone(source: Source) -> Whole:
    """Return a flow that was given as text, and so has no folder in which other files could be looked for."""
    keys = entries(source.root)
    problems = [
        Problem(place(keys[key][0]), f"a flow given as text can not use `{key}`", "load it from its file")
        for key in (EXTENDS, INCLUDE)
        if key in keys
    ]
    if problems:
        raise FlowError(problems)
    return Whole(source)


class Composer:
    """Reads the files of one flow."""

    def __init__(self) -> None:
        self.files: list[Path] = []
        """What was looked for, found or not, in the order in which it was."""
        self._bytes = 0
        self._full = False
        self._troubles = Troubles()

    def whole(self, path: Path) -> Whole:
        """Return the flow. Raises FlowError as `composed` does."""
        self.files.append(path)
        source = read(path)
        if not isinstance(source.root, MappingNode):
            return Whole(source)
        piece = self._piece(source.root, (path,))
        if self._troubles.broken:
            raise FlowError(self._troubles.problems)
        told = self._unbound(piece.root)
        problems = self._troubles.problems
        places = told | {problem.place for problem in problems}
        return Whole(of_node(piece.root), piece.scopes, tuple(problems), frozenset(places))

    def _piece(self, root: MappingNode, chain: tuple[Path, ...], *, included: bool = False) -> Piece:
        """Return what a file comes to; `chain` are the files that led to it, itself the last."""
        keys = entries(root)
        piece = Piece(without(root, INCLUDE))
        if EXTENDS in keys:
            base = self._other(_named(*keys[EXTENDS]), chain, included=included)
            if base is not None:
                laid = laid_over(without(base.root, EXTENDS), piece.root, self._troubles.problems)
                piece = Piece(laid, base.scopes)
        if INCLUDE not in keys:
            return piece
        key, listed = keys[INCLUDE]
        piece = Piece(_with_includes(piece.root, key, listed), piece.scopes)
        for entry in listed.value if isinstance(listed, SequenceNode) else ():
            part = _part(entry)
            if part is None:
                continue  # the language says what is wrong with it
            file = entry if isinstance(entry, ScalarNode) else behind(entry, "file")
            other = self._other(file, chain, included=True) if file is not None else None
            if other is not None:
                kept = len(self._troubles.bindings)
                piece = taken_in(piece, other, part, entry, self._troubles)
                if included:  # whoever includes this file sees to what it is bound
                    del self._troubles.bindings[kept:]
        return piece

    def _other(self, node: Node, chain: tuple[Path, ...], *, included: bool) -> Piece | None:
        """Return what the file comes to that is named at a node, or None when it can not be had."""
        if self._full:
            return None
        try:
            path = self._found(node, chain)
            root = _mapping(read(path).root)
        except FlowError as error:
            self._troubles.problems += error.problems
            self._troubles.broken = True
            return None
        return self._piece(root, (*chain, path), included=included)

    def _found(self, node: Node, chain: tuple[Path, ...]) -> Path:
        """Return the path of the file that is named at a node. Raises FlowError when it may not be read."""
        name = _file_name(node)
        path = chain[-1].parent / name
        self.files.append(path)
        try:
            status = path.stat()
        except (OSError, ValueError):
            mend = suggestion(name, _beside(path), "files")
            raise _at(node, f"there is no file `{path}`", mend) from None
        if not stat.S_ISREG(status.st_mode):
            raise _at(node, f"`{path}` is no file", "name a file with a part of a flow")
        ways = [*chain, path]
        first = next(i for i, earlier in enumerate(ways) if earlier.resolve() == path.resolve())
        if first < len(chain):
            circle = " -> ".join(str(way) for way in ways[first:])
            mend = "let one of them not name the next"
            raise _at(node, f"these files lead round in a circle: {circle}", mend)
        self._bytes += status.st_size
        if len(ways) > MOST_DEEP:
            what = f"{len(chain)} files name each other in a row"
            raise _at(node, what, "let the first of them name the others")
        if len(self.files) > MOST_FILES or self._bytes > MOST_BYTES:
            self._full = True
            raise _at(node, "a flow can not be made of so many files, or of so large ones", "include less")
        return path

    def _unbound(self, root: MappingNode) -> set[Place]:
        """Note names that are bound to nothing, and return the places of which that says enough.

        A name that only what is bound to it defines is one of those: it was to be shared, and is not there.
        """
        defined = defined_in(root)
        told = set()
        bindings = self._troubles.bindings
        bound = {(binding.naming, binding.target): set[Place]() for binding in bindings}
        for binding in bindings:
            bound[binding.naming, binding.target].add(binding.used)
        for binding in bindings:
            known = defined[binding.naming]
            at = known.get(binding.target)
            if at is None or place(at) in bound[binding.naming, binding.target]:
                kind = binding.naming.value[:-1]
                others = known.keys() - {binding.target}
                mend = suggestion(binding.target, others, binding.naming.value)
                self._troubles.add(place(binding.at), f"there is no {kind} `{binding.target}`", mend)
                told.add(binding.used)
        return told


def _with_includes(root: MappingNode, key: Node, listed: Node) -> MappingNode:
    """Return a file whose `include:` lists its own entries beside those of the file below it."""
    below = behind(root, INCLUDE)
    if isinstance(below, SequenceNode) and isinstance(listed, SequenceNode):
        listed = SequenceNode(listed.tag, [*below.value, *listed.value], listed.start_mark, listed.end_mark)
    return with_entries(root, [*without(root, INCLUDE).value, (key, listed)])


def _part(entry: Node) -> IncludePart | None:
    try:
        return IncludePart.model_validate(as_include(Reader().values(entry)))
    except (ValidationError, ValueError):
        return None


def _named(key: Node, value: Node) -> Node:
    """Return the node that names a file; when there is none behind the key, an empty one in its place."""
    return with_text(key, "") if is_null(value) else value


def _mapping(root: Node) -> MappingNode:
    """Return what a file says. Raises FlowError when that is no part of a flow."""
    if not isinstance(root, MappingNode):
        raise _at(root, "this is no part of a flow", "write `key: value` lines, with a space after the colon")
    return root


def _file_name(node: Node) -> str:
    """Return the file that a node names. Raises FlowError when it names none that may be read."""
    if not isinstance(node, ScalarNode) or not str(node.value).strip():
        raise _at(node, "this must be the name of a file", "write one such as `clinic.yaml`")
    name = str(node.value)
    if "://" in name:
        raise _at(node, f"`{name}` is an address, and a flow is made of files", "save it beside this one")
    if Path(name).is_absolute():
        raise _at(node, f"`{name}` leads nowhere on another machine", "write the way from this file's folder")
    return name


def _beside(path: Path) -> Mapping[str, None]:
    """Return the names of the YAML files in the folder where a file was looked for."""
    try:
        return {file.name: None for file in sorted(path.parent.glob("*.y*ml"))[:20]}
    except (OSError, ValueError):
        return {}


def _at(node: Node, what: str, mend: str) -> FlowError:
    return FlowError([Problem(place(node), what, mend)])
