"""What is wrong with a file that is included, or with how it is: told once, where the culprit stands."""

from pathlib import Path

import pytest

from tests.support.files import wrong
from tests.support.sub_flow import DESK, EVERY_KEY, VERIFY, desk, verify


def test_what_is_shared_is_there_to_be_shared(tmp_path: Path) -> None:
    """Otherwise a slip of the pen would let the caller be asked twice."""
    assert wrong(tmp_path, desk("done: bye", "day: dya, done: bye")) == [
        "desk.yaml:5:51: there is no slot `dya`; did you mean `day`? [reuse]"
    ]


def test_a_mistake_in_a_guard_is_told_in_its_own_file(tmp_path: Path) -> None:
    """At the guard: what stands in it now has other names than the author wrote."""
    text = EVERY_KEY.replace("desk is near", "dsk is near")
    [found] = wrong(tmp_path, desk(verify=text))
    assert found.startswith(
        "verify.yaml:15:16: there is no slot `dsk` in this file, which is included with a prefix; did you mean `desk`?"
    )
    text = EVERY_KEY.replace("desk is near", "desk is neer")
    [found] = wrong(tmp_path, desk(verify=text))
    assert found == "verify.yaml:15:16: `who_desk` has no option `neer`; did you mean `near`? [guard]"


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("file: verify.yaml", "file: verfy.yaml", "desk.yaml:5:12: there is no file `verfy.yaml`; did you mean `verify.yaml`?"),
        ("prefix: who", "prefix: Who", "desk.yaml:5:33: `Who` is no name; use small letters"),
        ("prefix: who", "prefx: who", "desk.yaml:5:25: there is no key `prefx` here; did you mean `prefix`? [language]"),
        ("file: verify.yaml", "fiel: verify.yaml", "desk.yaml:5:6: there is no key `fiel` here; did you mean `file`? [language]"),
        ("include:", "inclde:", "desk.yaml:4:1: there is no key `inclde` here; did you mean `include`? [language]"),
        ("done: bye", "done: byee", "desk.yaml:5:52: there is no state `byee`; did you mean `bye`? [reuse]"),
        ("to: who_asking", "to: who_askin", "there is no state `who_askin`; did you mean `who_asking`? [unknown-name]"),
        ("to: who_asking", "to: asking", "there is no state `asking`; did you mean `who_asking`? [unknown-name]"),
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
        ("type: date", "type: dat", "verify.yaml:3:15: `dat` is not possible here; did you mean `date`? [language]"),
        ("clinic:forgetful", "clinic:gone", "verify.yaml:5:20: there is no function `clinic:gone`"),
        ("timeout: failed", "timeot: failed", "verify.yaml:16:7: nothing ever fires `timeot`; did you mean `timeout`?"),
        ("slots:", "slot:", "verify.yaml:2:1: there is no key `slot` here; did you mean `slots`? [reuse]"),
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
        "verify.yaml:2:1: there is no key `slot` here; did you mean `slots`? [reuse]"
    ]


def test_a_binding_of_a_name_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With the name that may have been meant."""
    found = wrong(tmp_path, desk("failed: bye", "faild: bye"))
    assert "desk.yaml:5:57: there is no name `faild` in verify.yaml; did you mean `failed`? [reuse]" in found


def test_a_name_that_stands_in_both_files_is_told_with_both_places(tmp_path: Path) -> None:
    """Which of the two was meant nobody can say."""
    found = wrong(tmp_path, {"desk.yaml": DESK.replace("prefix: who, ", ""), "verify.yaml": VERIFY})
    assert found[-1] == (
        "verify.yaml:3:3: `day` stands in desk.yaml:6:9 as well; "
        "rename one of the two, or include this file with a `prefix:` [reuse]"
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
    assert any(line.endswith(f"{what} [reuse]") for line in found), found


def test_a_tool_takes_no_slot_of_which_its_file_knows_nothing(tmp_path: Path) -> None:
    """A slot that somebody adds to the flow must not change what a sub-flow does."""
    files = verify("clinic:forgetful", "clinic:book")
    slots = DESK.replace("slots: {", "slots: {time: {type: time}, ")
    found = wrong(tmp_path, {**files, "desk.yaml": slots})
    assert found[0] == (
        "verify.yaml:5:20: it takes `time`, which is a slot of the flow, but not of this file; "
        "define the slot here as well and share it by `names: {time: time}` [no-function]"
    )


def test_files_that_include_each_other_twice_have_an_end(tmp_path: Path) -> None:
    """Nine files of two lines each would otherwise become five hundred."""
    files = {
        f"{i}.yaml": f"include: [{{file: {i + 1}.yaml, prefix: a}}, {{file: {i + 1}.yaml, prefix: b}}]"
        for i in range(9)
    }
    found = wrong(tmp_path, {**files, "9.yaml": "slots: {}"})
    assert len(found) == 1
    assert "a flow can not be made of so many files, or of so large ones; include less [reuse]" in found[0]


def test_large_files_have_an_end_as_well(tmp_path: Path) -> None:
    """Each is small enough for a flow, but not all of them together."""
    large = f"# {'x' * 240_000}\nslots: {{}}\n"
    includes = "include: [{file: large.yaml, prefix: a}, {file: large.yaml, prefix: b}, {file: large.yaml, prefix: c}]"
    [found] = wrong(tmp_path, {"desk.yaml": includes, "large.yaml": large})
    assert found.startswith("desk.yaml:1:")
    assert "a flow can not be made of so many files, or of so large ones; include less [reuse]" in found
