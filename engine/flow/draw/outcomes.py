"""How tools may end, as a picture tells it."""

from engine.core.flow import Flow
from engine.core.states import State
from engine.core.tool import Tool
from engine.core.tool_source import HttpRequest, Passages, PythonFunction, ToolSource
from engine.flow.draw.parts import HAPPENED


def outcomes_in(flow: Flow, state: State) -> dict[str, str]:
    """Return how each outcome of the tools that a state runs or offers is written."""
    tools = [flow.tools[name] for name in (*([state.run] if state.run else []), *flow.tools_in(state.name))]
    return {outcome: _marked(tool, outcome) for tool in tools for outcome in tool.all_outcomes}


def tool_in_words(tool: Tool) -> str:
    """Say what a tool does to the world, by what means, and how it may end."""
    effect = "writes" if tool.writes else "reads"
    return (
        f"{effect}{_means(tool.source)}: {', '.join(_marked(tool, outcome) for outcome in tool.all_outcomes)}"
    )


def _means(source: ToolSource) -> str:
    match source:
        case PythonFunction():
            return ""
        case HttpRequest():
            return " over HTTP"
        case Passages(files):
            return f" {', '.join(files)}"


def _marked(tool: Tool, outcome: str) -> str:
    return f"{HAPPENED} {outcome}" if outcome in tool.happened else outcome
