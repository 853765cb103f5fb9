"""A caller pays over HTTP: once, whatever happens on the way."""

import asyncio
from pathlib import Path

import pytest

from engine.core.flow import Flow
from engine.flow.load import loads
from engine.llm.offline.model import OfflineModel
from engine.tools.find import inspect_tool
from tests.support.line import dialled, serving, told
from tests.support.shop import PATIENCE_S, Reply, Shop

TILL = """
flow: till
initial: hello
slots: {order: {type: text, ask: "Which order?"}}
tools:
  pay:
    http: {method: POST, url: "${SHOP_URL}/payments", headers: {Authorization: "Bearer ${SHOP_TOKEN}"}, body: {order: "{order}"}}
    effect: write
    needs: nothing
    outcomes: [paid, declined]
    happened: [paid]
    outcome: {201: paid, 402: declined}
    resolve: repeat
    filler: "One moment."
states:
  hello: {say: "Hello.", collect: [order], transitions: {collected: paying}}
  paying:
    run: pay
    transitions:
      paid: {to: bye, say: "That is paid."}
      declined: {to: bye, say: "That was declined."}
      error: {to: bye, say: "I could not pay that."}
      unknown: {to: bye, say: "I can't tell whether that was paid."}
  bye: {hang_up: true}
"""


@pytest.fixture
def till() -> Flow:
    return loads(TILL, inspect_tool)


@pytest.mark.parametrize(
    ("replies", "answer", "sent"),
    [
        ([Reply(201)], "That is paid.", 1),
        ([Reply(402)], "That was declined.", 1),
        ([Reply(422)], "I could not pay that.", 1),
        ([Reply(201, body=b"{", breaks_off=True), Reply(201)], "That is paid.", 2),
        ([Reply(500), Reply(409), Reply(201)], "That is paid.", 3),
    ],
)
def test_a_payment_is_sent_under_one_key(
    server: Shop, till: Flow, data_folder: Path, replies: list[Reply], answer: str, sent: int
) -> None:
    """Again only while nobody knows what became of it, and the shop knows the key."""
    server.answers("/payments", *replies)
    assert told(till, data_folder, "4711") == [f"One moment. {answer}"]
    keys = [request.headers["idempotency-key"] for request in server.asked]
    assert len(keys) == sent
    assert len(set(keys)) == 1
    assert keys[0].startswith('"call_1:pay:')
    assert keys[0].endswith('"')


@pytest.mark.parametrize(
    ("found", "sent"), [(Reply(200), ["POST", "GET"]), (Reply(404), ["POST", "GET", "POST"])]
)
def test_a_payment_in_doubt_is_looked_up_by_its_key(
    server: Shop, data_folder: Path, found: Reply, sent: list[str]
) -> None:
    """And sent again only if it is not there."""
    look_up = 'lookup, lookup: {http: "${SHOP_URL}/find?key={idempotency_key}", outcome: {200: paid}}'
    till = loads(
        TILL.replace("resolve: repeat", f"resolve: {look_up}".replace(", ", "\n    ", 1)), inspect_tool
    )
    server.answers("/payments", Reply(500), Reply(201))
    server.answers("/find", found)
    assert told(till, data_folder, "4711") == ["One moment. That is paid."]
    assert [request.method for request in server.asked] == sent
    assert server.asked[1].path.startswith("/find?key=call_1%3Apay%3A")


def test_a_payment_that_reached_nobody_was_not_made(
    server: Shop, till: Flow, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is certain."""
    monkeypatch.setenv("SHOP_URL", "http://127.0.0.1:1")
    assert told(till, data_folder, "4711") == ["One moment. I could not pay that."]


def test_a_caller_who_interrupts_a_payment_makes_one(server: Shop, till: Flow, data_folder: Path) -> None:
    """And hears of it."""
    server.answers("/payments", Reply(201, waits=True))

    async def call() -> str:
        async with serving(till, OfflineModel(), data_folder) as url, dialled(url) as phone:
            await phone.answered()
            await phone.begins("4711")
            await phone.heard("One moment.")
            assert await asyncio.to_thread(server.begun.wait, PATIENCE_S)
            phone.platform.hear()
            await phone.begins("Wait, stop!")
            await phone.heard("One more moment, please.")
            server.door.set()
            return await phone.answered()

    assert "That is paid." in asyncio.run(call())
    assert len(server.asked) == 1
