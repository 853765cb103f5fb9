"""The flow with which a recorded call was held, found by name and version among files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.core.flow import Flow
from engine.errors import FlowError, SettingsError
from engine.flow.load import load
from engine.testkit.replay.recording import Recording
from engine.tools.find import inspect_tool

FOLDER = Path("flows")


@dataclass(slots=True)
class Shelf:
    """Flow files, each loaded once, and not before it is looked at."""

    given: Sequence[Path]
    """Those that were named: each must be sound."""
    folder: Path = FOLDER
    """Where others may lie; one that can not be loaded there is passed over."""
    loaded: dict[Path, Flow | FlowError] = field(default_factory=dict)
    """Those that were looked at."""

    def of(self, recording: Recording) -> Flow:
        """Return the flow of a call, in the version with which it began.

        Raises SettingsError when no file has it, and FlowError when one that was named is not sound.
        """
        for path in (*self.given, *self._beside(recording.flow)):
            flow = self._flow(path)
            if flow is not None and (flow.name, flow.version) == (recording.flow, recording.version):
                return flow
        raise SettingsError(self._missing(recording))

    def named(self) -> list[Flow]:
        """Return the flows that were named. Raises FlowError with all that is wrong with any of them."""
        flows = [self._flow(path, strict=False) for path in self.given]
        broken = [each for each in map(self.loaded.get, self.given) if isinstance(each, FlowError)]
        if problems := [problem for error in broken for problem in error.problems]:
            raise FlowError(problems)
        return [flow for flow in flows if flow is not None]

    def _beside(self, name: str) -> Iterable[Path]:
        """Yield the files of the folder, first the one that is called as the flow is."""
        return sorted(self.folder.glob("*.yaml"), key=lambda path: (path.stem != name, path))

    def _flow(self, path: Path, *, strict: bool = True) -> Flow | None:
        if path not in self.loaded:
            try:
                self.loaded[path] = load(path, inspect_tool)
            except FlowError as error:
                self.loaded[path] = error
        found = self.loaded[path]
        if isinstance(found, Flow):
            return found
        if strict and path in self.given:
            raise found
        return None

    def _missing(self, recording: Recording) -> str:
        """Say that no file has a call's flow, and which ones come near."""
        flows = {path: flow for path, flow in self.loaded.items() if isinstance(flow, Flow)}
        near = [f"{path} is version {f.version}" for path, f in flows.items() if f.name == recording.flow]
        broken = [str(path) for path, flow in self.loaded.items() if isinstance(flow, FlowError)]
        there = f"; {', '.join(near)}" if near else ""
        there += f"; {', '.join(broken)} can not be loaded: see turnstile check" if broken else ""
        return (
            f"{recording.call_id} was held with flow `{recording.flow}` version {recording.version}, which "
            f"is not in {self.folder}{there}; name its file with --flow"
        )
