"""Many files are played by several processes, and it makes no difference to what comes of them."""

import sys
from pathlib import Path

import pytest

from engine.testkit.calls.run import play_file, play_files
from tests.conftest import FLOWS

GOOD = f"flow: {FLOWS / 'end_call.yaml'}\ncalls:\n  bye:\n    - caller: Bye\n    - model: {{end_call: {{message: Bye!}}}}\n"


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    """A file that is right, one whose call breaks, and one that can not be read."""
    texts = {
        "good": GOOD,
        "breaks": GOOD.replace("end_call: {m", "bye: {m"),
        "bad": GOOD.replace("caller", "caler"),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return [str(tmp_path / f"{name}.yaml") for name in texts]


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere processes start anew, which a test can not wait for"
)
def test_several_processes_find_what_one_does(paths: list[str]) -> None:
    """What they tell goes from process to process."""
    alone = {path: play_file(path) for path in paths}
    together = {file.path: file for file in play_files(paths, jobs=2)}
    assert together == alone


def test_each_file_says_how_it_went(paths: list[str]) -> None:
    """A file that can not be read keeps no other from being played."""
    good, breaks, bad = play_files(paths, jobs=1)
    assert [played.broken for played in good.calls] == [""]
    assert "so it can not" not in breaks.calls[0].broken
    assert "refused: bye is not possible now" in breaks.calls[0].broken
    assert [problem.what for problem in bad.problems] == ["there is no key `caler` here"]
