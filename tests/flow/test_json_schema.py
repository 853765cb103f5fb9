"""The JSON Schema says what the loader says, so that an editor refuses what the loader would, and no more."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.flow.file.source import Location, parse, read
from engine.flow.language.json_schema import as_file, json_schema
from engine.flow.language.shape import fit
from tests.conftest import FLOWS
from tests.support.misfits import MISFITS
from tests.support.small_flow import SMALL

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
SHIPPED = sorted(FLOWS.glob("*.yaml"))
FULL = """
flow: full
version: 2
initial: talk
language: [en-US, es-US]
language_from: call.metadata.language
timezone: UTC
include: [a.yaml, {file: b.yaml, prefix: b, names: {c: d}}]
persona: x
slots:
  meal: {type: choice, options: {soup: [broth], bread: []}, pii: true, label: dish, default: call.metadata.meal}
  other: {type: choice, options: [a, b], set_by: tool, on_change: {clear: [day]}}
  day: {type: date, must_be: future, ask: {en-US: x, es-US: [y, z]}, read_back: "{day}"}
  moment: {type: datetime, must_be: [future, {within: {mon-fri: "09:00-12:00, 13:00-17:00"}, otherwise: x}]}
  hour: {type: time, must_be: {within: 9:00-24:00}}
  party: {type: number, whole: true, must_be: {between: [1, 12]}}
  price: {type: money, currency: EUR, must_be: [{at_least: 0.5}, {future: true}]}
  code: {type: text, must_be: [{matching: "[A-Z]{2}"}, {at_most: 40 characters}]}
  phone: {type: phone, region: GB}
  wishes: {type: list, of: {type: choice, options: [wine, cake], must_be: future}}
  amounts: {type: list, of: {type: money, currency: EUR}}
tools:
  order:
    {python: "a:b", effect: write, outcomes: [done], happened: [done], key: [meal], needs: nothing, resolve: lookup,
     lookup: "a:c", retries: 1, at_most: 2, on_interrupt: finish, timeout: 1.5 s, settle: 0ms, sets: {other: a.b},
     filler: {say: x, after: 400ms}, when: y, examples: [z]}
  look: {python: "a:d", effect: read, outcomes: [done], filler: {en-US: x, es-US: y}}
  pay:
    http: {method: POST, url: "https://a.example", query: {a: b, c: 1}, headers: {X-Shop: true}, body: {a: [1, {b: c}]}}
    parameters: {size: {type: choice, options: [small], about: x, optional: true}, other: {type: text, options: {a: [b]}}}
    effect: write
    outcomes: [done]
    outcome: {200: {path: a.b, is: {SENT: done}, else: done}, 404: done, 5xx: {else: done}}
    lookup: {http: "https://a.example", outcome: {200: done}}
  find: {http: "https://a.example", effect: read, outcomes: [done], lookup: {python: "a:e"}}
  answer: {knowledge: [a.md]}
states:
  talk:
    say: ["{meal}", x]
    must_hear: true
    prompt:
    collect: [meal]
    also: [other]
    confirms: [day]
    tools: [order]
    transitions:
      collected: end
      go: {to: end, when: x, examples: [x], intent: start, key: "1", clear: [day], set: {meal: soup}, say: x, speak: es-US}
      several: [{to: talk, if: day is set, return: true}, end]
      here: {stay: true, if: visits > 2}
    reminders: {after: [8s], say: [], to: end}
    max_visits: {times: 2, to: end, say: x}
    interruption_sensitivity: 0.5
    responsiveness: 1
  end: {run: order, press: "1#", transfer: "+12025550100", hang_up: false}
  other: {transfer: {by: meal, to: {soup: "+12025550100"}, number: "+12025550100"}}
always:
  bye: {to: end, when: x, except: [end]}
  two: [end, {stay: true}]
  silence: {after: [8s, 1m], say: [x], to: end}
  trouble: {after: 3, to: end}
  tools: {look: {except: [end]}}
