"""Tools over HTTP at work, with a real server at the other end of a real socket."""

import asyncio
import gzip
import socket
from dataclasses import replace

import pytest

from engine.core.tool_source import Argument, HttpRequest, StatusRule
from engine.errors import NotDone, ToolError
from engine.tools.find import find, prepare
from engine.tools.http.client import MOST_BYTES
from engine.tools.means import Means
from engine.tools.outcome import Outcome
from tests.support.requests import HERE
from tests.support.shop import PATIENCE_S, Reply, Shop, shop

ASK = HttpRequest(
    "GET", "${SHOP_URL}/orders/{order}", headers=(("Authorization", "Bearer ${SHOP_TOKEN}"),),
    arguments=(Argument("order", "text", "{}"),),
    outcomes=(("200", StatusRule(("status",), (("SENT", "shipped"),), "open")), ("404", StatusRule(otherwise="not_found"))),
)  # fmt: skip
PAY = HttpRequest(
    "POST", "${SHOP_URL}/payments", body='{"order": "{order}"}', arguments=ASK.arguments,
    outcomes=(("201", StatusRule(otherwise="paid")), ("402", StatusRule(otherwise="declined"))), writes=True,
)  # fmt: skip
FIND = replace(
    PAY, method="GET", url="${SHOP_URL}/payments/{idempotency_key}", body=None, writes=False,
    outcomes=(("200", StatusRule(("state",), (("PAID", "paid"), ("NEVER", "none")))),),
)  # fmt: skip


def called(request: HttpRequest, *orders: str) -> list[Outcome]:
    """Call a tool once for each order, as one process does."""

    async def call() -> list[Outcome]:
        means = Means()
        try:
            return [await find(request).call({"order": order}, HERE, means) for order in orders]
        finally:
            await means.close()

    return asyncio.run(call())


def looked_up() -> Outcome | None:
    async def look_up() -> Outcome | None:
        means = Means()
        try:
            return await find(FIND).look_up({"order": "4711"}, HERE, means)
        finally:
            await means.close()

    return asyncio.run(look_up())


def failed(request: HttpRequest) -> ToolError:
    with pytest.raises(ToolError) as caught:
        called(request, "4711")
    assert "hunter2" not in f"{caught.value} {caught.value.__cause__}"
    return caught.value


def test_an_answer_becomes_an_outcome_with_what_it_says(server: Shop) -> None:
    """The token goes along; the result is what the server said."""
    server.answers("/orders/4711", Reply(json={"status": "SENT", "carrier": "Post"}))
    assert called(ASK, "4711", "1") == [
        Outcome("shipped", {"status": "SENT", "carrier": "Post"}), Outcome("not_found"),
    ]  # fmt: skip
    assert [request.headers["authorization"] for request in server.asked] == ["Bearer hunter2"] * 2


def test_a_write_is_sent_with_its_key_and_its_body(server: Shop) -> None:
    """The same key each time, so that the server may tell a repeat."""
    server.answers("/payments", Reply(201))
    assert called(PAY, "4711", "4711") == [Outcome("paid")] * 2
    assert [request.headers["idempotency-key"] for request in server.asked] == ['"call_1:pay:0a1b"'] * 2
    assert [request.json for request in server.asked] == [{"order": "4711"}] * 2


def test_a_connection_is_used_again(server: Shop) -> None:
    """No caller waits for a handshake that another has done."""
    server.answers("/orders/4711", Reply(json={}))
    called(ASK, "4711", "4711")
    assert server.connections == 1


@pytest.mark.parametrize(
    "reply", [Reply(500), Reply(body=b"{", breaks_off=True), Reply(json="x" * MOST_BYTES)]
)
def test_an_answer_that_is_none_leaves_a_write_in_doubt(server: Shop, reply: Reply) -> None:
    """The server may have done it, and failed in telling us."""
    server.answers("/payments", reply)
    assert not isinstance(failed(PAY), NotDone)


def test_a_write_that_the_server_refuses_was_not_done(server: Shop) -> None:
    """It says so."""
    server.answers("/payments", Reply(422))
    assert isinstance(failed(PAY), NotDone)


def test_a_write_that_reached_nobody_was_not_done(server: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused, no such host, or no TLS where it should be: not a byte of it was sent."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    for url in (
        f"http://127.0.0.1:{free}",
        "http://no-such-host.invalid",
        server.url.replace("http", "https"),
    ):
        monkeypatch.setenv("SHOP_URL", url)
        assert isinstance(failed(PAY), NotDone), url
    assert server.asked == []


