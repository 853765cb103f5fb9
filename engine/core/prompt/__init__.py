"""What a language model reads: who it is, where the call stands, and what has been said and done."""

from engine.core.prompt.message import Message, ToolUse
from engine.core.prompt.whole import Prompt, messages, prompt_of

__all__ = ["Message", "Prompt", "ToolUse", "messages", "prompt_of"]
