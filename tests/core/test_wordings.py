"""Lines in several variants and several languages."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.core.prompt import prompt_of
from engine.core.wording import Wording
from engine.testkit import Call

TABLE = """
flow: table
initial: hello
language: [en-US, es]
language_from: call.variables.language
slots:
  day: {type: date, ask: {en: ["Which day?", "And which day?"], es: "¿Qué día?"}}
tools:
  look:
    {python: "clinic:weather", effect: read, outcomes: [sun], filler: {say: ["Let me look.", "One moment."], after: 700ms}}
states:
  hello:
    say: {en: "Hello!", es: "¡Hola!"}
    transitions: {start: {to: asking, when: The caller wants a table.}}
  asking:
    say: {en: ["Which day?", "Then which day?"], es: "¿Qué día?"}
    collect: [day]
    tools: [look]
    transitions:
      collected: {to: asking, clear: [day], say: ["Full.", "Full again."]}
      enough: {to: gone, when: That is all.}
      spanish: {to: asking, speak: es, when: The caller speaks Spanish.}
  gone: {say: {en: "Bye.", es: "Adiós."}, hang_up: true}
always:
  bye: {to: gone, when: Goodbye.}
  silence: {after: [8s, 8s], say: [{en: "Still there?", es: "¿Sigue ahí?"}], to: gone}
lines:
  trouble: {es: "Lo siento, hubo un problema."}
  repeat: {es: "¿Puede repetirlo?"}
  hold: {es: "Un momento, por favor."}
  again: {es: "¿Es correcto?"}
"""


@pytest.fixture
def table(write_flow: Callable[[str], Flow]) -> Callable[..., Call]:
    """A restaurant's line in two languages; what the platform knows is up to the test."""
    flow = write_flow(TABLE)
    return lambda **details: Call(flow, **details)


def test_variants_are_used_in_turn(table: Callable[..., Call]) -> None:
    """A caller who comes round does not hear a machine; a replay hears the same."""
    call = table().caller("A table").model(start={})
    assert call.said == "Which day?"
    said = []
    for day in ("3", "4", "5"):
        call = call.caller(f"The {day}th").model(update_details={"day": f"2026-12-0{day}"})
        said.append(call.said)
    assert said == ["Full. Then which day?", "Full again. Which day?", "Full. Then which day?"]


def test_a_call_speaks_the_language_that_its_details_name(table: Callable[..., Call]) -> None:
    """The caller chose it before the call came to us."""
    call = table(variables={"language": "es-MX"})
    assert call.dialogue == " agent: ¡Hola!"
    assert call.caller("Una mesa").request.language == "es"
    assert "Speak es." in prompt_of(call.request).stable


def test_a_language_that_the_flow_does_not_speak_changes_nothing(table: Callable[..., Call]) -> None:
    """Better English than silence."""
    assert table(variables={"language": "fi"}).dialogue == " agent: Hello!"


def test_a_transition_changes_the_language(table: Callable[..., Call]) -> None:
    """The caller turns out to speak another one; everything after that is in it, silence too."""
    call = table().caller("Hola").model(start={}).caller("¿Habla español?").model(spanish={})
    assert call.said == "¿Qué día?"
    assert call.silence().said == "¿Sigue ahí?"


def test_the_engines_own_lines_are_in_the_language_of_the_call(table: Callable[..., Call]) -> None:
    """English ones are built in; the others stand in the flow."""
    call = table(variables={"language": "es"}).caller("Hola").model_fails().model_fails()
    assert call.said == "Lo siento, hubo un problema. ¿Puede repetirlo?"
    call = table().caller("Hello").model_fails().model_fails()
    assert call.said == "I'm sorry, I had some trouble there. Could you say that again?"


def test_a_tool_that_is_quick_needs_no_filler(table: Callable[..., Call]) -> None:
    """Nobody says "one moment" before an answer that is there at once."""
    call = table().caller("A table").model(start={}).caller("Is it sunny?").model(look={})
    assert call.wait("600ms").tool("look", "sun").said == ""


def test_a_tool_that_takes_its_time_gets_one(table: Callable[..., Call]) -> None:
    """And the second time another one."""
    call = table().caller("A table").model(start={}).caller("Is it sunny?").model(look={})
    assert call.wait("800ms").said == "Let me look."
    call = call.tool("look", "sun").model("Yes.").caller("Still?").model(look={}).wait("800ms")
    assert call.said == "One moment."


def test_nothing_is_said_into_the_callers_words_while_a_tool_works(table: Callable[..., Call]) -> None:
    """The filler is for a silence."""
    call = table().caller("A table").model(start={}).caller("Is it sunny?").model(look={})
    assert call.begins("and also").wait("800ms").said == ""


def test_a_wording_without_a_count_says_its_first_variant(write_flow: Callable[[str], Flow]) -> None:
    """Where a line is not said in turn, as in a prompt."""
    ask = write_flow(TABLE).slots["day"].ask
    assert isinstance(ask, Wording)
    assert ask.text("en-US") == "Which day?"
    assert ask.texts("en-US") == ("Which day?", "And which day?")


def test_a_flow_that_goes_by_the_details_in_a_guard_alone_asks_for_them(
    write_flow: Callable[[str], Flow],
) -> None:
    """Else the guard would never hold."""
    text = TABLE.replace("language_from: call.variables.language\n", "")
    assert not write_flow(text).wants_details
    guarded = text.replace(
        "{to: gone, when: That is all.}", "{if: call.metadata.plan is gold, to: gone, when: All.}"
    )
    assert write_flow(guarded).wants_details
