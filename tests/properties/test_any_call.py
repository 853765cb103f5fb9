"""Any call at all: whatever callers, models, tools, timers and sockets do, in whatever order."""

import json
from collections.abc import Mapping

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from engine.core.events import (
    Delta,
    Details,
    Disconnected,
    FunctionCall,
    KeyPressed,
    ModelFailed,
    ModelFinished,
    ModelText,
    Opened,
    Speaker,
    TimerFired,
    ToolFinished,
    TranscriptUpdated,
)
from engine.core.timers import settled
from tests.support.any_flows import FLOWS
from tests.support.world import SECRET, World

VALUES = st.sampled_from(
    ["2026-12-03", "2026-12-04", "tomorrow", "3 PM", "15:00", "19:00", "cleaning", "filling", "Maria Lopez", "Tom",
     "202 555 0123", "202 555 0199", "banana", "", None, 4, True, [SECRET], {"a": SECRET}],
)  # fmt: skip
GOOD = {
    "day": ["2026-12-03", "2026-12-04"], "time": ["15:00", "3 PM", "16:00"], "service": ["cleaning"],
    "name": ["Maria Lopez"], "phone": ["202 555 0123"], "sure": ["yes", "no"],
}  # fmt: skip
WORDS = st.sampled_from(
    ["yes", "no", "tomorrow at three", "mhm", "hello?", "bye", "(unintelligible audio)", ""]
)
SELDOM = st.integers(0, 3).map(lambda number: number == 3)


