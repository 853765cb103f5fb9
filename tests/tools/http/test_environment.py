"""What requests take from the environment is looked at before the first call; what it holds is never told."""

import pytest

from engine.core.tool_source import HttpRequest
from engine.tools.http.environment import Environment, needed, unusable

REQUEST = HttpRequest(
    "POST", "${SHOP_URL}/orders/{order}", query=(("lane", "${LANE:-a}"),),
    headers=(("Authorization", "Bearer ${TOKEN}"),), body='{"shop": ["${SHOP_ID}"]}',
)  # fmt: skip
SET = {"SHOP_URL": "https://shop.example", "TOKEN": "hunter2", "SHOP_ID": "7"}


def refusal(request: HttpRequest, **variables: str) -> str:
    return str(unusable(request, Environment(variables)))


def test_what_is_needed_is_all_that_has_no_default() -> None:
    """Wherever it stands in the request."""
    assert needed(REQUEST) == ["SHOP_URL", "TOKEN", "SHOP_ID"]
    assert unusable(REQUEST, Environment(SET)) is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"SHOP_URL": ""}, "SHOP_URL is not set; set it"),
        ({"SHOP_URL": " ", "TOKEN": ""}, "SHOP_URL, TOKEN are not set; set them"),
        ({"TOKEN": "hunter2\nX: y"}, "TOKEN holds a line break, or another letter that can not be sent"),
        ({"SHOP_URL": "shop.example"}, "SHOP_URL makes no http(s) address"),
        ({"SHOP_URL": "ftp://shop.example"}, "SHOP_URL makes no http(s) address"),
        ({"SHOP_URL": "https://"}, "SHOP_URL makes no http(s) address"),
        ({"SHOP_URL": "https://shop.example:99999"}, "SHOP_URL makes no http(s) address"),
        ({"SHOP_URL": "https://[shop"}, "SHOP_URL makes no http(s) address"),
    ],
)
def test_what_can_not_be_used_is_told_by_its_name(change: dict[str, str], why: str) -> None:
    """And not by what it holds."""
    found = refusal(REQUEST, **{**SET, **change})
    assert why in found
    assert "hunter2" not in found


def test_what_is_filled_in_is_no_part_of_the_host() -> None:
    """Nobody on the phone chooses the server."""
    request = HttpRequest("GET", "${SHOP_URL}{order}")
    assert "would be a part of the host that SHOP_URL names" in refusal(request, SHOP_URL="https://shop")
