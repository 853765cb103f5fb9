"""What a caller hears when something fails: never silence, never an error."""

import asyncio
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.app import load_flow
from engine.flow.load import loads
from engine.llm.offline.model import OfflineModel
from engine.tools.find import inspect_tool
from tests.support.line import dialled, serving
from tests.support.provider import CUT, Chunk, function, model_at, provider, text

APPOINTMENT = load_flow(Path("flows/appointment.yaml"))
TROUBLE = "I'm sorry, I had some trouble there. Could you say that again?"


@pytest.mark.parametrize(
    ("reply", "times"),
    [
        (401, 1),
        (404, 1),
        (429, 2),
        (500, 2),
        (503, 2),
        ([CUT], 2),
        (text()[:-1], 2),
        ([{"finish": "stop"}], 2),
    ],
)
def test_a_provider_that_fails_is_covered_for(
    reply: Sequence[Chunk] | int, times: int, data_folder: Path
) -> None:
    """Refused, overloaded, broken off, or empty: asked again where that may help, then covered for."""

    async def call() -> None:
        async with (
            provider(*[reply] * times, text("There you are.")) as script,
            serving(APPOINTMENT, model_at(script.url), data_folder) as url,
            dialled(url) as phone,
        ):
            await phone.answered()
            assert await phone.says("Hello?") == TROUBLE
            assert await phone.says("Hello??") == "There you are."

    asyncio.run(call())


def test_what_a_provider_says_of_an_error_is_not_logged(data_folder: Path, logged: io.StringIO) -> None:
    """Some quote the request, and that is what the caller said. What kind of error it was is there to read."""

    async def call() -> None:
        async with (
            provider(404) as script,
            serving(APPOINTMENT, model_at(script.url), data_folder) as url,
            dialled(url) as phone,
        ):
            await phone.answered()
            assert await phone.says("My name is Lopez") == TROUBLE

    asyncio.run(call())
    assert "Lopez" not in logged.getvalue()
    assert "NotFoundError 404 refused_it" in logged.getvalue()


def test_a_function_call_that_was_cut_is_not_carried_out(data_folder: Path) -> None:
    """Half a call may be another call altogether."""

    async def call() -> None:
        async with (
            provider([*function("end_call")[:-1], CUT]) as script,
            serving(APPOINTMENT, model_at(script.url), data_folder) as url,
            dialled(url) as phone,
        ):
            await phone.answered()
            assert await phone.says("Hello?") == TROUBLE
            assert not phone.frames[-1].get("end_call")

    asyncio.run(call())


def test_nobody_can_be_reached(data_folder: Path) -> None:
    """The provider's server is not there at all."""

    async def call() -> None:
        async with (
            serving(APPOINTMENT, model_at("http://127.0.0.1:9/v1"), data_folder) as url,
            dialled(url) as phone,
        ):
            await phone.answered()
            assert await phone.says("Hello?") == TROUBLE

    asyncio.run(call())


FAILING = """
flow: failing
initial: hello
slots: {{day: {{type: date, ask: "Which day?"}}}}
tools:
  job: {{python: "tests.support.clinic:{function}", effect: {effect}, outcomes: [done]{more}}}
states:
  hello:
    say: "Hello."
    transitions: {{start: {{to: ask, intent: start, when: The caller wants an appointment.}}}}
  ask: {{collect: [day], transitions: {{collected: work}}}}
  work:
    run: job
    transitions:
      done: bye
      error: {{to: bye, say: "That did not work."}}
      {other}: {{to: bye, say: "I can't tell."}}
  bye: {{say: "Goodbye.", hang_up: true}}
"""


@pytest.mark.parametrize(
    ("function", "effect", "said"),
    [
        ("fail", "read", "That did not work. Goodbye."),
        ("fail", "write", "I can't tell. Goodbye."),
        ("look", "read", "That did not work. Goodbye."),
        ("look", "write", "I can't tell. Goodbye."),
    ],
)
def test_a_tool_that_fails_ends_in_the_flows_own_words(
    function: str, effect: str, said: str, data_folder: Path, logged: io.StringIO
) -> None:
    """It raises, or answers what it must not: a read did not work, and of a write nobody can tell."""
    more = ", needs: nothing, happened: [done]" if effect == "write" else ""
    other = "unknown" if effect == "write" else "timeout"
    flow = loads(FAILING.format(function=function, effect=effect, more=more, other=other), inspect_tool)

    async def call() -> None:
        async with serving(flow, OfflineModel(), data_folder) as url, dialled(url) as phone:
            await phone.answered()
            await phone.says("I'd like an appointment")
            assert await phone.says("tomorrow") == said
            assert "hunter2" not in str(phone.frames)

    asyncio.run(call())
    assert "tool." in logged.getvalue()
    assert "hunter2" not in logged.getvalue()


@pytest.mark.parametrize(
    "frame",
    [
        "", "{", "[]", "null", "3", '"hello"', "{}", '{"interaction_type": "sing"}', '{"interaction_type": 3}',
        '{"interaction_type": "response_required"}', '{"interaction_type": "response_required", "response_id": "x"}',
        '{"interaction_type": "update_only", "transcript": "x"}', '{"interaction_type": "ping_pong"}',
        '{"interaction_type": "call_details", "call": []}', b"\x00\xff", "\ufffd" * 1000,
        '{"interaction_type": "update_only", "transcript": [], "stray": {"a": 1}, "turntaking": "nobody"}',
        '{"interaction_type": "update_only", "transcript": [{"role": "whale", "content": "song"}]}',
    ],
)  # fmt: skip
def test_a_frame_that_can_not_be_read_loses_nothing(frame: str | bytes, data_folder: Path) -> None:
    """The call goes on as if it had not come."""

    async def call() -> None:
        async with serving(APPOINTMENT, OfflineModel(), data_folder) as url, dialled(url) as phone:
            await phone.answered()
            await phone.socket.send(frame)
            assert await phone.says("I'd like a cleaning") == "Which day suits you?"

    asyncio.run(call())


def test_a_frame_that_is_too_large_ends_the_connection_and_not_the_call(data_folder: Path) -> None:
    """17 MiB are no transcript. The platform connects again, and the call is as it was."""

    async def call() -> None:
        async with serving(APPOINTMENT, OfflineModel(), data_folder) as url:
            async with dialled(url) as phone:
                await phone.answered()
                await phone.says("I'd like a cleaning")
                announced = b"\x81\xff" + (17 * 2**20).to_bytes(8, "big") + b"mask"
                phone.socket.transport.write(announced)  # its length alone is enough
                await phone.socket.wait_closed()
                assert phone.socket.close_code == 1009
            async with dialled(url, platform=phone.platform) as again:
                assert await again.says("next Thursday at 3 pm") == "May I have your name?"

    asyncio.run(call())


def test_a_transcript_of_a_long_call_is_taken(data_folder: Path) -> None:
    """With word timings a frame passes the usual limit of one megabyte."""

    async def call() -> None:
        async with serving(APPOINTMENT, OfflineModel(), data_folder) as url, dialled(url) as phone:
            await phone.answered()
            assert await phone.says("word " * 1_000_000) != ""

    asyncio.run(call())
