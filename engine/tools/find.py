"""Tools by their source: what each takes, and what to call when it is to run."""

from collections.abc import Mapping
from typing import Protocol

from engine.core.signature import Signature
from engine.core.tool_source import HttpRequest, Passages, PythonFunction, ToolSource
from engine.tools import knowledge, python
from engine.tools.circumstances import Circumstances
from engine.tools.http.environment import needed
from engine.tools.http.tool import HttpTool
from engine.tools.means import Means
from engine.tools.modules import make_ready
from engine.tools.outcome import Outcome


class Runnable(Protocol):
    """A tool that can be called."""

    @property
    def signature(self) -> Signature:
        """What it takes."""

    async def call(
        self, arguments: Mapping[str, object], circumstances: Circumstances, means: Means
    ) -> Outcome:
        """Call it. Raises NotDone when it certainly did nothing; anything else leaves that open."""

    async def look_up(
        self, arguments: Mapping[str, object], circumstances: Circumstances, means: Means
    ) -> Outcome | None:
        """Ask what became of an earlier call, if it is made for that; None: there was none."""


def find(source: ToolSource) -> Runnable:
    """Return the tool of a source. Raises ToolError with what is wrong and how to mend it."""
    match source:
        case PythonFunction(reference):
            return python.find(reference)
        case HttpRequest():
            return HttpTool(source)
        case Passages():
            return knowledge.find(source)


def inspect_tool(source: ToolSource) -> Signature:
    """Return what a tool takes. Raises ToolError as `find` does."""
    return find(source).signature


def variables(source: ToolSource) -> list[str]:
    """Return the variables of the environment without which a tool can not be called."""
    return needed(source) if isinstance(source, HttpRequest) else []


def prepare(source: ToolSource, means: Means) -> None:
    """Open what a tool needs before the first call. Raises ToolError when it can not be used."""
    match source:
        case PythonFunction(reference):
            make_ready(reference)
        case HttpRequest():
            HttpTool(source).make_ready(means)
        case Passages():
            knowledge.find(source).make_ready()
