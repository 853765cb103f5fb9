"""Files of callers: what they may say, where they are wrong, and that a saved call is the call that it was."""

from pathlib import Path

import pytest

from engine.errors import FlowError
from engine.testkit.sim.script import load_caller, written
from engine.testkit.sim.steps import Adds, Drop, HangUp, Interrupt, Say, Silence, Step, Trouble

EVERYTHING: tuple[Step, ...] = (
    Say('They said "nine", didn\'t they?', 350),
    Adds("and then", 200),
    Interrupt(words=5),
    Interrupt(after="Which day"),
    Silence(8_000),
    Drop(2_000, 300),
    Trouble("book", 9_000, "after"),
    Trouble("book"),
    HangUp(),
)


def test_a_call_that_is_saved_is_read_back_as_it_was(tmp_path: Path) -> None:
    """Every step there is, with quotes in what is said."""
    path = tmp_path / "call.yaml"
    path.write_text(written(Path("flows/a.yaml"), "7-1", "stale text", EVERYTHING, ["Breaks a rule."]))
    file = load_caller(path)
    assert file.scripts == {"stale text": EVERYTHING}
    assert file.part.seed == "7-1"


def test_the_short_form_is_what_somebody_says_one_thing_after_the_other(tmp_path: Path) -> None:
    """For a first try."""
    path = tmp_path / "call.yaml"
    path.write_text("says: [Hello, Goodbye]\n")
    assert load_caller(path).scripts == {"says": (Say("Hello"), Say("Goodbye"))}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("says: [Hello]\nwants: {day: Friday}\n", ":1:1: a caller is one of `says`, `calls`, `wants` and `persona`; write one"),
        ("calls:\n  one:\n    - {jump: 3}\n", ":3:8: there is no key `jump` here; known keys: adds, caller"),
        ("calls:\n  one:\n    - {silence: 8}\n", ":3:17: `8` is no duration; write a number with ms, s or m"),
        ("calls:\n  one:\n    - {caller: Hi, adds: you}\n", ":3:7: a step does one thing, and this one has 2; write one of"),
        ("calls:\n  one:\n    - {interrupt: {}}\n", ":3:19: an interruption needs one of `after` and `words`; give one"),
        ("persona: A hurried person.\n", ":1:1: a persona needs a model that plays it; write `model: {name: ...}`"),
        ("says: Hello\n", ":1:7: `says` must be a list, not `Hello`; write [a, b]"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(text: str, told: str, tmp_path: Path) -> None:
    """And with what to write instead."""
    path = tmp_path / "call.yaml"
    path.write_text(text)
    with pytest.raises(FlowError) as caught:
        load_caller(path)
    assert told in str(caught.value)
