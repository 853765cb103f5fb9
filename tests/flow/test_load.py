"""What is wrong with a flow is said at once, all of it, with its place and how to mend it."""

from pathlib import Path

import pytest

from engine.errors import FlowError
from engine.flow.load import load, loads
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS, inspect
from tests.support.small_flow import SMALL, broken, problems


def test_the_shipped_flows_are_sound() -> None:
    """What a new user starts with works."""
    names = {path.stem: load(path, inspect_tool).name for path in FLOWS.glob("*.yaml")}
    assert names.items() >= {"appointment": "appointment", "end_call": "end_call"}.items()


def test_the_small_flow_is_sound() -> None:
    """Each test below breaks just one thing in it."""
    assert loads(SMALL, inspect).states["work"].run == "book"


def test_a_tool_has_the_flows_time_unless_it_has_its_own() -> None:
    """Eight seconds on the phone are long; what a tool may take is written once for all of them."""
    flow = loads(SMALL.replace("effect: read", "effect: read, timeout: 2s") + "budget: {tool: 6s}", inspect)
    assert (flow.tools["look"].timeout_ms, flow.tools["book"].timeout_ms) == (2_000, 6_000)


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        # what the language does not have
        ("say: \"Hello.\"", "sai: \"Hello.\"", "x.yaml:10:5: there is no key `sai` here; did you mean `say`? [language]"),
        ("type: date", "type: dat", "x.yaml:4:21: `dat` is not possible here; did you mean `date`? [language]"),
        ("effect: read", "effect: reads", "x.yaml:6:44: `reads` is not possible here; did you mean `read`? [language]"),
        ("initial: hello", "initail: hello", "x.yaml:3:1: there is no key `initail` here; did you mean `initial`? [language]"),
        ("hang_up: true", "hang_up: maybe", "`hang_up` must be true or false, not `maybe`; write true or false"),
        ("collect: [day]", "collect: day", "x.yaml:13:14: `collect` must be a list, not `day`; write [a, b]"),
        ("{to: ask, when", "{when", "x.yaml:11:19: `to` is missing; add `to:` here"),
        ("{type: date, ask", "{ask", "x.yaml:4:9: `type` is missing; say what kind of value it holds [language]"),
        ("flow: small", "flow: Small Flow", "`Small Flow` is no name; use small letters, digits and underscores"),
        ("{start:", "{on:", "x.yaml:11:19: `on` is true or false to many YAML tools; choose another name [language]"),
        ("effect: read,", "effect: read, timeout: 8,", "`8` is no duration; write a number with ms, s or m"),
        # names that lead nowhere
        ("initial: hello", "initial: helo", "x.yaml:3:10: there is no state `helo`; did you mean `hello`? [unknown-name]"),
        ("collected: work", "collected: wrok", "there is no state `wrok`; did you mean `work`?"),
        ("collect: [day]", "collect: [dya]", "x.yaml:13:15: there is no slot `dya`; did you mean `day`? [unknown-name]"),
        ("tools: [look]", "tools: [lok]", "there is no tool `lok`; did you mean `look`?"),
        ("run: book", "run: bok", "there is no tool `bok`; did you mean `book`?"),
        ('"Hello."', '"Hello {nmae}."', "`{nmae}` names no slot; known slots: day"),
        ('"Hello."', '"Hello {day."', "a brace stands alone"),
        ("{to: bye, when: The caller says", "{to: bye, except: [byee], when: The caller says",
         "there is no state `byee`; did you mean `bye`?"),
        # functions that are not there
        ("clinic:book_day", "clinic:bok", "x.yaml:7:18: there is no function `clinic:bok`; name one of the clinic's [no-function]"),
        # outcomes
        (", unknown: bye}", "}", "x.yaml:17:5: `work` does not say where the outcome `unknown` of book leads; add"),
        ("booked: bye,", "boked: bye,", "nothing ever fires `boked`; did you mean `booked`?"),
        ("outcomes: [sun, rain]", "outcomes: [sun, error]", "`error` is an outcome that the engine adds"),
        ("happened: [booked]", "happened: [boked]", "book has no outcome `boked`; did you mean `booked`?"),
        (", happened: [booked]", "", "book writes, and does not say which outcomes mean that it happened"),
        ("effect: read,", "effect: read, happened: [sun],", "`happened` says something about writes, and look reads"),
        ("effect: write,", "effect: write, key: [dya],", "book takes no argument `dya`; did you mean `day`?"),
        ("effect: write, needs: nothing", "effect: write", "book writes `day`, and no state confirms it"),
        ("effect: write,", "effect: write, on_interrupt: cancel,", "a write can not be cancelled"),
        ("effect: write,", "effect: write, retries: 2,", "`retries` says something about reads, and book writes"),
        ("effect: write,", "effect: write, resolve: lookup,", "nothing says by which function a write is looked up"),
        ("effect: write,", "effect: write, resolve: lookup, lookup: \"clinic:gone\",", "there is no function `clinic:gone`"),
        ("effect: write,", "effect: write, lookup: \"clinic:weather\",", "a look-up is used only with `resolve: lookup`"),
        ("effect: write,", "effect: write, resolve: lookup, lookup: \"clinic:book\",",
         "x.yaml:7:77: the look-up wants `time`, which book is not given"),
        ("clinic:book_day\", effect: write,", "clinic:forgetful\", effect: write, resolve: repeat,",
         "`clinic:forgetful` can not tell a repeat from a new write; let it take `idempotency_key`"),
        ("effect: read,", "effect: read, resolve: repeat,", "`resolve` says something about writes, and look reads"),
        # transitions
        (", when: The caller wants to come in.", "", "x.yaml:11:19: nothing ever fires `start`"),
        ("collected: work", "collected: work, go: bye", "known names that the engine fires here: collected, error, rain, sun, timeout. Or add `when:`"),
        ("collected: work", "collected: {to: work, when: Enough.}", "`collected` is fired by the engine"),
        (", when: The caller says goodbye.", "", "x.yaml:21:3: nothing ever fires `end_call`"),
        ("{to: ask, when", "{to: ask, intent: affirm, when", "a yes agrees to what `confirms` lists, and there is none"),
        # states
        ("hang_up: true", "hang_up: true, transfer: \"+12025550100\"", "a state can not both transfer and hang_up"),
        ("hang_up: true", "transfer: front desk", "`front desk` is no number that can be dialled"),
        ("run: book", "run: book\n    collect: [day]", "`collect` has no place there"),
        ("transitions: {collected: work}", "transitions: {collected: work, look: {to: bye, when: x}}",
         "`look` is also a tool of this state"),
        # the rest
        ("initial: hello", "initial: hello\ntimezone: America/New_Yrok", "there is no time zone `America/New_Yrok`"),
        ("initial: hello", "initial: hello\nlanguage: de-DE", "`lines` lacks trouble, repeat, hold, again; give them in de-DE"),
        ("type: date,", "type: date, default: call.number,", "`call.number` is no detail of a call"),
        ("type: date,", "type: date, read_back: \"The day.\",", "a read-back says its own slot and no other"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_and_how_to_mend_it(
    before: str, after: str, problem: str
) -> None:
    """One planted mistake, one message."""
    found = broken(before, after)
    assert any(problem in line for line in found), found
    assert len(found) == 1, found


def test_everything_that_is_wrong_is_said_in_one_go() -> None:
    """Nobody wants to mend a flow one message at a time."""
    text = SMALL.replace("type: date", "type: dat").replace("collected: work", "collected: wrok")
    text = text.replace('say: "Hello."', 'sai: "Hello."').replace("run: book", "run: bok")
    assert [line.split(": ", 1)[0] for line in problems(text)] == [
        "x.yaml:4:21", "x.yaml:10:5", "x.yaml:15:30", "x.yaml:17:10",
    ]  # fmt: skip


def test_what_follows_only_from_another_mistake_is_not_said() -> None:
    """A transition without `to` still handles its outcome."""
    assert broken("booked: bye,", "booked: {when: x},") == [
        "x.yaml:18:19: `to` is missing; add `to:` here, or `stay: true` [language]"
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "x.yaml:1:1: the file is empty; begin with `flow: NAME` [yaml]"),
        ("# nothing\n", "x.yaml:1:1: the file is empty; begin with `flow: NAME` [yaml]"),
        ("flow: a\nflow: b", "x.yaml:2:1: `flow` stands here twice; remove or rename one of the two [yaml]"),
        ("flow: [a", "x.yaml:1:7: this `[` is not closed; add `]` where it ends [yaml]"),
        ("flow: a: b", "x.yaml:1:8: a second `: ` stands in one value; put quotes around the text [yaml]"),
        ("flow: &x a\ninitial: *x", "x.yaml:1:7: anchors and aliases are not part of the flow language"),
        ("flow: !!python/object:os.system a", "x.yaml:1:7: tags are not part of the flow language"),
        ("flow: a\x00b", "x.yaml:1:8: this is not text that YAML allows"),
        ("- a\n- b", "x.yaml:1:1: a flow must be a mapping, not a list; write `key: value` lines"),
        ("hello", "x.yaml:1:1: a flow must be a mapping, not `hello`; write `key: value` lines"),
        ("[" * 5000, "x.yaml:1:51: this is nested too deeply; write it flatter [yaml]"),
    ],
)
def test_what_is_no_flow_at_all_gets_a_clear_word(text: str, problem: str) -> None:
    """Wrong files happen."""
    assert any(problem in line for line in problems(text)), problems(text)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("missing.yaml", None, "there is no such file; name a flow file, such as flows/appointment.yaml"),
        ("latin.yaml", "flow: caf\u00e9".encode("latin-1"), "this is not UTF-8 text; save the file as UTF-8"),
    ],
)
def test_a_file_that_can_not_be_read_gets_a_clear_word(
    name: str, content: bytes | None, problem: str, tmp_path: Path
) -> None:
    """No traceback reaches the author."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FlowError, match=problem):
        load(path, inspect)
    with pytest.raises(FlowError, match="this is a directory; name a flow file in it"):
        load(tmp_path, inspect)


def test_yaml_keeps_what_the_author_typed(tmp_path: Path) -> None:
    """YAML 1.1 would read `no` as false and 12:30 as 750."""
    flow = loads(
        "flow: a\ninitial: talk\nslots: {meal: {type: choice, options: [no, 12:30]}}\n"
        "states: {talk: {say: on, hang_up: true}}",
        inspect,
    )
    assert flow.slots["meal"].type.schema()["enum"] == ["no", "12:30"]


def test_a_word_that_means_two_options_is_told() -> None:
    """Nobody could tell which one a caller wants who says it."""
    job = "job: {type: choice, options: {change: [flat], repair: [flat]}}"
    found = broken("slots: {day", f"slots: {{{job}, day")
    assert (
        "x.yaml:4:64: `flat` would mean `change` as well as `repair`; leave it to one of the two [slot]"
        in found
    )
