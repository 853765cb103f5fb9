"""Any call at all, written down and held once more: the same call, and the same effects."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import rule

from engine.testkit.replay.recording import Recording
from tests.properties.test_any_call import SELDOM, AnyCall
from tests.support.recorded import happened, read_back, steps, told


class AnyReplay(AnyCall):
    """A random call of which a journal is kept: with its words, or there would be none."""

    @rule(seldom=SELDOM)
    def process_dies(self, seldom: bool) -> None:
        if seldom:
            self.world.restart()

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        world = self.world
        journal = zip(world.journal, world.states, strict=True)
        of = world.call
        recording = Recording(of.id, of.flow, of.version, happened(journal), of)
        with tempfile.TemporaryDirectory() as folder:
            again = read_back(recording, Path(folder))
        assert again == recording
        held = steps(world.flow, again)
        assert [one.differs for one in held if one.differs] == []
        assert [one.effects for one in held] == world.effects
        assert held[-1].after == world.call
        assert len(told(world.flow, again)) > 0


TestAnyReplay = AnyReplay.TestCase
TestAnyReplay.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
