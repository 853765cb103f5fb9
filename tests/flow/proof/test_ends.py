"""Every state is seen by some call, and every call can come to an end."""

from engine.flow.load import loads
from engine.flow.proof.prove import prove
from tests.conftest import inspect
from tests.support.big_flow import big_flow
from tests.support.proven_flow import changed, checked, flaws, told

FIRST_GOODBYE = "Agent:  Hello.\nCaller: (bye: says goodbye)\nAgent:  Goodbye!"


def test_a_state_that_no_call_comes_to_is_told() -> None:
    """Something leads there, but nobody knows the day when it could."""
    [flaw] = flaws(
        (
            "transitions: {start:",
            "transitions: {skip: {to: lost, if: day is set, when: The caller knows.}, start:",
        ),
        ("  leaving:", "  lost: {say: Sorry., hang_up: true}\n  leaving:"),
    )
    assert (
        told(flaw)
        == "x.yaml:27:3: no call ever comes to `lost`, although something leads there; mend what keeps calls from it, or remove it [unreached]"
    )
    assert flaw.call == ""


def test_a_state_that_is_never_left_is_told() -> None:
    """It leads to itself alone."""
    [flaw] = flaws(
        (
            'leaving: {say: "Goodbye!", hang_up: true}',
            "leaving: {say: Goodbye!, transitions: {more: {to: leaving, when: More.}}}",
        )
    )
    assert (
        told(flaw)
        == "x.yaml:27:3: a call that comes to `leaving` like this never leaves it; give it a transition that may fire then, or let it end the call [dead-end]"
    )
    assert flaw.call == FIRST_GOODBYE


def test_states_that_lead_to_each_other_for_ever_are_told() -> None:
    """Each has a way out, and none of them an end."""
    [flaw] = flaws(
        (
            'leaving: {say: "Goodbye!", hang_up: true}',
            "leaving: {say: Goodbye!, transitions: {more: {to: chatting, when: More.}}}\n  chatting: {say: Well?, transitions: {enough: {to: leaving, when: Enough.}}}",
        ),
        ("except: [booking]", "except: [booking, chatting]"),
    )
    assert (
        told(flaw)
        == "x.yaml:27:3: no call that comes to `leaving` like this can ever end; lead some way on to a state with `hang_up: true` or `transfer:` [no-end]"
    )
    assert flaw.call == FIRST_GOODBYE


def test_states_that_complete_each_other_are_told() -> None:
    """What one sets completes the other, and the caller's turn never comes."""
    first, second, *_ = flaws(
        ("{collected: reading}", "{collected: {to: other, set: {time: 15:00}}}"),
        (
            "  reading:",
            "  other: {collect: [time], transitions: {collected: {to: asking, set: {day: 2026-12-03}}, go: {to: reading, when: Go on.}}}\n  reading:",
        ),
    )
    assert (
        told(first)
        == "x.yaml:12:3: a call goes round and round from `asking` without the caller's turn; let one of these ways lead to a state in which the caller speaks [circle]"
    )
    assert first.call.splitlines()[-3:] == [
        "Caller: (day: Thursday, December third, time: three PM)",
        "Agent:  ... I'm sorry, I had some trouble there.",
        "(the agent hangs up)",
    ]
    assert (second.code, second.place.line) == ("circle", 16)


def test_what_silence_and_failing_models_lead_to_is_looked_at() -> None:
    """Nothing has been told by then."""
    always = "always:\n  silence: {after: [8s, 8s], say: [Hello?], to: done}\n  trouble: {after: 3, to: done}"
    claimed, unset = flaws(("always:", always))
    assert (claimed.code, unset.code) == ("unset-in-line", "claims-undone")
    assert claimed.call == "Agent:  Hello.\n(the caller says nothing, twice)\n(the agent hangs up)"


def test_a_transfer_that_does_not_take_effect_leads_on() -> None:
    """The state `failed` leads to is seen, and what it says is looked at."""
    [flaw] = flaws(
        ('transfer: "+12025550100"}', 'transfer: "+12025550100", transitions: {failed: sorry}}'),
        ("  leaving:", '  sorry: {say: "Nobody answers on {day}.", hang_up: true}\n  leaving:'),
        ("always:", "always:\n  human: {to: person, when: The caller asks for a person., except: [booking]}"),
    )
    assert flaw.call == (
        "Agent:  Hello.\nCaller: (human: asks for a person)\nAgent:  I put you through.\n"
        "(the caller is put through to +12025550100)\n(the call goes on all the same, 3 times)\n(the agent hangs up)"
    )


def test_a_flow_that_is_too_big_is_not_half_checked() -> None:
    """It says so, and what to do."""
    [proven] = prove(loads(changed(), inspect), most=10).findings
    assert proven.finding.what.startswith("this flow is too big to prove: ")
    assert (
        proven.finding.mend
        == "split it into several flows, or collect its slots in groups, one state after the other"
    )
    assert checked(changed()).places > 10


def test_a_flow_with_several_forms_is_proved_whole() -> None:
    """Nothing of it is left out: what comes after both bookings is found, and that there is room for neither again."""
    proof = prove(big_flow(states=14, slots=4))
    assert {proven.finding.location for proven in proof.findings} == {
        ("states", "booking", "run"),
        ("states", "ordering", "run"),
    }
    assert {proven.finding.code for proven in proof.findings} == {"write-again"}
