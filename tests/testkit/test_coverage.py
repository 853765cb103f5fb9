"""What calls have taken of a flow, and what never."""

from pathlib import Path

import pytest

from engine.flow.load import Loaded, load_all
from engine.testkit import Call
from engine.testkit.coverage import covered, percent, report
from engine.testkit.taken import GATHERED, KINDS, Mark, everything
from engine.tools.find import inspect_tool

FLOW = """\
flow: small
initial: asking
slots:
  party: {type: number, whole: true, ask: "For how many?"}
states:
  asking:
    say: "For how many?"
    collect: [party]
    max_visits: {times: 2, to: sorry}
    transitions:
      collected:
        - {if: party > 8, to: sorry}
        - done
      again: {to: asking, when: "They begin anew."}
      wait: {stay: true, say: "All right.", when: "They want a moment."}
  done: {say: "Done. Goodbye!", hang_up: true}
  sorry: {say: "I am sorry. Goodbye!", hang_up: true}
always:
  bye: {to: sorry, intent: goodbye, when: "They say goodbye.", except: [done]}
  silence: {after: [8s, 8s], say: ["Hello?"], to: sorry}
"""


@pytest.fixture
def small(tmp_path: Path) -> Loaded:
    """A flow with one of everything."""
    path = tmp_path / "small.yaml"
    path.write_text(FLOW, encoding="utf-8")
    return load_all(path, inspect_tool)


def named(loaded: Loaded, call: Call) -> set[str]:
    """Return what a call has taken, in short."""
    there = set(everything(loaded.flow))
    assert call.taken <= there, call.taken - there
    return {"/".join(str(part) for part in mark if part) for mark in call.taken}


def test_all_that_can_be_taken_is_counted_once(small: Loaded) -> None:
    """Each way of a transition, each wait of the silence, and what is always there once for the whole flow."""
    counts = covered(small, ()).counts
    assert counts == {"states": (0, 3), "transitions": (0, 5), "always": (0, 1), "silence": (0, 2), "outcomes": (0, 0)}  # fmt: skip
    assert tuple(counts) == KINDS


def test_of_several_ways_the_one_that_was_taken_counts(small: Loaded) -> None:
    """Each is a decision of its own."""
    few = Call(small.flow).caller("Two").model(update_details={"party": 2})
    assert named(small, few) == {"states/asking", "transitions/asking/collected/2", "states/done"}
    many = Call(small.flow).caller("Nine").model(update_details={"party": 9})
    assert "transitions/asking/collected/1" in named(small, many)


def test_what_stays_and_what_comes_too_often_counts(small: Loaded) -> None:
    """Although no other state, or another one than was wanted, is entered."""
    call = Call(small.flow).caller("Wait").model(wait={})
    assert "transitions/asking/wait/1" in named(small, call)
    call.caller("Again").model(again={}).caller("Again").model(again={})
    assert {"transitions/asking/again/1", "transitions/asking/max_visits/1"} <= named(small, call)


def test_silence_counts_by_its_waits(small: Loaded) -> None:
    """The last one leads on."""
    call = Call(small.flow).silence("8s")
    assert named(small, call) == {"states/asking", "silence/1"}
    assert {"silence/2", "states/sorry"} <= named(small, call.silence("8s"))


def test_outcomes_count_of_tools_that_a_model_calls() -> None:
    """Those of a tool that a state runs are transitions already."""
    loaded = load_all(Path("flows/appointment.yaml"), inspect_tool)
    outcomes = [mark for mark in everything(loaded.flow) if mark.kind == "outcomes"]
    assert {mark.of for mark in outcomes} == {"find_openings"}
    call = Call(loaded.flow).caller("A cleaning").model(wants_appointment={"message": "When?"})
    call.caller("Friday?").model(find_openings={"day": "Friday"}).wait("4s")
    assert Mark("outcomes", "find_openings", "timeout") in call.taken


def test_what_was_never_taken_is_told_with_its_place(small: Loaded) -> None:
    """In the order of the file."""
    call = Call(small.flow).caller("Two").model(update_details={"party": 2})
    told = report([covered(small, call.taken)]).replace(f"{Path(small.flow.path).parent}/", "")
    assert told.splitlines() == [
        "flow   states  transitions  always  silence  outcomes  covered",
        "small  2 of 3  1 of 5       0 of 1  0 of 2   -         27.2 %",
        "never taken:",
        "  small.yaml:9:5: `max_visits` in `asking`",
        "  small.yaml:12:11: `collected` in `asking`",
        "  small.yaml:14:7: `again` in `asking`",
        "  small.yaml:15:7: `wait` in `asking`",
        "  small.yaml:17:3: the state `sorry`",
        "  small.yaml:19:3: `bye` of always",
        "  small.yaml:20:3: wait 1 of the silence",
        "  small.yaml:20:3: wait 2 of the silence",
    ]


def test_a_hundred_percent_means_all_of_it(small: Loaded) -> None:
    """It is never rounded up."""
    there = set(everything(small.flow))
    assert percent([covered(small, there)]) == 100
    assert percent([covered(small, there)] * 199 + [covered(small, there - {Mark("states", "done")})]) == 99.9
    assert percent([]) == 100


def test_all_calls_of_a_process_are_gathered_by_the_file_of_their_flow(small: Loaded) -> None:
    """For pytest, whose tests know nothing of each other."""
    Call(small.flow)
    Call(Path(small.flow.path)).silence("8s")
    assert GATHERED[str(Path(small.flow.path).resolve())] == {
        Mark("states", "asking"),
        Mark("silence", "", "", 1),
    }
