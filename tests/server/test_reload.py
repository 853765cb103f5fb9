"""A flow file that changes under a running server."""

import os
from pathlib import Path

import pytest

from engine.core.flow import Flow
from engine.errors import FlowError, TurnstileError
from engine.flow.files import files_of
from engine.flow.load import load
from engine.server.paths import Paths
from engine.server.reload import Watch, stamps
from tests.conftest import inspect
from tests.support.files import spoken, written
from tests.support.small_flow import SMALL

NORTH = "extends: base.yaml\nflow: north\nstates: {hello: {say: North.}}"


class Watched:
    """A flow of two files that is watched, and what was said of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = written(folder, {"north.yaml": NORTH, "base.yaml": SMALL})
        self.refused: list[str] = []
        self.away = False
        """Whether something else than the flow stands in the way of serving it."""
        self.loads = 0
        stood = {self.path: stamps(files_of(self.path))}
        flow = self.load(self.path)
        self.paths = Paths({flow.name: flow}, flow)
        self.watch = Watch({self.path: flow}, stood, self.load, files_of, self._refuse)
        self.loads = 0

    def load(self, path: Path) -> Flow:
        """Load a flow as the server would, and count it."""
        self.loads += 1
        if self.away:
            raise TurnstileError("the calendar is away")
        return load(path, inspect)

    def write(self, name: str, text: str) -> None:
        """Write a file, and let it stand while the watch looks twice."""
        written(self.folder, {name: text})
        self.look()
        self.look()

    def look(self) -> list[Flow]:
        """Let the watch look, and offer new calls what it finds."""
        flows = self.watch.look()
        for flow in flows:
            self.paths = self.paths.offering(flow)
        return flows

    @property
    def greeting(self) -> str:
        """What a new call is greeted with."""
        found = self.paths.call("/llm-websocket/call_1")
        assert found is not None
        say = found[0].states["hello"].say
        return spoken(say)

    def _refuse(self, error: TurnstileError) -> None:
        self.refused += str(error).replace(f"{self.folder}/", "").splitlines()


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    """A flow of two files that is watched."""
    return Watched(tmp_path)


def test_what_has_not_changed_is_not_loaded(watched: Watched) -> None:
    """Looking costs a few calls to the file system, and no more."""
    for _ in range(5):
        assert watched.look() == []
    assert watched.loads == 0


def test_a_changed_flow_is_for_new_calls(watched: Watched) -> None:
    """By its path and by its name; only once."""
    watched.write("north.yaml", NORTH.replace("North.", "North it is."))
    assert watched.greeting == "North it is."
    named = watched.paths.call("/llm-websocket/north/call_2")
    assert named is not None
    assert named[0] is watched.paths.first
    assert watched.look() == []
    assert watched.loads == 1


def test_a_change_counts_when_it_has_stood_for_a_look(watched: Watched) -> None:
    """An editor may have written half of the file."""
    written(watched.folder, {"north.yaml": NORTH[:30]})
    assert watched.look() == []
    written(watched.folder, {"north.yaml": NORTH.replace("North.", "Whole.")})
    assert watched.look() == []
    assert [flow.name for flow in watched.look()] == ["north"]
    assert watched.refused == []


def test_every_file_that_a_flow_is_made_of_is_watched(watched: Watched) -> None:
    """Also one that it has come to be made of since."""
    watched.write("base.yaml", SMALL.replace("version: 1", "").replace("small", "smaller"))
    assert watched.loads == 1
    watched.write("north.yaml", NORTH.replace("base.yaml", "other.yaml"))
    assert watched.refused[-1].startswith("north.yaml:1:10: there is no file")
    watched.write("other.yaml", SMALL)
    assert watched.loads == 3
    assert watched.greeting == "North."
    watched.write("base.yaml", "now it is no part of the flow")
    assert watched.loads == 3


def test_a_broken_flow_is_refused_once_and_the_old_one_goes_on(watched: Watched) -> None:
    """What is wrong is told as `check` tells it, and again only when something changes."""
    watched.write("north.yaml", NORTH.replace("hello:", "helo:"))
    watched.look()
    assert watched.refused == [
        "north.yaml:3:10: nothing leads to `helo`; lead a transition there, or remove it [unreached]"
    ]
    assert watched.greeting == "North."
    watched.write("north.yaml", NORTH.replace("North.", "Mended."))
    assert watched.greeting == "Mended."


def test_a_file_that_is_gone_takes_no_flow_with_it(watched: Watched) -> None:
    """It may come back, with the same words and the same time."""
    file = watched.folder / "base.yaml"
    before = file.stat()
    file.rename(watched.folder / "away")
    watched.look()
    watched.look()
    assert watched.refused == [
        "north.yaml:1:10: there is no file `base.yaml`; known files: north.yaml [reuse]"
    ]
    (watched.folder / "away").rename(file)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    watched.look()
    assert [flow.name for flow in watched.look()] == ["north"]


def test_a_flow_keeps_its_name(watched: Watched) -> None:
    """The platform dials it."""
    watched.write("north.yaml", NORTH.replace("flow: north", "flow: south"))
    [found] = watched.refused
    assert found.startswith(
        "north.yaml:1:1: this flow is served as `north`, and is called `south` now; give it its"
    )


def test_what_else_a_server_can_not_serve_is_refused_too(watched: Watched) -> None:
    """A tool that is not ready, or a language that its model does not speak."""
    watched.away = True
    watched.write("north.yaml", NORTH + "\n")
    assert watched.refused == ["the calendar is away"]


def test_the_files_of_a_broken_flow_are_told_as_far_as_they_can_be(tmp_path: Path) -> None:
    """Mending any of them is a change."""
    files = {
        "a.yaml": "extends: b.yaml\ninclude: [c.yaml, gone.yaml]",
        "b.yaml": "a: [",
        "c.yaml": "states: 3",
    }
    path = written(tmp_path, files)
    assert {file.name for file in files_of(path)} == {"a.yaml", "b.yaml", "c.yaml", "gone.yaml"}
    with pytest.raises(FlowError):
        load(path, inspect)
