"""A call as a file: whoever is sent one is told what is wrong with it."""

from pathlib import Path

import pytest

from engine.errors import SettingsError
from engine.testkit import Call
from engine.testkit.replay.recording import as_lines, read_recording
from tests.conftest import FLOWS
from tests.support.recorded import recording_of

LINES = list(as_lines(recording_of(Call(FLOWS / "end_call.yaml").caller("Bye").model(end_call={}))))


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([], "is empty"),
        (["hello"], ":1: this is no line of a call"),
        (['{"flow": "x"}'], ":1: this is no line of a call"),
        ([LINES[0].replace(":1,", ":9,")], ":1: this is no line of a call"),
        ([LINES[0], LINES[1].replace("Opened", "Yawned")], "there is no event 'Yawned'"),
        ([*LINES[:3], LINES[3][:-9]], ":4: this is no line of a call"),
        ([*LINES[:-1], '{"snapshot": {}}'], f":{len(LINES)}: this is no line of a call"),
    ],
)
def test_a_file_that_is_broken_is_told_to_be(tmp_path: Path, lines: list[str], problem: str) -> None:
    """With the line, and what to do about it."""
    path = tmp_path / "call.jsonl"
    path.write_text("\n".join(lines))
    with pytest.raises(SettingsError, match="turnstile export|export it once more") as told:
        read_recording(path)
    assert problem in str(told.value)


def test_what_is_no_text_is_told_to_be_none(tmp_path: Path) -> None:
    """Somebody has given the database itself."""
    path = tmp_path / "turnstile.db"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="can not be read"):
        read_recording(path)
