"""What begins with `<`: tags for synthesisers and of HTML, reasoning, and calls that models write as text.

The signs are those that are documented, of templates and of the servers that read them:
Hermes and Qwen, Llama, DeepSeek, Kimi, GLM, MiniMax, Granite: https://docs.vllm.ai/en/latest/features/tool_calling.html
and the parsers beside it; Gemma: https://ai.google.dev/gemma/docs/core/prompt-formatting-gemma4 and
https://ai.google.dev/gemma/docs/functiongemma/formatting-and-best-practices; GPT-OSS:
https://github.com/openai/harmony/blob/main/docs/format.md.
A server whose template opens the reasoning itself sends its end alone: its adapter must give `<think>` first.
"""

import re

from engine.core.speaking.region import Until
from engine.core.speaking.sight import FARTHEST, Sight, Step

TOKEN = re.compile(rf"<[^<>\n]{{0,{FARTHEST}}}>")
OPEN_TOKEN = re.compile(r"<[^<>\n]*\Z")
BEGINS = re.compile(r"[A-Za-z/!?|\uff5c]")
NAME = re.compile(r"</?(?:[|\uff5c]\w+[|\uff5c])?([A-Za-z_][\w.:-]*)")
TAG = re.compile(
    r"""</?[A-Za-z_][\w:.-]*(?:=[^\s<>]*)?(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))*\s*/?>"""
)
SPECIAL = re.compile(r"</?[|\uff5c][^<>]*>|<[^<>]*[|\uff5c]>|<[!?][^<>]*>")
APART = frozenset({"br", "break", "p", "hr", "li", "div", "tr", "td", "th", "h1", "h2", "h3", "s"})
"""Tags that stand between words."""
REASONING = frozenset(
    {
        "think",
        "thinking",
        "thought",
        "thoughts",
        "reasoning",
        "reflection",
        "scratchpad",
        "scratch_pad",
        "analysis",
    }
    | {"inner_monologue", "antthinking"}
)
CALLS = frozenset(
    {
        "tool_call",
        "tool_calls",
        "function_call",
        "function_calls",
        "function",
        "functions",
        "invoke",
        "tool_use",
    }
    | {"tools", "tool", "tool_code"}
)
RESULTS = frozenset(
    {"tool_response", "tool_result", "tool_results", "tool_output", "function_response", "function_result"}
    | {"function_results"}
)
"""What only a system may write; a model that writes it makes it up."""
PAIRS = {
    "<|tool_calls_section_begin|>": "<|tool_calls_section_end|>",
    "<|tool_calls_begin|>": "<|tool_calls_end|>",
    "<|tool_call_begin|>": "<|tool_call_end|>",
    "<|tool_call>": "<tool_call|>",
    "<|start_action|>": "<|end_action|>",
    "<start_function_call>": "<end_function_call>",
}
THOUGHTS = {"<|channel>": "<channel|>", "<|start_thinking|>": "<|end_thinking|>"}
TO_THE_END = frozenset({"<|python_tag|>", "<|python_start|>", "<|tool_call|>"})
LAST = ("<|eom_id|>", "<|eot_id|>", "<|eot|>", "<|python_end|>", "<|/tool_call|>", "<|end_of_text|>")
MESSAGES = frozenset({"<|start|>", "<|channel|>"})
"""What begins the header of a message of GPT-OSS."""
MESSAGE = "<|message|>"


def ending(*ends: str, left: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Return what finds the end of a stretch, in any script of its bars; `left` are not part of it."""
    patterns = [*map(_sign, ends), *(f"(?={_sign(sign)})" for sign in left)]
    return re.compile("|".join(patterns), re.IGNORECASE)


def _sign(text: str) -> str:
    return re.escape(text).replace(r"\|", "[|\uff5c]").replace("_", "[_\u2581]")


HEADER = ending(MESSAGE)
MESSAGE_END = ending("<|end|>", "<|return|>", "<|call|>", left=("<|start|>", "<|channel|>"))
LAST_END = ending(*LAST)
ENDS = {sign: ending(end) for sign, end in (PAIRS | THOUGHTS).items()}


class Header(Until):
    """The head of a message of GPT-OSS, which says for whom it is."""

    def __init__(self, opening: str) -> None:
        super().__init__(HEADER, opening=opening, call=True)

    def body(self) -> Until | None:
        """Return the message, unless it is to be spoken."""
        head = self.written()
        if "to=" in head:
            return Until(MESSAGE_END, opening=head, call=True)
        return Until(MESSAGE_END) if "analysis" in head else None


def less(sight: Sight) -> Step | None:
    """Pass over a tag or what it begins; else the sign is spoken only where two things are compared."""
    text, at, after = sight.text, sight.at, sight.after
    if sight.blind:
        return None
    if after.isspace():
        return sight.kept() if sight.before == " " else sight.dropped()
    if after.isdigit():
        return sight.kept()
    if BEGINS.match(after) is None:
        return sight.dropped()
    found = TOKEN.match(text, at)
    if found is not None:
        return _token(found[0], found.end()) or sight.dropped()
    open_ = OPEN_TOKEN.match(text, at)
    return None if open_ and sight.reaches(len(text)) else sight.dropped()


def _token(token: str, end: int) -> Step | None:
    """Return how to go on after a tag; None if it is none."""
    plain = token.lower().replace("\uff5c", "|").replace("\u2581", "_")
    found = NAME.match(plain)
    name = found[1] if found else ""
    kind = name.rpartition(":")[2]
    opens = not token.startswith("</") and not token.endswith("/>")
    if plain in MESSAGES:
        return Step(end, " ", Header(token))
    if plain in ENDS:
        return Step(end, " ", Until(ENDS[plain], opening=token, call=plain in PAIRS))
    if plain in TO_THE_END:
        return Step(end, " ", Until(LAST_END, opening=token, call=True))
    if plain.startswith("<|") and plain.endswith("|>"):
        return Step(end)
    if opens and kind in REASONING | RESULTS | CALLS:
        close = ending("</" + plain[1 : found.end(1) if found else 1] + ">")
        return Step(end, " ", Until(close, opening=token, call=kind in CALLS))
    if SPECIAL.fullmatch(token) or TAG.fullmatch(token) or kind in REASONING | RESULTS | CALLS:
        return Step(end, " " if kind in APART or kind in REASONING else "")
    return None
