"""Which call, of which flow, a path asks for; and who may ask."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from engine.core.flow import Flow

CALL_ID = re.compile(r"[\w.:\-]{1,200}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths of a server: `/llm-websocket/{call_id}`, or `{flow}/` before the id; the secret first."""

    flows: Mapping[str, Flow]
    first: Flow
    secret: str | None = None

    def call(self, target: str) -> tuple[Flow, str] | None:
        """Return the flow and the call id of a request, or None when there is nothing at its path.

        A wrong secret looks like any other wrong path, and takes as long to refuse as a nearly right one.
        """
        steps = [unquote(step) for step in urlsplit(target).path.split("/")[1:]]
        if self.secret is not None:
            given = steps.pop(0) if steps else ""
            if not hmac.compare_digest(given.encode(), self.secret.encode()):
                return None
        match steps:
            case ["llm-websocket", call_id]:
                flow: Flow | None = self.first
            case ["llm-websocket", name, call_id]:
                flow = self.flows.get(name)
            case _:
                return None
        return (flow, call_id) if flow is not None and CALL_ID.fullmatch(call_id) else None

    def offering(self, flow: Flow) -> "Paths":
        """Return the same paths with another flow where one of its name was."""
        first = flow if self.first.name == flow.name else self.first
        return replace(self, flows={**self.flows, flow.name: flow}, first=first)

    def base(self, host: str, port: int, *, scheme: str = "ws") -> str:
        """Return the URL to configure at the platform; it appends `/{call_id}` itself."""
        name = f"[{host}]" if ":" in host else host
        begin = f"/{self.secret}" if self.secret else ""
        return f"{scheme}://{name}:{port}{begin}/llm-websocket"
