"""Every part of the flow language is walked through: guards, digressions, results, keys, languages."""

from tests.support.proven_flow import flaws, told


def test_values_that_guards_tell_apart_are_all_said() -> None:
    """A day from a date on leads to where the time is said, which nobody has told."""
    [flaw] = flaws(
        ("collect: [day, time]", "collect: [day]"),
        ("{collected: reading}", "{collected: [{if: day >= 2026-12-24, to: holiday}, {to: timing}]}"),
        (
            "  reading:",
            '  timing: {collect: [time], transitions: {collected: reading}}\n  holiday: {say: "We are closed on {day}, at {time} too.", hang_up: true}\n  reading:',
        ),
    )
    assert told(flaw).startswith("x.yaml:17:18: `{time}` may be unset when this is said")
    assert (
        flaw.call.splitlines()[1]
        == "Caller: (start: wants to come in; day: Thursday, December twenty-fourth)"
    )


def test_a_visit_too_many_is_one_of_the_calls() -> None:
    """What is said then is looked at, however often the state must be entered for it."""
    [flaw] = flaws(("    collect: [day, time]", '    max_visits: {times: 3, to: leaving, say: "Not on {day} again."}\n    collect: [day, time]'),
                   ("correct, when", "correct, clear: [day], when"))  # fmt: skip
    assert told(flaw).startswith("x.yaml:13:46: `{day}` may be unset when this is said")
    assert flaw.call.count("wants another time") == 3


def test_a_digression_says_what_it_says_from_everywhere() -> None:
    """The caller asks for it before anything is known."""
    [flaw] = flaws(
        ("  leaving:", '  parking: {say: "On {day} you can park in the yard."}\n  leaving:'),
        (
            "always:",
            "always:\n  park: {to: parking, return: true, when: The caller asks where to park., except: [booking, done, person, leaving]}",
        ),
    )
    assert told(flaw).startswith("x.yaml:27:18: `{day}` may be unset")
    assert flaw.call.splitlines()[1] == "Caller: (park: asks where to park)"


DESK = (
    ("slots: {", "slots: {desk: {type: text, set_by: tool}, "),
    ("happened: [booked],", "happened: [booked], sets: {desk: result.desk},"),
)


def test_what_a_result_sets_is_not_known_after_a_failure() -> None:
    """A tool that says `booked` is taken to say where; one that failed says nothing."""
    assert flaws(*DESK, ('"See you on {day}!"', '"See you on {day} at desk {desk}!"')) == ()
    [flaw] = flaws(*DESK, ('"I put you through."', '"I put you through to desk {desk}."'))
    assert told(flaw).startswith("x.yaml:26:17: `{desk}` may be unset")
    assert flaw.call.splitlines()[-2].startswith("(book: ")


def test_a_guard_that_asks_whether_a_result_sets_something_is_taken_at_its_word() -> None:
    """Then it may not: the way for that case is looked at as well."""
    [flaw] = flaws(
        *DESK,
        ("booked: done", "booked: [{if: desk is set, to: done}, {to: waiting}]"),
        ("  leaving:", '  waiting: {say: "Wait at {desk}.", hang_up: true}\n  leaving:'),
    )
    assert told(flaw).startswith("x.yaml:27:18: `{desk}` may be unset")
    assert flaw.call.splitlines()[-2:] == ["(book: booked)", "(the agent hangs up)"]


def test_what_only_a_key_of_the_telephone_fires_is_found_by_pressing_it() -> None:
    """No words lead there, and the day is said all the same."""
    [flaw] = flaws(
        (
            "    tools: [look]\n    transitions: {",
            "    tools: [look]\n    transitions: {tell: {to: told, key: '1'}, ",
        ),
        ("  leaving:", '  told: {say: "On {day} then. Bye.", hang_up: true}\n  leaving:'),
    )
    assert told(flaw).startswith("x.yaml:27:15: `{day}` may be unset")
    assert flaw.call.splitlines()[-3:] == ["(the caller presses 1)", "Agent:  Bye.", "(the agent hangs up)"]


def test_a_slip_in_one_language_is_found() -> None:
    """Only the Spanish line names what nobody has told."""
    others = "{trouble: {es: Perdón.}, repeat: {es: ¿Cómo?}, hold: {es: Un momento.}, again: {es: ¿Sí?}}"
    two = f"language: [en-US, es]\nlanguage_from: call.variables.language\nlines: {others}"
    [flaw] = flaws(
        ("initial: hello", f"initial: hello\n{two}"),
        ('"Goodbye!"', '{en-US: "Goodbye!", es: "¡Hasta el {day}!"}'),
    )
    assert flaw.code == "unset-in-line"
    assert flaw.call.startswith("(the platform tells: variables)")


def test_a_variant_that_names_a_slot_is_found_in_its_turn() -> None:
    """The second time the goodbye is another one."""
    [flaw] = flaws(
        ('"Hello."', "[Hello., Hello again.]"),
        (
            "changed: {to: asking, intent: correct, when",
            "changed: {to: asking, intent: correct, clear: [day], say: [Well., 'Not {day}?'], when",
        ),
    )
    assert flaw.call.count("wants another time") == 2


def test_what_a_state_takes_beside_may_be_told_and_may_not() -> None:
    """Nobody waits for the day, nor for the time: both may be missing when the rest is told."""
    [flaw] = flaws(
        ("slots: {", "slots: {who: {type: name}, "),
        ("    collect: [day, time]\n", "    collect: [who]\n    also: [day, time]\n"),
        ("{collected: reading}", "{collected: [{if: day is not set and time is not set, to: when_then}, {if: day is set and time is set, to: reading}, {to: person}]}"),
        ("  reading:", '  when_then: {say: "Not on {day}?", collect: [day, time], transitions: {collected: reading}}\n  reading:'),
    )  # fmt: skip
    assert told(flaw).startswith("x.yaml:17:20: `{day}` may be unset")
    assert flaw.call.splitlines()[1] == "Caller: (start: wants to come in; who: Maria Lopez)"
