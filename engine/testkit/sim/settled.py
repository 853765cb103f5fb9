"""What a server has settled with the platform in a call: how patient it is, and which tools were called."""

from dataclasses import dataclass, field

from engine.testkit.sim.frames import Frame
from engine.testkit.sim.turn import Habits, ToolCall


@dataclass(slots=True)
class Settled:
    """Begins with what the platform does when nothing is said about it."""

    habits: Habits
    reminder_ms: int = 0
    reminders: int = 0
    tools: dict[str, ToolCall] = field(default_factory=dict)
    """Tool calls that were reported, by their id."""

    def __post_init__(self) -> None:
        self.reminder_ms, self.reminders = self.habits.reminder_ms, self.habits.reminders

    def update_agent(self, frame: Frame) -> None:
        """Take other settings of the agent; those that are not named stay."""
        agent = frame["agent_config"]
        if isinstance(agent, dict):
            self.reminder_ms = int(agent.get("reminder_trigger_ms") or self.reminder_ms)
            count = agent.get("reminder_max_count")
            self.reminders = self.reminders if count is None else int(count)

    def invoked(self, frame: Frame, now: int) -> None:
        """Note that a tool was called."""
        id_ = str(frame["tool_call_id"])
        self.tools[id_] = ToolCall(str(frame["name"]), str(frame["arguments"]), now)

    def ended(self, frame: Frame) -> bool:
        """Note how a tool call ended; say whether there was one."""
        call = self.tools.get(str(frame["tool_call_id"]))
        if call is None:
            return False
        call.result = str(frame["content"])
        successful = frame.get("successful")
        call.successful = successful if isinstance(successful, bool) else None
        return True
