"""The same flow with another clinic's words: what is laid over it stands, and the rest is the other's."""

from pathlib import Path

import pytest

from engine.core.states import Transfer
from engine.testkit import Call
from tests.support.files import loaded, spoken, wrong
from tests.support.small_flow import SMALL, problems

NORTH = """
extends: base.yaml
flow: north
version: 2
slots: {day: {ask: "Which day in the north?"}}
states:
  hello: {say: "North, hello."}
  bye: {say: null, hang_up: null, transfer: "+12025550111"}
always:
  end_call: {when: The caller is done.}
"""


def north(before: str = "", after: str = "", base: str = SMALL) -> dict[str, str]:
    """Return the northern clinic, or one in which a part is another."""
    assert before in NORTH
    return {"north.yaml": NORTH.replace(before, after, 1) if before else NORTH, "base.yaml": base}


def test_a_call_is_held_in_the_other_clinics_words(tmp_path: Path) -> None:
    """Its greeting, its question and its number; the ways through the call are the other's."""
    call = Call(loaded(tmp_path, north()))
    assert call.said == "North, hello."
    call.caller("I'd like to come in").model(start={})
    assert call.request.state.collect == ("day",)
    assert call.functions == ("update_details", "look", "end_call")


def test_mappings_merge_and_everything_else_is_replaced(tmp_path: Path) -> None:
    """A list that was merged could never lose an entry."""
    flow = loaded(
        tmp_path, north("hello: {", "ask: {tools: []}\n  hello: {transitions: {start: {examples: [hi]}}, ")
    )
    assert (flow.name, flow.version, flow.initial) == ("north", "2", "hello")
    assert spoken(flow.slots["day"].ask) == "Which day in the north?"
    assert flow.states["ask"].tools == ()
    start = flow.states["hello"].transitions["start"]
    assert (start.ways[0].to, start.examples) == ("ask", ("hi",))


def test_null_takes_out_what_stands_below(tmp_path: Path) -> None:
    """The northern desk is not said goodbye by, and not hung up on, but transferred to."""
    bye = loaded(tmp_path, north()).states["bye"]
    assert bye.say is None
    assert bye.action == Transfer("+12025550111")


def test_a_chain_of_files_is_laid_one_over_the_other(tmp_path: Path) -> None:
    """Each says only what is different; ways lead from the file that names the other."""
    files = {
        "shops/east.yaml": "extends: ../north.yaml\nflow: east\nstates: {hello: {say: East.}}",
        "north.yaml": NORTH.replace("base.yaml", "shared/base.yaml"),
        "shared/base.yaml": SMALL,
    }
    flow = loaded(tmp_path, files)
    assert (flow.name, flow.version) == ("east", "2")
    assert spoken(flow.slots["day"].ask) == "Which day in the north?"
    assert Call(flow).said == "East."


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("base.yaml", "bas.yaml", "north.yaml:2:10: there is no file `bas.yaml`; did you mean `base.yaml`?"),
        ("base.yaml", "..", "is no file; name a file with a part of a flow [reuse]"),
        ("base.yaml", "", "north.yaml:2:1: this must be the name of a file; write one such as `clinic.yaml` [reuse]"),
        ("base.yaml", "[base.yaml]", "north.yaml:2:10: this must be the name of a file"),
        ("base.yaml", "https://example.org/base.yaml", "is an address, and a flow is made of files; save it beside"),
        ("base.yaml", "/base.yaml", "`/base.yaml` leads nowhere on another machine; write the way from this file's"),
        ("base.yaml", "north.yaml", "lead round in a circle: north.yaml -> north.yaml; let one of them not name"),
        ("extends", "extend", "north.yaml:2:1: there is no key `extend` here; did you mean `extends`? [language]"),
        ("  hello:", "  helo:", "north.yaml:7:3: nothing leads to `helo`; lead a transition there, or remove it [unreached]"),
        ("hang_up: null", "hangup: null", "north.yaml:8:20: there is no `hangup` below this file to take out; did you mean `hang_up`? [reuse]"),
        ("say: null, hang_up: null", "hang_up: ", "north.yaml:8:9: nothing stands behind `hang_up`; write a value; or `null`"),
        ("{ask: ", "{type: null, ask: ", "north.yaml:5:9: `type` is missing; say what kind of value it holds [language]"),
        ("hang_up: null, ", "", "a state can not both transfer and hang_up"),
        ('"Which day in the north?"', "3", "north.yaml:5:20: `ask` must be text, not `3`; put quotes around it [language]"),
        ("  hello: {", "  work: {transitions: {unknown: null}}\n  hello: {", "`work` does not say where the outcome `unknown` of book"),
        ("  hello: {", "  ask: null\n  hello: {", "base.yaml:11:31: there is no state `ask`; known states: bye, hello, work [unknown-name]"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_the_culprit_stands(
    before: str, after: str, problem: str, tmp_path: Path
) -> None:
    """In the file below, or in the one that was laid over it."""
    found = wrong(tmp_path, north(before, after))
    assert any(problem in line for line in found), found


def test_a_mistake_below_is_said_there(tmp_path: Path) -> None:
    """Whoever extends a file did not write it."""
    assert wrong(tmp_path, north(base=SMALL.replace("initial: hello", "initial: helo"))) == [
        "base.yaml:3:10: there is no state `helo`; did you mean `hello`? [unknown-name]"
    ]
    [found] = wrong(tmp_path, north(base=SMALL.replace("type: date,", "type: date")))
    assert found.startswith("base.yaml:4:")


def test_a_circle_is_told_with_the_files_that_it_leads_through(tmp_path: Path) -> None:
    """Under whatever name they go."""
    files = {
        "a.yaml": "extends: b.yaml",
        "b.yaml": "extends: sub/../c.yaml",
        "c.yaml": "extends: a.yaml",
        "sub/x": "",
    }
    [found] = wrong(tmp_path, files)
    circle = "a.yaml -> b.yaml -> sub/../c.yaml -> sub/../a.yaml"
    assert found == (
        f"sub/../c.yaml:1:10: these files lead round in a circle: {circle}; let one of them not name the next [reuse]"
    )


def test_a_flow_given_as_text_has_no_files_beside_it() -> None:
    """It may come from anywhere, and reads nothing."""
    text = "extends: base.yaml\nflow: north\ninclude: [more.yaml]"
    assert problems(text) == [
        "x.yaml:1:1: a flow given as text can not use `extends`; load it from its file",
        "x.yaml:3:1: a flow given as text can not use `include`; load it from its file",
    ]


def test_a_chain_has_an_end(tmp_path: Path) -> None:
    """Nobody could say any more where a word comes from."""
    files = {f"{i}.yaml": f"extends: {i + 1}.yaml" for i in range(20)}
    assert wrong(tmp_path, files) == [
        "9.yaml:1:10: 10 files name each other in a row; let the first of them name the others [reuse]"
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "base.yaml:1:1: the file is empty"),
        ("- a", "base.yaml:1:1: this is no part of a flow; write `key: value` lines"),
        ("hello", "base.yaml:1:1: this is no part of a flow; write `key: value` lines"),
        ("a: &x b", "base.yaml:1:4: anchors and aliases are not part of the flow language"),
        ("a: b\na: c", "base.yaml:2:1: `a` stands here twice"),
    ],
)
def test_what_is_no_flow_can_not_be_extended(content: str, problem: str, tmp_path: Path) -> None:
    """And is told by its own name."""
    found = wrong(tmp_path, north(base=content))
    assert any(line.startswith(problem) for line in found), found
