"""Ways of transitions, slots that tools set, transfers and languages: what does not make sense is told."""

import pytest

from tests.support.small_flow import SMALL, broken, problems

HELLO = "transitions: {start: {to: ask, when: The caller wants to come in.}}"


def start(way: str) -> list[str]:
    """Return what is wrong when this is the way out of the first state."""
    return broken("{to: ask, when: The caller wants to come in.}", way)


@pytest.mark.parametrize(
    ("way", "problem"),
    [
        ("{to: ask, stay: true, when: x}", "x.yaml:11:36: a way can not both lead elsewhere and stay; keep one of the two [way]"),
        ("[{to: ask, if: day is set, when: x}, {to: ask, when: y}]", "x.yaml:11:73: `when` is the same for all ways of a transition; write it with the first of them [way]"),
        ("{to: ask, when: x, set: {day: soon}}", "x.yaml:11:56: `soon` is no value of `day`; write one as a caller would say it [way]"),
        ("{to: ask, when: x, set: {dya: soon}}", "x.yaml:11:51: there is no slot `dya`; did you mean `day`? [unknown-name]"),
        ("{to: ask, when: x, set: {day: [a]}}", "x.yaml:11:56: a list is no value for a slot; write text or a number [language]"),
        ("{to: ask, when: x, set: {day: 2026-12-03}, clear: [day]}", "x.yaml:11:51: `day` is cleared and set at once; keep one [way]"),
        ("{to: bye, when: x, return: true}", "x.yaml:11:45: nothing comes back from `bye`, which ends the call or presses keys; remove it [way]"),
        ("{stay: true, when: x, return: true}", "x.yaml:11:48: `return` says that the call comes back from another state; remove it"),
        ("{to: ask, when: x, key: '12'}", "x.yaml:11:50: `12` is no key; write one digit, * or # in quotes, such as \"0\" [language]"),
        ("{to: ask, when: x, speak: fr}", "x.yaml:11:52: the flow does not speak `fr`; known languages of this flow: en-US [languages]"),
        ("{to: ask, when: x, say: {fr: Oui.}}", "x.yaml:11:51: the flow does not speak `fr`; known languages of this flow: en-US [languages]"),
        ("{to: ask, when: x, say: [Hello, 5]}", "x.yaml:11:50: a variant must be text, not `5`; put quotes around it [language]"),
        ("{to: ask, when: x, say: []}", "x.yaml:11:45: `say` is empty; give it at least one [language]"),
        ("[{to: ask, when: x, tow: ask}]", "x.yaml:11:46: there is no key `tow` here; did you mean `to`? [language]"),
        ("[{when: x}]", "x.yaml:11:27: `to` is missing; add `to:` here, or `stay: true` [language]"),
    ],
)  # fmt: skip
def test_a_way_that_makes_no_sense_is_told(way: str, problem: str) -> None:
    """With its place, whether it stands alone or in a list."""
    assert problem in "\n".join(start(way)), start(way)


def test_a_key_fires_one_transition() -> None:
    """Two of one key would leave it to the order of the file."""
    way = '{to: ask, key: "1"}, other: {to: bye, key: "1"}'
    assert start(way) == ["x.yaml:11:69: the key 1 fires `start` already; leave it to one of the two [way]"]


def test_staying_when_all_is_collected_would_go_on_for_ever() -> None:
    """Unless a slot is cleared, to be asked for again."""
    found = broken("{collected: work}", "{collected: {stay: true}, on_it: {to: work, when: x}}")
    assert found[0].startswith("x.yaml:15:31: nothing would follow: all is collected, and the call stays")


def test_a_state_that_runs_a_tool_can_not_stay() -> None:
    """The tool has run: nothing else happens there."""
    [found] = broken("booked: bye", "booked: {stay: true}")
    assert (
        found
        == "x.yaml:18:28: the tool has run, and nothing else can happen in this state; lead to a state [way]"
    )


def test_a_state_is_not_called_as_where_a_digression_goes_back_to() -> None:
    """`to: back` would mean two things."""
    found = problems_of_states("  back: {say: Back.}")
    assert any("`back` is where a digression goes back to; give it another name" in line for line in found)


def problems_of_states(more: str) -> list[str]:
    """Return what is wrong with the small flow and more states."""
    return broken("always:\n", f"{more}\nalways:\n")


SLOT = 'slots: {day: {type: date, ask: "Which day?"}'


@pytest.mark.parametrize(
    ("slot", "problem"),
    [
        ("plan: {type: text, set_by: tool}", "only tools set `plan`, and none does; add `sets: {plan: PATH}` to a tool"),
        ("plan: {type: text, on_change: {clear: [plan]}}", "`plan` would be cleared by what it is set to; remove it here"),
        ("plan: {type: text, on_change: {clear: [dya]}}", "there is no slot `dya`; did you mean `day`?"),
        ("plan: {type: text, on_change: {}}", "`clear` is missing; add `clear:` here"),
        ("plan: {type: text, set_by: model}", "`model` is not possible here; known values: caller, tool"),
    ],
)  # fmt: skip
def test_a_slot_that_can_not_come_by_its_value_is_told(slot: str, problem: str) -> None:
    """It would be asked for in vain, or never known."""
    found = broken(SLOT, f"{SLOT}, {slot}")
    assert any(problem in line for line in found), found


