"""Whether the models of a flow can be asked as it says."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from engine.core.models import OFFLINE, OURS
from engine.core.request_text import Variable, read
from engine.core.slots.locale import is_english
from engine.flow.file.source import Location
from engine.flow.language.http import HttpPart
from engine.flow.language.models import ModelPart
from engine.flow.language.schema import FlowPart
from engine.flow.rules.findings import Finding
from engine.flow.rules.http_rules import broken_headers
from engine.flow.rules.literal_secrets import literal_secrets
from engine.settings import is_address

SOME_HOST = "https://host"
OF_A_REQUEST = re.compile(r"(?:/chat)?/(?:chat|completions|responses|messages)/?$")
"""What providers' documentation shows as the address of one kind of request."""


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
    elif model.base_url is None and get_close_matches(model.name.strip().lower(), [OFFLINE], cutoff=0.8):
        what = f"`{model.name}` would be asked of a provider"
        yield Finding((*at, "name"), what, f"did you mean `{OFFLINE}`?")
    if model.base_url is not None:
        yield from _address(model.base_url, (*at, "base_url"))
    yield from broken_headers(model.headers, at)
    for name, value in model.headers.items():
        where = (*at, "headers", name)
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
    if not is_address(whole) or any(letter.isspace() for letter in whole):
        yield Finding(at, "this is no address on the web", "write one such as http://localhost:11434/v1")
    elif found := OF_A_REQUEST.search(whole):
        what = f"`{found[0]}` is where one kind of request goes, not where the provider is"
        yield Finding(at, what, "end it before that, as in https://host/v1")
