"""Turn-taking is a table without holes."""

from engine.core.turns import TURN_TAKING, Cue, Phase


def test_every_phase_has_an_answer_to_every_cue() -> None:
    """Silence is the one bug that callers always notice."""
    assert set(TURN_TAKING) == set(Phase)
    for phase, answers in TURN_TAKING.items():
        assert set(answers) == set(Cue), phase


def test_nothing_leads_out_of_the_end() -> None:
    """No word after the call is over."""
    assert set(TURN_TAKING[Phase.ENDED].values()) == {Phase.ENDED}


def test_closing_a_response_always_leads_to_listening() -> None:
    """A response that was closed and still counted as open would keep the line silent."""
    live = set(Phase) - {Phase.ENDED}
    assert {TURN_TAKING[phase][Cue.CLOSED] for phase in live} == {Phase.LISTENING}
