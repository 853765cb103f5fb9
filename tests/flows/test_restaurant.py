"""Reserving a table, in English and in Spanish."""

from pathlib import Path

import pytest

from engine.core.states import HangUp, Transfer
from engine.testkit import Call
from engine.tools.restaurant import book_table, reservations
from tests.conftest import FLOWS
from tests.support.held import held, in_words, next_, now

FLOW = FLOWS / "restaurant.yaml"
NUMBER = "+12025550123"
COLLEAGUE = Transfer("+12025550100")
WISH = {"party": "4", "day": "2026-11-27", "time": "19:30", "name": "Maria Lopez"}
ENGLISH = (
    "So that is a table for 4 on Friday, November twenty-seventh at seven thirty PM, for Maria Lopez, and I can "
    "reach you at two oh two, five five five, oh one two three. Shall I reserve it?"
)
SPANISH = (
    "Entonces, una mesa para 4 el viernes, 27 de noviembre a las 7:30 p.m., a nombre de "
    "Maria Lopez, y les llamamos al 2 0 2, 5 5 5, 0 1 2 3. ¿La reservo?"
)


@pytest.fixture
def read_back() -> Call:
    """A call in which the table that somebody wants has just been read back."""
    call = Call(FLOW, from_number=NUMBER)
    return call.caller("A table for four on Friday at half past seven, Maria Lopez").model(wants_table=WISH)


@pytest.fixture
def booking(read_back: Call) -> Call:
    """The same, when the caller has agreed and the table is being reserved."""
    return read_back.caller("Yes, please").model(agreed={}).wait("1s")


@pytest.fixture
def en_espanol() -> Call:
    """The same read-back to a caller who speaks Spanish."""
    call = Call(FLOW, from_number=NUMBER).caller(
        "Buenas, una mesa para cuatro el viernes a las siete y media"
    )
    call.model(speak_spanish={}, wants_table={k: v for k, v in WISH.items() if k != "name"})
    call.model("¿A nombre de quién?")
    return call.caller("De María López").model(update_details={"name": "Maria Lopez"})


def test_a_table_is_reserved(read_back: Call) -> None:
    """Read back, agreed to, and reserved once; nobody asks for wishes."""
    assert read_back.said == ENGLISH
    read_back.caller("Yes").model(agreed={}).tool("book_table", "booked")
    assert read_back.said.endswith(
        "Your table for 4 is reserved for Friday, November twenty-seventh at seven thirty PM. See you then, goodbye!"
    )
    assert (read_back.runs("book_table"), read_back.action) == (1, HangUp())


def test_a_table_is_reserved_in_spanish(en_espanol: Call) -> None:
    """Every word that the flow speaks, the day and the time among them."""
    assert en_espanol.said == SPANISH
    en_espanol.caller("Sí, por favor").model(agreed={}).tool("book_table", "booked")
    assert en_espanol.said == (
        "Un momento, lo reservo. "
        "Su mesa para 4 queda reservada: a las 7:30 p.m. del viernes, 27 de noviembre. ¡Hasta entonces!"
    )


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("full", "Lo siento, a esa hora no queda mesa. ¿Qué otra hora les va bien?"),
        ("closed", "Servimos cenas de martes a domingo"),
        ("error", "Lo siento, no he podido reservarla. Le paso con el restaurante."),
        ("unknown", "Lo siento, no sé si la reserva ha quedado hecha"),
    ],
)
def test_every_outcome_is_told_in_spanish(en_espanol: Call, outcome: str, told: str) -> None:
    """Bad news as well."""
    en_espanol.caller("Sí").model(agreed={}).tool("book_table", outcome)
    assert told in en_espanol.said
    assert "sorry" not in en_espanol.said


def test_what_was_not_heard_is_repeated_in_spanish(en_espanol: Call) -> None:
    """A yes to half a read-back gets the rest of it, in the same language."""
    en_espanol.interrupt(after="p.m.").caller("Sí, sí").model(agreed={})
    assert en_espanol.said == ("Nombre: Maria Lopez. Teléfono: 2 0 2, 5 5 5, 0 1 2 3. ¿Es correcto?")


def test_the_language_may_change_in_the_middle(en_espanol: Call) -> None:
    """Somebody else takes the phone."""
    en_espanol.caller("Sorry, what?").model(speak_english={}, changed={})
    en_espanol.model("What should I change?").caller("Nothing").model(update_details={"party": "4"})
    assert en_espanol.said == ENGLISH


def test_a_wish_is_noted_and_read_back_when_it_is_made() -> None:
    """While the rest is still being collected; it is part of what is agreed to and reserved."""
    call = Call(FLOW, from_number=NUMBER).caller("A table for four, one of us has a nut allergy")
    call.model(wants_table={"party": "4"}).model("Which day?")
    call.caller("Friday. And mind the allergy!").model(wish={"notes": "nut allergy"})
    assert call.state == "collecting"
    call.model("Noted. At what time?")
    call.caller("Half past seven, Maria Lopez").model(
        update_details={k: WISH[k] for k in ("day", "time", "name")}
    )
    assert "I have noted: nut allergy. Shall I reserve it?" in call.said
    call.caller("Yes").model(agreed={}).wait("1s")
    assert call.runs("book_table") == 1


