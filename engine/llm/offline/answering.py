"""Which tools are made to answer whatever a caller asks."""

from engine.core.tool import Tool

QUESTION = "question"
"""The parameter that takes a caller's question, as the built-in knowledge calls it."""


def answers_questions(tool: Tool) -> bool:
    """Say whether a tool is made to answer any question: it reads, and wants nothing but that."""
    wanted = [parameter.name for parameter in tool.parameters if parameter.required]
    return not tool.writes and wanted == [QUESTION] and set(tool.slots) <= tool.optional
