"""Whether a request over HTTP can be sent as it is written, and holds nothing that it should not."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from engine.core.flow import MESSAGE
from engine.core.request_text import Place, RequestText, Variable, read
from engine.core.signature import GIVEN
from engine.flow.file.source import Location
from engine.flow.language.http import HttpPart
from engine.flow.language.tools import ToolPart
from engine.flow.rules.answer_rules import broken_answers
from engine.flow.rules.findings import Finding, suggestion
from engine.flow.rules.literal_secrets import literal_secrets
from engine.settings import is_address

SAFE = ("GET",)
"""Methods that ask for nothing but an answer (RFC 9110, section 9.2.1)."""
UNSAFE = ("PUT", "PATCH", "DELETE")
"""Methods that always ask for a change; a POST may do either."""
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""The name of a header (RFC 9110, section 5.6.2)."""
OF_THE_CLIENT = frozenset({"host", "content-length", "transfer-encoding", "connection", "accept-encoding"})
"""Headers that say how a message is sent: the client writes them."""
SOME_HOST = "https://host"
ADDRESS = "write one such as https://api.example.com/orders/{order}"


def broken_http_rules(name: str, tool: ToolPart, slots: Collection[str]) -> Iterator[Finding]:
    """Yield what is wrong with the requests of one tool, and with what is made of their answers.

    `slots` are those of the file in which the tool stands, as they are called there.
    """
    at = ("tools", name)
    known = {*slots, *tool.parameters, *GIVEN}
    if tool.http is not None:
        yield from _method(tool, tool.http, at)
        yield from _request(tool.http, tool, (*at, "http"), known)
    yield from broken_answers(tool, tool, at)
    yield from _parameters(tool, slots, at)
    if tool.lookup is not None:
        if tool.lookup.http is not None:
            yield from _request(tool.lookup.http, tool, (*at, "lookup", "http"), known)
            yield from _asks_for_one(tool.lookup.http, (*at, "lookup", "http"))
        yield from broken_answers(tool.lookup, tool, (*at, "lookup"))


def _asks_for_one(http: HttpPart, at: Location) -> Iterator[Finding]:
    texts = [read(text) for _, text in http.texts()]
    if not any(text.places or text.faults for text in texts):
        mend = "put {idempotency_key} into its URL or its query"
        yield Finding(at, "this look-up asks for no write in particular", mend, True)


def _method(tool: ToolPart, http: HttpPart, at: Location) -> Iterator[Finding]:
    where = (*at, "http", "method")
    if tool.writes and http.method in SAFE:
        what = f"a {http.method} changes nothing, and this tool writes"
        yield Finding(where, what, "write `method: POST`, or `effect: read`")
    if not tool.writes and http.method in UNSAFE:
        what = f"a {http.method} changes something, and this tool reads"
        yield Finding(where, what, "write `effect: write`, or `method: GET`")


def _request(http: HttpPart, tool: ToolPart, at: Location, known: Iterable[str]) -> Iterator[Finding]:
    yield from _url(read(http.url), tool, (*at, "url"))
    if http.body is not None and http.method in SAFE and not tool.writes:
        what = f"a {http.method} sends no body"
        yield Finding((*at, "body"), what, "write `method: POST`, or `query:` for what is asked", True)
    yield from broken_headers(http.headers, at)
    yield from literal_secrets(http, at)
    for way, text in http.texts():
        where = (*at, *way)
        parsed = read(text)
        for fault in parsed.faults:
            mend = "write {order} for a slot, ${NAME} for the environment, and other braces twice"
            yield Finding(where, f"`{fault}` names nothing", mend)
        for place in parsed.places:
            if place.name not in known:
                mend = suggestion(place.name, known, "slots and parameters")
                rests = (where, ("slots", place.name), (*at[:2], "parameters"))
                yield Finding(
                    where, f"`{{{place.name}}}` is neither a slot nor a parameter", mend, rests_on=rests
                )


def _url(url: RequestText, tool: ToolPart, at: Location) -> Iterator[Finding]:
    before = _before_first_place(url)
    if not is_address(before) or any(letter.isspace() for letter in before):
        yield Finding(at, "this is no address on the web", ADDRESS)
    elif url.places and not set("/?") & set(before.partition("://")[2]):
        mend = "begin with the host, then / and the rest"
        yield Finding(at, "what is filled in would be a part of the host", mend)
    elif "#" in url.words:
        yield Finding(at, "a server is never sent what stands behind #", "remove it, or write %23")
    for place in url.places:
        parameter = tool.parameters.get(place.name)
        if place.optional or (parameter is not None and parameter.optional):
            what = f"without `{place.name}` there would be a gap in the URL"
            yield Finding(at, what, "put it under `query:`, where it is left out")


def _before_first_place(url: RequestText) -> str:
    """Return what the URL begins with, with an address in the place of a variable that holds one."""
    text = ""
    for part in url.parts:
        match part:
            case str():
                text += part
            case Variable(default=default):
                text += default if default is not None else ("v" if "://" in text else SOME_HOST)
            case Place():
                break
    return text


def broken_headers(headers: Mapping[str, str], at: Location) -> Iterator[Finding]:
    """Yield every header that can not be sent; they stand under `headers` at this place."""
    seen: set[str] = set()
    for name, value in headers.items():
        where = (*at, "headers", name)
        if not TOKEN.fullmatch(name):
            yield Finding(where, f"`{name}` is no name of a header", "write one such as X-Shop", True)
        elif name.lower() in OF_THE_CLIENT:
            yield Finding(where, f"`{name}` is written when the request is sent", "remove it", True)
        elif name.lower() in seen:
            yield Finding(where, f"`{name}` stands here twice", "remove one of the two", True)
        if any(ord(letter) < 32 for letter in value):
            yield Finding(where, f"`{name}` has a line break in it", "write it on one line")
        seen.add(name.lower())


def _parameters(tool: ToolPart, slots: Collection[str], at: Location) -> Iterator[Finding]:
    texts = [read(text) for _, text in tool.http.texts()] if tool.http is not None else []
    used = {place.name for text in texts for place in text.places}
    readable = not any(text.faults for text in texts)
    for name, parameter in tool.parameters.items():
        where = (*at, "parameters", name)
        if tool.http is None and tool.sources:
            what = f"`{tool.source}` says itself what it takes"
            yield Finding(where[:-1], what, "remove `parameters`", True)
            return
        if name in slots:
            what = f"`{name}` is a slot, and what it holds is taken"
            yield Finding(where, what, "remove it here, or give it another name", True)
        elif name in GIVEN or name == MESSAGE:
            yield Finding(where, f"`{name}` means something else", "give it another name", True)
        elif tool.http is not None and readable and name not in used:
            yield Finding(where, f"`{name}` is never sent", f"put {{{name}}} into the request", True)
        if parameter.type == "choice" and not parameter.options:
            yield Finding(where, "a choice needs its options", "add `options: [a, b]`", True)
        elif parameter.type != "choice" and parameter.options:
            yield Finding((*where, "options"), "only a choice has options", "write `type: choice`", True)
