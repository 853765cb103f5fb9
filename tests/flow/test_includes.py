"""Parts of a flow in a file of their own, shared by flows that give them names which do not collide."""

from pathlib import Path

from engine.core.states import HangUp
from engine.testkit import Call
from tests.support.files import loaded, spoken
from tests.support.sub_flow import DESK, EVERY_KEY, VERIFY, desk, verify


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
