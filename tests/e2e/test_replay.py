"""A call over a real socket, written down in SQLite by the server, and held once more from there."""

import io
from pathlib import Path

import pytest

from engine import logs
from engine.core.effects import Speak
from engine.flow.load import load
from engine.settings import from_environment
from engine.store.records import records
from engine.testkit.replay.recording import Recording, recorded
from engine.tools.find import inspect_tool
from tests.support.command import turnstile
from tests.support.desk import DESK
from tests.support.recorded import steps
from tests.support.socket_call import SocketCall

SHIPPED = Path(__file__).parent.parent.parent / "flows" / "appointment.yaml"
DETAILS = {"service": "cleaning", "day": "2026-12-03", "time": "15:00", "name": "Maria Lopez"}


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """The dentist's line, whose tools end when a test says so."""
    path = tmp_path / "flows" / "appointment.yaml"
    path.parent.mkdir()
    path.write_text(SHIPPED.read_text().replace("engine.tools.calendar:", "tests.support.desk:"))
    return path


@pytest.fixture
def frames(flow: Path, tmp_path: Path) -> list[tuple[object, object]]:
    """A caller changes their mind, is cut off, and books; what the platform was sent to speak."""
    logs.configure(io.StringIO())
    DESK.waiting.clear()
    call = SocketCall(load(flow, inspect_tool), tmp_path, from_number="+12025550123")
    call.caller("A cleaning on December 3rd at three, Maria Lopez").model(wants_appointment=DETAILS)
    call.interrupt(after="Thursday").caller("No, Friday").model(changed={"day": "2026-12-04"})
    call.drop().wait("1s").reconnect()
    call.caller("Yes").model(agreed={})
    call.caller("Yes, that's right").model(agreed={}).tool("book_appointment", "booked")
    sent = call.platform.frames
    call.close()
    spoken = (f for f in sent if f["response_type"] in {"response", "agent_interrupt"})
    return [(f["content"], f["content_complete"]) for f in spoken]


def stored(folder: Path) -> Recording:
    with records(from_environment({"TURNSTILE_DATA": str(folder)})) as written:
        assert written is not None
        [call] = written.newest(9)
        return recorded(written, call)


def test_a_stored_call_speaks_as_it_did(
    frames: list[tuple[object, object]], flow: Path, tmp_path: Path
) -> None:
    """What was sent to be spoken comes out again, word for word, and the call stands where it stood."""
    recording = stored(tmp_path)
    held = steps(load(flow, inspect_tool), recording)
    said = [(e.text, e.complete) for one in held for e in one.effects if isinstance(e, Speak)]
    assert said == frames
    assert recording.snapshot is not None
    assert held[-1].after == recording.snapshot
    assert held[-1].after.talk.state == "ended"


@pytest.mark.usefixtures("frames")
def test_the_command_replays_a_call_and_a_file_of_it(flow: Path, tmp_path: Path) -> None:
    """By the beginning of its id; the flow is found beside. A colleague gets the file."""
    here = {"TURNSTILE_DATA": str(tmp_path)}
    done = turnstile("replay", "call", folder=tmp_path, **here)
    assert (done.returncode, done.stderr) == (0, "")
    assert "confirming -> booking by agreed" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("in the same states, and the same call at the end.")
    exported = turnstile("export", "call_1", "--output", "call.jsonl", folder=tmp_path, **here)
    assert (exported.returncode, exported.stdout, exported.stderr) == (0, "", "")
    elsewhere = turnstile("replay", "call.jsonl", "--flow", str(flow), folder=tmp_path)
    assert elsewhere.stdout == done.stdout.replace("flows/appointment.yaml", str(flow))
    assert (
        turnstile("export", "call_1", folder=tmp_path, **here).stdout == (tmp_path / "call.jsonl").read_text()
    )


@pytest.mark.usefixtures("frames")
def test_a_flow_that_has_changed_is_told_at_the_first_event(flow: Path, tmp_path: Path) -> None:
    """The caller who corrects themselves is put through in the changed one."""
    changed = flow.read_text().replace("changed: {to: collecting_details", "changed: {to: handoff")
    assert changed != flow.read_text()
    flow.write_text(changed)
    done = turnstile("replay", "call_1", folder=tmp_path, TURNSTILE_DATA=str(tmp_path))
    assert done.returncode == 1
    assert "(ModelFinished) it goes otherwise: it was in `confirming`" in done.stdout


