"""What is to be seen of a flow, and that nothing an author writes breaks its picture."""

import re

import pytest

from engine.core.flow import Flow
from engine.flow.draw.dot import dot
from engine.flow.draw.mermaid import mermaid
from engine.flow.draw.parts import Arrow, Box, Kind, Label, Picture
from engine.flow.draw.picture import picture_of
from engine.flow.load import load, loads
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS, inspect
from tests.support.small_flow import SMALL

APPOINTMENT = load(FLOWS / "appointment.yaml", inspect_tool)
PICTURE = picture_of(APPOINTMENT)
NASTY = """a "quoted" <b>tag</b> & `tick` %%{init: {}}%% #35; \\ ]|} "] --> x"""


def box(name: str, picture: Picture = PICTURE) -> Box:
    return next(box for box in picture.boxes if box.name == name)


def arrow(origin: str | None, to: str, picture: Picture = PICTURE) -> Arrow:
    return next(arrow for arrow in picture.arrows if (arrow.origin, arrow.to) == (origin, to))


def small(before: str, after: str) -> Flow:
    assert before in SMALL, before
    return loads(SMALL.replace(before, after), inspect)


def test_every_state_is_there_and_says_what_happens_in_it() -> None:
    """By a word and by a colour."""
    assert [box.name for box in PICTURE.boxes] == list(APPOINTMENT.states)
    assert box("greeting") == Box("greeting", Kind.TALKS)
    assert box("collecting_details").kind is Kind.COLLECTS
    assert box("collecting_details").lines == (
        "collects service, day, time, name, phone",
        "may use find_openings",
    )
    assert box("confirming") == Box(
        "confirming", Kind.READS_BACK, ("reads back service, day, time, name, phone",)
    )
    assert box("booking") == Box("booking", Kind.RUNS, ("runs book_appointment",))
    assert box("handoff") == Box("handoff", Kind.ENDS, ("transfers to +12025550100",))
    assert box("ended") == Box("ended", Kind.ENDS, ("hangs up",))


def test_a_state_says_what_it_takes_beside_what_it_waits_for() -> None:
    """Who waits for it is another state."""
    flow = small('say: "Hello."', 'say: "Hello."\n    also: [day]')
    assert box("hello", picture_of(flow)).lines == ("also takes day",)


def test_a_state_that_presses_keys_says_which() -> None:
    """It does not end the call."""
    flow = small('say: "Hello."', 'say: "Hello."\n    press: "1#"')
    assert box("hello", picture_of(flow)) == Box("hello", Kind.TALKS, ("presses 1#",))


def test_an_arrow_says_what_leads_along_it_and_when() -> None:
    """In the words of the flow, and in ours where the engine fires it."""
    [started] = arrow("greeting", "collecting_details").labels
    assert started == Label("wants_appointment", ("The caller wants to book an appointment.",))
    [collected] = arrow("collecting_details", "confirming").labels
    assert collected == Label("collected", ("all of it is set",))


def test_outcomes_that_lead_to_the_same_place_share_an_arrow() -> None:
    """What means that the write took place is marked."""
    assert arrow("booking", "ended").labels == (Label("✓ booked"),)
    assert arrow("booking", "collecting_details").labels == (Label("taken, closed"),)
    assert arrow("booking", "handoff").labels == (Label("error, unknown"),)


def test_a_long_condition_is_cut_between_words() -> None:
    """An arrow is no place for a story."""
    flow = small("The caller wants to come in.", "The caller " + "goes on and " * 30)
    [label] = arrow("hello", "ask", picture_of(flow)).labels
    assert len(label.conditions[0]) <= 78
    assert label.conditions[0].endswith(" and goes …")


def test_each_tool_is_told_once_with_how_it_may_end() -> None:
    """Those that the engine adds too."""
    assert PICTURE.tools == (
        ("find_openings", "reads: open, full, error, timeout"),
        ("book_appointment", "writes: ✓ booked, taken, closed, error, unknown"),
        ("find_appointment", "reads: found, several, none, error, timeout"),
        ("move_appointment", "writes: ✓ moved, taken, closed, gone, error, unknown"),
    )


