"""What an answer means: an outcome of the tool, or how much is known without one."""

import json

import pytest

from engine.core.tool_source import HttpRequest, StatusRule
from engine.errors import NotDone, ToolError
from engine.tools.http.answer import Answer, judged

BY_STATUS = StatusRule(
    ("order", "0", "status"), (("SENT", "shipped"), ("3", "delivered"), ("true", "late")), "open"
)
READ = HttpRequest(
    "GET", "https://shop.example",
    outcomes=(("200", BY_STATUS), ("2xx", StatusRule(otherwise="open")), ("404", StatusRule(otherwise="not_found"))),
)  # fmt: skip
STRICT = HttpRequest(
    "POST", "https://shop.example", writes=True,
    outcomes=(("2xx", StatusRule(("paid",), (("true", "paid"),))), ("402", StatusRule(otherwise="declined"))),
)  # fmt: skip


def meaning(status: int, said: object = None, request: HttpRequest = READ) -> str:
    return judged(request, Answer(status, json.dumps(said).encode())).name


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"order": [{"status": "SENT"}]}, "shipped"),
        ({"order": {"0": {"status": "SENT"}}}, "shipped"),
        ({"order": [{"status": 3}]}, "delivered"),
        ({"order": [{"status": True}]}, "late"),
        ({"order": [{"status": "sent"}]}, "open"),
        ({"order": [{"status": None}]}, "open"),
        ({"order": []}, "open"),
        ({"order": "SENT"}, "open"),
        (["SENT"], "open"),
        (None, "open"),
    ],
)
def test_the_outcome_is_what_stands_at_the_path(said: object, outcome: str) -> None:
    """Numbers and truth values as JSON writes them; what is missing is something else."""
    assert meaning(200, said) == outcome


def test_a_status_means_more_than_its_class() -> None:
    """The flow says what all successes mean but this one."""
    assert (meaning(201), meaning(200), meaning(404)) == ("open", "open", "not_found")


@pytest.mark.parametrize(
    ("body", "result"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b'[{"a": 1}, 2]', {"0": {"a": 1}, "1": 2}),
        (b"<html>", {}),
        (b"", {}),
        (b'"text"', {}),
        (b'{"a": NaN}', {}),
        (b'{"a": 1e400}', {}),
        (b'{"a": ' + b"9" * 5000 + b"}", {}),
        (b"[" * 100_000, {}),
        (b"\xff\xfe\xff", {}),
    ],
)
def test_the_result_is_what_the_body_says_if_it_is_json(body: bytes, result: object) -> None:
    """A body that is none says nothing; the status still counts."""
    assert judged(READ, Answer(201, body)).result == result


@pytest.mark.parametrize("status", [304, 400, 401, 409, 429, 500, 503])
def test_an_answer_that_a_read_does_not_expect_is_an_error(status: int) -> None:
    """It may be tried again; nothing is claimed about what was done."""
    with pytest.raises(ToolError, match=f"the server answered {status}") as caught:
        meaning(status)
    assert not isinstance(caught.value, NotDone)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 413, 415, 422, 425, 429, 451])
def test_a_write_that_was_refused_was_not_done(status: int) -> None:
    """The server says that it was the request's own fault."""
    with pytest.raises(NotDone, match=f"the server answered {status}"):
        meaning(status, request=STRICT)


@pytest.mark.parametrize("status", [200, 204, 301, 303, 307, 408, 409, 500, 501, 502, 503, 504, 599])
def test_a_write_that_was_not_refused_is_in_doubt(status: int) -> None:
    """It may have gone through: saying that it did not would let it happen twice."""
    with pytest.raises(ToolError) as caught:
        meaning(status, {"paid": "perhaps"}, STRICT)
    assert not isinstance(caught.value, NotDone)


def test_what_the_flow_names_is_no_doubt() -> None:
    """The author knows the server."""
    assert (meaning(201, {"paid": True}, STRICT), meaning(402, request=STRICT)) == ("paid", "declined")


def test_a_look_up_finds_nothing_at_404_unless_the_flow_says_otherwise() -> None:
    """Nor where the flow says `none`."""
    assert judged(STRICT, Answer(404, b""), absent=404).name == "none"
    assert judged(READ, Answer(404, b""), absent=404).name == "not_found"
