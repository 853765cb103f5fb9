"""What a caller wants is told by few words, and those must not fire by accident."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.words import normalise
from engine.llm.offline.intents import Intent, intents


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("bye", Intent.GOODBYE),
        ("okay goodbye then", Intent.GOODBYE),
        ("thanks, have a great day!", Intent.GOODBYE),
        ("i have to go now", Intent.GOODBYE),
        ("see you friday", Intent.GOODBYE),
        ("no that's it, thanks", Intent.FINISHED),
        ("that'll be all for today", Intent.FINISHED),
        ("nothing else", Intent.FINISHED),
        ("i'm all set", Intent.FINISHED),
        ("can i talk to a human", Intent.HUMAN),
        ("let me speak with somebody at the office", Intent.HUMAN),
        ("get me a real person please", Intent.HUMAN),
        ("put me through to the front desk", Intent.HUMAN),
        ("operator", Intent.HUMAN),
        ("can you say that again", Intent.REPEAT),
        ("Sorry?", Intent.REPEAT),
        ("i didn't quite catch that", Intent.REPEAT),
        ("what time was that", Intent.REPEAT),
        ("one more time please", Intent.REPEAT),
        ("hold on a second", Intent.HOLD_ON),
        ("just a moment", Intent.HOLD_ON),
        ("let me check my calendar", Intent.HOLD_ON),
        ("how much is a cleaning", Intent.QUESTION),
        ("do you take my insurance", Intent.QUESTION),
        ("okay, where are you located", Intent.QUESTION),
        ("can you tell me the address", Intent.QUESTION),
        ("i was wondering if you see children", Intent.QUESTION),
        ("what times do you have", Intent.OPENINGS),
        ("when are you free", Intent.OPENINGS),
        ("whatever you have", Intent.OPENINGS),
        ("do you have anything earlier", Intent.OPENINGS),
        ("as soon as possible", Intent.OPENINGS),
        ("i don't care", Intent.OPENINGS),
        ("friday instead", Intent.EDIT),
        ("no, the number is wrong", Intent.EDIT),
        ("scratch that", Intent.EDIT),
        ("thank you so much", Intent.THANKS),
        ("uh-huh", Intent.BACKCHANNEL),
        ("Hmm.", Intent.BACKCHANNEL),
        ("okay, i see", Intent.BACKCHANNEL),
    ],
)
def test_an_intent_is_heard(said: str, intent: Intent) -> None:
    """In the words that people use on the phone."""
    assert intent in intents(normalise(said))


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("i have to go to work at nine", Intent.GOODBYE),
        ("where do i have to go?", Intent.GOODBYE),
        ("yes that's it", Intent.FINISHED),
        ("i'm good on friday", Intent.FINISHED),
        ("i need someone to clean my teeth", Intent.HUMAN),
        ("get me somebody else", Intent.HUMAN),
        ("my agent's name is bob", Intent.HUMAN),
        ("sorry i meant five", Intent.REPEAT),
        ("what about friday", Intent.REPEAT),
        ("the second of may", Intent.HOLD_ON),
        ("can you book me for friday", Intent.QUESTION),
        ("could i come at three?", Intent.QUESTION),
        ("friday at three", Intent.OPENINGS),
        ("on friday", Intent.EDIT),
        ("okay friday", Intent.BACKCHANNEL),
        ("", Intent.BACKCHANNEL),
    ],
)
def test_an_intent_does_not_fire_by_accident(said: str, intent: Intent) -> None:
    """A call that ends by mistake is worse than one that goes on."""
    assert intent not in intents(normalise(said))


def test_one_utterance_can_do_several_things() -> None:
    """People thank and leave in one breath."""
    assert intents(normalise("no that's all, thanks, bye")) >= {
        Intent.FINISHED,
        Intent.THANKS,
        Intent.GOODBYE,
    }


@given(st.text(max_size=200))
def test_anything_can_be_said(said: str) -> None:
    """A caller's line can carry any character at all."""
    assert intents(normalise(said)) <= set(Intent)