class AnyCall(RuleBasedStateMachine):
    """One call, with a World around it that checks every step."""

    @initialize(
        flow=st.sampled_from(sorted(FLOWS)), number=st.sampled_from(["+12025550123", "anonymous", None])
    )
    def opened(self, flow: str, number: str | None) -> None:
        self.world = World(FLOWS[flow])
        self.world.happen(Opened)
        if number is not None:
            known = {
                "from_number": number,
                "variables": {"language": "es" if number == "anonymous" else "en"},
            }
            self.world.happen(lambda when: Details(when, known))

    @precondition(lambda self: self.world.connected)
    @rule(words=WORDS, heard=st.integers(0, 30))
    def caller_speaks(self, words: str, heard: int) -> None:
        self.world.hear(heard)
        self.world.utter(words)
        self.world.ask()

    @precondition(lambda self: self.world.connected)
    @rule(words=WORDS, floor=st.sampled_from([Speaker.CALLER, Speaker.AGENT, None]))
    def caller_begins(self, words: str, floor: Speaker | None) -> None:
        self.world.utter(words)
        delta = Delta(0, tuple(self.world.transcript))
        self.world.happen(lambda when: TranscriptUpdated(when, delta, floor))

    @precondition(lambda self: self.world.connected)
    @rule(seldom=SELDOM)
    def caller_says_nothing(self, seldom: bool) -> None:
        if not seldom:
            return
        self.world.hear(100)
        self.world.ask(reminder=True)

    @precondition(lambda self: self.world.connected)
    @rule(back=st.integers(0, 3))
    def platform_repeats_itself(self, back: int) -> None:
        self.world.ask_for(self.world.asked - back)

    @precondition(lambda self: self.world.model is not None)
    @rule(text=st.sampled_from(["Certainly. ", "Which day?", ""]), named=st.booleans())
    def model_writes(self, text: str, named: bool) -> None:
        ask = self.world.model.ask  # type: ignore[union-attr]
        functions = [f.name for f in self.world.model.request.functions if f.message]  # type: ignore[union-attr]
        function = functions[0] if named and functions else None
        self.world.happen(lambda when: ModelText(when, ask, text, function))

    @precondition(lambda self: self.world.connected)
    @rule(words=WORDS, data=st.data())
    def turn_goes_well(self, words: str, data: st.DataObject) -> None:
        """Without such turns no random call would ever come to a booking."""
        self.world.hear(100)
        self.world.utter(words)
        self.world.ask()
        self.model_helps(data)

    @precondition(lambda self: self.world.model is not None)
    @rule(data=st.data())
    def model_helps(self, data: st.DataObject) -> None:
        asked = self.world.model
        if asked is None or not asked.request.functions:
            return
        everywhere = self.world.flow.always.keys()
        wanted = [f for f in asked.request.functions if f.name not in everywhere]
        function = data.draw(st.sampled_from(wanted or asked.request.functions))
        arguments: dict[str, object] = {
            slot: data.draw(st.sampled_from(GOOD[slot])) for slot in function.slots
        }
        arguments |= {parameter.name: 4 for parameter in function.parameters}
        if function.message:
            self.world.happen(lambda when: ModelText(when, asked.ask, "Okay. ", function.name))
        call = FunctionCall(function.name, json.dumps(arguments), spoke=bool(function.message))
        self.world.model = None
        self.world.happen(lambda when: ModelFinished(when, asked.ask, (call,)))

    @precondition(lambda self: any(settled(timer) for timer in self.world.timers))
    @rule()
    def second_thoughts_do_not_come(self) -> None:
        self.world.fire(min(timer for timer in self.world.timers if settled(timer)))

    @precondition(lambda self: self.world.model is not None)
    @rule(data=st.data())
    def model_finishes(self, data: st.DataObject) -> None:
        asked = self.world.model
        assert asked is not None
        offered = [f.name for f in asked.request.functions]
        anything = st.sampled_from(
            sorted({*self.world.flow.tools, *self.world.flow.always, "update_details", "x"})
        )
        names = st.one_of(st.sampled_from(offered), anything) if offered else anything
        slots = st.dictionaries(
            st.sampled_from([*self.world.flow.slots, "message", "party", "stray"]), VALUES
        )
        arguments = st.one_of(
            slots.map(_written), slots.map(_written), st.sampled_from(["", "{", "[]", SECRET])
        )
        calls = data.draw(st.lists(st.builds(FunctionCall, names, arguments, st.booleans()), max_size=2))
        self.world.model = None
        self.world.happen(lambda when: ModelFinished(when, asked.ask, tuple(calls)))

    @precondition(lambda self: self.world.model is not None)
    @rule()
    def model_fails(self) -> None:
        ask = self.world.model.ask  # type: ignore[union-attr]
        self.world.model = None
        self.world.happen(lambda when: ModelFailed(when, ask, SECRET))

    @rule(ask=st.integers(-1, 30))
    def model_is_late(self, ask: int) -> None:
        if self.world.model is None or self.world.model.ask != ask:
            self.world.happen(lambda when: ModelText(when, ask, SECRET))
            self.world.happen(lambda when: ModelFinished(when, ask, (FunctionCall("bye", "{}"),)))

    @precondition(lambda self: self.world.running)
    @rule(data=st.data())
    def tool_ends(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(list(self.world.running.values())))
        outcomes = [*self.world.flow.tools[run.tool].all_outcomes, "perhaps"]
        outcome = data.draw(st.sampled_from(outcomes))
        desk = data.draw(st.sampled_from(["sales", "service", SECRET, None]))
        if outcome != "unknown":
            del self.world.running[run.id]
        self.world.happen(
            lambda when: ToolFinished(when, run.id, outcome, {"note": SECRET, "desk": desk}, None)
        )

    @precondition(lambda self: self.world.connected)
    @rule(key=st.sampled_from("02359#"))
    def caller_presses(self, key: str) -> None:
        self.world.hear(2)
        self.world.happen(lambda when: KeyPressed(when, key))

    @rule(number=st.integers(0, 5))
    def tool_ends_twice(self, number: int) -> None:
        ended = [id_ for id_ in self.world.call.line.entries if id_ not in self.world.running]
        id_ = ended[number] if number < len(ended) else "tool_0_0"
        entry = self.world.call.line.entries.get(id_)
        if entry is None or not entry.running:
            self.world.happen(lambda when: ToolFinished(when, id_, "booked", {"note": SECRET}))

    @precondition(lambda self: self.world.timers)
    @rule(data=st.data())
    def time_passes(self, data: st.DataObject) -> None:
        self.world.fire(data.draw(st.sampled_from(sorted(self.world.timers))))

    @rule(
        name=st.sampled_from(
            ["total", "quiet", "withheld", "news", "details", "settle:tool_1_1", "close", "x"]
        ),
        number=st.integers(0, 50),
    )
    def timer_is_stale(self, name: str, number: int) -> None:
        if self.world.timers.get(name) != number:
            self.world.happen(lambda when: TimerFired(when, name, number))

    @precondition(lambda self: self.world.connected)
    @rule(seldom=SELDOM)
    def connection_is_lost(self, seldom: bool) -> None:
        if not seldom:
            return
        self.world.connected, self.world.open = False, None
        self.world.happen(Disconnected)

    @precondition(lambda self: not self.world.connected)
    @rule(anew=st.booleans())
    def platform_reconnects(self, anew: bool) -> None:
        self.world.reconnect(anew=anew)

    @rule(seldom=SELDOM, wordless=st.booleans())
    def process_dies(self, seldom: bool, wordless: bool) -> None:
        if seldom:
            self.world.restart(wordless=wordless)

    @rule(number=st.sampled_from(["+12025550123", "", None]))
    def details_come(self, number: str | None) -> None:
        self.world.happen(lambda when: Details(when, {"from_number": number}))

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.replay()


def _written(arguments: Mapping[str, object]) -> str:
    return json.dumps(arguments)


TestAnyCall = AnyCall.TestCase
TestAnyCall.settings = settings(
    max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
