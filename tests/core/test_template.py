"""Lines with slots in them."""

from engine.core.template import Mark, read

VALUES = {"day": ("2026-12-03", "Thursday"), "name": ("Maria", "Maria")}


def test_slots_are_filled_and_their_ends_marked() -> None:
    """The marks are how the engine later knows which values the caller has heard."""
    text, marks = read("On {day}, for {name}.").render(VALUES.get)
    assert text == "On Thursday, for Maria."
    assert marks == (Mark("day", "2026-12-03", 11), Mark("name", "Maria", 22))


def test_a_sentence_with_a_slot_that_is_not_set_is_left_out() -> None:
    """A caller without a name hears a greeting, not a gap in one."""
    line = read("Hello {first_name}! Thanks for calling. Is it about {day}?")
    assert line.render(VALUES.get)[0] == "Thanks for calling. Is it about Thursday?"


def test_the_question_to_ask_again_is_the_last_one_that_needs_no_slot() -> None:
    """After a miss it is enough to repeat the question, not the whole read-back."""
    assert read("So on {day}. Shall I book it?").question == "Shall I book it?"
    assert read("Goodbye!").question is None


def test_a_line_knows_its_slots_in_order() -> None:
    """The loader checks that each of them exists."""
    assert read("{name} on {day}, {name}?").slots == ("name", "day")
