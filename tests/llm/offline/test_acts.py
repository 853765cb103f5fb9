"""What a caller wants is told by few words, and those must not fire by accident."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.words import normalise
from engine.llm.offline.acts import Act, acts, does_nothing_else


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("bye", Act.GOODBYE),
        ("okay goodbye then", Act.GOODBYE),
        ("thanks, have a great day!", Act.GOODBYE),
        ("i have to go now", Act.GOODBYE),
        ("see you friday", Act.GOODBYE),
        ("no that's it, thanks", Act.FINISHED),
        ("that'll be all for today", Act.FINISHED),
        ("nothing else", Act.FINISHED),
        ("i'm all set", Act.FINISHED),
        ("can i talk to a human", Act.HUMAN),
        ("let me speak with somebody at the office", Act.HUMAN),
        ("get me a real person please", Act.HUMAN),
        ("can i get someone else please", Act.HUMAN),
        ("i'd like to talk to somebody else", Act.HUMAN),
        ("i'd like a person please", Act.HUMAN),
        ("put me through to the front desk", Act.HUMAN),
        ("operator", Act.HUMAN),
        ("can you say that again", Act.REPEAT),
        ("Sorry?", Act.REPEAT),
        ("i didn't quite catch that", Act.REPEAT),
        ("what time was that", Act.REPEAT),
        ("one more time please", Act.REPEAT),
        ("hold on a second", Act.HOLD_ON),
        ("just a moment", Act.HOLD_ON),
        ("let me check my calendar", Act.HOLD_ON),
        ("how much is a cleaning", Act.QUESTION),
        ("do you take my insurance", Act.QUESTION),
        ("okay, where are you located", Act.QUESTION),
        ("can you tell me the address", Act.QUESTION),
        ("i was wondering if you see children", Act.QUESTION),
        ("what times do you have", Act.OPENINGS),
        ("when are you free", Act.OPENINGS),
        ("whatever you have", Act.ANYTHING),
        ("do you have anything earlier", Act.OPENINGS),
        ("as soon as possible", Act.ANYTHING),
        ("i don't care", Act.ANYTHING),
        ("friday instead", Act.EDIT),
        ("no, the number is wrong", Act.EDIT),
        ("scratch that", Act.EDIT),
        ("thank you so much", Act.THANKS),
        ("i'll call back tomorrow", Act.GOODBYE),
        ("sorry what", Act.REPEAT),
        ("what time is it again?", Act.REPEAT),
        ("wait", Act.HOLD_ON),
        ("is that friday the 27th?", Act.CHECKS),
        ("friday at ten, right?", Act.CHECKS),
        ("did you get my name", Act.CHECKS),
        ("is friday at ten available?", Act.OPENINGS),
        ("yes unless you have something earlier", Act.CONDITION),
        ("yes and also one for my husband", Act.ANOTHER),
        ("yes and can you text me", Act.MORE),
        ("it's for my son", Act.FOR_SOMEONE),
        ("i have a question about my bill", Act.MATTER),
        ("it's an emergency", Act.MATTER),
        ("i want to cancel my appointment", Act.EXISTING),
        ("i need to reschedule", Act.EXISTING),
        ("i'm running late", Act.EXISTING),
        ("sorry, wrong number", Act.MISDIALLED),
        ("forget it", Act.QUITS),
        ("nothing", Act.SETTLES),
        ("never mind it's fine", Act.SETTLES),
        ("yes book it", Act.SETTLES),
        ("i don't know", Act.UNSURE),
        ("uh-huh", Act.LISTENS),
        ("hi there", Act.LISTENS),
        ("okay, i see", Act.LISTENS),
    ],
)
def test_an_act_is_heard(said: str, act: Act) -> None:
    """In the words that people use on the phone."""
    assert act in acts(normalise(said))


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("i have to go to work at nine", Act.GOODBYE),
        ("where do i have to go?", Act.GOODBYE),
        ("yes that's it", Act.FINISHED),
        ("i'm good on friday", Act.FINISHED),
        ("i need someone to clean my teeth", Act.HUMAN),
        ("get me somebody else", Act.HUMAN),
        ("my agent's name is bob", Act.HUMAN),
        ("sorry i meant five", Act.REPEAT),
        ("what about friday", Act.REPEAT),
        ("the second of may", Act.HOLD_ON),
        ("can you book me for friday", Act.QUESTION),
        ("could i come at three?", Act.QUESTION),
        ("friday at three", Act.OPENINGS),
        ("on friday", Act.EDIT),
        ("okay friday", Act.LISTENS),
        ("sorry, i meant friday", Act.REPEAT),
        ("sorry", Act.EDIT),
        ("wait, what day was that", Act.EDIT),
        ("can't do mornings", Act.QUESTION),
        ("yes?", Act.QUESTION),
        ("can i have an appointment", Act.EXISTING),
        ("change the time", Act.EXISTING),
        ("that's right", Act.CHECKS),
        ("yes, if possible", Act.CONDITION),
        ("yes and thank you", Act.MORE),
        ("nothing on monday please", Act.SETTLES),
        ("", Act.LISTENS),
    ],
)
def test_an_act_does_not_fire_by_accident(said: str, act: Act) -> None:
    """A call that ends by mistake is worse than one that goes on."""
    assert act not in acts(normalise(said))


def test_one_utterance_can_do_several_things() -> None:
    """People thank and leave in one breath."""
    assert acts(normalise("no that's all, thanks, bye")) >= {
        Act.FINISHED,
        Act.THANKS,
        Act.GOODBYE,
    }


@given(st.text(max_size=200))
def test_anything_can_be_said(said: str) -> None:
    """A caller's line can carry any character at all."""
    assert acts(normalise(said)) <= set(Act)


@pytest.mark.parametrize(
    ("said", "nothing_else"),
    [
        ("goodbye", True),
        ("sorry, what was that?", True),
        ("I don't know what it's called", True),
        ("", True),
        ("it won't stop", False),
        ("I missed that turn and hit a kerb", False),
    ],
)
def test_an_utterance_may_do_nothing_else(said: str, nothing_else: bool) -> None:
    """Or tell something in words that elsewhere are an act."""
    assert does_nothing_else(normalise(said)) == nothing_else
