"""Any files at all: whatever a flow extends or includes, it is loaded or told what is wrong with it."""

import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import given, settings

from engine.errors import FlowError, Place
from engine.flow.load import load
from engine.flow.reuse.compose import files_of
from tests.conftest import inspect
from tests.support.files import written

FILES = {
    "north.yaml": """
extends: desk.yaml
flow: north
include: [{file: shared.yaml, names: {name: caller}}]
slots: {caller: {type: name}}
states: {hello: {say: "North.", prompt: null, transitions: {help: {to: desk, when: x}}}}
""",
    "desk.yaml": """
flow: desk
initial: hello
include:
  - {file: verify.yaml, prefix: who, names: {done: bye, failed: bye, day: day}}
slots: {day: {type: date, ask: "Which day?", read_back: "{day}."}}
states:
  hello: {say: "Hello.", prompt: Ask., transitions: {start: {to: who_asking, when: The caller comes.}}}
  bye: {say: "Goodbye {day}.", hang_up: true}
always: {end_call: {to: bye, when: The caller says goodbye., except: [who_looking]}}
""",
    "verify.yaml": """
include: [{file: shared.yaml, prefix: in}]
slots: {day: {type: date}, hour: {type: time}}
tools:
  look: {python: "clinic:book_day", effect: write, needs: nothing, outcomes: [found], happened: [found], key: [day]}
states:
  asking: {collect: [day], transitions: {collected: [{if: "hour is not set", to: looking}, failed]}}
  looking: {run: look, transitions: {found: done, error: in_desk, unknown: {to: failed, clear: [hour], say: "{day}?"}}}
""",
    "shared.yaml": """
slots: {name: {type: name}}
states: {desk: {transfer: "+12025550100"}}
""",
}
PIECES = [
    "north.yaml", "desk.yaml", "verify.yaml", "shared.yaml", "gone.yaml", "null", "[]", "{}", "", "3", "true", "Day",
    "day", "who", "who_day", "hello", "bye", "slots", "states", "include", "extends", "names", "prefix", "always",
    "lines", "flow", "~", "{day}", "{ who_day }", "\n", ": ", ", ", "\u00e9", '"\\x00"', "a" * 70, "../", "/dev/zero",
    "http://x/y.yaml",
]  # fmt: skip
CHANGE = st.tuples(
    st.sampled_from(sorted(FILES)),
    st.integers(0, 400),
    st.integers(0, 30),
    st.sampled_from(PIECES) | st.text(max_size=4),
)


def troubled(path: Path) -> list[Place]:
    """Return the places of all that is wrong with a flow; none when it is sound."""
    try:
        load(path, inspect)
    except FlowError as error:
        return [problem.place for problem in error.problems]
    return []


@settings(max_examples=100, deadline=None)
@given(changes=st.lists(CHANGE, max_size=4), first=st.sampled_from(sorted(FILES)))
def test_files_of_any_content_are_a_flow_or_told_to_be_none(
    changes: list[tuple[str, int, int, str]], first: str
) -> None:
    """No traceback reaches the author, and every problem names a place in one of the files."""
    files = dict(FILES)
    for name, at, cut, piece in changes:
        files[name] = files[name][:at] + piece + files[name][at + cut :]
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        path = Path(folder) / first
        assert path in files_of(path)
        for place in troubled(path):
            lines = len(Path(place.path).read_bytes().splitlines())
            assert 1 <= place.line <= lines + 1


def test_the_files_themselves_are_sound(tmp_path: Path) -> None:
    """Otherwise nothing would be tried beyond their first mistake."""
    assert load(written(tmp_path, FILES), inspect).name == "north"
