"""How much of what was sent the caller has heard."""

from dataclasses import replace

import pytest

from engine.core.events import Speaker, TurnId, Utterance
from engine.core.heard import (
    agent_position,
    heard_length,
    heard_of,
    more_than_filler,
    slots_heard,
    spoken_since,
)
from engine.core.talk import Talk
from engine.core.template import Mark
from engine.core.turn import Piece, Position, Turn, TurnKind


def agent(text: str) -> Utterance:
    return Utterance(Speaker.AGENT, text)


def caller(text: str) -> Utterance:
    return Utterance(Speaker.CALLER, text)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("", ""),
        ("So that is a cleaning", "So that is a cleaning"),
        ("so that is a cleaning,", "So that is a cleaning"),
        ("So that is a clea", "So that is a"),
        (
            "So that is a cleaning on Thursday at 3 PM. Shall",
            "So that is a cleaning on Thursday at three PM. Shall",
        ),
        ("Something else entirely was said here", ""),
    ],
)
def test_what_was_heard_is_found_in_what_was_sent(said: str, heard: str) -> None:
    """Platforms change case, punctuation and numbers; a word that was cut was not heard."""
    sent = "So that is a cleaning on Thursday at three PM. Shall I book it?"
    assert sent[: heard_length(sent, said)] == heard


def test_what_can_not_be_interrupted_is_heard_whole_unless_the_line_was_lost() -> None:
    """One word of it is all of it, but not where nobody was there any more to hear the rest."""
    turn = Turn(TurnId(1), 1, TurnKind.ANSWER, before=Talk("x"), base=Position())
    said = replace(turn, pieces=(Piece("On Thursday at three?", interruptible=False),))
    assert heard_of(said, (agent("On"),)) == len("On Thursday at three?")
    assert heard_of(replace(said, line_lost=True), (agent("On"),)) == len("On")


def test_a_common_word_further_on_is_not_taken_for_the_one_that_was_heard() -> None:
    """Whoever heard "on" before the day has not heard the "on" behind it."""
    sent = "A cleaning on Thursday, the front desk is open on that day."
    assert sent[: heard_length(sent, "A cleaning on")] == "A cleaning on"


def test_words_of_an_earlier_turn_do_not_count() -> None:
    """The same goodbye twice: the second one has to be heard on its own."""
    before = (agent("Goodbye."), caller("Wait"))
    base = agent_position(before)
    assert spoken_since((*before, agent("Good")), base) == "Good"


def test_words_joined_to_the_last_utterance_count_from_where_they_begin() -> None:
    """When the caller says nothing between two turns of ours, the platform may write them as one."""
    base = agent_position((agent("Let me look."),))
    assert base == Position(0, len("Let me look."))
    assert spoken_since((agent("Let me look. I have nine."),), base).strip() == "I have nine."


def turn(*pieces: Piece, floor: int = 0) -> Turn:
    return Turn(TurnId(1), 1, TurnKind.ANSWER, Talk("start"), Position(), pieces=pieces, floor=floor)


def test_hearing_only_a_filler_is_hearing_nothing_of_the_turn() -> None:
    """ "One moment" tells the caller nothing of what was decided."""
    answer = turn(Piece("One moment.", filler=True), Piece(" You are booked."))
    assert not more_than_filler(answer, len("One moment"))
    assert more_than_filler(answer, len("One moment. You"))


def test_what_was_said_before_a_write_does_not_show_that_its_outcome_was_heard() -> None:
    """The caller may have heard the model's "Certainly" and nothing of the booking that followed."""
    answer = turn(Piece("Certainly."), Piece(" You are booked."), floor=1)
    assert not more_than_filler(answer, len("Certainly"))


def test_a_slot_is_heard_when_the_end_of_its_value_is() -> None:
    """Half a telephone number is no telephone number."""
    text = "At two oh two, five five five. Right?"
    read_back = turn(Piece(text, marks=(Mark("phone", "+1202555", len("At two oh two, five five five")),)))
    assert slots_heard(read_back, len("At two oh two, five five")) == {}
    assert slots_heard(read_back, len("At two oh two, five five five")) == {"phone": "+1202555"}


def test_an_utterance_that_was_not_cut_is_heard_whole_however_it_is_written() -> None:
    """Some platforms write digits where we send words; the end of the sentence shows that it was said."""
    sent = "I can reach you at two oh two, five five five, oh one two three. Shall I book it?"
    assert heard_length(sent, "I can reach you at 202-555-0123. Shall I book it?") == len(sent) - 1
    assert sent[: heard_length(sent, "I can reach you at 202-555")] == "I can reach you at"


def test_a_sentence_that_stands_twice_shows_nothing_about_the_second_time() -> None:
    """Whoever heard the first "Is that right?" has not heard what comes behind it."""
    sent = "Name: Maria. Is that right? Phone: oh one two. Is that right?"
    assert sent[: heard_length(sent, "Name: Maria. Is that right?")] == "Name: Maria. Is that right"


def test_what_can_not_be_interrupted_is_heard_to_its_end() -> None:
    """Once a word of it was heard, the rest will be."""
    text = "So on Thursday at three."
    whole = turn(Piece(text, marks=(Mark("day", "2026-12-03", 14),), interruptible=False))
    assert heard_of(whole, (agent("So"),)) == len(text)
    assert heard_of(whole, ()) == 0
