"""A provider that failed is left out for a while, and one request finds out whether it is back."""

import asyncio
import io
from collections.abc import Sequence

import pytest

from engine import logs
from engine.errors import ModelError
from engine.llm.chain.circuit import Circuit
from engine.testkit import Call
from tests.support.chain import Chained, Step

DOWN = ModelError("InternalServerError 500")


def test_after_a_failure_the_next_one_is_asked_first(asked: Call) -> None:
    """For ten seconds no caller waits for the one that is down; then it is tried again, and heard."""
    chain = Chained({"large": [[DOWN], ["I am back."]], "small": [["One."], ["Two."]]})
    assert [chain.ask(asked).text, chain.ask(asked).text] == ["One.", "Two."]
    chain.clock.pass_ms(10_000)
    assert chain.ask(asked).text == "I am back."


def test_the_last_resort_is_one_that_failed(asked: Call) -> None:
    """When no other is left it is asked all the same: a small chance is better than none."""
    chain = Chained({"large": [[DOWN], ["I am back."]]})
    assert chain.ask(asked).error is not None
    assert chain.ask(asked).text == "I am back."


def test_it_is_left_out_twice_as_long_each_time() -> None:
    """Up to two minutes."""
    circuit, now = Circuit(), 0
    waits = []
    for _ in range(6):
        waits.append(circuit.failed(now))
        now += round(waits[-1] * 1000)
    assert waits == [10, 20, 40, 80, 120, 120]


def test_fifty_calls_that_fail_at_once_are_one_failure() -> None:
    """They had been under way when the first of them failed."""
    circuit = Circuit()
    assert [circuit.failed(1_000) for _ in range(50)] == [10] * 50


def test_only_one_request_finds_out_whether_it_is_back() -> None:
    """The other calls do not pay for it; once it has answered, all go there."""
    circuit = Circuit()
    circuit.failed(0)
    assert not circuit.lets_through(9_999)
    assert circuit.lets_through(10_000)
    circuit.asked()
    assert not circuit.lets_through(10_001)
    circuit.answered()
    assert circuit.lets_through(10_002)


def test_a_probe_that_a_caller_cut_short_proves_nothing() -> None:
    """The next request is the probe then."""
    circuit = Circuit()
    circuit.failed(0)
    circuit.asked()
    circuit.left_alone()
    assert circuit.lets_through(10_000)


@pytest.mark.parametrize(("asks", "seconds"), [(None, 10), (3.0, 10), (42.0, 42), (86_400.0, 600)])
def test_a_provider_may_ask_to_be_left_alone_for_longer(asks: float | None, seconds: float) -> None:
    """As with a 429 and its Retry-After, though not for a day."""
    assert Circuit().failed(0, retry_after_s=asks) == seconds


def test_a_refused_key_is_not_tried_every_ten_seconds() -> None:
    """Somebody has to put it right."""
    assert Circuit().failed(0, hopeless=True) == 60


def test_one_slow_answer_is_forgiven(asked: Call) -> None:
    """Two in a row are not."""
    slow = [[9.0]] * 2
    chain = Chained({"large": [*slow, ["Back."]], "small": [["One."], ["Two."], ["Three."]]})
    assert [chain.ask(asked).at_ms for _ in range(3)] == [1_950, 1_950, 0]


def test_a_reply_that_trickles_in_is_slow_as_well(asked: Call) -> None:
    """Whoever waited for it has given it up after fifteen seconds."""
    drops: list[Step] = ["a"]
    for _ in range(10):
        drops += [2.0, "b"]
    chain = Chained({"large": [drops, drops], "small": [["Which day?"]]})
    for _ in range(2):
        assert chain.ask(asked, hang_up_after_ms=15_000).model == "large"
    assert chain.ask(asked).model == "small"


def test_what_stands_in_one_request_is_not_held_against_the_provider(asked: Call) -> None:
    """A caller who makes a provider's filter refuse her must not take it from all the others."""
    odd = ModelError("BadRequestError 400 content_filter", retryable=False, odd=True)
    chain = Chained({"large": [[odd], ["Yes?"]], "small": [["Which day?"]]})
    assert [chain.ask(asked).model, chain.ask(asked).model] == ["small", "large"]


def test_requests_that_are_all_refused_are_no_coincidence() -> None:
    """A parameter that the provider does not know is in all of them."""
    circuit = Circuit()
    assert [circuit.refused(0) for _ in range(3)] == [0, 0, 60]


def test_an_operator_sees_when_it_failed_and_that_it_is_back(asked: Call) -> None:
    """A failure of last night looks like no failure of this minute."""
    log = io.StringIO()
    logs.configure(log)
    chain = Chained({"large": [[DOWN], ["Back."]], "small": [["Which day?"]]})
    [large, _] = chain.chain.links
    chain.ask(asked)
    chain.clock.pass_ms(4_000)
    assert large.health == "large: failed (InternalServerError 500) 4 s ago, left out for 6 s"
    chain.clock.pass_ms(56_000)
    assert large.health == "large: failed (InternalServerError 500) 60 s ago, asked again in the next turn"
    chain.ask(asked)
    assert large.health == "large: answered 0 s ago"
    assert '"model": "large", "event": "model.back"' in log.getvalue()


def test_a_model_that_can_not_be_made_ready_is_left_out_from_the_start(asked: Call) -> None:
    """The first caller does not find out that the key is wrong."""
    chain = Chained({"large": [], "small": [["Which day?"]]})
    chain.models["large"].cold = ModelError("AuthenticationError 401", retryable=False)
    asyncio.run(chain.chain.warm())
    assert chain.ask(asked).model == "small"
    assert [link.health for link in chain.chain.links] == [
        "large: failed (AuthenticationError 401) 0 s ago, left out for 60 s",
        "small: answered 0 s ago",
    ]


def test_one_that_was_asked_late_is_not_too_slow(asked: Call) -> None:
    """It had a moment only: whoever was asked before it and answers after all says nothing of it."""
    large: list[Sequence[Step]] = [[2.0, "One."], [2.0, "Two."], [DOWN]]
    chain = Chained({"large": large, "small": [[9.0], [9.0], ["Three."]], "last": [["Four."]]})
    assert [chain.ask(asked).text for _ in range(3)] == ["One.", "Two.", "Three."]
