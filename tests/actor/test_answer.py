"""A model's reply on its way: whatever the model does, the turn hears of its end exactly once."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from engine.actor.answer import Answer
from engine.actor.ports import Ports
from engine.core.events import Event, MakeEvent, ModelFailed, ModelFinished, ModelText, Moment
from engine.core.request import Request
from engine.core.speech import CallDelta, Delta, TextDelta
from engine.errors import ModelError
from engine.store.sqlite import open_sqlite
from engine.testkit import Call, VirtualClock

Script = list[Delta | Exception | int]
"""What a model writes, an error that it ends with, and how many milliseconds it says nothing."""


class ScriptedModel:
    """A model that follows a script, and notes whether its stream was closed."""

    name = "scripted"

    def __init__(self, script: Script, clock: VirtualClock) -> None:
        self._script = script
        self._clock = clock
        self.closed = False

    async def stream(self, request: Request) -> AsyncGenerator[Delta, None]:
        try:
            for step in self._script:
                match step:
                    case int():
                        self._clock.pass_ms(step)
                        await asyncio.sleep(0)
                    case Exception():
                        raise step
                    case _:
                        yield step
        finally:
            self.closed = True

    async def warm(self) -> None:
        pass

    async def close(self) -> None:
        pass


@pytest.fixture
def reply(call: Call, tmp_path: Path) -> Callable[[Script], list[Event]]:
    """Let a model follow a script, and return what the call hears of it."""
    request = call.caller("Hello").request
    clock = VirtualClock()

    def follow(script: Script) -> list[Event]:
        store = open_sqlite(tmp_path / "turnstile.db")
        model = ScriptedModel(script, clock)
        heard: list[Event] = []

        def post(make: MakeEvent) -> None:
            heard.append(make(Moment(len(heard), clock.now(), clock.mono_ms())))

        async def answer() -> None:
            ports = Ports(model, store, clock=clock, later=clock.later)
            with suppress(asyncio.CancelledError):
                await Answer(1, request, ports, post).run()

        asyncio.run(answer())
        store.close()
        assert model.closed
        assert clock.next_due_ms() is None
        return heard

    return follow


def test_what_can_be_spoken_comes_first_and_the_calls_at_the_end(
    reply: Callable[[Script], list[Event]],
) -> None:
    """One event for each fragment, one for the end."""
    first, second, end = reply([TextDelta("Sure. "), TextDelta("Which day?"), CallDelta(0, "human", "{}")])
    assert isinstance(first, ModelText)
    assert isinstance(second, ModelText)
    assert (first.text, second.text) == ("Sure. ", "Which day?")
    assert isinstance(end, ModelFinished)
    assert [call.name for call in end.calls] == ["human"]


def test_a_model_that_fails_says_whether_to_ask_again(reply: Callable[[Script], list[Event]]) -> None:
    """A refused key will be refused again."""
    [failed] = reply([ModelError("no such key", retryable=False)])
    assert isinstance(failed, ModelFailed)
    assert not failed.retryable


def test_a_bug_of_the_client_ends_the_turn_as_well(reply: Callable[[Script], list[Event]]) -> None:
    """Whatever it raises, the caller must not hear silence."""
    [failed] = reply([ZeroDivisionError("hunter2")])
    assert isinstance(failed, ModelFailed)
    assert failed.reason == "a bug"