def test_a_tool_that_is_no_function_says_where_it_comes_from() -> None:
    """A server, or files beside the flow."""
    asks, answers = (
        picture_of(load(FLOWS / f"{name}.yaml", inspect_tool)).tools
        for name in ("order_status", "front_desk")
    )
    assert asks == (("order_status", "reads over HTTP: shipped, delivered, open, not_found, error, timeout"),)
    assert answers[0] == ("answer_question", "reads front_desk.md: found, nothing, error, timeout")


def test_what_always_adds_is_told_once_with_its_exceptions() -> None:
    """And from no state of its own."""
    assert arrow(None, "goodbye").labels == (
        Label("end_call", ("The caller says goodbye or asks to hang up.", "not in booking, moving, ended")),
        Label(
            "silence", ("nobody speaks for 8s, then 8s, then 8s", "not where a tool runs or the call ends")
        ),
    )
    assert arrow(None, "handoff").labels == (
        Label("human", ("The caller asks for a person.", "not in booking, moving")),
    )
    assert not [arrow for arrow in PICTURE.arrows if arrow.origin and arrow.to == "goodbye"]


def test_a_state_with_its_own_transition_of_that_name_is_an_exception() -> None:
    """It takes the place of the one that is everywhere."""
    own = "collected: work, end_call: {to: hello, when: The caller wants to begin again.}"
    picture = picture_of(small("collected: work", own))
    assert arrow(None, "bye", picture).labels[0].conditions == ("The caller says goodbye.", "not in ask")


def test_models_that_fail_are_told_too() -> None:
    """Where the call goes then, and after how long."""
    picture = picture_of(small("always:", "always:\n  trouble: {after: 3, to: bye}"))
    label = next(label for label in arrow(None, "bye", picture).labels if label.name == "trouble")
    assert label.conditions == ("models fail in 3 turns in a row", "not where a tool runs or the call ends")


def test_each_way_of_a_transition_has_its_own_arrow_and_guard() -> None:
    """What all of them share is said with the first; the last is for all the other calls."""
    ways = "collected: [{to: work, if: visits > 2}, {to: bye, say: Well.}]"
    picture = picture_of(small("collected: work", ways))
    assert arrow("ask", "work", picture).labels == (
        Label("collected", ("all of it is set", "if visits > 2")),
    )
    assert arrow("ask", "bye", picture).labels == (Label("collected", ("otherwise",)),)


def test_an_outcome_with_a_guard_does_not_share_its_label() -> None:
    """Others lead there whatever else is so."""
    picture = picture_of(small("error: bye", "error: [{to: ask, if: visits < 2}, bye]"))
    assert arrow("work", "ask", picture).labels == (Label("error", ("if visits < 2",)),)
    assert arrow("work", "bye", picture).labels == (
        Label("✓ booked, unknown"),
        Label("error", ("otherwise",)),
    )


def test_a_way_that_leads_nowhere_else_stands_in_the_box() -> None:
    """An arrow from a state to itself would say less."""
    stays = "collected: work, again: {stay: true, when: The caller wants to hear it again., key: '1'}"
    picture = picture_of(small("collected: work", stays))
    assert box("ask", picture).lines[-1] == "again: stays (The caller wants to hear it again; or key 1)"


def test_a_digression_comes_back() -> None:
    """By itself when all is told; a tool's outcomes go back too, in one line."""
    rule = "always:\n  where: {to: parking, return: true, when: Parking?}\n  sky: {to: weather, return: true, when: Rain?}"
    text = SMALL.replace("always:", rule).replace(
        "  bye: {say", "  parking: {say: Behind.}\n  weather: {run: look, transitions: {sun: back, rain: back, error: back, timeout: back}}\n  bye: {say"
    )  # fmt: skip
    picture = picture_of(
        loads(text.replace("when: The caller says goodbye.", "when: Bye., except: [weather]"), inspect)
    )
    assert "and comes back" in arrow(None, "parking", picture).labels[0].conditions
    assert box("parking", picture).lines == ("goes back",)
    assert box("weather", picture).lines == ("runs look", "sun, rain, error, timeout: goes back")


def test_a_state_that_only_tells_stays_where_nothing_comes_back() -> None:
    """There is no place to which it could go back."""
    picture = picture_of(load(FLOWS / "end_call.yaml", inspect_tool))
    assert box("talking", picture).lines == ()


