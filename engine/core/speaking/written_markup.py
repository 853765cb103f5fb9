"""Function calls that are written in markup.

`<invoke name="f"><parameter name="x">1</parameter></invoke>`, also with DeepSeek's signs in it;
`<function=f><parameter=x>1</parameter></function>` of Qwen's coder, or JSON in the place of its parameters;
`<tool_call>f<arg_key>x</arg_key><arg_value>1</arg_value></tool_call>` of GLM; and `call:f{x:<|"|>1<|"|>}`
of Gemma.
The parsers for them: https://docs.vllm.ai/en/latest/features/tool_calling.html
"""

import json
import re
from collections.abc import Iterator

FORMS = (
    re.compile(r"""<(?:[|\uff5c]DSML[|\uff5c]|\w+:)?invoke\s+name\s*=\s*["']?([\w.-]+)["']?\s*>"""),
    re.compile(r"<function\s*=\s*[\"']?([\w.-]+)[\"']?\s*>"),
    re.compile(r"<tool_call>\s*([A-Za-z_][\w.-]*)\s*(?=<arg_key>)"),
)
ENDS = (
    re.compile(r"</(?:[|\uff5c]DSML[|\uff5c]|\w+:)?invoke>"),
    re.compile(r"</function>"),
    re.compile(r"</tool_call>"),
)
PARAMETER = re.compile(
    r"""<(?:[|\uff5c]DSML[|\uff5c]|\w+:)?parameter(?:\s+name\s*=\s*|\s*=\s*)["']?([\w.-]+)["']?[^<>]*>"""
)
PARAMETER_END = re.compile(r"</(?:[|\uff5c]DSML[|\uff5c]|\w+:)?parameter>")
ARGUMENT = re.compile(r"<arg_key>\s*([\w.-]+)\s*</arg_key>\s*<arg_value>")
ARGUMENT_END = re.compile(r"</arg_value>")
GEMMA = re.compile(r"call:([\w.-]+)(?=\{)")
GEMMA_PARTS = re.compile(r'(?:<\|"\|>|<escape>)(.*?)(?:<\|"\|>|<escape>)|([{,]\s*)([\w.-]+)\s*:', re.DOTALL)
NO_TEXT = re.compile(r"\s*(?:true|false|null|[\[{].*)\s*", re.DOTALL)

Call = tuple[str, object]


def in_markup(text: str) -> list[Call]:
    """Return the calls that are written in markup, each that is whole."""
    if GEMMA.search(text):
        return list(_of_gemma(text))
    for begin, end in zip(FORMS, ENDS, strict=True):
        if begin.search(text):
            return list(_each(text, begin, end))
    return []


def _each(text: str, begin: re.Pattern[str], end: re.Pattern[str]) -> Iterator[Call]:
    at = 0
    while (found := begin.search(text, at)) is not None:
        closed = end.search(text, found.end())
        if closed is None:
            return
        yield found[1], _arguments(text[found.end() : closed.start()])
        at = closed.end()


def _arguments(inside: str) -> object:
    """Return named values, or the text that should be an object."""
    by_key = ARGUMENT.search(inside)
    begin, end = (ARGUMENT, ARGUMENT_END) if by_key else (PARAMETER, PARAMETER_END)
    values: dict[str, object] = {}
    at = 0
    while (found := begin.search(inside, at)) is not None:
        closed = end.search(inside, found.end())
        if closed is None:
            return False
        values[found[1]] = _value(inside[found.end() : closed.start()])
        at = closed.end()
    return values or inside.strip()


def _value(written: str) -> object:
    """Return a value; what could be a text stays one, as "007" must."""
    if NO_TEXT.fullmatch(written):
        try:
            value: object = json.loads(written)
        except (ValueError, RecursionError):
            return written.strip()
        return value
    return written.strip()


def _of_gemma(text: str) -> Iterator[Call]:
    for found in GEMMA.finditer(text):
        end = text.find("call:", found.end())
        written = text[found.end() : end if end >= 0 else len(text)]
        written = GEMMA_PARTS.sub(_as_json, written)
        try:
            arguments, _ = json.JSONDecoder(strict=False).raw_decode(written)
        except (ValueError, RecursionError):
            return
        yield found[1], arguments


def _as_json(found: re.Match[str]) -> str:
    return json.dumps(found[1]) if found[3] is None else f'{found[2]}"{found[3]}":'
