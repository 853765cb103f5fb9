"""Flow files of a running server: looked at again and again, and loaded for new calls when they change."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import structlog

from engine.core.flow import Flow
from engine.errors import FlowError, Place, Problem, TurnstileError

EVERY_S = 0.5
"""How often the files are looked at. A change counts when it has stood from one look to the next."""

log = structlog.get_logger()

Stamps = Mapping[Path, tuple[int, int] | None]
"""When each file was written, in nanoseconds, and its size in bytes; None where there is no file."""


class Watch:
    """The flow files of a server. A call that runs is no concern of it: it keeps the flow that it has."""

    def __init__(
        self,
        flows: Mapping[Path, Flow],
        as_loaded: Mapping[Path, Stamps],
        load: Callable[[Path], Flow],
        files_of: Callable[[Path], frozenset[Path]],
        refused: Callable[[TurnstileError], None],
    ) -> None:
        """Begin with flows and how their files stood just before these were loaded.

        `load` raises TurnstileError, which `refused` is then given; `files_of` says what a flow is made of.
        """
        self._flows = dict(flows)
        self._load = load
        self._files_of = files_of
        self._refused = refused
        self._known = {path: dict(as_loaded[path]) for path in flows}
        """How the files stood that made each flow, or were refused."""
        self._seen = dict(self._known)

    async def run(self, offer: Callable[[Flow], None]) -> None:
        """Look until cancelled, and offer each flow that has changed to new calls."""
        while True:
            await asyncio.sleep(EVERY_S)
            try:
                for flow in await asyncio.to_thread(self.look):
                    offer(flow)
            except Exception as error:  # noqa: BLE001 - a bug of ours: calls go on with the flows that there are
                log.error("engine.bug", where="reload", error=type(error).__name__, pii_error=str(error))

    def look(self) -> list[Flow]:
        """Return the flows whose files have changed and are sound; those that are not are refused."""
        return [flow for path in self._flows if self._changed(path) and (flow := self._loaded(path))]

    def _changed(self, path: Path) -> bool:
        """Whether a flow's files have changed and stood so since the last look: one may be half written."""
        now = stamps(self._known[path])
        stands = now == self._seen[path]
        self._seen[path] = now
        return stands and now != self._known[path]

    def _loaded(self, path: Path) -> Flow | None:
        old = self._flows[path]
        # Looked up before it is loaded: what changes meanwhile is seen to have changed at the next look.
        files = self._files_of(path)
        self._known[path] = self._seen[path] = stamps({*files, *self._known[path]})
        try:
            new = _same_name(self._load(path), old, path)
        except TurnstileError as error:
            problems = len(error.problems) if isinstance(error, FlowError) else 1
            log.warning("flow.refused", flow=old.name, path=str(path), problems=problems)
            self._refused(error)
            return None
        self._known[path] = self._seen[path] = {file: self._known[path][file] for file in files}
        log.info("flow.reloaded", flow=new.name, version=new.version, before=old.version, path=str(path))
        self._flows[path] = new
        return new


def _same_name(new: Flow, old: Flow, path: Path) -> Flow:
    """Return a flow that is called as before: its name is in the URL that the platform has."""
    if new.name != old.name:
        what = f"this flow is served as `{old.name}`, and is called `{new.name}` now"
        raise FlowError([Problem(Place(str(path)), what, "give it its name back, or start the server anew")])
    return new


def stamps(files: Iterable[Path]) -> dict[Path, tuple[int, int] | None]:
    """Return when each file was written, and its size."""
    return {file: _stamp(file) for file in files}


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
