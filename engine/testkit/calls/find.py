"""Which files hold calls. Imported in every run of pytest, so it imports next to nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = "calls"
ENDS = frozenset({".yaml", ".yml"})
HEAD = 4_000
"""Letters of a file in which `flow:` must stand, if it is ours: what is not is not read any further."""
FLOW = re.compile(r"^flow:", re.MULTILINE)
CALLS = re.compile(r"^calls:", re.MULTILINE)


def holds_calls(path: Path) -> bool:
    """Whether a file holds calls: both `flow:` and `calls:` stand in it, or one of them in a folder `calls`.

    There a misspelt key must not let all of a file's calls be passed over in silence; elsewhere a file that
    has nothing to do with us must be left alone.
    """
    if path.suffix not in ENDS:
        return False
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(HEAD)
            if path.parent.name == FOLDER:
                return any(key.search(text) for key in (FLOW, CALLS))
            return FLOW.search(text) is not None and CALLS.search(text + file.read()) is not None
    except (OSError, UnicodeDecodeError):
        return False


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files with calls in a folder and below it, but for hidden folders, in their order."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if not any(part.startswith(".") for part in inside) and path.is_file() and holds_calls(path):
            yield path
