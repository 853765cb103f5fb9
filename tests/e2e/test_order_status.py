"""Callers ask the shop's line about their orders, over a real socket, and the line asks the shop over HTTP."""

import asyncio
import io
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.app import load_flow, running
from engine.core.flow import Flow
from engine.core.slots.dates import Date
from engine.flow.load import loads
from engine.llm.offline.model import OfflineModel
from engine.settings import from_environment
from engine.tools.find import inspect_tool
from engine.tools.http.client import MOST_BYTES
from tests.conftest import FLOWS
from tests.support.line import dialled, serving, told
from tests.support.provider import function, model_at, provider
from tests.support.shop import PATIENCE_S, Reply, Shop

NOW = datetime.now(ZoneInfo("America/New_York"))
TOMORROW = (NOW + timedelta(days=1)).date().isoformat()
IN_WORDS = Date().spoken(TOMORROW, NOW, "en-US")
FOUND = Reply(json={"status": "SHIPPED", "carrier": "Harbor Post", "arrives": TOMORROW})
HOURS = """
flow: hours
initial: hello
tools:
  hours:
    http: "${SHOP_URL}/hours/{day}"
    effect: read
    outcomes: [known]
    parameters: {day: {type: date, about: "The day that they ask about."}}
states:
  hello: {say: "Hello.", tools: [hours]}
  bye: {hang_up: true}
always:
  end_call: {to: bye, when: The caller says goodbye.}
"""


@pytest.fixture
def line() -> Flow:
    return load_flow(FLOWS / "order_status.yaml")


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (FOUND, f"Your order 4711 is on its way. It comes with Harbor Post. It should be with you on {IN_WORDS}. Is there anything else?"),
        (Reply(json={"status": "SHIPPED"}), "Your order 4711 is on its way. Is there anything else?"),
        (Reply(json={"status": "DELIVERED"}), "Your order 4711 has been delivered. Is there anything else?"),
        (Reply(json={"status": "PACKING"}), "Your order 4711 is not shipped yet. Is there anything else?"),
        (Reply(body=b"ok"), "Your order 4711 is not shipped yet. Is there anything else?"),
        (Reply(404), "I can't find that order. What is the number again?"),
        (Reply(500), "I'm sorry, I can't reach our orders right now. Let me put you through to a colleague."),
        (Reply(403), "I'm sorry, I can't reach our orders right now. Let me put you through to a colleague."),
        (Reply(body=b" " * MOST_BYTES * 2), "I'm sorry, I can't reach our orders right now. Let me put you through to a colleague."),
        (Reply(302, headers={"Location": "https://elsewhere.example/"}), "I'm sorry, I can't reach our orders right now. Let me put you through to a colleague."),
        (Reply(waits=True), "I'm sorry, our order system does not answer. Let me put you through to a colleague."),
    ],
)  # fmt: skip
def test_a_caller_is_told_what_the_shop_answers(
    server: Shop, line: Flow, data_folder: Path, reply: Reply, answer: str
) -> None:
    """Whatever that is: a caller is never left without a word."""
    server.answers("/orders/4711", reply)
    assert told(line, data_folder, "4711") == [f"One moment, I am looking it up. {answer}"]


def test_the_shop_is_asked_with_the_callers_number_if_it_is_known(
    server: Shop, line: Flow, data_folder: Path
) -> None:
    """And without it otherwise; the token goes along, and into no log."""
    told(line, data_folder, "A/47", from_number="+12025550123")
    told(line, data_folder / "other", "A/47")
    assert [request.path for request in server.asked] == [
        "/orders/A%2F47?phone=%2B12025550123", "/orders/A%2F47",
    ]  # fmt: skip
    assert {request.headers["authorization"] for request in server.asked} == {"Bearer hunter2"}


def test_a_shop_that_fails_once_is_asked_again(
    server: Shop, line: Flow, data_folder: Path, logged: io.StringIO
) -> None:
    """The caller hears nothing of it; the log does, without the token."""
    server.answers("/orders/4711", Reply(503), FOUND)
    assert "is on its way" in told(line, data_folder, "4711")[0]
    assert len(server.asked) == 2
    answered = [json.loads(line) for line in logged.getvalue().splitlines() if "http.answered" in line]
    assert [(line["call_id"], line["status"]) for line in answered] == [("call_1", 503), ("call_1", 200)]
    assert "hunter2" not in logged.getvalue()