lines: {trouble: x, repeat: x, hold: x, again: x}
budget: {first_token: 1s, hush: 1s, no_answer: 1s, stall: 1s, tool: 1s, total: 1s}
settle: 400ms
interruption_sensitivity: 0
responsiveness: 0.5
models: [gpt, {name: x, base_url: "http://x", api_key_env: X_KEY, headers: {X-Team: x}, extra: {temperature: 1}, tool_gating: subset, strict: true}]
model: {early: true, context: 6000, tool_gating: allowed_tools}
store: {transcripts: off}
never: [order twice]
always_so: [ends]"""
"""Every key there is, once."""

STRANGE: list[object] = [
    None, True, False, 0, 1, -1, 2.5, 7, "", "a", "no", "Ended", "a:b", "8s", "0s", "8", "12#", "read", "date", "future",
    "affirm", [], ["a"], [1], ["8s"], [""], [["a"]], {}, {"to": "a"}, {"a": []}, {"a": ["b"]}, {"a": "b"}, {"type": "text"},
    {"type": "choice", "options": ["a"]}, {"": []}, {"A b": "a"}, {"after": [], "say": [], "to": "a"},
    " ", [" "], 0.5, {"to": None}, {"stay": True}, {"stay": False}, ["a", {"to": "a"}], [{"to": "a"}, {"a": "b"}], [["a"], "b"], {"a": True},
    {"say": "a"}, {"say": "a", "b": "c"}, {"after": "1s"}, {"a": [[]]}, {"a": {}}, {"number": None}, {"by": "a"}, [{"a": "b"}], ["a", "a"],
    "futur", "40 characters", "9:00-24:00", "9-5", "09:00-17:00, 18:00-24:01", [1, 12], [1, True], ["future"], ["future", 4], {"mon": "9:00-17:00"},
    {"Mon - fri, sun": "9:00-17:00"}, {"monday": "9:00-17:00"}, {"mon": [1]}, {"future": True}, {"future": None}, {"at_least": None}, {"between": [1]},
    {"at_least": 1, "at_most": None}, {"at_least": 1, "at_most": 2}, {"otherwise": "a"}, {"url": "a"}, {"url": ""}, {"method": "GET"}, {"python": "a"},
    {"200": "a"}, {"2xx": {"else": "a"}}, {"20": "a"}, {"else": None}, {"path": "a", "is": {"B c": "d"}}, {"a": 1}, {"a": None}, {"knowledge": ["a"]},
    {"knowledge": None}, {"type": "list", "of": {"type": "date"}}, {"type": "list", "of": {"type": "list"}}, {"type": "money"}, {"type": "monkey"},
]  # fmt: skip
"""What may stand where something else should."""
NAMES = ["a", "no", "A b", "", "to", "when", "type", "except", "silence", "a" * 64, "404", "5xx", "20", "sat", "sat-", "future", "between", "knowledge"]  # fmt: skip

LEFT_TO_THE_LOADER = [
    ("initial: hello", "version: 1.0\ninitial: hello"),  # a whole number to JSON Schema; to YAML 1.10 is 1.1
    ("effect: read,", "effect: read, retries: 1.0,"),  # likewise
    ("type: date", "type: text, must_be: {matching: '(a'}"),  # no pattern can tell what patterns are
    ("type: date", "type: time, must_be: {within: 09:00-09:00}"),  # nor that two texts differ
    ("type: date", "type: time, must_be: {within: {mon: 09:00-17:00, mon-fri: 09:00-12:00}}"),
]
"""What fits the schema and not the language: all that JSON Schema can not say."""
TOLD_BY_SHAPE = [misfit[:2] for misfit in MISFITS if misfit[:2] not in LEFT_TO_THE_LOADER]

NEEDED = {"type", "options", "of", "effect", "outcomes"}
"""Keys without which what stands beside them does not fit either."""


def agree(values: object) -> bool:
    """Return whether a flow fits, which the schema and the loader must say alike."""
    findings = fit(values).findings
    fits = not findings
    assert fits == VALIDATOR.is_valid(values), (values, findings, list(VALIDATOR.iter_errors(values)))
    return fits


def places(values: object, way: Location = ()) -> Iterator[Location]:
    """Yield the way to every value."""
    yield way
    match values:
        case dict():
            for key, value in values.items():
                yield from places(value, (*way, key))
        case list():
            for index, value in enumerate(values):
                yield from places(value, (*way, index))


def changed(values: object, way: Location, key: object, value: object) -> object:
    """Return the values with another one at a place, under another key if there is to be one."""
    if not way:
        return value
    step, rest = way[0], way[1:]
    if isinstance(values, dict):
        kept = {k: v for k, v in values.items() if k != step}
        name = key if key is not None and not rest else step
        return {**kept, name: changed(values[step], rest, key, value)}
    assert isinstance(values, list)
    assert isinstance(step, int)
    return [*values[:step], changed(values[step], rest, key, value), *values[step + 1 :]]


def value_at(values: object, way: Location) -> object:
    """Return what stands at a place."""
    for step in way:
        values = values[step]  # type: ignore[index]
    return values


def without(values: object, way: Location) -> object:
    """Return the values without one of them."""
    holder = value_at(values, way[:-1])
    left = (
        {k: v for k, v in holder.items() if k != way[-1]}
        if isinstance(holder, dict)
        else [v for i, v in enumerate(holder) if i != way[-1]]  # type: ignore[arg-type, var-annotated]
    )
    return changed(values, way[:-1], None, left)


def alone(values: object, way: Location) -> object:
    """Return a flow with what stands on the way to a place, and of the rest only what every flow must have.

    One part has no say in whether another one fits, and a small flow is soon judged.
    """
    bare: dict[str | int, object] = {"flow": "x", "initial": "x", "states": {"x": {}}}
    return {**bare, way[0]: narrowed(value_at(values, way[:1]), way[1:3])}


def narrowed(values: object, way: Location) -> object:
    """Return the values with what stands on the way, and what must stand beside it."""
    if not way or not isinstance(values, dict):
        return values
    beside = {key: value for key, value in values.items() if key in NEEDED}
    return {**beside, way[0]: narrowed(values[way[0]], way[1:])}


GOOD = [parse(text, "x.yaml").values for text in (SMALL, FULL)]
PLACES = [(alone(GOOD[1], way), way) for way in places(GOOD[1]) if way]


def test_the_schema_is_one() -> None:
    """Of the draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_beside_the_shipped_flows_is_the_one_of_this_engine() -> None:
    """Editors read it there: `turnstile schema > flows/schema.json` writes it anew."""
    assert (FLOWS / "schema.json").read_text(encoding="utf-8") == as_file()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_flow_names_the_schema_and_fits_it(path: Path) -> None:
    """In its first line, where editors look; a copy of the folder works without a network."""
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n")
    assert agree(read(path).values)


