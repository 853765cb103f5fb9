"""From the names of models to chains that answer: each provider is there once, for all flows and calls."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.clock import Clock, Later
from engine.core.flow import Flow
from engine.core.models import OFFLINE, ModelChoice
from engine.core.request import Request
from engine.core.request_text import Variable, read
from engine.core.speech import Delta
from engine.errors import SettingsError
from engine.llm.chain.chain import Chain
from engine.llm.chain.link import Link
from engine.llm.model import Answering
from engine.llm.offline.model import OfflineModel
from engine.settings import checked_key, checked_url

if TYPE_CHECKING:
    from engine.llm.openai import Connection

OPENAI_KEY = "OPENAI_API_KEY"
OPENAI_URL = "OPENAI_BASE_URL"


@dataclass(slots=True)
class Providers:
    """All models of a process, by flow. It answers every call with the models of its flow."""

    environment: Mapping[str, str]
    """Where keys, addresses and headers are taken from. An empty variable counts as unset."""
    clock: Clock
    later: Later
    _links: dict[str, Link] = field(default_factory=dict)
    _connections: dict[str, "Connection"] = field(default_factory=dict)
    _chains: dict[int, tuple[Flow, Chain]] = field(default_factory=dict)
    """By flow; a call that runs keeps the one with which it began."""
    _newest: dict[str, Chain] = field(default_factory=dict)
    """By the name of a flow."""
    _lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Which of a flow's models can not be asked, and why."""

    def serve(self, flow: Flow, choices: Sequence[ModelChoice]) -> Iterator[str]:
        """Let these models answer the calls of a flow; yield why some of them can not.

        Raises SettingsError when none of them can, or what is set is of no use.
        """
        links, lacking = [], []
        for choice in choices:
            missing = self.missing(choice)
            if missing:
                lacking.append(f"{choice.name}: {' and '.join(missing)} not set")
            else:
                links.append(self._link(choice))
        if not links:
            told = "; ".join(lacking)
            raise SettingsError(
                f"no model can answer the calls of flow `{flow.name}` ({told}); set what is missing, "
                "or name another model with --model"
            )
        chain = Chain(links, self.clock, self.later)
        self._chains[id(flow)] = (flow, chain)
        self._newest[flow.name] = chain
        self._lacking[flow.name] = tuple(lacking)
        yield from lacking

    def chain(self, flow: Flow) -> Chain:
        """Return the models that answer the calls of a flow."""
        return self._chains[id(flow)][1]

    @property
    def health(self) -> Sequence[str]:
        """How each model that new calls may be given to is doing, in one line for an operator."""
        chains = tuple(self._newest.values())  # at once: another thread may load a flow meanwhile
        lacking = (f"{why}: left out" for whys in tuple(self._lacking.values()) for why in whys)
        links = dict.fromkeys(link for chain in chains for link in chain.links)
        return [*(link.health for link in links), *dict.fromkeys(lacking)]

    def stream(self, request: Request) -> AsyncGenerator[Delta | Answering, None]:
        """Yield the reply of the first model of the request's flow that answers. Raises ModelError."""
        return self.chain(request.flow).stream(request)

    async def warm(self) -> None:
        """Open a connection to each provider; what is wrong with one is logged, and the others answer."""
        await asyncio.gather(*(link.warm() for link in self._links.values()))

    async def close(self) -> None:
        """Let go of all connections."""
        await asyncio.gather(*(link.model.close() for link in self._links.values()))
        await asyncio.gather(*(connection.close() for connection in self._connections.values()))

    def _link(self, choice: ModelChoice) -> Link:
        key = repr(choice)
        if key not in self._links:
            self._links[key] = self._new(choice)
        return self._links[key]

    def _new(self, choice: ModelChoice) -> Link:
        if choice.name == OFFLINE:
            offline = OfflineModel()
            return Link(offline, self.clock, offline.serves)
        from engine.llm.openai import OpenAIModel  # noqa: PLC0415 - 0.7 s to import, needed only here

        return Link(OpenAIModel(choice, self._connection(choice)), self.clock)

    def _connection(self, choice: ModelChoice) -> "Connection":
        """Return the way to a provider: one for all models that are asked there with the same key."""
        from engine.llm.openai import Connection  # noqa: PLC0415

        url, key, headers = self._url(choice), self._key(choice), self._headers(choice)
        where = repr((url, key, sorted(headers.items())))
        if where not in self._connections:
            self._connections[where] = Connection(url, key=key, headers=headers)
        return self._connections[where]

    def missing(self, choice: ModelChoice) -> list[str]:
        """Return the variables without which a model can not be asked."""
        if choice.name == OFFLINE:
            return []
        wanted = [*_variables(choice.base_url or ""), *_variables(*choice.headers.values())]
        missing = [v.name for v in wanted if v.default is None and self._get(v.name) is None]
        own_server = choice.base_url is not None or self._get(OPENAI_URL) is not None
        key = choice.api_key_env or (None if own_server else OPENAI_KEY)
        return missing + ([key] if key is not None and self._get(key) is None else [])

    def _get(self, name: str) -> str | None:
        return self.environment.get(name, "").strip() or None

    def _url(self, choice: ModelChoice) -> str | None:
        if choice.base_url is None:
            return self._get(OPENAI_URL)
        return checked_url(f"the `base_url` of {choice.name}", self._filled(choice.base_url))

    def _key(self, choice: ModelChoice) -> str | None:
        """Return a model's key. OpenAI's goes to OpenAI, or to the server that stands in its place."""
        name = choice.api_key_env or (OPENAI_KEY if choice.base_url is None else None)
        key = self._get(name) if name is not None else None
        return checked_key(str(name), key) if key is not None else None

    def _headers(self, choice: ModelChoice) -> dict[str, str]:
        filled = {name: self._filled(value) for name, value in choice.headers.items()}
        for name, value in filled.items():
            if not value.isprintable():
                raise SettingsError(
                    f"the header {name} of {choice.name} has letters in it that can not be sent; "
                    "copy what is in its variable once more"
                )
        return filled

    def _filled(self, text: str) -> str:
        parts = (
            (self._get(part.name) or part.default or "") if isinstance(part, Variable) else str(part)
            for part in read(text).parts
        )
        return "".join(parts)


def _variables(*texts: str) -> Iterator[Variable]:
    for text in texts:
        yield from read(text).variables
