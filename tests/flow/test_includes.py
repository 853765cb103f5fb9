"""Parts of a flow in a file of their own, shared by flows that give them names which do not collide."""

from pathlib import Path

import pytest

from engine.core.states import HangUp
from engine.testkit import Call
from tests.support.files import loaded, spoken, wrong

VERIFY = """
slots:
  day: {type: date, ask: "When were you born?"}
tools:
  search: {python: "clinic:forgetful", effect: read, outcomes: [found, nobody], filler: "Let me look."}
states:
  asking:
    collect: [day]
    transitions: {collected: looking}
  looking:
    run: search
    transitions:
      found: done
      nobody: {to: asking, say: "Nobody was born on {day}. When were you?"}
      error: failed
      timeout: failed
"""
DESK = """
flow: desk
initial: hello
include:
  - {file: verify.yaml, prefix: who, names: {done: bye, failed: bye}}
slots: {day: {type: date, ask: "Which day?"}}
states:
  hello:
    say: "Hello."
    transitions: {start: {to: who_asking, when: The caller wants to come in.}}
  bye: {say: "Goodbye.", hang_up: true}
always:
  end_call: {to: bye, when: The caller says goodbye., except: [who_looking]}
"""


def desk(before: str = "", after: str = "", verify: str = VERIFY) -> dict[str, str]:
    """Return the desk with its sub-flow, or one in which a part is another."""
    assert before in DESK
    return {"desk.yaml": DESK.replace(before, after, 1) if before else DESK, "verify.yaml": verify}


def verify(before: str, after: str) -> dict[str, str]:
    """Return the desk with a sub-flow in which a part is another."""
    assert before in VERIFY
    return desk(verify=VERIFY.replace(before, after))


def test_a_call_goes_through_the_sub_flow_and_out_of_it(tmp_path: Path) -> None:
    """Its names have the prefix, wherever they are used; the flow's own slot of the same name is another."""
    call = Call(loaded(tmp_path, desk()))
    call.caller("I'd like to come in").model(start={"who_day": "May 5 1980"})
    assert call.state == "who_looking"
    assert call.slots == {"who_day": "1980-05-05"}
    call.tool("who_search", "nobody")
    assert call.said == "Let me look. Nobody was born on Monday, May fifth, nineteen eighty. When were you?"
    assert call.state == "who_asking"
    call.caller("May 6 1980").model(update_details={"who_day": "May 6 1980"}).tool("who_search", "found")
    assert (call.state, call.action) == ("bye", HangUp())


def test_a_slot_is_called_aloud_what_it_was_called_before(tmp_path: Path) -> None:
    """Nobody wants to hear "who day: Monday"; a label of its own stands."""
    assert spoken(loaded(tmp_path, desk()).slots["who_day"].label) == "day"
    own = verify("type: date,", "type: date, label: birthday,")
    assert spoken(loaded(tmp_path, own).slots["who_day"].label) == "birthday"


def test_a_shared_slot_is_the_flows_own(tmp_path: Path) -> None:
    """What the caller has told before is not asked again; the flow's own question stands."""
    flow = loaded(tmp_path, desk("done: bye", "day: day, done: bye"))
    assert set(flow.slots) == {"day"}
    assert spoken(flow.slots["day"].ask) == "Which day?"
    assert flow.tools["who_search"].slots == ("day",)


def test_what_is_shared_is_there_to_be_shared(tmp_path: Path) -> None:
    """Otherwise a slip of the pen would let the caller be asked twice."""
    assert wrong(tmp_path, desk("done: bye", "day: dya, done: bye")) == [
        "desk.yaml:5:51: there is no slot `dya`; did you mean `day`?"
    ]


def test_a_tool_takes_the_slot_of_its_own_file(tmp_path: Path) -> None:
    """Its function has a parameter `day`: that is the day of birth, under whatever name, and no other."""
    tool = loaded(tmp_path, desk()).tools["who_search"]
    assert tool.slots == ("who_day",)
    assert tool.parameters == ()
    assert tool.parameter_of == {"who_day": "day"}


def test_a_tool_of_the_flow_itself_may_stand_in_for_one_of_the_sub_flow(tmp_path: Path) -> None:
    """Then it is the flow's own in everything, and takes the flow's own slots."""
    own = 'tools: {look: {python: "clinic:forgetful", effect: read, outcomes: [found, nobody]}}\nstates:'
    files = desk("done: bye", "search: look, done: bye")
    flow = loaded(tmp_path, {**files, "desk.yaml": files["desk.yaml"].replace("states:", own)})
    assert set(flow.tools) == {"look"}
    assert flow.tools["look"].slots == ("day",)
    assert flow.states["who_looking"].run == "look"


