"""A tool that is a request to a server."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from structlog.contextvars import bound_contextvars

from engine.core.signature import Signature
from engine.core.tool import Parameter
from engine.core.tool_source import NONE_THERE, HttpRequest
from engine.tools.circumstances import Circumstances
from engine.tools.http.answer import judged
from engine.tools.http.environment import Environment, unusable
from engine.tools.http.request import filled
from engine.tools.means import Means
from engine.tools.outcome import Outcome

NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class HttpTool:
    """A request that a flow describes."""

    request: HttpRequest

    @property
    def signature(self) -> Signature:
        """What it takes, as the flow says. Every request can carry the key of a write."""
        arguments = self.request.arguments
        parameters = (Parameter(a.name, json.loads(a.schema), required=a.required) for a in arguments)
        return Signature("", tuple(parameters), takes_key=True)

    def make_ready(self, means: Means) -> None:
        """Open the client, so that no caller waits for that.

        Raises ToolError when the environment lacks something, or holds what can not be sent.
        """
        found = unusable(self.request, Environment(os.environ))
        if found is not None:
            raise found
        means.http.open()

    async def call(
        self, arguments: Mapping[str, object], circumstances: Circumstances, means: Means
    ) -> Outcome:
        """Send the request, and return what its answer means.

        Raises NotDone when it certainly changed nothing, and ToolError when the answer is none of those
        that the flow names, or none came.
        """
        return await self._answered(arguments, circumstances, means)

    async def look_up(
        self, arguments: Mapping[str, object], circumstances: Circumstances, means: Means
    ) -> Outcome | None:
        """Ask for an earlier write; None: the server knows of none. Raises ToolError as `call` does."""
        outcome = await self._answered(arguments, circumstances, means, absent=NOT_FOUND)
        return outcome if outcome.name != NONE_THERE else None

    async def _answered(
        self,
        arguments: Mapping[str, object],
        circumstances: Circumstances,
        means: Means,
        absent: int | None = None,
    ) -> Outcome:
        message = filled(self.request, arguments, circumstances, Environment(os.environ))
        with bound_contextvars(call_id=circumstances.call_id):
            answer = await means.http.send(message, self.request)
        return judged(self.request, answer, absent)
