"""A call that goes as its file says passes; any other shows where it broke."""

import pytest

from tests.testkit.calls.conftest import Play

WISH = "{wants_appointment: {service: cleaning, day: 2026-11-27, time: 10:00, name: Maria Lopez}}"
READ_BACK = f"    - caller: A cleaning on Friday at ten, Maria Lopez\n    - model: {WISH}\n"
AGREED = READ_BACK + "    - caller: Yes\n    - model: {agreed: {}}\n"


def differs(plays: Play, steps: str, head: str = "") -> list[str]:
    """Return what is wrong with a call: what stands below the marked line."""
    lines = plays(steps, head).broken.splitlines()
    marked = next((i for i, line in enumerate(lines) if line.startswith("> ")), -1)
    return [line.strip() for line in lines[marked + 1 : -1]]


def test_a_broken_call_is_shown_as_a_dialogue_with_the_broken_line_marked(plays: Play) -> None:
    """And nobody needs a debugger."""
    played = plays(READ_BACK + '    - expect: {state: booking, said: "Shall I book it?"}\n')
    assert (played.place.line, played.place.column) == (7, 7)
    assert played.broken.splitlines() == [
        "   agent: Thanks for calling Bright Smile Dental, this is Ava. How can I help you today?",
        "  caller: A cleaning on Friday at ten, Maria Lopez",
        "   model: wants_appointment(service=cleaning, day=2026-11-27, time=10:00, name=Maria Lopez)",
        "   agent: So that is a cleaning on Friday, November twenty-seventh at ten AM, for Maria Lopez, and I can reach you at two oh two, five five five, oh one two three. Shall I book it?",
        '> expect: {state: booking, said: ["Shall I book it?"]}',
        "          the state is `confirming`, not `booking`",
        "  (state: confirming)",
    ]


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ("    - caller: Hi\n", "the model was asked before this, and no step says what it replies (it may call: wants_appointment, end_call, human)"),
        ("    - caller: Hi\n    - caller: Hi\n", "the model was asked before this, and no step says what it replies (it may call: wants_appointment, end_call, human)"),
        ("    - model: Hi\n", "the model has not been asked anything, so it can not reply"),
        ("    - caller: Hi\n    - model: Hello.\n    - model: Hello.\n", "the model has not been asked anything, so it can not reply"),
        ("    - tool: {book_appointment: booked}\n", "book_appointment is not running, so it can not end"),
        (AGREED, "the tool `book_appointment` waits to be sent, and no step says how it ends"),
        (AGREED + "    - wait: 2s\n", "the tool `book_appointment` was sent, and no step says how it ends"),
        ("    - interrupt: Moin\n", "the agent does not say 'Moin', so nobody can interrupt it there"),
    ],
)  # fmt: skip
def test_who_is_scripted_must_be_asked_and_nobody_else(steps: str, problem: str, plays: Play) -> None:
    """A step that is never needed, or one that is missing, is a mistake in the flow or in the file."""
    assert differs(plays, steps) == [problem]


@pytest.mark.parametrize(
    ("expected", "problem"),
    [
        ("state: greeting", "the state is `confirming`, not `greeting`"),
        ("functions: [agreed, changed, end_call, human, more]", "the model may not call `more`; it may call `agreed`, `changed`, `end_call`, `human`"),
        ("functions: [agreed, end_call, human]", "the model may also call `changed`"),
        ("slots: {day: 2026-11-28}", "the slot `day` is `2026-11-27`, not `2026-11-28`"),
        ("slots: {time: null}", "the slot `time` is `10:00`, and should not be set"),
        ("never_said: [MARIA lopez]", '"MARIA lopez" was said, and never should be'),
        ("tool: {book_appointment: 1}", "the tool `book_appointment` was never sent, and should be sent once"),
        ("action: hang_up", "the agent does nothing to the line; expected: the agent hangs up"),
        ("ended: true", "the call is not over"),
    ],
)  # fmt: skip
def test_what_differs_is_said_in_words(expected: str, problem: str, plays: Play) -> None:
    """Each key looks at one thing."""
    assert differs(plays, f"{READ_BACK}    - expect: {{{expected}}}\n") == [problem]


@pytest.mark.parametrize(
    "expected",
    [
        "{state: confirming, functions: [human, end_call, changed, agreed], ended: false, action: nothing}",
        "{slots: {day: 2026-11-27, time: 10:00, service: cleaning, old_day: null}, tool: {book_appointment: 0}}",
        "{said: [for  Maria Lopez, Shall I book it?], heard: Thanks for calling, never_said: sorry}",
    ],
)
def test_what_is_as_expected_passes(expected: str, plays: Play) -> None:
    """Dates and times need no quotes; spaces do not count."""
    assert plays(f"{READ_BACK}    - expect: {expected}\n").broken == ""


