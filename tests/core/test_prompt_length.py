"""Long calls: whole turns are left out, what is known never is, and the cost does not grow."""

import json
from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest

from engine.core.entry import Entry, EntryState
from engine.core.events import Speaker, Utterance
from engine.core.models import Models
from engine.core.prompt import Prompt, prompt_of
from engine.core.prompt.conversation import PER_BUDGET
from engine.core.request import Request
from engine.core.turn import Position
from engine.testkit import Call

BUDGET = 1_000
SENTENCE = "and that is what I wanted to tell you about the tooth, number"


@pytest.fixture
def request_(call: Call) -> Request:
    """A request in which the day is known."""
    call.caller("A cleaning on Thursday").model(
        wants_appointment={"service": "cleaning", "day": "Thursday", "message": "What time?"}
    )
    return call.caller("At nine").request


def said(*texts: str) -> tuple[Utterance, ...]:
    """Utterances, the caller's first."""
    return tuple(
        Utterance(Speaker.AGENT if place % 2 else Speaker.CALLER, text) for place, text in enumerate(texts)
    )


def asked(
    request: Request, transcript: tuple[Utterance, ...], entries: tuple[Entry, ...] = (), budget: int = BUDGET
) -> Prompt:
    """What a model reads after these utterances and tool calls."""
    line = request.call.line
    assert line.turn is not None
    turn = replace(line.turn, base=Position(len(transcript)))
    line = replace(line, transcript=transcript, turn=turn, entries={e.id: e for e in entries})
    flow = replace(request.flow, models=Models(context_tokens=budget))
    return prompt_of(replace(request, flow=flow, call=replace(request.call, line=line)))


def sizeof(prompt: Prompt) -> int:
    return sum(message.tokens for message in prompt.conversation)


def looked_up(at: int, result: object) -> Entry:
    """A look-up that has ended, made when the transcript was so long."""
    return Entry(
        id=f"tool_{at}", key=f"key_{at}", tool="find_openings", arguments={"day": "2026-11-26"},
        state=EntryState.DONE, visit=1, at=at, turn=0, offered=True, outcome="open", result=result,
    )  # fmt: skip


def long(count: int) -> tuple[Utterance, ...]:
    return said(*(f"{SENTENCE} {place}" for place in range(count)))


def test_of_a_long_call_the_newest_turns_are_shown(request_: Request) -> None:
    """They begin with the caller, fit the budget, use most of it, and how much is left out is said."""
    prompt = asked(request_, long(401))
    assert BUDGET * (1 - 2 / PER_BUDGET) < sizeof(prompt) <= BUDGET
    assert prompt.conversation[0].role == "user"
    assert prompt.conversation[-1].text == f"{SENTENCE} 400"
    left_out = 401 - len(prompt.conversation)
    assert f"The first {left_out} utterances of the call are not shown below." in prompt.situation


def test_what_is_known_is_told_however_long_the_call_is(request_: Request) -> None:
    """Facts do not stand in the transcript alone."""
    prompt = asked(request_, long(401), (looked_up(3, {"times": ["09:00"]}),))
    assert '- day: "2026-11-26"' in prompt.situation
    assert "- find_openings: open." in prompt.situation
    assert all(not message.calls for message in prompt.conversation), "it was called long ago"


def test_a_call_that_fits_is_shown_whole(request_: Request) -> None:
    """And nothing is said of what would be left out."""
    prompt = asked(request_, long(21))
    assert len(prompt.conversation) == 21
    assert "not shown below" not in prompt.situation


def test_the_first_turn_that_is_shown_stays_for_many_turns(request_: Request) -> None:
    """A provider then finds all but the newest turn where it had it."""
    firsts = [asked(request_, long(count)).conversation[0].text for count in range(101, 301, 2)]
    lasting = [len(list(same)) for _, same in groupby(firsts)]
    assert len(lasting) <= 100 / 4 + 1, "it moves every fourth turn, or more rarely"


def test_tool_calls_go_with_the_turn_in_which_they_were_made(request_: Request) -> None:
    """No result is shown without its call, and none before the words that it was made for."""
    transcript = long(201)
    entries = tuple(looked_up(at, {"times": ["09:00"] * 3}) for at in range(1, 201, 2))
    for count in range(101, 201, 2):
        shown = asked(request_, transcript[:count], tuple(e for e in entries if e.at < count)).conversation
        roles = [message.role for message in shown]
        assert roles[0] == "user"
        assert roles == ["user", "assistant", "tool", "assistant"] * (len(roles) // 4) + ["user"]


def test_one_huge_utterance_is_cut_in_its_middle(request_: Request) -> None:
    """How it began and how it ended is shown, and how much is not."""
    prompt = asked(request_, said(f"Hello, {'blah ' * 20_000}and goodbye"))
    [message] = prompt.conversation
    assert message.text.startswith("Hello, blah")
    assert message.text.endswith("blah and goodbye")
    assert "characters left out" in message.text
    assert sizeof(prompt) < BUDGET / 2


def test_huge_results_are_cut_and_never_crowd_out_what_the_caller_asked(request_: Request) -> None:
    """Even when they are more than there is room for."""
    entries = tuple(replace(looked_up(1, "x" * 100_000), id=f"tool_{n}") for n in range(50))
    prompt = asked(request_, said("Which days?", "These.", "And which times?"), entries)
    assert prompt.conversation[0].text == "And which times?"
    prompt = asked(request_, (*said("Which days?"), Utterance(Speaker.AGENT, "These.")), entries)
    assert prompt.conversation[0].text == "Which days?"
    assert sizeof(prompt) < 2 * BUDGET


def test_one_long_value_is_told_in_short(request_: Request) -> None:
    """The state message stays one, whatever a caller dictates."""
    talk = replace(request_.call.talk, slots={"name": "Maria " * 10_000})
    prompt = prompt_of(replace(request_, call=replace(request_.call, talk=talk)))
    assert len(prompt.situation) < 3_000
    assert "characters left out" in prompt.situation


class Counted(tuple[Utterance, ...]):
    """A transcript that counts how many of its utterances are read."""

    __slots__ = ()
    read = 0

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        type(self).read += len(found) if isinstance(place, slice) else 1
        return found


def test_a_long_call_costs_no_more_than_one_that_fills_the_budget(request_: Request) -> None:
    """It is read from its end, until there is no more room."""
    costs = []
    for count in (101, 401, 4_001):
        Counted.read = 0
        asked(request_, Counted(long(count)))
        costs.append(Counted.read)
    assert max(costs) < 60


def test_many_results_of_the_present_turn_share_the_room_for_a_few(request_: Request) -> None:
    """However many look-ups a model has made before it answers."""
    turn = request_.call.line.turn
    assert turn is not None
    entries = tuple(
        replace(looked_up(1, "x" * 100_000), id=f"tool_{number}", turn=turn.serial) for number in range(20)
    )
    prompt = asked(request_, said("Which days?"), entries)
    assert [message.role for message in prompt.conversation] == ["user", *["assistant", "tool"] * 20]
    assert sizeof(prompt) < 2 * BUDGET


def test_huge_arguments_are_cut_and_stay_an_object(request_: Request) -> None:
    """A server that reads them finds what it expects."""
    entry = replace(looked_up(1, None), arguments={"day": "2026-11-26", "note": "blah " * 20_000})
    prompt = asked(request_, said("Which days?"), (entry,))
    [use] = [use for message in prompt.conversation for use in message.calls]
    read = json.loads(use.arguments)
    assert read["day"] == "2026-11-26"
    assert "characters left out" in read["note"]
    assert sizeof(prompt) < BUDGET
