"""Every file that a flow is made of: its own, those that it extends and includes, and those that it knows."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from engine.errors import FlowError
from engine.flow.file.source import Source
from engine.flow.reuse import compose


def files_of(path: Path) -> frozenset[Path]:
    """Return the files that a flow is made of, as far as that can be told of a broken one."""
    files = set(compose.files_of(path))
    with suppress(FlowError):  # what is wrong is for who loads it to say
        files.update(_known_by(compose.composed(path).source))
    return frozenset(files)


def _known_by(source: Source) -> Iterator[Path]:
    """Yield the files of knowledge, each beside the file that names it."""
    tools = source.values.get("tools") if isinstance(source.values, dict) else None
    for name, tool in tools.items() if isinstance(tools, dict) else ():
        known = tool.get("knowledge") if isinstance(tool, dict) else None
        for index, file in enumerate(known if isinstance(known, list) else ()):
            folder = Path(source.place(("tools", name, "knowledge", index)).path).parent
            if isinstance(file, str):
                yield folder / file
