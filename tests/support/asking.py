"""Lets the real knowledge of a flow answer in a call of the test kit, which runs no tools by itself."""

from engine.core.effects import RunTool
from engine.core.flow import Flow
from engine.core.tool_source import Passages
from engine.testkit import Call
from engine.tools.knowledge import QUESTION, find


def looked_up(call: Call, flow: Flow) -> Call:
    """Let what was just asked of the files be found in them, or not."""
    [run] = [effect for effect in call.effects if isinstance(effect, RunTool)]
    source = flow.tools[run.tool].source
    assert isinstance(source, Passages), f"{run.tool} looks into no files"
    outcome = find(source).answer(str(run.arguments[QUESTION]))
    return call.tool(run.tool, outcome.name, say=outcome.say, **outcome.result)