def test_a_wish_at_the_read_back_needs_another_yes(read_back: Call) -> None:
    """It was not in what was read back before."""
    read_back.caller("Yes, and a high chair").model(wish={"notes": "a high chair"})
    assert "I have noted: a high chair." in read_back.said
    assert read_back.wait("10s").runs("book_table") == 0


@pytest.mark.parametrize("party", ["9", "12"])
def test_a_large_party_is_for_a_person(party: str) -> None:
    """At once where it is said at once, and whenever it turns out."""
    call = Call(FLOW, from_number=NUMBER).caller("A table for us all").model(wants_table={"party": party})
    assert (call.state, call.action) == ("large_party", COLLEAGUE)
    grown = Call(FLOW, from_number=NUMBER).caller("A table, Maria Lopez").model(wants_table=WISH)
    grown.caller("Oh, there will be more of us").model(changed={"party": party})
    assert (grown.state, grown.action) == ("large_party", COLLEAGUE)


def test_eight_are_no_large_party() -> None:
    """Nor does a model get them there by its own word."""
    call = (
        Call(FLOW, from_number=NUMBER).caller("Eight of us").model(wants_table={"party": "8"}).model("When?")
    )
    assert call.state == "collecting"
    call.caller("Friday").model(large={})
    assert call.state == "collecting"


def test_no_table_at_that_time_is_asked_for_at_another(booking: Call) -> None:
    """The rest stands; another yes is needed."""
    booking.tool("book_table", "full")
    assert booking.said.endswith("Which other time would suit you?")
    booking.caller("At six").model(update_details={"time": "18:00"})
    assert "at six PM" in booking.said
    booking.caller("Yes").model(agreed={}).tool("book_table", "booked")
    assert booking.runs("book_table") == 2


def test_a_correction_right_after_the_yes_is_in_time(read_back: Call) -> None:
    """The table waits a moment, and is reserved as it was corrected."""
    read_back.caller("Yes").model(agreed={}).wait("500ms").adds("no, six of us").model(changed={"party": "6"})
    assert read_back.wait("10s").runs("book_table") == 0
    assert read_back.said.startswith("So that is a table for 6")


def test_who_speaks_while_it_is_reserved_hears_the_outcome_first(booking: Call) -> None:
    """One reservation; what they want then is for a person."""
    assert booking.caller("Actually, six of us").said == "One more moment, please."
    booking.tool("book_table", "booked")
    assert booking.action is None
    assert booking.caller("Six, I said").model(more={}).action == COLLEAGUE
    assert booking.runs("book_table") == 1


def test_what_nobody_can_tell_is_for_a_person(booking: Call) -> None:
    """And a lost line reserves nothing twice."""
    booking.drop().reconnect().tool("book_table", "unknown").wait("5s")
    assert "I can't tell whether that went through" in booking.said
    assert (booking.runs("book_table"), booking.action) == (1, COLLEAGUE)


def test_a_silent_caller_is_asked_twice_and_let_go(en_espanol: Call) -> None:
    """In the language that was spoken."""
    said = [en_espanol.silence().said for _ in range(3)]
    assert said == ["¿Sigue ahí?", "No le oigo.", "Gracias por llamar. ¡Hasta luego!"]
    assert en_espanol.action == HangUp()


def test_who_wants_a_person_gets_one(read_back: Call) -> None:
    """At any time."""
    assert read_back.caller("Can I talk to somebody?").model(human={}).action == COLLEAGUE


def test_the_offline_model_notes_an_allergy() -> None:
    """It asks for the wish in the caller's own words, and reads it back with the rest."""
    call = Call(FLOW, offline=True, from_number=NUMBER).caller(
        "A table for four on friday at eight, Maria Lopez"
    )
    assert call.slots["time"] == "20:00"
    assert call.caller("somebody has a nut allergy").said == "What shall I note?"
    call.caller("a severe nut allergy")
    assert "I have noted: a severe nut allergy. Shall I reserve it?" in call.said
    assert call.caller("yes").waiting_for is None
    assert call.wait("1s").waiting_for == "book_table"


def test_a_table_is_reserved_over_a_real_socket(data_folder: Path) -> None:
    """In the real house, which is full when they wish to come."""
    friday = next_(4)
    for key in "abc":
        at = now().replace(hour=20, minute=0).time()
        done = book_table(friday, at, 8, "Tom Hill", "+12025550177", idempotency_key=key, now=now())
        assert done.name == "booked"
    heard = held(
        "restaurant", data_folder, f"a table for four on {in_words(friday)} at eight", "maria lopez", "yes",
        "what else do you have that evening", "the last one", "yes", number=NUMBER,
    )  # fmt: skip
    assert heard[3].endswith("there is no table left at that time. Which other time would suit you?")
    assert "Your table for 4 is reserved" in heard[-1]
    [table] = [table for table in reservations() if table["name"] == "Maria Lopez"]
    assert (table["day"], table["party"], table["phone"]) == (friday.isoformat(), 4, NUMBER)
