"""Whatever a random call breaks, the proof has found: the few moves that it plays stand for all."""

from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from engine.core.entry import EntryState
from engine.core.flow import Flow
from engine.core.functions import exposed
from engine.core.heard import text_of
from engine.core.step import begin
from engine.flow.load import loads
from engine.flow.proof.explore import Edge
from engine.flow.proof.flaws import Reader
from engine.flow.proof.moves import Begins
from engine.flow.proof.options import beginnings
from engine.flow.proof.outline import Outline, outline
from engine.flow.proof.prove import prove
from engine.flow.proof.tape import Tape
from engine.flow.proof.tellings import results_of
from engine.flow.proof.values import argument, values_of
from tests.conftest import inspect
from tests.support.proven_flow import changed

MISTAKES = {
    "nothing": (),
    "a slot that is not collected": (("collect: [day, time]", "collect: [day]"),),
    "a way round the read-back": (("changed: {to: asking", "changed: {to: booking"),),
    "a way back after unknown": (("unknown: person", "unknown: asking"),),
    "a way back after the end": (("hang_up: true}\n  person", "hang_up: true, transitions: {more: {to: asking, when: More.}}}\n  person"),),
    "a goodbye too early": (("error: person", "error: done"),),
    "no way on when all is told": (("{collected: reading}", "{enough: {to: reading, when: Enough.}}"),),
    "a full day that is read back": (("full: {to: asking", "full: {to: reading"),),
    "everything at once": (
        ("collect: [day, time]", "collect: [time]"),
        ("unknown: person", "unknown: asking"),
        ("full: {to: asking", "full: {to: reading"),
        ("happened: [booked]", "happened: [booked], at_most: 2"),
    ),
}  # fmt: skip


class RandomCall:
    """A call in which caller, model and tools do anything that the state allows."""

    def __init__(self, flow: Flow, look: Outline, random: Random) -> None:
        self.flow, self.look, self.random = flow, look, random
        self.tape = Tape(flow, begin(flow, "call_1"))

    def hold(self, moves: int) -> set[tuple[str, object]]:
        """Hold the call, and return what it breaks."""
        reader = Reader(self.flow, self.look)
        found: set[tuple[str, object]] = set()
        self.tape.open(self.random.choice(list(beginnings(self.flow, self.look))).details)  # type: ignore[union-attr]
        for number in range(moves):
            edge = Edge(number or None, Begins(), 0, tuple(self.tape.happened))
            found |= {(flaw.code, flaw.at) for flaw in reader.flaws(edge)} if edge.happened else set()
            self.tape = Tape(self.flow, self.tape.call)
            self.move()
        return found

    def move(self) -> None:
        running = [entry for entry in self.tape.call.line.entries.values() if entry.running]
        if running and self.random.random() < 0.6:
            entry = self.random.choice(running)
            tool = self.flow.tools[entry.tool]
            outcome = self.random.choice(tool.all_outcomes)
            if entry.state is EntryState.WAITING:
                self.tape.send(entry.id)
            else:
                found = self.random.choice(list(results_of(self.flow, self.look, tool, outcome)))
                self.tape.end(entry.id, outcome, found)
        elif self.tape.asked is None:
            turn = self.tape.call.line.turn
            said = text_of(turn.pieces) if turn is not None else ""
            cut = said[: self.random.randrange(len(said) + 1)]
            self.tape.ask(
                self.random.choice([None, None, None, "", cut]), reminder=self.random.random() < 0.05
            )
        else:
            self.reply()

    def reply(self) -> None:
        functions = exposed(self.flow, self.tape.call)
        if not functions or self.random.random() < 0.2:
            self.random.choice([self.tape.answer, self.tape.answer, self.tape.fail])()
            return
        function = self.random.choice(functions)
        often = self.random.choice([0, 0.5, 1, 1])
        arguments = {p.name: argument(p) for p in function.parameters if p.required}
        for slot in function.slots:
            if self.random.random() < often:
                arguments[slot] = self.random.choice(values_of(self.flow, slot, self.look.tests))
        self.tape.want(function, arguments)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_a_random_call_breaks_the_proof_has_found(mistake: str) -> None:
    """Which slots are told together, what was heard of a line, who speaks when: none of it hides a flaw."""
    flow = loads(changed(*MISTAKES[mistake]), inspect)
    look = outline(flow)
    found = {(proven.finding.code, proven.finding.location) for proven in prove(flow).findings}

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(random=st.randoms(use_true_random=False))
    def any_call(random: Random) -> None:
        assert RandomCall(flow, look, random).hold(moves=40) - found == set()

    any_call()
