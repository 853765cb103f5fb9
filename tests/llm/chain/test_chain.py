"""Several models behind one port: the caller hears the first that answers, and never two of them."""

from engine.core.speech import CallDelta
from engine.errors import ModelError
from engine.testkit import Call
from tests.support.chain import Chained

DOWN = ModelError("InternalServerError 500")


def test_the_first_model_answers_and_no_other_is_asked(asked: Call) -> None:
    """The others cost nothing as long as it does."""
    chain = Chained({"large": [["Which ", "day?"]], "small": []})
    heard = chain.ask(asked)
    assert (heard.model, heard.text) == ("large", "Which day?")
    assert chain.models["small"].asked == 0


def test_one_that_fails_is_replaced_at_once(asked: Call) -> None:
    """No time passes, and nothing is said of it."""
    heard = Chained({"large": [[DOWN]], "small": [["Which day?"]]}).ask(asked)
    assert (heard.model, heard.text, heard.at_ms) == ("small", "Which day?", 0)


def test_one_that_is_silent_is_joined_by_the_next(asked: Call) -> None:
    """A moment before the caller would be asked to hold; the loser's stream is closed."""
    chain = Chained({"large": [[9.0, "Too late"]], "small": [["Which day?"]]})
    heard = chain.ask(asked)
    assert (heard.model, heard.text, heard.at_ms) == ("small", "Which day?", 1_950)
    assert chain.models["large"].closed == 1


def test_the_slow_one_may_still_be_first(asked: Call) -> None:
    """Whoever begins first is heard, in the order in which they begin and not in which they were asked."""
    chain = Chained({"large": [[2.1, "Which day?"]], "small": [[0.5, "Hello?"]]})
    heard = chain.ask(asked)
    assert (heard.model, heard.text, heard.at_ms) == ("large", "Which day?", 2_100)
    assert chain.models["small"].closed == 1


def test_silence_is_given_up_in_the_end(asked: Call) -> None:
    """Both say nothing: five seconds after each was asked it counts as failed."""
    heard = Chained({"large": [[60.0]], "small": [[60.0]]}).ask(asked)
    assert heard.error is not None
    assert "nothing has come for 5000 ms; nothing has come for 5000 ms" in str(heard.error)


def test_an_answer_that_has_begun_is_not_begun_anew(asked: Call) -> None:
    """The caller has heard half a sentence: another beginning would be worse, so it is an error."""
    chain = Chained({"large": [["Let me ", DOWN]], "small": [["Which day?"]]})
    heard = chain.ask(asked)
    assert (heard.text, chain.models["small"].asked) == ("Let me ", 0)
    assert heard.error is not None
    assert heard.error.retryable
    assert chain.ask(asked).model == "small"


def test_an_answer_that_stalls_has_broken_off(asked: Call) -> None:
    """Two and a half seconds within a sentence are long on the phone."""
    chain = Chained({"large": [["Let me ", 2.4, "see", 2.6, "."]]})
    heard = chain.ask(asked)
    assert heard.text == "Let me see"
    assert str(heard.error) == "nothing more has come for 2500 ms"
    assert chain.models["large"].closed == 1


def test_a_cut_stream_carries_nothing_out(asked: Call) -> None:
    """The error comes after the fragments of the function, and whoever reads them drops them."""
    heard = Chained({"large": [[CallDelta(0, "end_call", "{"), DOWN]]}).ask(asked)
    assert (heard.calls, str(heard.error)) == (1, "InternalServerError 500")


def test_a_caller_who_interrupts_closes_every_stream(asked: Call) -> None:
    """Two models are being asked; neither goes on writing for nobody, and neither is blamed."""
    chain = Chained({"large": [[9.0], ["Yes?"]], "small": [[9.0]]})
    chain.ask(asked, hang_up_after_ms=2_500)
    assert [model.closed for model in chain.models.values()] == [1, 1]
    assert chain.ask(asked).model == "large"


def test_an_empty_answer_is_none(asked: Call) -> None:
    """Space alone is nothing to hear; the next model is asked, and the first is not blamed for the others."""
    chain = Chained({"large": [[" \n"], ["Yes?"]], "small": [["Which day?"]]})
    assert chain.ask(asked).model == "small"
    assert chain.ask(asked).model == "large"


def test_when_all_fail_it_is_said_of_each(asked: Call) -> None:
    """Worth another try if it is for one of them."""
    hopeless = ModelError("AuthenticationError 401", retryable=False)
    heard = Chained({"large": [[hopeless]], "small": [[DOWN]]}).ask(asked)
    assert str(heard.error) == "no model answered: AuthenticationError 401; InternalServerError 500"
    assert heard.error is not None
    assert heard.error.retryable


def test_a_bug_in_one_client_is_a_failure_like_any_other(asked: Call) -> None:
    """The other models have no part in it."""
    assert Chained({"large": [[ZeroDivisionError()]], "small": [["Which day?"]]}).ask(asked).model == "small"
