"""What the answer to a request means: one of the tool's outcomes, or how much is known without one."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from engine.core.paths import found_at
from engine.core.tool_source import NONE_THERE, HttpRequest, StatusRule
from engine.errors import NotDone, ToolError
from engine.tools.outcome import Outcome

IN_DOUBT = frozenset({408, 409})
"""Refusals of a write that leave open whether it, or an earlier one with its key, went through.

409: another request with the same key is at work (draft-ietf-httpapi-idempotency-key-header-07, section
2.7). 408: by RFC 9110, section 15.5.9, the request did not come in whole, but servers also send it when
their own work took too long.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server has answered."""

    status: int
    body: bytes


def judged(request: HttpRequest, answer: Answer, absent: int | None = None) -> Outcome:
    """Return the outcome that an answer means.

    `absent` is the status by which a look-up says that nothing is there. Raises when the answer means none
    of the outcomes.

    For a write that is NotDone when the server refused it, which a status of the 400s says (RFC 9110,
    section 15.5; also 425, RFC 8470, and 429, RFC 6585): nothing was changed. The exceptions are in
    IN_DOUBT. Anything else leaves open what became of it, and raises ToolError: after 5xx the server may
    have failed with its work done; many servers answer a form that went through with a redirect (RFC 9110,
    section 15.4.4); and a success that the flow does not name is one of an unknown kind. For a read it is
    always ToolError, so that `retries` may try again.
    """
    document = _document(answer.body)
    rule = _rule(request, answer.status)
    name = _outcome(rule, document) if rule is not None else None
    if name is None and rule is None and answer.status == absent:
        name = NONE_THERE
    if name is None:
        _raise_unexpected(request, answer.status, named=rule is not None)
    return Outcome(name, document)


def named(request: HttpRequest, status: int) -> bool:
    """Whether the flow says what an answer of this status means."""
    return _rule(request, status) is not None


def _rule(request: HttpRequest, status: int) -> StatusRule | None:
    rules = dict(request.outcomes)
    return rules.get(str(status)) or rules.get(f"{status // 100}xx")


def _outcome(rule: StatusRule, document: Mapping[str, object]) -> str | None:
    if not rule.path:
        return rule.otherwise
    found = found_at(document, rule.path)
    word = found if isinstance(found, str) else json.dumps(found)
    return dict(rule.cases).get(word, rule.otherwise)


def _raise_unexpected(request: HttpRequest, status: int, *, named: bool) -> NoReturn:
    what = f"the server answered {status}" + (" with none of the values that the flow names" if named else "")
    if request.writes and 400 <= status < 500 and status not in IN_DOUBT:
        raise NotDone(what)
    raise ToolError(what, "name it under `outcome`")


def _document(body: bytes) -> dict[str, object]:
    """Return the JSON of an answer as an object; the items of a list are under their numbers.

    A body that is no JSON says nothing: then the status alone counts.
    """
    try:
        found = json.loads(body, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return {}
    match found:
        case dict():
            return found
        case list():
            return {str(index): item for index, item in enumerate(found)}
        case _:
            return {}


def _finite(written: str) -> float:
    """Read a number, unless it is one that only JSON can write."""
    number = float(written)
    return number if math.isfinite(number) else _refuse(written)


def _refuse(constant: str) -> NoReturn:
    """Refuse what Python takes for JSON and no one else does: NaN, and what is infinite."""
    raise ValueError(constant)
