"""How a call is told from its journal: what was heard, what was cut short, what was lost and came back."""

from engine.cli.dialogue import dialogue
from engine.core.events import (
    Delta,
    Disconnected,
    Event,
    FunctionCall,
    KeyPressed,
    ModelFailed,
    ModelFinished,
    Opened,
    ResponseAsked,
    Resumed,
    Speaker,
    ToolFinished,
    TranscriptUpdated,
    Utterance,
)
from engine.store.records import Happened, Written
from tests.support.calls import moment

BEGAN = moment(0).at.timestamp()


def agent(text: str) -> Utterance:
    return Utterance(Speaker.AGENT, text)


def caller(text: str) -> Utterance:
    return Utterance(Speaker.CALLER, text)


def told(*events: Event | tuple[Event, str], writes: tuple[Written, ...] = ()) -> list[str]:
    """Return the lines of a call in which each event leads to a state, or stays where it was."""
    state, journal = "hello", []
    for one in events:
        event, state = one if isinstance(one, tuple) else (one, state)
        when = event.when
        journal.append(Happened(when.seq, 1, when.at.timestamp(), state, event))
    parts = dialogue(journal, writes, None)
    return [f"{part.at - BEGAN:.0f} {part.who} {part.text}" for part in parts]


def test_an_utterance_stands_where_it_began_and_reads_as_it_did_in_the_end() -> None:
    """It grows with each update; on a new connection all of it comes again."""
    assert told(
        Opened(moment(1)),
        TranscriptUpdated(moment(2), Delta(0, (agent("Hello."), caller("I")))),
        TranscriptUpdated(moment(3), Delta(1, (caller("I want"),))),
        Disconnected(moment(4)),
        Resumed(moment(5), restored=True),
        ResponseAsked(moment(6), 1, Delta(0, (agent("Hello."), caller("I want a table.")))),
    ) == [
        "1  -> hello", "2 agent Hello.", "2 caller I want a table.", "4  the connection is lost",
        "5  another process has taken the call over (1)",
    ]  # fmt: skip


def test_what_the_platform_takes_back_was_not_said() -> None:
    """It wrote down an echo, and thought better of it."""
    update = TranscriptUpdated(moment(2), Delta(1, (caller("Two"), agent("x"))))
    better = TranscriptUpdated(moment(3), Delta(1, (caller("Two people"),)))
    assert told(TranscriptUpdated(moment(1), Delta(0, (agent("Hello."),))), update, better) == [
        "1 agent Hello.", "1  -> hello", "2 caller Two people",
    ]  # fmt: skip


def test_a_frame_that_tells_no_transcript_takes_nothing_back() -> None:
    """Some tell none."""
    told_before = TranscriptUpdated(moment(1), Delta(0, (agent("Hello."),)))
    assert told(told_before, TranscriptUpdated(moment(2), Delta(0, ()))) == ["1 agent Hello.", "1  -> hello"]


def test_a_sentence_that_was_cut_short_is_told_so() -> None:
    """The caller spoke in between; the last words of a call are not cut by anybody."""
    delta = Delta(0, (agent("So that is a cleaning on"), caller("No"), agent("Which day")))
    assert told(TranscriptUpdated(moment(1), delta))[:3] == [
        "1 agent So that is a cleaning on - (interrupted)", "1 caller No", "1 agent Which day",
    ]  # fmt: skip


def test_functions_states_and_what_goes_wrong_are_told() -> None:
    """Also what a model wrote that is no JSON; what it says to the caller is heard anyway."""
    calls = (
        FunctionCall("book", '{"day": "Friday", "message": "A moment."}'),
        FunctionCall("odd", "not json"),
    )
    assert told(
        (ModelFinished(moment(1), 1, calls, "gpt", 320), "booking"),
        ModelFailed(moment(2), 2, "no answer"),
        KeyPressed(moment(3), "5"),
        Resumed(moment(4)),
        ResponseAsked(moment(5), 1, Delta(0, ()), reminder=True),
        (ToolFinished(moment(6), "tool_1_1", "booked"), "done"),
    ) == [
        "1  gpt: book(day=Friday), odd(not json), first word after 320 ms", "1  -> booking", "2  the model failed: no answer",
        "3  the caller presses 5", "4  connected again", "5  the caller says nothing", "6  tool_1_1: booked", "6  -> done",
    ]  # fmt: skip


def test_what_only_the_ledger_knows_is_told_too() -> None:
    """The call itself is gone, or never was; nobody knows how the second one ended."""
    writes = (Written("k", "book", "booked", BEGAN + 2), Written("l", "pay", None, BEGAN + 3))
    assert told(Opened(moment(1)), writes=writes) == [
        "1  -> hello", "2  book: booked", "3  pay: under way, or in doubt",
    ]  # fmt: skip