def test_a_shop_that_nobody_can_reach_is_said_to_be_so(
    server: Shop, line: Flow, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller is put through."""
    monkeypatch.setenv("SHOP_URL", "http://127.0.0.1:1")
    assert "I can't reach our orders right now" in told(line, data_folder, "4711")[0]


def test_a_shop_that_is_too_slow_is_hung_up_on(server: Shop, line: Flow, data_folder: Path) -> None:
    """Nobody waits for its answer any more."""
    server.answers("/orders/4711", Reply(waits=True))
    told(line, data_folder, "4711")
    assert server.left.wait(PATIENCE_S)


def test_a_caller_asks_about_another_order(server: Shop, line: Flow, data_folder: Path) -> None:
    """Each is looked up, and nothing of the first is told of the second."""
    server.answers("/orders/4711", FOUND)
    server.answers("/orders/4712", Reply(json={"status": "SHIPPED"}))
    _, number, again, goodbye = told(
        line, data_folder, "4711", "Can you look up another order", "4712", "No, that's all, thank you, bye"
    )
    assert number == "Of course. What is the number of that order?"
    assert again.endswith("Your order 4712 is on its way. Is there anything else?")
    assert goodbye == "Thank you for calling Harbor Street Goods. Goodbye!"


def test_a_caller_who_speaks_while_the_shop_is_asked_hears_its_answer(
    server: Shop, data_folder: Path
) -> None:
    """It is asked once."""
    text = (FLOWS / "order_status.yaml").read_text()
    line = loads(text.replace("timeout: 6s", "timeout: 10m"), inspect_tool)
    server.answers("/orders/4711", Reply(json={"status": "DELIVERED"}, waits=True))

    async def call() -> str:
        async with serving(line, OfflineModel(), data_folder) as url, dialled(url) as phone:
            await phone.answered()
            await phone.begins("4711")
            await phone.heard("I am looking it up.")
            assert await asyncio.to_thread(server.begun.wait, PATIENCE_S)
            phone.platform.hear()
            await phone.begins("Hello? Are you still there?")
            await phone.heard("One more moment, please.")
            server.door.set()
            return await phone.answered()

    assert "Your order 4711 has been delivered." in asyncio.run(call())
    assert len(server.asked) == 1


def test_a_server_that_stops_hangs_up(server: Shop, line: Flow, data_folder: Path) -> None:
    """The connections that were kept for the next caller go with it."""
    server.answers("/orders/4711", FOUND)

    async def serve() -> None:
        settings = from_environment({"TURNSTILE_DATA": str(data_folder)})
        async with running((line,), settings) as engine:
            listening = await engine.server.listen("127.0.0.1", 0)
            port = next(iter(listening.sockets)).getsockname()[1]
            async with dialled(engine.paths.base("127.0.0.1", port), from_number="anonymous") as phone:
                await phone.answered()
                await phone.says("4711")
            await engine.server.drain(listening, within_s=0)
            assert not server.hung_up.is_set()
        assert await asyncio.to_thread(server.hung_up.wait, PATIENCE_S)

    asyncio.run(serve())


def test_a_model_gives_what_is_no_slot(server: Shop, data_folder: Path) -> None:
    """Typed as slots are: a day in any words is sent as a date, and one that is none is refused."""
    flow = loads(HOURS, inspect_tool)
    server.answers(f"/hours/{TOMORROW}", Reply())
    gibberish = function("hours", day="blue", message="I look.")
    asked = function("hours", day="tomorrow", message="I look.")

    async def call() -> str:
        async with (
            provider(gibberish, asked, [{"content": "We are open."}, {"finish": "stop"}]) as script,
            serving(flow, model_at(script.url), data_folder) as url,
            dialled(url) as phone,
        ):
            await phone.answered()
            await phone.says("Are you open tomorrow?")
            return str(script.requests)

    assert "refused: day: 'blue' is not a day" in asyncio.run(call())
    assert [request.path for request in server.asked] == [f"/hours/{TOMORROW}"]


@pytest.mark.parametrize("verb", ["serve", "chat"])
def test_an_operator_is_told_what_to_set(verb: str, tmp_path: Path) -> None:
    """All of it, before anyone calls; a check needs none of it."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "TURNSTILE_", "SHOP_"))}
    clean["TURNSTILE_DATA"] = str(tmp_path)
    command = [sys.executable, "-m", "engine"]
    done = subprocess.run(
        [*command, verb, "flows/order_status.yaml"],
        input="",
        text=True,
        capture_output=True,
        env=clean,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "flows/order_status.yaml:23:7: SHOP_URL, SHOP_TOKEN are not set; set them in the environment\n"
    )
    done = subprocess.run(
        [*command, "check", "flows/order_status.yaml"], text=True, capture_output=True, env=clean, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("; to serve it, set SHOP_URL, SHOP_TOKEN in the environment\n")
