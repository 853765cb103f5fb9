"""What requests take from the environment: addresses, and the secrets that stand in no flow."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from engine.core.request_text import Place, RequestText, Variable, read
from engine.core.tool_source import HttpRequest
from engine.errors import ToolError


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables of the process. An empty one counts as unset."""

    variables: Mapping[str, str]

    def value(self, variable: Variable) -> str:
        """Return what a variable holds, or its default. Raises ToolError when it has neither."""
        held = self.variables.get(variable.name, "").strip() or variable.default
        if held is None:
            raise ToolError(f"{variable.name} is not set", "set it in the environment")
        return held


def texts(request: HttpRequest) -> Iterator[RequestText]:
    """Yield every text of a request."""
    yield read(request.url)
    for _, text in (*request.query, *request.headers):
        yield read(text)
    if request.body is not None:
        yield from _texts(json.loads(request.body))


def _texts(body: object) -> Iterator[RequestText]:
    match body:
        case str():
            yield read(body)
        case dict():
            for value in body.values():
                yield from _texts(value)
        case list():
            for value in body:
                yield from _texts(value)


def needed(request: HttpRequest) -> list[str]:
    """Return the variables without which a request can not be sent."""
    variables = (variable for text in texts(request) for variable in text.variables)
    return list(dict.fromkeys(variable.name for variable in variables if variable.default is None))


def unusable(request: HttpRequest, environment: Environment) -> ToolError | None:
    """Say what of the environment is missing for a request, or can not be sent; never what it holds."""
    missing = [name for name in needed(request) if not environment.variables.get(name, "").strip()]
    if missing:
        is_, it = ("is", "it") if len(missing) == 1 else ("are", "them")
        return ToolError(f"{', '.join(missing)} {is_} not set", f"set {it} in the environment")
    for variable in (variable for text in texts(request) for variable in text.variables):
        if any(ord(letter) < 32 or ord(letter) == 127 for letter in environment.value(variable)):
            return ToolError(f"{variable.name} holds a line break, or another letter that can not be sent",
                             "copy it once more, without what is around it")  # fmt: skip
    return _unusable_address(read(request.url), environment)


def _unusable_address(url: RequestText, environment: Environment) -> ToolError | None:
    """Say why a URL leads nowhere, or to a host that what is filled in would choose."""
    try:
        one, other = (urlsplit(_with(url, environment, letter)) for letter in "ab")
        usable = one.scheme in {"http", "https"} and bool(one.hostname) and one.port != 0
    except ValueError:
        usable = False
    names = ", ".join(variable.name for variable in url.variables) or "its URL"
    if not usable:
        return ToolError(f"{names} makes no http(s) address", "write one such as https://api.example.com")
    if one.netloc != other.netloc:
        mend = "let / follow the host"
        return ToolError(f"what is filled in would be a part of the host that {names} names", mend)
    return None


def _with(url: RequestText, environment: Environment, letter: str) -> str:
    text = ""
    for part in url.parts:
        match part:
            case Place():
                text += letter
            case Variable():
                text += base(environment.value(part), text)
            case str():
                text += part
    return text


def base(value: str, before: str) -> str:
    """Return a variable's value within a URL: the slash that ends an address is in the flow already."""
    return value if before else value.rstrip("/")