def test_the_loader_and_the_schema_know_the_same_keys() -> None:
    """All of them, in every shorthand."""
    assert all(agree(values) for values in GOOD)
    used = {"extends"} | {step for step in chain.from_iterable(places(GOOD[1])) if isinstance(step, str)}
    for part, shape in {"a flow": SCHEMA, **mapping(SCHEMA["$defs"])}.items():
        lacking = mapping(mapping(shape).get("properties", {})).keys() - used
        assert lacking == set(), f"FULL lacks keys of {part}"


@pytest.mark.parametrize(("before", "after"), TOLD_BY_SHAPE)
def test_what_the_loader_refuses_the_schema_refuses(before: str, after: str) -> None:
    """Each planted mistake of the loader's own tests, but for those that only it can tell."""
    assert not agree(parse(SMALL.replace(before, after), "x.yaml").values)


@pytest.mark.parametrize(("before", "after"), LEFT_TO_THE_LOADER)
def test_what_only_the_loader_can_tell_is_known(before: str, after: str) -> None:
    """An editor says nothing of it; `turnstile check` does."""
    assert before in SMALL
    values = parse(SMALL.replace(before, after), "x.yaml").values
    assert fit(values).findings
    assert VALIDATOR.is_valid(values)


@pytest.mark.parametrize(
    ("values", "way"), PLACES, ids=lambda x: ".".join(map(str, x)) if isinstance(x, tuple) else ""
)
def test_whatever_stands_in_a_place_they_say_the_same_of_it(values: object, way: Location) -> None:
    """One thing is wrong at a time, or none."""
    agree(without(values, way))
    for strange in STRANGE:
        agree(changed(values, way, None, strange))
    if isinstance(way[-1], str):
        for name in NAMES:
            agree(changed(values, way, name, value_at(values, way)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab_1 8sm#:", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["to", "a", "type", "B"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=3))
def test_whatever_stands_in_several_places_they_say_the_same_of_it(
    changes: list[tuple[tuple[object, Location], object]],
) -> None:
    """Anything, not only what somebody thought of."""
    values = GOOD[1]
    for (_, way), value in changes:
        if way in set(places(values)):  # an earlier change may have left no such place
            values = changed(values, way, None, value)
    agree(values)


def test_a_flow_that_extends_another_may_leave_out_what_that_one_has() -> None:
    """The loader judges the two together; an editor sees only this one."""
    over = {"extends": "base.yaml"}
    known = {**over, "persona": "x"}, {**over, "person": "x"}, {"persona": "x"}
    assert [VALIDATOR.is_valid(flow) for flow in known] == [True, False, False]


def test_every_key_is_explained_in_one_sentence() -> None:
    """An editor shows it to who has never written a flow."""
    unexplained: list[str] = []
    for part, shape in {"a flow": SCHEMA, **mapping(SCHEMA["$defs"])}.items():
        for key, described in mapping(mapping(shape).get("properties", {})).items():
            sentence = str(mapping(described).get("description", ""))
            if not sentence.endswith(".") or len(sentence) < 10 or "\n" in sentence:
                unexplained.append(f"{part}: {key}: {sentence}")
    assert unexplained == []


def test_a_default_is_shown_as_an_author_would_write_it() -> None:
    """Nobody writes 2000."""
    budget = mapping(mapping(SCHEMA["$defs"])["BudgetPart"])
    assert mapping(mapping(budget["properties"])["first_token"])["default"] == "2s"


def mapping(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value
