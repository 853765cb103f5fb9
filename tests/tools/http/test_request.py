"""Filling a request in: each value encoded for its place, so that none reaches beyond it."""

import json

import pytest

from engine.core.tool_source import Argument, HttpRequest
from engine.errors import NotDone
from engine.tools.http.request import Message, filled, quoted
from tests.support.requests import HERE, SHOP

ORDER = Argument("order", "text", "{}")
PARTY = Argument("party", "number", "{}")
GIFT = Argument("gift", "yes_no", "{}")
NOTE = Argument("note", "text", "{}", required=False)
SIZES = Argument("sizes", "number", "{}")


def message(request: HttpRequest, **arguments: object) -> Message:
    return filled(request, arguments, HERE, SHOP)


def header(request: HttpRequest, name: str, **arguments: object) -> str | None:
    return dict(message(request, **arguments).headers).get(name)


@pytest.mark.parametrize(
    ("order", "step"),
    [
        ("4711", "4711"),
        ("A 47/11", "A%2047%2F11"),
        ("47?admin=1#x", "47%3Fadmin%3D1%23x"),
        ("a%2e%2e", "a%252e%252e"),
        ("Caf\u00e9", "Caf%C3%A9"),
        ("..a", "..a"),
        ("@evil.example", "%40evil.example"),
        ("\ud800", "%3F"),
    ],
)
def test_a_value_in_the_path_stays_one_step_of_it(order: str, step: str) -> None:
    """Whatever a caller says, the request goes to the place that the flow names."""
    request = HttpRequest("GET", "https://shop.example/orders/{order}/status", arguments=(ORDER,))
    assert message(request, order=order).url == f"https://shop.example/orders/{step}/status"


@pytest.mark.parametrize("order", ["..", ".", "", "../admin", "a/../b", "..\\admin"])
def test_a_value_that_leads_upwards_in_the_path_is_refused(order: str) -> None:
    """Servers decode %2F, and take encoded dots for dots; without a value they list everything."""
    request = HttpRequest("GET", "https://shop.example/orders/{order}", arguments=(ORDER,))
    with pytest.raises(NotDone, match="order can not be a part of a URL|order is not known"):
        message(request, order=order)


def test_what_stands_in_the_query_is_encoded() -> None:
    """An ampersand that a caller spells begins no argument of its own."""
    request = HttpRequest(
        "GET", "https://shop.example/find?like={order}&all={gift}", query=(("q", "{order} please"), ("n", "{party}")),
        arguments=(ORDER, GIFT, PARTY),
    )  # fmt: skip
    url = message(request, order="a&b=c", gift="no", party="4").url
    assert url == "https://shop.example/find?like=a%26b%3Dc&all=false&q=a%26b%3Dc%20please&n=4"


def test_what_is_not_known_and_not_needed_is_left_out() -> None:
    """With all that would have been said around it."""
    request = HttpRequest(
        "POST", "https://shop.example/orders", query=(("note", "{note}"), ("v", "2")),
        headers=(("X-Note", "says {note}"),),
        body=json.dumps({"note": "{note}", "nested": {"note": "Note: {note}", "list": ["{note}", "a"]}}),
        arguments=(NOTE,),
    )  # fmt: skip
    sent = message(request)
    assert sent.url == "https://shop.example/orders?v=2"
    assert "X-Note" not in dict(sent.headers)
    assert json.loads(sent.content or b"") == {"nested": {"list": ["a"]}}


def test_nothing_is_sent_without_what_is_needed() -> None:
    """A gap would ask for something else."""
    request = HttpRequest("POST", "https://shop.example", body='{"order": "{order}"}', arguments=(ORDER,))
    with pytest.raises(NotDone, match="order is not known"):
        message(request)


def test_a_body_has_the_types_of_what_is_filled_in() -> None:
    """A number is a number where it stands alone, and text among words; quotes can not break out."""
    body = {
        "party": "{party}", "half": "{half}", "gift": "{gift}", "sizes": "{sizes}", "order": "{order}",
        "words": "for {party}, gift {gift}, sizes {sizes}", "fixed": [1, True, None, "{{x}}"], "key": "{idempotency_key}",
    }  # fmt: skip
    request = HttpRequest(
        "POST", "https://shop.example", body=json.dumps(body),
        arguments=(ORDER, PARTY, GIFT, SIZES, Argument("half", "number", "{}")),
    )  # fmt: skip
    sent = message(
        request, party="4", half="-2.5", gift="yes", sizes=["7", "8.5"], order='"}, "admin": true, {"'
    )
    assert json.loads(sent.content or b"") == {
        "party": 4, "half": -2.5, "gift": True, "sizes": [7, 8.5], "order": '"}, "admin": true, {"',
        "words": "for 4, gift true, sizes 7,8.5", "fixed": [1, True, None, "{x}"], "key": "call_1:pay:0a1b",
    }  # fmt: skip
    assert dict(sent.headers)["Content-Type"] == "application/json"


def test_a_list_stands_in_the_query_item_by_item() -> None:
    """As forms of the web send it."""
    request = HttpRequest("GET", "https://shop.example", query=(("size", "{sizes}"),), arguments=(SIZES,))
    assert message(request, sizes=["7", "8"]).url == "https://shop.example?size=7&size=8"


def test_the_environment_is_filled_in_without_what_surrounds_it() -> None:
    """A copied token brings its line break along, and an address its slash."""
    request = HttpRequest(
        "GET", "${SHOP_URL}/orders", headers=(("Authorization", "Bearer ${SHOP_TOKEN}"), ("X-Lane", "${LANE:-a}"))
    )  # fmt: skip
    assert message(request).url == "https://shop.example/v1/orders"
    assert header(request, "Authorization") == "Bearer hunter2"
    assert header(request, "X-Lane") == "a"


@pytest.mark.parametrize("order", ["1\r\nX-Admin: yes", "1\n2", "1\x00"])
def test_a_header_is_one_line(order: str) -> None:
    """What a caller says can not begin another header."""
    request = HttpRequest(
        "GET", "https://shop.example", headers=(("X-Order", "{order}"),), arguments=(ORDER,)
    )
    with pytest.raises(NotDone, match="the header X-Order would have a line break in it"):
        message(request, order=order)


def test_a_write_carries_its_key() -> None:
    """A server that knows the key does nothing twice; a read needs none."""
    write = HttpRequest("POST", "https://shop.example", writes=True)
    assert header(write, "Idempotency-Key") == '"call_1:pay:0a1b"'
    assert header(HttpRequest("POST", "https://shop.example"), "Idempotency-Key") is None


def test_a_flow_may_write_the_header_of_the_key_itself() -> None:
    """Servers that are older than the standard may want it bare."""
    bare = HttpRequest(
        "POST", "https://shop.example", headers=(("IDEMPOTENCY-KEY", "{idempotency_key}"),), writes=True
    )  # fmt: skip
    keys = [value for name, value in message(bare).headers if name.lower() == "idempotency-key"]
    assert keys == ["call_1:pay:0a1b"]


def test_a_key_is_a_string_of_structured_fields() -> None:
    """In quotes, and with nothing in it that would end them."""
    assert quoted('a"b\\c\u00e9\n') == '"a%22b%5Cc%C3%A9%0A"'