def test_two_flows_share_a_sub_flow_and_one_has_it_twice(tmp_path: Path) -> None:
    """Each time under another prefix."""
    again = "  - {file: verify.yaml, prefix: then, names: {done: bye, failed: bye}}\n  - {file"
    twice = DESK.replace("  - {file", again).replace("{start", "{other: {to: then_asking, when: x}, start")
    flow = loaded(tmp_path, {"desk.yaml": twice, "verify.yaml": VERIFY})
    assert set(flow.tools) == {"who_search", "then_search"}
    assert flow.tools["then_search"].parameter_of == {"then_day": "day"}


def test_a_sub_flow_may_include_another_one(tmp_path: Path) -> None:
    """The names grow from the inside out, and so do the slots that its tools take."""
    outer = """
include: [{file: verify.yaml, prefix: who, names: {done: thanks, failed: lost}}]
states:
  thanks: {say: "Thank you.", transitions: {on: {to: after, when: The caller goes on.}}}
"""
    files = {
        "desk.yaml": DESK.replace("file: verify", "file: outer").replace("prefix: who", "prefix: my")
        .replace("done: bye, failed: bye", "after: bye, lost: bye").replace("who_", "my_who_"),
        "outer.yaml": outer.replace("{on:", "{further:"),
        "verify.yaml": VERIFY,
    }  # fmt: skip
    flow = loaded(tmp_path, files)
    assert flow.tools["my_who_search"].parameter_of == {"my_who_day": "day"}
    assert flow.states["my_who_looking"].transitions["found"].ways[0].to == "my_thanks"
    assert flow.states["my_who_looking"].transitions["error"].ways[0].to == "bye"
    assert flow.states["my_thanks"].transitions["further"].ways[0].to == "bye"


def test_a_whole_flow_is_a_sub_flow(tmp_path: Path) -> None:
    """Its first state is just a state, and what it says of itself as a flow is left out."""
    ends = "  done: {say: Yes., hang_up: true}\n  failed: {say: No., hang_up: true}\n"
    own = f"flow: verify\ninitial: asking\nlanguage: de{VERIFY}{ends}always: {{x: {{to: done, when: y}}}}\n"
    flow = loaded(tmp_path, desk(verify=own))
    assert (flow.name, flow.language, set(flow.always)) == ("desk", "en-US", {"end_call"})
    assert set(flow.states) == {"hello", "bye", "who_asking", "who_looking"}


def test_without_a_prefix_names_stay_as_they_are(tmp_path: Path) -> None:
    """A file of slots, or of what is always legal, for several flows."""
    shared = "slots: {name: {type: name}}\nalways: {human: {to: bye, when: The caller wants a person.}}"
    files = {"desk.yaml": DESK.replace("include:", "include:\n  - shared.yaml"), "verify.yaml": VERIFY}
    flow = loaded(tmp_path, {**files, "shared.yaml": shared})
    assert set(flow.slots) == {"day", "name", "who_day"}
    assert set(flow.always) == {"end_call", "human"}


def test_what_is_laid_over_a_flow_may_change_what_that_includes(tmp_path: Path) -> None:
    """The clinic in the north asks for the birthday in its own words."""
    north = "extends: desk.yaml\nflow: north\nslots: {who_day: {ask: Born when?}}"
    flow = loaded(tmp_path, {"north.yaml": north, **desk()})
    assert spoken(flow.slots["who_day"].ask) == "Born when?"
    assert flow.tools["who_search"].parameter_of == {"who_day": "day"}


EVERY_KEY = """
slots:
  day: {type: date, ask: ["When were you born?", "Which day?"], on_change: {clear: [plan]}}
  plan: {type: text, set_by: tool}
  desk: {type: choice, options: [near, far]}
tools:
  search: {python: "clinic:forgetful", effect: read, outcomes: [found, nobody], sets: {plan: plan.name}}
states:
  asking:
    collect: [day, desk]
    max_visits: {times: 3, to: failed, say: "Not {day}, then."}
    reminders: {after: [8s, 8s], say: ["Hello?"], to: failed}
    transitions:
      collected:
        - {if: "desk is near and not (plan is set or visits > 3)", to: failed}
        - looking
      where: {to: telling, return: true, when: The caller asks where.}
  looking:
    run: search
    transitions:
      found:
        - {if: 'search is found and plan is "plan"', to: other, set: {desk: near}}
        - {to: done, clear: [day]}
      nobody: {to: done, say: {en: ["On {day}?", "No {plan}."]}}
      error: failed
      timeout: failed
  telling: {say: "Here.", transitions: {further: {to: back, when: The caller goes on.}}}
  other: {transfer: {by: desk, to: {near: "+12025550100", far: "+12025550101"}}}
"""


