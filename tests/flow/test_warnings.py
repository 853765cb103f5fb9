"""What works and yet makes callers worse off is told, and the flow is served all the same."""

import pytest

from engine.flow.load import loads_all
from tests.conftest import inspect
from tests.support.proven_flow import changed

LONG = " ".join(["word"] * 151)


def warned(*changes: tuple[str, str]) -> list[str]:
    """Return the warnings for the sound flow once parts of it are replaced."""
    return [str(problem) for problem in loads_all(changed(*changes), inspect, "x.yaml").warnings]


def test_a_sound_flow_can_be_without_warnings() -> None:
    """Each test here adds just one."""
    assert warned() == []


@pytest.mark.parametrize(
    ("before", "after", "warning"),
    [
        (', filler: "One moment."', "", 'x.yaml:6:3: warning: book may take 10 s, and nothing is said meanwhile; add `filler: "One moment."`, or a shorter `timeout` [no-filler]'),
        ("collect: [day, time]", f"prompt: {LONG}\n    collect: [day, time]", "x.yaml:13:5: warning: this has 151 words, and a model reads them before each answer; keep what every answer needs; leave the rest to states, slots and tools [long-prompt]"),
        ('"Goodbye!"', '"**Goodbye!**"', "x.yaml:27:18: warning: `**` would be read aloud; write it as it is to be spoken [markdown]"),
        ('"Goodbye!"', '"See https://example.com."', "x.yaml:27:18: warning: `https://` would be read aloud; write it as it is to be spoken [markdown]"),
        (", except: [booking]", "", "x.yaml:29:3: warning: `bye` seems to be possible while booking runs a write, and is not; add `except: [booking]` [always-over-write]"),
        ("      changed: {to: asking, intent: correct, when: The caller wants another time.}\n", "", "x.yaml:18:5: warning: a caller can not correct what `reading` reads back; add a transition with `intent: correct` to the state that collects it [no-correction]"),
        (', transfer: "+12025550100"}', "}", "x.yaml:26:3: warning: `person` only says something, and what may happen then is up to `always`; add `hang_up: true`, `transfer:`, a prompt or transitions [stranded]"),
    ],
)  # fmt: skip
def test_what_could_be_better_is_told(before: str, after: str, warning: str) -> None:
    """One change, one warning."""
    assert warned((before, after)) == [warning]


def test_a_quick_tool_needs_no_filler() -> None:
    """A few seconds of silence are nothing on the phone."""
    assert warned((', filler: "One moment."', ", timeout: 4s")) == []


def test_an_answer_in_the_middle_of_something_else_is_not_stranded() -> None:
    """The call goes back to where it was."""
    parking = ("  leaving:", "  parking: {say: You can park in the yard.}\n  leaving:")
    always = (
        "always:",
        "always:\n  park: {to: parking, return: true, when: Parking., except: [booking, done, person, leaving]}",
    )
    assert warned(parking, always) == []


BILINGUAL = """
flow: desk
initial: hello
language: [en-US, es-US]
states:
  hello: {say: HELLO, transitions: {done: {to: bye, when: Done.}}}
  bye: {say: {en: "Bye.", es: "Adiós."}, hang_up: true}
lines: {trouble: {es: "Perdón."}, repeat: {es: "¿Cómo?"}, hold: {es: "Un momento."}, again: {es: "¿Sí?"}}
"""


@pytest.mark.parametrize(
    ("hello", "warnings"),
    [
        ('{en: "Hello.", es: "Hola."}', []),
        ('{en: "Hello."}', ["x.yaml:6:16: warning: this line lacks es-US: the caller would hear another language; add `es-US:` to it [missing-language]"]),
        ('"Hola."', ["x.yaml:6:16: warning: this line is the same in en-US and es-US; write it for each, such as `{en-US: ..., es-US: ...}` [missing-language]"]),
    ],
)  # fmt: skip
def test_a_line_that_lacks_a_language_is_told(hello: str, warnings: list[str]) -> None:
    """Whoever speaks the other one may not understand it."""
    text = BILINGUAL.replace("HELLO", hello)
    assert [str(problem) for problem in loads_all(text, inspect, "x.yaml").warnings] == warnings
