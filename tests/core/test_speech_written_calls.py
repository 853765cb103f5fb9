"""Function calls that models write as text, in the forms of their templates."""

import pytest

from engine.core.functions import Function, Kind
from engine.core.speech import Speakable, Speech, TextDelta

END = Function("end_call", Kind.TRANSITION, "End the call.", "Your farewell.")
JSON = '{"name": "end_call", "arguments": {"message": "Bye!"}}'
ARGS = '{"message": "Bye!"}'
BAR, GAP = "\uff5c", "\u2581"
FORMS = {
    "hermes": f"<tool_call>\n{JSON}\n</tool_call>",
    "qwen coder": "<tool_call><function=end_call><parameter=message>Bye!</parameter></function></tool_call>",
    "function": f"<function=end_call>{ARGS}</function>",
    "llama 3": f'<|python_tag|>{{"name": "end_call", "parameters": {ARGS}}}<|eom_id|>',
    "llama 4": '[end_call(message="Bye!")]',
    "mistral": f"[TOOL_CALLS] [{JSON}]",
    "mistral 11": f"[TOOL_CALLS]end_call[ARGS]{ARGS}",
    "bare": JSON,
    "single quotes": JSON.replace('"', "'"),
    "fence": f"```json\n{JSON}\n```",
    "tool code": '```tool_code\nprint(end_call(message="Bye!"))\n```',
    "name": f"functions.end_call({ARGS})",
    "invoke": '<invoke name="end_call"><parameter name="message">Bye!</parameter></invoke>',
    "deepseek 3": (
        f"<{BAR}tool{GAP}calls{GAP}begin{BAR}><{BAR}tool{GAP}call{GAP}begin{BAR}>function<{BAR}tool{GAP}sep{BAR}>"
        f"end_call\n```json\n{ARGS}\n```<{BAR}tool{GAP}call{GAP}end{BAR}><{BAR}tool{GAP}calls{GAP}end{BAR}>"
    ),
    "deepseek 3.2": (
        f'<{BAR}DSML{BAR}function_calls><{BAR}DSML{BAR}invoke name="end_call"><{BAR}DSML{BAR}parameter name="message" '
        f'string="true">Bye!</{BAR}DSML{BAR}parameter></{BAR}DSML{BAR}invoke></{BAR}DSML{BAR}function_calls>'
    ),
    "kimi": f"<|tool_call_begin|>functions.end_call:0<|tool_call_argument_begin|>{ARGS}<|tool_call_end|>",
    "gemma": '<|tool_call>call:end_call{message:<|"|>Bye!<|"|>}<tool_call|>',
    "gpt-oss": f"<|channel|>commentary to=functions.end_call <|constrain|>json<|message|>{ARGS}<|call|>",
    "glm": "<tool_call>end_call\n<arg_key>message</arg_key>\n<arg_value>Bye!</arg_value></tool_call>",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", [1, 5, 1000])
def test_a_call_is_recognised_in_every_form(form: str, size: int) -> None:
    """Nothing of it is spoken but its message, and it counts."""
    speech = Speech([END])
    text = FORMS[form]
    pieces = [p for at in range(0, len(text), size) for p in speech.feed(TextDelta(text[at : at + size]))]
    pieces += speech.finish()
    assert pieces == [Speakable("Bye!", "end_call")]
    [call] = speech.calls()
    assert (call.name, call.arguments, call.spoke) == ("end_call", ARGS, True)