def test_every_key_with_a_name_in_it_is_renamed(tmp_path: Path) -> None:
    """Also in guards, but not the values that they compare with; in every variant and language of a line."""
    flow = loaded(tmp_path, desk(verify=EVERY_KEY))
    asking, looking = flow.states["who_asking"], flow.states["who_looking"]
    assert flow.slots["who_day"].clears == ("who_plan",)
    assert flow.tools["who_search"].sets == {"who_plan": ("plan", "name")}
    assert [way.to for way in asking.transitions["collected"].ways] == ["bye", "who_looking"]
    guard = str(asking.transitions["collected"].ways[0].guard)
    assert "'who_desk'" in guard
    assert "'near'" in guard
    assert "'visits'" in guard
    first, second = looking.transitions["found"].ways
    assert "'who_search'" in str(first.guard)
    assert "'who_plan'" in str(first.guard)
    assert "'plan'" in str(first.guard)
    assert (dict(first.set), tuple(second.clear)) == ({"who_desk": "near"}, ("who_day",))
    say = looking.transitions["nobody"].ways[0].say
    assert say is not None
    assert say.slots == ("who_day", "who_plan")
    assert flow.states["who_telling"].transitions["further"].ways[0].to == "back"
    assert "who_desk" in str(flow.states["who_other"].action)


