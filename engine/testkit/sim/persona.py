"""A caller who is played by a language model: a persona and a goal, at any OpenAI-compatible server."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.core.speech import TextDelta
from engine.errors import SettingsError
from engine.llm.openai import Connection
from engine.llm.openai.failures import FAILURES, failure
from engine.llm.openai.reply import Reply
from engine.testkit.sim.script import CallerPart, ModelPart
from engine.testkit.sim.steps import HangUp, Heard, Say, Step

HANGS_UP = "[hangs up]"
RULES = (
    "You are a person on the phone, calling a business. Say only what this person says next, one or two "
    "short spoken sentences, without quotes and without describing anything. The other side is an agent; you "
    "never speak for it. When you have what you came for and the goodbyes are said, or when you give up, "
    f"write {HANGS_UP}."
)
MOST_TURNS = 40


@dataclass(slots=True)
class Played:
    """Asks a model what the caller says next."""

    model: str
    connection: Connection
    persona: str
    goal: str
    _talk: list[dict[str, str]] = field(default_factory=list)

    async def replies(self, heard: Heard) -> Sequence[Step]:
        """Return what the model says. Raises ModelError when there is no answer."""
        said = heard.words or "(the agent says nothing)"
        self._talk.append({"role": "user", "content": said})
        if len(self._talk) > 2 * MOST_TURNS:
            return [HangUp()]
        words = (await self._ask()).strip()
        self._talk.append({"role": "assistant", "content": words})
        spoken = words.replace(HANGS_UP, "").strip()
        steps: list[Step] = [Say(spoken)] if spoken else []
        return [*steps, HangUp()] if HANGS_UP in words or not spoken else steps

    def meanwhile(self) -> Sequence[Step]:
        """Return nothing."""
        return ()

    async def close(self) -> None:
        """Let go of the connection."""
        await self.connection.close()

    async def _ask(self) -> str:
        system = f"{RULES}\n\nWho you are: {self.persona}\nWhat you want: {self.goal}"
        messages = [{"role": "system", "content": system}, *self._talk]
        sent = json.dumps({"model": self.model, "messages": messages, "stream": True}).encode()
        reply, text = Reply(), ""
        try:
            response = await self.connection.ask(sent)
            try:
                async for received in response.aiter_bytes():
                    text += _text(reply.feed(received))
                    if reply.over:
                        break
                text += _text(reply.end())
            finally:
                await response.aclose()
        except FAILURES as error:
            raise failure(error) from error
        return text


def played_by(part: CallerPart) -> Played:
    """Return the caller of a file. Raises SettingsError when its key is not set."""
    model = part.model
    if not isinstance(model, ModelPart):
        raise SettingsError("a persona needs a model that plays it; write `model: {name: ...}` in its file")
    name = model.api_key_env or "OPENAI_API_KEY"
    key = os.environ.get(name, "").strip() or None
    if key is None and (model.api_key_env is not None or model.base_url is None):
        raise SettingsError(
            f"the model that plays the caller needs {name}; set it, or give another `api_key_env`"
        )
    return Played(model.name, Connection(model.base_url, key=key), part.persona or "", part.goal or "")


def _text(deltas: Sequence[object]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, TextDelta))