def test_what_is_offered_in_every_state_stands_in_its_box() -> None:
    """With the states that do not offer it."""
    picture = picture_of(small("always:", "always:\n  tools: {look: {except: [hello]}}"))
    assert picture.everywhere == ("may use look, not in hello",)


def test_a_transfer_by_a_slot_says_who_goes_where() -> None:
    """All of its numbers."""
    slot = "slots: {who: {type: choice, options: [sales, support]}, day"
    to = "transfer: {by: who, to: {sales: '+12025550100', support: '+12025550101'}}"
    flow = loads(
        SMALL.replace("slots: {day", slot).replace("hang_up: true", to).replace("[day]", "[day, who]"),
        inspect,
    )
    assert box("bye", picture_of(flow)).lines == (
        "transfers by who:",
        "sales to +12025550100",
        "support to +12025550101",
    )


def test_a_state_that_may_be_entered_too_often_or_has_reminders_of_its_own_says_so() -> None:
    """Both lead elsewhere by themselves."""
    own = "collect: [day]\n    max_visits: {times: 2, to: bye}\n    reminders: {after: [5s, 9s], say: [Hello?], to: bye}"
    picture = picture_of(small("collect: [day]", own))
    assert set(arrow("ask", "bye", picture).labels) == {
        Label("max_visits", ("instead, after 2 visits",)),
        Label("silence", ("nobody speaks for 5s, then 9s",)),
    }


def test_a_flow_in_which_nothing_is_everywhere_has_no_such_box() -> None:
    """An empty box would be a riddle."""
    picture = picture_of(loads(SMALL[: SMALL.index("always:")], inspect))
    assert "every state" in mermaid(PICTURE)
    assert "every state" in dot(PICTURE)
    assert "every state" not in mermaid(picture)
    assert "every state" not in dot(picture)


@pytest.mark.parametrize("draw", [mermaid, dot])
def test_every_state_and_every_arrow_is_drawn(draw) -> None:  # type: ignore[no-untyped-def]
    """In both languages."""
    text = draw(PICTURE)
    for drawn in PICTURE.boxes:
        assert re.search(rf'\b(s_)?{drawn.name}"? ?[(\[]', text)
    assert (
        len(re.findall("-[.]?->|->", text)) == len(PICTURE.arrows) + 1
    )  # the first leads to where a call begins
    assert "✓ the write took place" in text


def test_a_state_may_be_called_as_mermaid_calls_its_own_things() -> None:
    """`end` and `graph` would be syntax errors."""
    picture = picture_of(loads(SMALL.replace("bye", "end").replace("hello", "graph"), inspect))
    drawn = mermaid(picture)
    assert "start(( )) --> s_graph\n" in drawn
    assert re.search(r"(?<!s_)\bend\b", drawn.replace("<b>end</b>", "")) is None


def test_what_an_author_writes_stays_text_in_mermaid() -> None:
    """A quote in a condition ends nothing, and a comment of Mermaid's is none."""
    drawn = mermaid(
        picture_of(small("The caller wants to come in.", f"'{NASTY.replace(chr(39), chr(39) * 2)}'"))
    )
    [line] = [line for line in drawn.splitlines() if line.startswith("  s_hello -->")]
    inside = line.removeprefix('  s_hello -->|"').removesuffix('"| s_ask')
    assert not set('"%`\\&') & set(inside)
    assert set(re.findall("<[^>]*>", inside)) <= {"<b>", "</b>", "<br/>"}
    assert "#quot;quoted#quot;" in inside


def test_what_an_author_writes_stays_text_in_dot() -> None:
    """Its labels are a kind of HTML."""
    drawn = dot(picture_of(small("The caller wants to come in.", f"'{NASTY.replace(chr(39), chr(39) * 2)}'")))
    assert "&lt;b&gt;" in drawn
    assert "&quot;quoted&quot;" in drawn
    assert "&amp;" in drawn


def test_a_version_may_be_any_text() -> None:
    """It stands in the title."""
    picture = picture_of(small("initial: hello", "version: 'a \"b\": {c} <d>'\ninitial: hello"))
    assert mermaid(picture).splitlines()[1] == r'title: "small, version a \"b\": {c} <d>"'
    assert "version a &quot;b&quot;: {c} &lt;d&gt;" in dot(picture)
