"""Whether the models of a flow can be asked as it says."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from engine.core.models import OFFLINE
from engine.core.request_text import Variable, read
from engine.core.slots.locale import is_english
from engine.flow.file.source import Location
from engine.flow.language.http import HttpPart
from engine.flow.language.models import ModelPart
from engine.flow.language.schema import FlowPart
from engine.flow.rules.findings import Finding
from engine.flow.rules.http_rules import OF_THE_CLIENT, TOKEN
from engine.flow.rules.literal_secrets import literal_secrets

OURS = frozenset({"model", "messages", "tools", "tool_choice", "functions", "function_call", "stream", "n"})
"""What every request says already: another value would break it."""
SOME_HOST = "https://host"


def unaskable(flow: FlowPart) -> Iterator[Finding]:
    """Yield what is wrong with the models of a flow."""
    seen: set[tuple[str, str | None]] = set()
    for index, model in enumerate(flow.models or ()):
        at = ("models", index)
        if (model.name, model.base_url) in seen:
            yield Finding(at, f"`{model.name}` stands here twice", "remove one of the two", True)
        seen.add((model.name, model.base_url))
        yield from _offline(flow, index, at) if model.name == OFFLINE else _online(model, at)


def _offline(flow: FlowPart, index: int, at: Location) -> Iterator[Finding]:
    models = flow.models or []
    model = models[index]
    for key in ("base_url", "api_key_env", "headers", "extra", "tool_gating", "strict"):
        if getattr(model, key) not in (None, {}):
            what = f"the offline model asks nobody: `{key}` means nothing to it"
            yield Finding((*at, key), what, "remove it", True)
    if not any(map(is_english, flow.language)):
        what = f"the offline model speaks English only, and this flow speaks {' and '.join(flow.language)}"
        yield Finding(at, what, "remove it from `models`")
    if index + 1 < len(models):
        what = "the offline model always answers, so that what stands behind it is never asked"
        yield Finding(("models", index + 1), what, "put `offline` last", True)


def _online(model: ModelPart, at: Location) -> Iterator[Finding]:
    if not model.name.strip() or not model.name.isprintable():
        yield Finding((*at, "name"), "this is no name of a model", "write it as its provider does")
    if model.base_url is not None:
        yield from _address(model.base_url, (*at, "base_url"))
    for name, value in model.headers.items():
        where = (*at, "headers", name)
        if not TOKEN.fullmatch(name):
            yield Finding(where, f"`{name}` is no name of a header", "write one such as X-Team", True)
        elif name.lower() in OF_THE_CLIENT:
            yield Finding(where, f"`{name}` is written when the request is sent", "remove it", True)
        if not value.isprintable():
            yield Finding(where, f"`{name}` has letters in it that can not be sent", "write it on one line")
        text = read(value)
        if text.faults or text.places:
            mend = "write ${NAME} for the environment, and other braces twice"
            yield Finding(where, "a header knows nothing of the call", mend)
    for found in literal_secrets(HttpPart(url=model.base_url or SOME_HOST, headers=model.headers), at):
        in_url = found.location == (*at, "url")
        what = found.what.replace("`url`", "`base_url`")
        yield Finding((*at, "base_url"), what, found.mend) if in_url else found
    for name in OURS.intersection(model.extra):
        yield Finding((*at, "extra", name), f"`{name}` is written by the engine", "remove it here", True)


def _address(url: str, at: Location) -> Iterator[Finding]:
    text = read(url)
    if text.faults or text.places:
        yield Finding(at, "where a model is does not depend on the call", "write ${NAME} for the environment")
        return
    whole = ""
    for part in text.parts:
        held = part.default if isinstance(part, Variable) else part
        whole += (SOME_HOST if not whole else "v") if held is None else str(held)
    try:
        parts = urlsplit(whole)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(letter.isspace() for letter in whole):
        yield Finding(at, "this is no address on the web", "write one such as http://localhost:11434/v1")