def test_a_mistake_in_a_guard_is_told_in_its_own_file(tmp_path: Path) -> None:
    """At the guard: what stands in it now has other names than the author wrote."""
    text = EVERY_KEY.replace("desk is near", "dsk is near")
    [found] = wrong(tmp_path, desk(verify=text))
    assert found.startswith(
        "verify.yaml:15:16: there is no slot `dsk` in this file, which is included with a prefix; did you mean `desk`?"
    )
    text = EVERY_KEY.replace("desk is near", "desk is neer")
    [found] = wrong(tmp_path, desk(verify=text))
    assert found == "verify.yaml:15:16: `who_desk` has no option `neer`; did you mean `near`?"


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("file: verify.yaml", "file: verfy.yaml", "desk.yaml:5:12: there is no file `verfy.yaml`; did you mean `verify.yaml`?"),
        ("prefix: who", "prefix: Who", "desk.yaml:5:33: `Who` is no name; use small letters"),
        ("prefix: who", "prefx: who", "desk.yaml:5:25: there is no key `prefx` here; did you mean `prefix`?"),
        ("file: verify.yaml", "fiel: verify.yaml", "desk.yaml:5:6: there is no key `fiel` here; did you mean `file`?"),
        ("include:", "inclde:", "desk.yaml:4:1: there is no key `inclde` here; did you mean `include`?"),
        ("done: bye", "done: byee", "desk.yaml:5:52: there is no state `byee`; did you mean `bye`?"),
        ("to: who_asking", "to: who_askin", "there is no state `who_askin`; did you mean `who_asking`?"),
        ("to: who_asking", "to: asking", "there is no state `asking`; did you mean `who_asking`?"),
        ("names: {done: bye, failed: bye}", "names: [done]", "desk.yaml:5:45: `names` must be a mapping, not a list"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_include_is_said_once_in_the_flow(
    before: str, after: str, problem: str, tmp_path: Path
) -> None:
    """One planted mistake, one message: what would follow from a missing file is not told."""
    [found] = wrong(tmp_path, desk(before, after))
    assert problem in found


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("collect: [day]", "collect: [dya]", "verify.yaml:8:15: there is no slot `dya` in this file, which is included with a prefix; did you mean `day`? Or bind it in desk.yaml:5:5: `names: {dya: SLOT}`"),
        ("run: search", "run: serach", "verify.yaml:11:10: there is no tool `serach` in this file, which is included with a prefix; did you mean `search`?"),
        ("error: failed", "error: hello", "verify.yaml:15:14: there is no state `hello` in this file, which is included with a prefix; define it, or bind it in desk.yaml:5:5"),
        ("on {day}", "on {dy}", "there is no slot `dy` in this file, which is included with a prefix; did you mean `day`?"),
        ("type: date", "type: dat", "verify.yaml:3:15: `dat` is not possible here; did you mean `date`?"),
        ("clinic:forgetful", "clinic:gone", "verify.yaml:5:20: there is no function `clinic:gone`"),
        ("timeout: failed", "timeot: failed", "verify.yaml:16:7: nothing ever fires `timeot`; did you mean `timeout`?"),
        ("slots:", "slot:", "verify.yaml:2:1: there is no key `slot` here; did you mean `slots`?"),
        ("\nslots:", "\npersona: x\nslots:", "verify.yaml:2:1: `persona` is for the flow that includes this file to say; move it"),
        ("\nslots:", "\nalways: {x: {to: asking, when: y}}\nslots:", "verify.yaml:2:1: `always` holds in every state of a flow"),
        ("\nslots:", "\ninclude: [verify.yaml]\nslots:", "verify.yaml:2:11: these files lead round in a circle: verify.yaml -> verify.yaml"),
        ("\nslots:", "\nextends: desk.yaml\nslots:", "lead round in a circle: desk.yaml -> verify.yaml -> desk.yaml"),
        ("states:", "states: []\nx:", "verify.yaml:6:9: `states` must be a mapping; write `key: value` lines below it"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_included_file_is_said_there(
    before: str, after: str, problem: str, tmp_path: Path
) -> None:
    """In its own names, and with what else could have been meant."""
    found = wrong(tmp_path, verify(before, after))
    assert any(line.startswith(problem) or problem in line for line in found), found


def test_a_misspelt_section_is_told_and_not_what_would_stand_in_it(tmp_path: Path) -> None:
    """Every name of a slot in the file would seem to lead nowhere."""
    assert wrong(tmp_path, verify("slots:", "slot:")) == [
        "verify.yaml:2:1: there is no key `slot` here; did you mean `slots`?"
    ]


def test_a_binding_of_a_name_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With the name that may have been meant."""
    found = wrong(tmp_path, desk("failed: bye", "faild: bye"))
    assert "desk.yaml:5:57: there is no name `faild` in verify.yaml; did you mean `failed`?" in found


def test_a_name_that_stands_in_both_files_is_told_with_both_places(tmp_path: Path) -> None:
    """Which of the two was meant nobody can say."""
    found = wrong(tmp_path, {"desk.yaml": DESK.replace("prefix: who, ", ""), "verify.yaml": VERIFY})
    assert found[-1] == (
        "verify.yaml:3:3: `day` stands in desk.yaml:6:9 as well; "
        "rename one of the two, or include this file with a `prefix:`"
    )


def test_a_shared_slot_has_one_type(tmp_path: Path) -> None:
    """A sub-flow that wants a date can do nothing with a text."""
    files = desk("done: bye", "day: day, done: bye", VERIFY.replace("type: date", "type: text"))
    [found] = wrong(tmp_path, files)
    assert found.startswith(
        "verify.yaml:3:15: `day` is a text here, and a date in desk.yaml:6:21; share a slot"
    )


def test_two_things_are_not_bound_to_one_name(tmp_path: Path) -> None:
    """One of them would be lost."""
    found = wrong(tmp_path, desk("done: bye", "asking: looking_up, looking: looking_up, done: bye"))
    what = "`asking` and `looking` of verify.yaml would both be `looking_up`; bind them to different names"
    assert any(line.endswith(what) for line in found), found


def test_a_tool_takes_no_slot_of_which_its_file_knows_nothing(tmp_path: Path) -> None:
    """A slot that somebody adds to the flow must not change what a sub-flow does."""
    files = verify("clinic:forgetful", "clinic:book")
    slots = DESK.replace("slots: {", "slots: {time: {type: time}, ")
    found = wrong(tmp_path, {**files, "desk.yaml": slots})
    assert found[0] == (
        "verify.yaml:5:20: it takes `time`, which is a slot of the flow, but not of this file; "
        "define the slot here as well and share it by `names: {time: time}`"
    )


def test_files_that_include_each_other_twice_have_an_end(tmp_path: Path) -> None:
    """Nine files of two lines each would otherwise become five hundred."""
    files = {
        f"{i}.yaml": f"include: [{{file: {i + 1}.yaml, prefix: a}}, {{file: {i + 1}.yaml, prefix: b}}]"
        for i in range(9)
    }
    found = wrong(tmp_path, {**files, "9.yaml": "slots: {}"})
    assert len(found) == 1
    assert "a flow can not be made of so many files, or of so large ones; include less" in found[0]


def test_large_files_have_an_end_as_well(tmp_path: Path) -> None:
    """Each is small enough for a flow, but not all of them together."""
    large = f"# {'x' * 240_000}\nslots: {{}}\n"
    includes = "include: [{file: large.yaml, prefix: a}, {file: large.yaml, prefix: b}, {file: large.yaml, prefix: c}]"
    [found] = wrong(tmp_path, {"desk.yaml": includes, "large.yaml": large})
    assert found.startswith("desk.yaml:1:")
    assert "a flow can not be made of so many files, or of so large ones; include less" in found