def test_a_write_follows_no_redirect(server: Shop) -> None:
    """Whether it went through before that is anybody's guess."""
    server.answers("/payments", Reply(307, headers={"Location": "/elsewhere"}))
    assert not isinstance(failed(PAY), NotDone)
    assert [request.path for request in server.asked] == ["/payments"]


def test_a_read_follows_a_redirect_of_the_same_server(server: Shop) -> None:
    """Such as one that only adds a slash."""
    server.answers("/orders/4711", Reply(301, headers={"Location": "/orders/4711/"}))
    server.answers("/orders/4711/", Reply(json={"status": "SENT"}))
    assert [outcome.name for outcome in called(ASK, "4711")] == ["shipped"]


def test_a_read_follows_no_redirect_to_another_server(server: Shop) -> None:
    """Its headers are meant for this one."""
    with shop() as other:
        server.answers("/orders/4711", Reply(302, headers={"Location": f"{other.url}/orders/4711"}))
        assert "sends us on to another one" in str(failed(ASK))
        assert other.asked == []


def test_a_read_does_not_run_in_a_circle(server: Shop) -> None:
    """A server may send us on to where we are."""
    server.answers("/orders/4711", Reply(302, headers={"Location": "/orders/4711"}))
    assert "in a circle" in str(failed(ASK))


def test_a_redirect_that_the_flow_names_is_an_answer(server: Shop) -> None:
    """For a form that went through, say."""
    server.answers("/payments", Reply(303, headers={"Location": "/thanks"}))
    server.answers("/orders/4711", Reply(302, headers={"Location": "/login"}))
    named = (("3xx", StatusRule(otherwise="paid")),)
    assert called(replace(PAY, outcomes=named), "4711") == [Outcome("paid")]
    assert called(replace(ASK, outcomes=named), "4711") == [Outcome("paid")]


def test_an_answer_is_not_unpacked(server: Shop) -> None:
    """A thousand bytes could unpack to a million."""
    bomb = gzip.compress(b" " * 2_000_000)
    server.answers("/orders/4711", Reply(body=bomb, headers={"Content-Encoding": "gzip"}))
    assert "the answer is packed" in str(failed(ASK))
    assert server.asked[0].headers["accept-encoding"] == "identity"


def test_an_answer_is_read_up_to_a_limit(server: Shop) -> None:
    """The rest could take for ever."""
    server.answers("/orders/4711", Reply(body=b" " * MOST_BYTES + b" "))
    assert "is larger than 1048576 bytes" in str(failed(ASK))
    server.answers("/orders/4711", Reply(body=b" " * MOST_BYTES))
    assert called(ASK, "4711") == [Outcome("open")]


def test_a_cookie_of_one_call_is_not_sent_in_the_next(server: Shop) -> None:
    """It may say who the caller is."""
    server.answers("/orders/4711", Reply(json={}, headers={"Set-Cookie": "session=maria; Path=/"}))
    called(ASK, "4711", "4711")
    assert not any("cookie" in request.headers for request in server.asked)


def test_a_read_that_is_cancelled_closes_its_connection(server: Shop) -> None:
    """Nobody waits for the answer any more."""
    server.answers("/orders/4711", Reply(waits=True))

    async def call() -> None:
        means = Means()
        reading = asyncio.create_task(find(ASK).call({"order": "4711"}, HERE, means))
        assert await asyncio.to_thread(server.begun.wait, PATIENCE_S)
        reading.cancel()
        assert await asyncio.to_thread(server.left.wait, PATIENCE_S)
        await means.close()

    asyncio.run(call())


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (Reply(json={"state": "PAID"}), Outcome("paid", {"state": "PAID"})),
        (Reply(json={"state": "NEVER"}), None),
        (Reply(404), None),
    ],
)
def test_an_earlier_write_is_looked_up_by_its_key(server: Shop, reply: Reply, found: Outcome | None) -> None:
    """404 says that there is none; the flow may say it otherwise."""
    server.answers("/payments/call_1%3Apay%3A0a1b", reply)
    assert looked_up() == found


def test_a_look_up_that_is_not_answered_finds_nothing_out(server: Shop) -> None:
    """Not even that there is nothing."""
    server.answers("/payments/call_1%3Apay%3A0a1b", Reply(503))
    with pytest.raises(ToolError, match="the server answered 503"):
        looked_up()


def test_what_the_environment_lacks_is_told_before_the_first_call(
    server: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that starts can serve."""
    prepare(ASK, Means())
    monkeypatch.delenv("SHOP_TOKEN")
    with pytest.raises(ToolError, match="SHOP_TOKEN is not set; set it in the environment"):
        prepare(ASK, Means())
