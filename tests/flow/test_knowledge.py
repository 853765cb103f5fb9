"""A tool that looks into files: what a flow writes of it, and what is wrong with it."""

from pathlib import Path

import pytest

from engine.core.tool_source import Passage, Passages
from engine.errors import FlowError
from engine.flow.load import load
from engine.testkit import Call
from engine.tools.find import inspect_tool

FLOW = """\
flow: desk
initial: hello
tools:
  answer_question:
    knowledge: [faq.md]
    when: The caller asks about parking.
states:
  hello:
    say: "Hello. How can I help?"
    tools: [answer_question]
  bye: {say: "Goodbye.", hang_up: true}
always:
  end_call: {to: bye, when: The caller says goodbye.}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a flow and what it knows; the command is started in it."""
    (tmp_path / "flow.yaml").write_text(FLOW)
    (tmp_path / "faq.md").write_text("# Parking\nIt is free.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems(folder: Path, before: str = "", after: str = "") -> list[str]:
    """Return what is wrong with the flow once a part of it is another."""
    assert before in FLOW, before
    (folder / "flow.yaml").write_text(FLOW.replace(before, after) if before else FLOW)
    with pytest.raises(FlowError) as caught:
        load(Path("flow.yaml"), inspect_tool)
    return str(caught.value).splitlines()


def test_it_reads_and_finds_or_does_not(folder: Path) -> None:
    """That much is implied; an author names the files."""
    tool = load(folder / "flow.yaml", inspect_tool).tools["answer_question"]
    assert (tool.writes, tool.outcomes, tool.slots) == (False, ("found", "nothing"), ())
    assert [parameter.name for parameter in tool.parameters] == ["question"]
    assert tool.source == Passages(("faq.md",), (Passage("Parking", "It is free."),))


def test_what_is_implied_may_be_written_too(folder: Path) -> None:
    """Some like to see it."""
    written = FLOW.replace("    when:", "    effect: read\n    outcomes: [found, nothing]\n    when:")
    (folder / "flow.yaml").write_text(written)
    assert load(folder / "flow.yaml", inspect_tool).tools["answer_question"].outcomes == ("found", "nothing")


def test_files_are_beside_the_flow_wherever_the_command_is_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flow and what it knows are one folder."""
    monkeypatch.chdir("/")
    assert load(folder / "flow.yaml", inspect_tool).tools["answer_question"].source


def test_a_changed_file_is_read_when_the_flow_is_loaded_anew(folder: Path) -> None:
    """And a flow that was loaded before keeps what it knew."""
    before = load(folder / "flow.yaml", inspect_tool).tools["answer_question"].source
    (folder / "faq.md").write_text("# Parking\nIt is two dollars.\n")
    after = load(folder / "flow.yaml", inspect_tool).tools["answer_question"].source
    assert before == Passages(("faq.md",), (Passage("Parking", "It is free."),))
    assert after == Passages(("faq.md",), (Passage("Parking", "It is two dollars."),))


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("faq.md", "nope.md", "flow.yaml:5:17: there is no file `nope.md`; put it there, or correct its name [no-function]"),
        ("faq.md", "faq.md, sub.md", "flow.yaml:5:25: `sub.md` is a directory; name a file in it [no-function]"),
        ("faq.md", "faq.txt", "flow.yaml:5:17: `faq.txt` is neither Markdown nor YAML by its name; name a file that ends"),
        ("faq.md", "../faq.md", "flow.yaml:5:17: `../faq.md` leads out of the folder of the flow; put the file beside"),
        ("faq.md", "/faq.md", "flow.yaml:5:17: `/faq.md` leads out of the folder of the flow; put the file beside"),
        ("faq.md", "C:/faq.md", "flow.yaml:5:17: `C:/faq.md` leads out of the folder of the flow; put the file beside"),
        ("faq.md", "bytes.md", "flow.yaml:5:17: `bytes.md` is not UTF-8 text; save the file as UTF-8 [no-function]"),
        ("faq.md", "empty.md", "empty.md:1:1: the file is empty; write what callers may ask, and the answers [no-function]"),
        ("faq.md", "huge.md", "huge.md:1:1: the file has more than 250,000 characters; divide it [no-function]"),
        ("faq.md", "table.md", "table.md:2:1: a table can not be spoken; write a sentence for each row [no-function]"),
        ("faq.md", "shape.yaml", "shape.yaml:1:1: this must be a list, not a mapping; write `- question: ...`"),
        ("[faq.md]", "faq.md", "flow.yaml:5:16: `knowledge` must be a list, not `faq.md`; write [a, b]"),
        ("[faq.md]", "[]", "flow.yaml:5:5: `knowledge` is empty; give it at least one [language]"),
        ("[faq.md]", "[3]", "flow.yaml:5:17: `knowledge` must hold text, not `3`; put quotes around it [language]"),
        ("    when", "    effect: write\n    when", "flow.yaml:6:13: answer_question looks into files, which writes nothing; remove"),
        ("    when", "    outcomes: [found, none]\n    when", "flow.yaml:6:15: what answer_question looks for in files is found, or there"),
        ("    when", "    key: [question]\n    when", "flow.yaml:6:5: `key` says something about writes, and answer_question reads"),
        ("    when", "    python: a:b\n    when", "flow.yaml:5:5: answer_question can not come from `python` and `knowledge` at once"),
        ("    knowledge: [faq.md]\n", "    effect: read\n    outcomes: [a]\n", "flow.yaml:4:3: nothing says where answer_question comes from; add `python:`"),
        ("tools:\n  answer", "slots: {question: {type: text}}\ntools:\n  answer", "flow.yaml:3:9: `question` is what answer_question is asked, in the caller's words"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(folder: Path, before: str, after: str, problem: str) -> None:
    """In the flow where the flow is wrong, and in the file where the file is; and nothing that only follows."""
    (folder / "sub.md").mkdir()
    (folder / "bytes.md").write_bytes(b"\xff\xfe\x00")
    (folder / "empty.md").write_text("\n \n")
    (folder / "huge.md").write_text("# A\n" + "word " * 50_001)
    (folder / "table.md").write_text("# Prices\n| a | b |\n\nThat is all.\n")
    (folder / "shape.yaml").write_text("a: b")
    [found] = problems(folder, before, after)
    assert problem in found


def test_it_can_not_be_run_by_a_state(folder: Path) -> None:
    """There would be no question."""
    text = 'tools: [answer_question]\n  bye: {say: "Goodbye.", hang_up: true}'
    changed = 'transitions: {go: {to: look, when: x}}\n  look: {run: answer_question, transitions: {found: bye, nothing: bye, error: bye, timeout: bye}}\n  bye: {say: "Goodbye.", hang_up: true}'
    [found] = problems(folder, text, changed)
    assert "answer_question is run by the state, and nothing gives it question" in found


def test_a_model_answers_from_what_was_found(folder: Path) -> None:
    """It reads the passages, and says what it likes of them."""
    call = Call(folder / "flow.yaml").caller("Do I have to pay for parking?")
    call.model(answer_question={"message": "Let me see.", "question": "Is parking free?"})
    call.tool("answer_question", "found", passages=[{"about": "Parking", "text": "It is free."}])
    assert call.waiting_for == "model"
    call.model("No, it is free.")
    assert call.said == "Let me see. No, it is free."
