"""Guards: read when the flow loads, with the place of what can not be read and of what can never be."""

import pytest

from engine.core.guards import Facts, holds, slots_in
from engine.flow.build.guards import scope_of
from engine.flow.language.guards import GuardError, read_guard
from engine.flow.language.schema import FlowPart
from tests.support.small_flow import problems

SHOP = FlowPart.model_validate(
    {
        "flow": "shop",
        "initial": "talk",
        "slots": {
            "job": {"type": "choice", "options": {"change": ["swap"], "root canal": []}},
            "party": {"type": "number"},
            "day": {"type": "date"},
            "time": {"type": "time"},
            "sure": {"type": "yes_no"},
            "note": {"type": "text"},
        },
        "tools": {"look": {"python": "a:b", "effect": "read", "outcomes": ["sun", "rain"]}},
        "states": {"talk": {"hang_up": True}},
    }
)


def judge(text: str, facts: Facts) -> bool:
    """Read a guard of the shop, and say whether it holds."""
    return holds(read_guard(text, scope_of(SHOP)), facts)


def with_slots(**slots: str) -> Facts:
    return Facts(slots=slots)


@pytest.mark.parametrize(
    ("text", "facts", "held"),
    [
        ("day is set", with_slots(day="2026-12-03"), True),
        ("day is set", with_slots(), False),
        ("day is not set", with_slots(), True),
        ("job is change", with_slots(job="change"), True),
        ("job is swap", with_slots(job="change"), True),
        ('job is "root canal"', with_slots(job="root canal"), True),
        ("job is change or 'root canal'", with_slots(job="root canal"), True),
        ("job is not change", with_slots(), True),
        ("job is not change or 'root canal'", with_slots(job="root canal"), False),
        ("sure is yes", with_slots(sure="yes"), True),
        ("party > 8", with_slots(party="10"), True),
        ("party > 8", with_slots(party="9"), True),
        ("party > 8", with_slots(), False),
        ("party >= 8 and party <= 8", with_slots(party="8"), True),
        ("day < 2026-12-24", with_slots(day="2026-12-03"), True),
        ("time >= 5pm", with_slots(time="17:30"), True),
        ("time >= 17:00", with_slots(time="16:59"), False),
        ("note is 'by the window'", with_slots(note="by the window"), True),
        ("look is rain", Facts(outcomes={"look": "rain"}), True),
        ("look is set", Facts(), False),
        ("look is error", Facts(outcomes={"look": "error"}), True),
        ("visits > 2", Facts(visits=3), True),
        ("misses is 1", Facts(misses=1), True),
        ("call.direction is inbound", Facts(details={"direction": "inbound"}), True),
        ("call.metadata.plan is gold", Facts(details={"metadata": {"plan": "gold"}}), True),
        ("call.metadata.plan is set", Facts(details={"metadata": 3}), False),
        ("call.variables.age > 17", Facts(details={"variables": {"age": 18}}), True),
        ("not day is set and party > 2", with_slots(party="3"), True),
        ("not (day is set or party > 2)", with_slots(party="3"), False),
        ("day is set or party > 2 and sure is yes", with_slots(day="2026-12-03"), True),
        ("(day is set or party > 2) and sure is yes", with_slots(day="2026-12-03"), False),
        ("job is change or day is set", with_slots(day="2026-12-03"), True),
        ("job is change or party > 2", with_slots(party="3"), True),
    ],
)  # fmt: skip
def test_a_guard_means_what_it_says(text: str, facts: Facts, held: bool) -> None:
    """In plain English, with `and` before `or`."""
    assert judge(text, facts) is held


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("", 0, "a test is missing; write such as `day is set`"),
        ("dya is set", 0, "a guard knows no `dya`; did you mean `day`?"),
        ("fish is set", 0, "a guard knows no `fish`; name a slot, a tool, visits, misses or call.DETAIL"),
        ("day is set or fish is set", 14, "a guard knows no `fish`"),
        ("day", 3, "what is asked of it is missing; write such as `is set`, `is VALUE` or `> 2`"),
        ("day is", 6, "a value is missing; write what it is compared with"),
        ("day = 3", 4, "`=` asks nothing; write such as `is set`, `is VALUE` or `> 2`"),
        ("day is set and", 14, "a test is missing"),
        ("(day is set", 11, "a bracket is not closed; add `)`"),
        ("day is set)", 10, "`)` has no place here; join tests with and, or"),
        ("day is set party > 2", 11, "`party` has no place here; join tests with and, or"),
        ('job is "change', 7, "`\"` has no place here; close the quotes, or leave them out"),
        ("job is washing", 7, "`job` has no option `washing`; known options: change, root canal"),
        ("job > change", 4, "its values have no order; compare it with `is`"),
        ("look > sun", 5, "its values have no order; compare it with `is`"),
        ("look is snow", 8, "look has no outcome `snow`; known outcomes: error, rain, sun, timeout"),
        ("party > many", 8, "`many` is no fixed value of `party`; write such as `4`"),
        ("day is tomorrow", 7, "`tomorrow` is no fixed value of `day`; write such as `2026-12-24`"),
        ("visits > many", 9, "`many` is no number of visits; write digits"),
        ("note is and", 8, "`and` is no value; put quotes around it if it is one"),
        ("call.metadata is set", 0, "a guard knows no `call.metadata`"),
        ("call.colour is set", 0, "a guard knows no `call.colour`"),
        ("not " * 30 + "day is set", 80, "the guard is nested too deep; write it in fewer words"),
        ("__import__('os')", 0, "a guard knows no `__import__`"),
    ],
)  # fmt: skip
def test_a_guard_that_can_not_be_read_is_told_with_its_place(text: str, at: int, what: str) -> None:
    """The author sees which word is wrong, not only which guard."""
    with pytest.raises(GuardError) as caught:
        judge(text, Facts())
    assert str(caught.value).startswith(what)
    assert caught.value.at == at


