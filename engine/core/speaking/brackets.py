"""What begins with a bracket and may be a function call: JSON, Python, and the signs of Mistral's models.

What looks like an object of JSON is data, and never spoken, call or not. A list of calls as Llama 4 writes it
is `[name(key="x")]`. Mistral: https://docs.mistral.ai/capabilities/function_calling and
https://docs.vllm.ai/en/latest/api/vllm/tool_parsers/mistral_tool_parser/.
"""

import re

from engine.core.speaking.directions import direction
from engine.core.speaking.region import Balanced, Until
from engine.core.speaking.sight import Found, Sight, Step
from engine.core.speaking.tags import ending

OBJECT = re.compile(r"""\{\s{0,8}(["'])[^"'\n\\]{0,64}\1\s{0,8}:""")
OBJECT_SO_FAR = re.compile(r"""\{\s{0,8}(?:["'][^"'\n\\]{0,64}(?:["']\s{0,8})?)?\Z""")
LIST = re.compile(
    r"""\[\s{0,4}(?:\{\s{0,8}["']|[A-Za-z_][\w.]{0,63}\(\s{0,4}(?:\)|["'{]|\w{1,40}\s{0,4}=))"""
)
LIST_SO_FAR = re.compile(
    r"""\[\s{0,4}(?:\{\s{0,8}|[A-Za-z_][\w.]{0,63}(?:\(\s{0,4}(?:\w{1,40}\s{0,4})?)?)?\Z"""
)
SIGN = re.compile(r"\[/?[A-Z_]{1,20}\]")
SIGN_SO_FAR = re.compile(r"\[/?[A-Z_]{0,20}\Z")
THOUGHTS_END = ending("[/THINK]")
NEVER = re.compile(r"(?!)")
SIGNS = frozenset({"[ARGS]", "[CALL_ID]", "[/TOOL_CALLS]", "[INST]", "[/INST]", "[/THINK]", "[TOOL_RESULTS]"})
ARGUMENTS = re.compile(
    r"""\(\s{0,4}(?:\)|[{]\s{0,4}["'}]|["'][^"'\n]{0,60}["']\s{0,4}[,)]|\w{1,40}\s{0,4}=[^=])"""
)
ARGUMENTS_SO_FAR = re.compile(
    r"""\(\s{0,4}(?:[{]\s{0,4}|["'][^"'\n]{0,60}(?:["']\s{0,4})?|\w{1,40}\s{0,4}=?)?\Z"""
)
ARGUMENT_BEFORE = re.compile(r"[A-Za-z_][\w.]*\(\s{0,4}\w{1,40}\s{0,4}\Z")
NAME_BEFORE = re.compile(r"[A-Za-z_][\w.]*\Z")
NAME = re.compile(r"[A-Za-z_][\w.]{0,80}")
SPACE_OBJECT = re.compile(r"""\s{0,2}\{\s{0,4}["'}]""")
SPACE_OBJECT_SO_FAR = re.compile(r"\s{0,2}(?:\{\s{0,4})?\Z")
NAMESPACE = "functions."


def data(sight: Sight) -> Found:
    """Pass over an object of JSON, or of Python."""
    if OBJECT.match(sight.text, sight.at):
        return Step(sight.at, region=Balanced())
    return None if _waits(sight, OBJECT_SO_FAR) else False


def bracket(sight: Sight) -> Found:
    """Pass over a list of calls, a sign of Mistral's, or a direction."""
    if LIST.match(sight.text, sight.at):
        return Step(sight.at, region=Balanced())
    sign = SIGN.match(sight.text, sight.at)
    if sign is not None:
        return _sign(sign[0], sign.end()) or direction(sight)
    if _waits(sight, LIST_SO_FAR) or _waits(sight, SIGN_SO_FAR):
        return None
    return direction(sight)


def arguments(sight: Sight) -> Found:
    """Pass over what stands right behind a name, as in `end_call(message="Bye")`: never speech."""
    name = NAME_BEFORE.search(sight.tail)
    if name is None:
        return False
    found = ARGUMENTS.match(sight.text, sight.at)
    if found is None and _waits(sight, ARGUMENTS_SO_FAR):
        return None
    if found is None:
        return False if sight.after.isalnum() else sight.dropped()
    empty = found[0].endswith(")") and not found[0][1:-1].strip()
    if empty and _function(name[0]) not in sight.names:
        return Step(found.end())
    return Step(sight.at, region=Balanced(opening=name[0]))


def equals(sight: Sight) -> Step | None:
    """Never what makes an argument of words in brackets."""
    return sight.dropped() if ARGUMENT_BEFORE.search(sight.tail) else sight.kept()


def named(sight: Sight) -> Found:
    """Pass over a call at the beginning of a line or sentence: its name, and then its arguments."""
    name = NAME.match(sight.text, sight.at)
    if name is None:
        return False
    function = _function(name[0])
    if sight.reaches(name.end()):
        begun = NAMESPACE.startswith(name[0]) or any(known.startswith(function) for known in sight.names)
        return None if begun or name[0].startswith(NAMESPACE) else False
    if function not in sight.names and not name[0].startswith(NAMESPACE):
        return False
    behind = Sight(sight.text, name.end(), name[0], ended=sight.ended, names=sight.names)
    if SPACE_OBJECT.match(sight.text, name.end()) or ARGUMENTS.match(sight.text, name.end()):
        return Step(name.end(), region=Balanced(opening=name[0]))
    waits = _waits(behind, ARGUMENTS_SO_FAR) or _waits(behind, SPACE_OBJECT_SO_FAR)
    return None if waits else False


def _function(name: str) -> str:
    return name.removeprefix(NAMESPACE)


def _sign(sign: str, end: int) -> Step | None:
    if sign == "[TOOL_CALLS]":
        return Step(end, " ", Until(NEVER, opening=sign, call=True))
    if sign == "[THINK]":
        return Step(end, " ", Until(THOUGHTS_END))
    return Step(end) if sign in SIGNS else None


def _waits(sight: Sight, so_far: re.Pattern[str]) -> bool:
    return not sight.ended and so_far.match(sight.text, sight.at) is not None
