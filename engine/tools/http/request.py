"""Filling a request in: each value encoded for its place, so that none reaches beyond it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final
from urllib.parse import quote, urlencode

from engine.core.request_text import Place, RequestText, Variable, read
from engine.core.tool_source import HttpRequest
from engine.errors import NotDone, ToolError
from engine.tools.circumstances import Circumstances
from engine.tools.http.environment import Environment, base

IDEMPOTENCY_KEY = "Idempotency-Key"
KEY_LETTERS = "!#$&'()*+,-./:;<=>?@[]^_`{|}~"
"""What stands for itself in a quoted key, beside letters and digits."""
DEFAULTS = (("Accept", "application/json"), ("Accept-Encoding", "identity"), ("User-Agent", "turnstile"))
"""Not compressed: an answer is read up to a limit, and a few bytes could unpack to any number."""
STEP = re.compile(r"[/\\]")
CONTROL = re.compile("[\x00-\x1f\x7f]")


class Left(Enum):
    """What stands in the place of a value that is left out."""

    OUT = "out"


LEFT_OUT: Final = Left.OUT


@dataclass(frozen=True, slots=True)
class Message:
    """A request that can be sent."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Values:
    """What a request is filled in with."""

    kinds: Mapping[str, str]
    arguments: Mapping[str, object]
    environment: Environment

    def json(self, name: str) -> object:
        """Return a value as JSON has it: a number, true or false, a list, text. LEFT_OUT: there is none."""
        value = self.arguments.get(name)
        return LEFT_OUT if value is None else _json(self.kinds.get(name, "text"), value)

    def text(self, name: str) -> str | Left:
        """Return a value as text."""
        value = self.json(name)
        return LEFT_OUT if value is LEFT_OUT else _text(self.arguments[name], value)

    def fill(self, text: RequestText) -> str | Left:
        """Return a text filled in; LEFT_OUT when a value in it is not known."""
        filled = ""
        for part in text.parts:
            match part:
                case str():
                    filled += part
                case Variable():
                    filled += self.environment.value(part)
                case Place(name):
                    value = self.text(name)
                    if value is LEFT_OUT:
                        return LEFT_OUT
                    filled += value
        return filled


def filled(
    request: HttpRequest,
    arguments: Mapping[str, object],
    circumstances: Circumstances,
    environment: Environment,
) -> Message:
    """Return the message to send.

    Raises NotDone when a value can not stand where it would: nothing is sent then.
    """
    given = {
        "idempotency_key": circumstances.idempotency_key,
        "call_id": circumstances.call_id,
        "now": circumstances.now.isoformat(timespec="seconds"),
    }
    kinds = {argument.name: argument.kind for argument in request.arguments}
    values = Values(kinds, {**arguments, **given}, environment)
    for argument in request.arguments:
        if argument.required and arguments.get(argument.name) is None:
            raise NotDone(f"{argument.name} is not known")
    try:
        url = _with_query(_url(read(request.url), values), request, values)
        content = _content(request, values)
        headers = _headers(request, values, circumstances.idempotency_key, json=content is not None)
    except NotDone:
        raise
    except ToolError as error:
        raise NotDone(error.what) from error
    return Message(request.method, url, headers, content)


def quoted(key: str) -> str:
    """Return a key as the `Idempotency-Key` header carries it.

    draft-ietf-httpapi-idempotency-key-header-07, section 2.1: a String of Structured Fields (RFC 9651,
    section 3.3.3), so in quotes and of printable ASCII. Servers that are older than the draft take any text
    as a key, and the quotes as a part of it. A flow may write the header itself, as "{idempotency_key}".
    """
    return f'"{quote(key, safe=KEY_LETTERS)}"'


def _url(text: RequestText, values: Values) -> str:
    url = ""
    for part in text.parts:
        match part:
            case str():
                url += part
            case Variable():
                url += base(values.environment.value(part), url)
            case Place(name):
                value = values.text(name)
                if value is LEFT_OUT:
                    raise NotDone(f"{name} is not known")
                if "?" not in url:
                    _within_its_step(name, value)
                url += quote(value, safe="", errors="replace")
    return url


def _within_its_step(name: str, value: str) -> None:
    """Refuse a value that would be no step of a path, or one upwards.

    A slash is encoded, but servers are known to decode it before they look at the path; and dots mean the
    same whether encoded or not (RFC 3986, sections 3.3 and 6.2.2).
    """
    if not value or any(step in {".", ".."} for step in STEP.split(value)):
        raise NotDone(f"{name} can not be a part of a URL")


def _with_query(url: str, request: HttpRequest, values: Values) -> str:
    pairs: list[tuple[str, str]] = []
    for key, written in request.query:
        text = read(written)
        match text.parts:
            case (Place(name),) if isinstance(several := values.json(name), list):
                pairs += ((key, _text(one, one)) for one in several)
            case _:
                value = values.fill(text)
                if value is not LEFT_OUT:
                    pairs.append((key, value))
    if not pairs:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode(pairs, quote_via=quote, errors='replace')}"


def _headers(request: HttpRequest, values: Values, key: str, *, json: bool) -> tuple[tuple[str, str], ...]:
    headers = {name.lower(): (name, value) for name, value in DEFAULTS}
    if json:
        headers["content-type"] = ("Content-Type", "application/json")
    if request.writes:
        headers[IDEMPOTENCY_KEY.lower()] = (IDEMPOTENCY_KEY, quoted(key))
    for name, text in request.headers:
        value = values.fill(read(text))
        if value is LEFT_OUT:
            continue
        if CONTROL.search(value):
            raise NotDone(f"the header {name} would have a line break in it")
        headers[name.lower()] = (name, value.strip())
    return tuple(headers.values())


def _content(request: HttpRequest, values: Values) -> bytes | None:
    if request.body is None:
        return None
    body = _body(json.loads(request.body), values)
    return json.dumps(body, ensure_ascii=False).encode(errors="replace")


def _body(template: object, values: Values) -> object:
    match template:
        case str():
            text = read(template)
            match text.parts:
                case (Place(name),):
                    return values.json(name)
                case _:
                    return values.fill(text)
        case dict():
            filled_in = ((key, _body(value, values)) for key, value in template.items())
            return {key: value for key, value in filled_in if value is not LEFT_OUT}
        case list():
            return [value for value in (_body(item, values) for item in template) if value is not LEFT_OUT]
        case _:
            return template


def _json(kind: str, value: object) -> object:
    match value:
        case list() | tuple():
            return [_json(kind, one) for one in value]
        case str() if kind == "number":
            return _number(value)
        case str() if kind == "yes_no":
            return value == "yes"
        case _:
            return value


def _number(text: str) -> int | float | str:
    for read_as in (int, float):
        try:
            return read_as(text)
        except ValueError:
            continue
    return text


def _text(value: object, as_json: object) -> str:
    """Return a value as text: as it is, but for what only JSON has a word for."""
    match as_json:
        case bool():
            return "true" if as_json else "false"
        case list():
            return ",".join(_text(one, one) for one in as_json)
        case _:
            return str(value)