def test_a_guard_knows_which_slots_it_goes_by() -> None:
    """A function that can set them may be offered before the guard holds."""
    guard = read_guard("not day is set or party > 2 and visits > 1", scope_of(SHOP))
    assert slots_in(guard) == {"day", "party"}


FLOW = """
flow: shop
initial: asking
slots:
  job: {type: choice, options: [change, repair], ask: "Which?"}
  party: {type: number, ask: "How many?"}
  day: {type: date, ask: "Which day?"}
tools:
  look: {python: "clinic:weather", effect: read, outcomes: [sun, rain]}
states:
  asking:
    say: "Hello?"
    collect: [job, party, day]
    transitions: {collected: looking}
  looking:
    run: look
    transitions:
      sun: WAYS
      rain: one
      error: one
      timeout: one
  one: {say: "One.", hang_up: true}
  two: {say: "Two.", hang_up: true}
always:
  bye: {to: two, when: Goodbye.}
"""


def wrong_with(ways: str) -> list[str]:
    """Return what is wrong with these ways after the outcome `sun`."""
    return problems(FLOW.replace("WAYS", ways))


@pytest.mark.parametrize(
    ("ways", "problem"),
    [
        (
            "[{if: job is change, to: one}, {if: job is repair, to: two}]",
            "x.yaml:18:43: no way is open when job is not set; add a last way without `if` [guard]",
        ),
        (
            "[{if: party > 8, to: one}, {if: party < 8, to: two}]",
            "x.yaml:18:39: no way is open when party is not set; add a last way without `if` [guard]",
        ),
        (
            "[{if: party > 8, to: one}, {if: party <= 8 or party is not set, to: two}, one]",
            "x.yaml:18:86: this way is never taken: the ways before it take every case; change its guard, or remove it [guard]",
        ),
        (
            "[{if: party > 8 and party < 3, to: one}, two]",
            "x.yaml:18:18: this way is never taken: no call can be so; change its guard, or remove it [guard]",
        ),
        (
            "[{if: look is rain, to: one}, two]",
            "x.yaml:18:18: this way is never taken: no call can be so; change its guard, or remove it [guard]",
        ),
        ("{if: day is set, to: one}", "x.yaml:18:7: no way is open when day is not set; add a last way without `if` [guard]"),
        ("[{if: dya is set, to: one}, two]", "x.yaml:18:18: a guard knows no `dya`; did you mean `day`? [guard]"),
        ("[{if: 'day is sett', to: one}, two]", "x.yaml:18:26: `sett` is no fixed value of `day`; write such as"),
        ("[{if: [x], to: one}, two]", "x.yaml:18:18: `if` must be text, not a list; write one line of text, in quotes [language]"),
        ("[]", "x.yaml:18:7: `sun` is empty; give it at least one [language]"),
        ("[{to: one}, two]", "x.yaml:18:24: this way is never taken: the ways before it take every case"),
    ],
)  # fmt: skip
def test_a_case_without_a_way_and_a_way_without_a_case_are_told(ways: str, problem: str) -> None:
    """Before the first caller falls into the gap."""
    assert [found[: len(problem)] for found in wrong_with(ways)] == [problem]


def test_ways_that_cover_every_case_are_sound() -> None:
    """The outcome that fires them is known, and so is what was collected."""
    assert wrong_with("[{if: party > 8, to: one}, nowhere]") == [
        "x.yaml:18:39: there is no state `nowhere`; known states: asking, looking, one, two [unknown-name]"
    ]


def test_too_many_cases_are_not_half_looked_at() -> None:
    """A check that gives up silently is none."""
    tests = " or ".join(f"party is {n} and day > 2026-12-{n:02}" for n in range(1, 24))
    slots = "".join(f", s{n}: {{type: choice, options: [a, b, c, d, e, f, g, h, i]}}" for n in range(6))
    more = " or ".join(f"s{n} is a" for n in range(6))
    text = FLOW.replace("slots:\n", f"slots:\n  {slots[2:].replace(', s', chr(10) + '  s')}\n")
    [found] = problems(text.replace("WAYS", f"[{{if: '{tests} or {more}', to: one}}, two]"))
    assert "cases, too many to look at; go by fewer slots, or split the state" in found
