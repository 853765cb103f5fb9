"""Tools over HTTP, as a flow writes them: the request, what the model gives, and what an answer means."""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, JsonValue, WithJsonSchema

from engine.flow.language.named import OwnName
from engine.flow.language.words import Part, Words, as_name, as_options, said

STATUS = re.compile("[2-5](?:[0-9][0-9]|xx)")

_STATUS_TEXT: dict[str, JsonValue] = {"type": "string", "pattern": f"^{STATUS.pattern}$"}
_SENT_AS_TEXT: dict[str, JsonValue] = {"type": ["string", "number", "boolean"]}


def as_request(value: object) -> object:
    """`http: URL` is short for `http: {url: URL}`."""
    return {"url": value} if isinstance(value, str) else value


def as_text(value: object) -> object:
    """Read a number or a truth value as the text that is sent."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case _:
            return value


def as_status(value: object) -> object:
    """Read a status of HTTP, or a class of them."""
    if not isinstance(value, str) or not STATUS.fullmatch(value):
        raise ValueError(f"{said(value)} is no status; write one such as 404, or 2xx for all of a kind")
    return value


def as_rule(value: object) -> object:
    """`404: not_found` is short for `404: {else: not_found}`."""
    return value if isinstance(value, dict) else {"else": as_name(value)}


Text = Annotated[str, BeforeValidator(as_text), WithJsonSchema(_SENT_AS_TEXT)]
Status = Annotated[str, BeforeValidator(as_status), WithJsonSchema(_STATUS_TEXT)]


class HttpPart(Part):
    """A request to a server."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    """How the server is asked; a write needs another one than GET."""
    url: Words
    """Where, with slots in braces and the environment's variables: `"${SHOP_URL}/orders/{order}"`."""
    query: dict[Words, Text] = {}
    """What is added to the URL behind the question mark, such as `{phone: "{phone?}"}`."""
    headers: dict[Words, Text] = {}
    """Headers; secrets come from the environment: `{Authorization: "Bearer ${SHOP_TOKEN}"}`."""
    body: dict[str, object] | None = None
    """What is sent as JSON, with slots in braces, such as `{guests: "{party}"}`."""

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield every text that is filled in, with the way to it."""
        yield from _texts(("url",), self.url)
        yield from _texts(("query",), self.query)
        yield from _texts(("headers",), self.headers)
        yield from _texts(("body",), self.body)


class RulePart(Part):
    """Which outcome an answer means: always the same, or by what stands at a path in its JSON."""

    path: Words | None = None
    """Where in the answer's JSON the deciding word stands, such as `order.status`."""
    is_: Annotated[dict[str, OwnName], Field(alias="is")] = {}
    """Which outcome each word means, such as `{SHIPPED: shipped}`."""
    else_: Annotated[OwnName | None, Field(alias="else")] = None
    """The outcome when no other word does."""


class ParameterPart(Part):
    """What the model gives a tool, typed as slots are."""

    type: Literal["text", "name", "date", "time", "datetime", "phone", "email", "number", "yes_no", "choice"]
    """What kind of value it is, as of a slot."""
    options: Annotated[
        dict[Words, list[Words]],
        BeforeValidator(as_options, json_schema_input_type=list[Words] | dict[Words, list[Words]]),
    ] = {}
    """Of a choice, what to choose from: `[small, large]`."""
    about: Words | None = None
    """What it is, told to the model."""
    optional: bool = False
    """Whether the request can be made without it."""


Request = Annotated[HttpPart, BeforeValidator(as_request, json_schema_input_type=Words | HttpPart)]
Rule = Annotated[RulePart, BeforeValidator(as_rule, json_schema_input_type=OwnName | RulePart)]
Outcomes = dict[Status, Rule]


def _texts(at: tuple[str | int, ...], value: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    match value:
        case str():
            yield at, value
        case dict():
            for key, inner in value.items():
                yield from _texts((*at, key), inner)
        case list():
            for index, inner in enumerate(value):
                yield from _texts((*at, index), inner)
