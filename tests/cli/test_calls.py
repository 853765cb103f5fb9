"""`turnstile calls`, `show` and `prune`: a call is held in the terminal, looked at, and deleted."""

import json
import re
from pathlib import Path

import pytest

from engine.core.flow import Flow
from engine.flow.load import load
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS
from tests.support.command import turnstile

SAID = """I'd like a cleaning on December 3rd at three
Maria Lopez
202 555 0123
Yes, that's right
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a cleaning was booked for Maria Lopez, on a Monday in 2026."""
    data = tmp_path_factory.mktemp("data")
    chat(data, FLOWS / "appointment.yaml")
    return data


def chat(data: Path, flow: Path) -> None:
    now = "2026-11-23T10:00"
    done = turnstile("chat", str(flow), "--now", now, stdin=SAID, TURNSTILE_DATA=str(data))
    assert (done.returncode, done.stderr) == (0, "")


def says(data: Path, *arguments: str) -> str:
    done = turnstile(*arguments, TURNSTILE_DATA=str(data), TZ="America/New_York")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_list_says_what_became_of_a_call_and_nothing_of_its_caller(held: Path) -> None:
    """When it began, how long it took, where it stands: one line."""
    title, line = says(held, "calls").splitlines()
    assert title.split() == ["began", "took", "is", "flow", "state", "call"]
    assert re.fullmatch(r"2026-11-23 10:00:\d\d  0:\d\d  over  appointment  ended  chat-\d+", line)
    assert says(held, "calls", "--live") == "no live calls\n"


def test_where_nothing_was_held_a_hint_is_given(tmp_path: Path) -> None:
    """And no file is made by looking."""
    assert says(tmp_path, "calls") == "no calls yet; hold one: turnstile chat FLOW\n"
    assert says(tmp_path, "prune", "--older-than", "1d").startswith("0 calls of before ")
    assert list(tmp_path.iterdir()) == []


def test_a_call_is_shown_as_a_dialogue(held: Path) -> None:
    """Both sides, the functions of the model, the states, the tool and its outcome; the goodbye as well."""
    shown = says(held, "show", "chat-")
    lines = [re.sub(r"^ +\d+:\d\d\.\d +", "", line) for line in shown.splitlines()]
    wanted = [
        "-> greeting",
        "agent  Thanks for calling Bright Smile Dental, this is Ava. How can I help you today?",
        "caller  I'd like a cleaning on December 3rd at three",
        "-> collecting_details",
        "caller  Maria Lopez",
        "-> confirming",
        "caller  Yes, that's right",
        "-> booking",
        "-> ended",
    ]
    assert [line for line in lines if line in wanted] == wanted
    assert re.search(r"offline: wants_appointment\(.*day=2026-12-03.*\), first word after \d+ ms", shown)
    assert re.search(r"book_appointment\(service=cleaning, .*name=Maria Lopez.*\): booked, \d\.\d s", shown)
    assert shown.count("See you then, goodbye!") == 1


def test_an_unknown_call_is_told_with_what_to_do(held: Path, tmp_path: Path) -> None:
    """Without a traceback, also where there is no file at all."""
    for data in (held, tmp_path):
        done = turnstile("show", "call_9", TURNSTILE_DATA=str(data))
        assert done.returncode == 1
        assert done.stderr == "there is no call `call_9`; `turnstile calls` lists those that there are\n"


def test_a_beginning_that_several_calls_have_names_them(tmp_path: Path) -> None:
    """So that more of one can be typed."""
    for _ in range(2):
        chat(tmp_path, FLOWS / "end_call.yaml")
    done = turnstile("show", "chat", TURNSTILE_DATA=str(tmp_path))
    assert done.returncode == 1
    assert re.fullmatch(r"2 calls begin with `chat`; write more of one: chat-\d+, chat-\d+\n", done.stderr)


def test_what_can_not_be_read_is_told_with_what_to_do(tmp_path: Path) -> None:
    """A file that is no database, a server that is not there; no password is printed."""
    (tmp_path / "turnstile.db").write_text("no database, but long enough to be read as one" * 20)
    done = turnstile("calls", TURNSTILE_DATA=str(tmp_path))
    assert done.returncode == 1
    assert "turnstile.db can not be read (" in done.stderr
    url = "postgresql://me:hunter2@127.0.0.1:1/none"
    done = turnstile("calls", TURNSTILE_DATABASE=url)
    assert done.returncode == 1
    assert "postgresql://me:***@127.0.0.1:1/none can not be read (" in done.stderr
    assert "hunter2" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("time", "why"),
    [
        ("soon", "'soon' is no duration; write one such as 30d, 36h or 2880m"),
        ("30", "'30' is no duration; write one such as 30d, 36h or 2880m"),
        ("9999999d", "'9999999d' is no duration"),
        ("23h", "'23h' is less than a day, in which a call may still be gone on with; write 1d or more"),
        ("90m", "'90m' is less than a day"),
    ],
)
def test_what_is_no_time_to_prune_by_is_refused(time: str, why: str, tmp_path: Path) -> None:
    """Within a day a call can still be gone on with, and its writes must not happen twice."""
    done = turnstile("prune", "--older-than", time, TURNSTILE_DATA=str(tmp_path))
    assert done.returncode == 2
    assert why in done.stderr


def test_what_is_old_goes_and_that_is_said(tmp_path: Path) -> None:
    """A call of 2026-11-23 is a day old, or will be; a dry run leaves it there."""
    now = "2020-01-01T10:00"
    chatted = turnstile(
        "chat", str(FLOWS / "end_call.yaml"), "--now", now, stdin="bye\n", TURNSTILE_DATA=str(tmp_path)
    )
    assert chatted.returncode == 0
    old = r"1 call of before [\d :-]+ {}, with \d+ events and 0 writes\n"
    assert re.fullmatch(
        old.format("would be deleted"), says(tmp_path, "prune", "--older-than", "30d", "--dry-run")
    )
    assert len(says(tmp_path, "calls").splitlines()) == 2
    assert re.fullmatch(old.format("deleted"), says(tmp_path, "prune", "--older-than", "1440m"))
    assert says(tmp_path, "calls") == "no calls yet; hold one: turnstile chat FLOW\n"


def test_where_no_transcripts_are_kept_none_is_shown(tmp_path: Path) -> None:
    """The call is listed, its write is known, and nothing in the files says who it was for."""
    text = (FLOWS / "appointment.yaml").read_text()
    (tmp_path / "quiet.yaml").write_text(f"{text}\nstore: {{transcripts: off}}\n")
    flow: Flow = load(tmp_path / "quiet.yaml", inspect_tool)
    assert flow.transcripts is False
    chat(tmp_path, tmp_path / "quiet.yaml")
    shown = says(tmp_path, "show", "chat")
    assert "book_appointment: booked" in shown
    assert shown.endswith("Nothing of what was said was written down.\n")
    found = [
        file.name for file in tmp_path.glob("turnstile.db*") if b"cleaning on December" in file.read_bytes()
    ]
    assert found == []


def test_the_schema_offers_both_words() -> None:
    """And what other tools make of them."""
    schema = json.loads((FLOWS / "schema.json").read_text())
    assert schema["$defs"]["StorePart"]["properties"]["transcripts"]["enum"] == ["on", "off", True, False]