def test_only_what_was_heard_is_heard(plays: Play) -> None:
    """The caller cuts in."""
    steps = "    - interrupt: Thanks for calling\n    - caller: Hi\n    - model: Hello.\n"
    assert plays(steps + "    - expect: {heard: [Thanks for calling, Hello.]}\n").broken == ""
    assert differs(plays, steps + "    - expect: {heard: this is Ava}\n") == [
        '"this is Ava" was not heard. Heard so far: "Thanks for calling Hello."'
    ]


@pytest.mark.parametrize(
    "steps",
    [
        AGREED + "    - wait: 500ms\n    - adds: No, Monday\n    - model: {changed: {day: Monday}}\n    - expect: {tool: {book_appointment: 0}}\n",
        AGREED + "    - {tool: {book_appointment: booked}, result: {day: 2026-11-27, time: 10:00}}\n    - expect: {action: hang_up, ended: true, tool: {book_appointment: 1}}\n",
        AGREED + "    - drop: 2s\n    - tool: {book_appointment: booked}\n    - wait: 10s\n    - expect: {tool: {book_appointment: 1}}\n",
        "    - silence: 16s\n    - expect: {said: I can't hear you.}\n    - silence: 7s\n    - expect: {state: greeting}\n",
        "    - begins: I would like\n    - caller: a person\n    - model: {human: {}}\n    - expect: {action: {transfer: \"+12025550100\"}}\n",
        "    - caller: Hi\n    - model_fails: overloaded\n    - model: Hello.\n    - expect: {said: Hello.}\n",
        "    - caller: Order it\n    - {model: {order: {}}, says: Well.}\n    - model: I can't.\n    - expect: {said: Well. I can't., never_said: refused}\n",
        "    - interrupt: {}\n    - key: \"1\"\n    - caller: Hi\n    - model: Hello.\n    - expect: {heard: Hello., state: greeting}\n",
    ],
    ids=["second thoughts", "a result", "a lost line", "silence", "no pause", "a model that fails", "made up", "a key"],
)  # fmt: skip
def test_what_may_happen_in_a_call(steps: str, plays: Play) -> None:
    """Each step of the language."""
    assert plays(steps).broken == ""


def test_what_the_model_was_refused_stands_in_the_dialogue(plays: Play) -> None:
    """So that who misspelt a function sees it."""
    broken = plays("    - caller: Hi\n    - model: {wants: {}}\n").broken
    assert "   model: wants()\n   model: (is told: refused: wants is not possible now)\n" in broken


def test_the_offline_model_answers_by_itself(plays: Play) -> None:
    """The caller's words alone are the test."""
    steps = "    - caller: A cleaning, please\n    - expect: {state: collecting_details, said: Which day}\n"
    assert plays(steps, "model: offline\n").broken == ""


def test_the_time_of_the_call_is_the_flows(plays: Play) -> None:
    """Tomorrow is a day after it, where the flow is at home."""
    steps = "    - caller: Tomorrow\n    - model: {wants_appointment: {day: tomorrow, message: When?}}\n"
    steps += "    - expect: {slots: {day: 2027-01-01}}\n"
    assert plays(steps, "now: 2026-12-31T23:00\n").broken == ""


def test_details_are_told_where_the_file_says(plays: Play) -> None:
    """At the beginning, if no step does."""
    late = '    - expect: {slots: {phone: null}}\n    - details: {to_number: "+12025550100"}\n'
    assert plays(late + '    - expect: {slots: {phone: "+12025550123"}}\n').broken == ""
    assert plays('    - expect: {slots: {phone: "+12025550123"}}\n').broken == ""


def test_a_call_goes_on_where_another_one_ends(plays: Play) -> None:
    """And says so when it breaks there."""
    more = f"{READ_BACK}  and on:\n    - call: it\n    - caller: Yes\n    - model: {{agreed: {{}}}}\n"
    played = plays(more + "    - tool: {book_appointment: taken}\n    - expect: {state: ended}\n")
    assert (played.name, played.of) == ("and on", "and on")
    assert "> expect: {state: ended}\n          the state is `collecting_details`" in played.broken
    assert plays(more.replace("  and on:", "    - expect: {state: ended}\n  and on:")).of == "it"