def test_no_caller_is_asked_for_what_a_tool_sets() -> None:
    """A model could not write it either."""
    found = broken('ask: "Which day?"}', "set_by: tool}")
    assert any("no caller can tell `day`: it is set by a tool; remove it here" in line for line in found)


def test_what_writes_is_not_offered_everywhere() -> None:
    """Nothing would have been read back there."""
    found = broken("always:\n", "always:\n  tools: [book]\n")
    assert any("book writes, and would be offered everywhere" in line for line in found), found


def test_an_offer_everywhere_names_tools_and_states() -> None:
    """As every other list does."""
    found = broken("always:\n", "always:\n  tools: {lok: {except: [aks]}}\n")
    assert "x.yaml:21:11: there is no tool `lok`; did you mean `look`? [unknown-name]" in found
    assert "x.yaml:21:26: there is no state `aks`; did you mean `ask`? [unknown-name]" in found


@pytest.mark.parametrize(
    ("transfer", "problem"),
    [
        ("{by: day, to: {a: '+12025550100'}}", "`day` can hold anything, and not only what is listed; make it a choice"),
        ("{by: dya, to: {a: '+12025550100'}}", "there is no slot `dya`; did you mean `day`?"),
        ("{by: who, to: {sales: '+12025550100'}}", "`service` of who has no number; add `service: NUMBER`"),
        ("{by: who, to: {sales: '+12025550100', service: '12', x: '+12025550100'}}", "`12` is no number that can be dialled"),
        ("{by: who, to: {sales: '+12025550100', service: '+12025550101', x: '+12025550100'}}", "who has no option `x`"),
        ("{number: '+12025550100', by: who}", "a transfer goes to one number, or to one of several by a slot"),
        ("{}", "a transfer goes to one number, or to one of several by a slot"),
        ("12025550100", "`transfer` must be text, not `12025550100`; put quotes around it"),
    ],
)  # fmt: skip
def test_a_transfer_knows_a_number_for_every_case(transfer: str, problem: str) -> None:
    """A caller is never connected to nobody."""
    slots = f"{SLOT}, who: {{type: choice, options: [sales, service]}}"
    text = SMALL.replace(SLOT, slots).replace("hang_up: true", f"transfer: {transfer}")
    found = problems(text)
    assert any(problem in line for line in found), found


@pytest.mark.parametrize(
    ("top", "problem"),
    [
        ("language: [en, e]", "x.yaml:3:16: `e` is no language; write its code, such as en-US or de [languages]"),
        ("language: [en, en]", "x.yaml:3:16: `en` stands here twice; remove one of the two [languages]"),
        ("language: [en, es]", "x.yaml:3:11: the engine's own lines are known in English only; `lines` lacks trouble, repeat, hold, again; give them in es under `lines:` [languages]"),
        ("language: en\nlanguage_from: call.variables.language", "the flow speaks en only, whatever the call's details say"),
        ("language: [en, en-GB]\nlanguage_from: call.colour", "`call.colour` is no detail of a call; write call.from_number"),
        ("language: []", "x.yaml:3:1: `language` is empty; give it at least one [language]"),
        ("language: 5", "`language` must be a list, not `5`"),
    ],
)  # fmt: skip
def test_a_flow_that_can_not_speak_its_languages_is_told(top: str, problem: str) -> None:
    """Before a caller hears nothing."""
    found = broken("initial: hello", f"{top}\ninitial: hello")
    assert any(problem in line for line in found), found


@pytest.mark.parametrize(
    ("state", "problem"),
    [
        ("max_visits: {times: 0, to: bye}", "`times` must be 1 or more, not `0`; write a number from 1"),
        ("max_visits: {times: 2, to: ask}", "`ask` would lead to itself when entered too often; lead elsewhere"),
        ("max_visits: {times: 2, to: nowhere}", "there is no state `nowhere`"),
        ("reminders: {after: [3s], say: [Hello?], to: bye}", "silence has 1 waits for 1 lines; give one wait more than lines"),
        ("reminders: {after: [3s, 3s], say: [\"{day}?\"], to: bye}", "`say` is spoken as it stands, and its braces would be too"),
        ("interruption_sensitivity: 2", "`interruption_sensitivity` must be 1 or less, not `2`; write a number up to 1"),
        ("also: [day]", "`day` is collected here in any case; remove it from one of the two"),
        ("also: [dya]", "there is no slot `dya`; did you mean `day`?"),
        ("must_hear: maybe", "`must_hear` must be true or false, not `maybe`; write true or false"),
    ],
)  # fmt: skip
def test_what_a_state_can_not_have_is_told(state: str, problem: str) -> None:
    """In the language's own words."""
    found = broken("    collect: [day]\n", f"    collect: [day]\n    {state}\n")
    assert any(problem in line for line in found), found
