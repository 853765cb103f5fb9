"""What a refusal tells the model."""

from engine.core.slots.type import not_a_value


def test_a_refusal_quotes_what_was_sent() -> None:
    """The model can only mend what it is shown."""
    assert str(not_a_value("blue", "a day")) == "'blue' is not a day. Ask the caller for it again."


def test_a_refusal_is_short() -> None:
    """A flood of words must not fill the model's context."""
    assert len(str(not_a_value("x" * 100_000, "a day"))) < 120