@pytest.mark.usefixtures("frames")
def test_a_flow_that_is_not_there_is_missed_by_name_and_version(flow: Path, tmp_path: Path) -> None:
    """With what comes near."""
    here = {"TURNSTILE_DATA": str(tmp_path)}
    flow.write_text(flow.read_text().replace("version: 1", "version: 2"))
    done = turnstile("replay", "call_1", folder=tmp_path, **here)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "call_1 was held with flow `appointment` version 1, which is not in flows; flows/appointment.yaml is "
        "version 2; name its file with --flow\n"
    )
    flow.write_text("flow: [")
    done = turnstile("replay", "call_1", folder=tmp_path, **here)
    assert "flows/appointment.yaml can not be loaded: see turnstile check" in done.stderr


def test_without_a_database_it_is_said_that_there_is_none(tmp_path: Path) -> None:
    """And what to give instead."""
    done = turnstile("replay", "call_1", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("there is no file `call_1`, and no calls are written down in .turnstile;")


@pytest.mark.usefixtures("frames")
def test_a_new_version_is_held_against_the_calls_there_were(flow: Path, tmp_path: Path) -> None:
    """Another word in a question, another way out: the first event that differs is named, and what does."""
    here = {"TURNSTILE_DATA": str(tmp_path)}
    text = flow.read_text().replace("version: 1", "version: 2")
    (tmp_path / "same.yaml").write_text(text)
    (tmp_path / "word.yaml").write_text(text.replace("Shall I book it?", "Is that so?"))
    (tmp_path / "way.yaml").write_text(
        text.replace("changed: {to: collecting_details", "changed: {to: handoff")
    )
    (tmp_path / "function.yaml").write_text(
        text.replace("      changed: {to: coll", "      better: {to: coll")
    )
    found = {
        name: turnstile("replay", "--all", "--flow", f"{name}.yaml", folder=tmp_path, **here)
        for name in ("same", "word", "way", "function")
    }
    assert (found["same"].stdout, found["same"].returncode) == ("1 call: 1 as before\n", 0)
    assert {name: done.returncode for name, done in found.items() if done.returncode != 1} == {"same": 0}
    assert '(ModelFinished, 0.0 s): it was: says "So that is' in found["word"].stdout
    assert "it was in `confirming`, and comes to `handoff`" in found["way"].stdout
    assert "the model might call agreed, changed, " in found["function"].stdout
    assert found["way"].stdout.endswith("1 call: 1 otherwise\n")
    one = turnstile("replay", "call_1", "--flow", "way.yaml", folder=tmp_path, **here)
    assert (one.stdout, one.returncode) == (found["way"].stdout, 1)
    flow.unlink()  # then there is only the journal to hold it against
    assert turnstile("replay", "--all", "--flow", "same.yaml", folder=tmp_path, **here).returncode == 0
    alone = turnstile("replay", "--all", "--since", "1000000d", "--flow", "way.yaml", folder=tmp_path, **here)
    assert alone.returncode == 2
    alone = turnstile("replay", "--all", "--since", "9000d", "--flow", "way.yaml", folder=tmp_path, **here)
    assert "it was in `confirming`, and comes to `handoff`" in alone.stdout


@pytest.mark.usefixtures("frames")
def test_all_calls_come_out_as_they_were(tmp_path: Path) -> None:
    """With the flow with which each was held; what nobody can tell is no success."""
    here = {"TURNSTILE_DATA": str(tmp_path)}
    done = turnstile("replay", "--all", folder=tmp_path, **here)
    assert (done.stdout, done.returncode) == ("1 call: 1 as before\n", 0)
    (tmp_path / "flows" / "appointment.yaml").unlink()
    done = turnstile("replay", "--all", folder=tmp_path, **here)
    assert done.stdout.endswith("name its file with --flow\n1 call: 1 can not be told\n")
    assert done.returncode == 1
    done = turnstile("replay", "--all", "call_1", folder=tmp_path, **here)
    assert (done.returncode, done.stderr) == (2, "name one call, or --all and, if so wished, --since\n")
    assert turnstile("replay", "--all", folder=tmp_path).stderr.startswith(
        "no calls are written down in .turn"
    )


@pytest.mark.usefixtures("frames")
def test_a_stored_call_becomes_a_test_that_passes(tmp_path: Path) -> None:
    """Under another name, and with another number."""
    here = {"TURNSTILE_DATA": str(tmp_path)}
    done = turnstile("export", "call_1", "--as-test", "--output", "real.yaml", folder=tmp_path, **here)
    assert (done.returncode, done.stderr) == (0, "")
    text = (tmp_path / "real.yaml").read_text()
    assert 'flow: "flows/appointment.yaml"' in text
    assert "all that followed" not in text
    assert "Maria" not in text
    assert "0123" not in text
    played = turnstile("test", "real.yaml", folder=tmp_path)
    assert (played.returncode, played.stderr) == (0, "")
    assert "1 call went as written" in played.stdout
