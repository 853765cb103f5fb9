"""What a call needs of the world around it."""

from dataclasses import dataclass, field

from engine.actor.pulse import Pulse
from engine.clock import Clock, Later, SystemClock, on_loop
from engine.llm.model import Answers
from engine.store.port import Store
from engine.tools.means import Means


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside, behind its interface."""

    model: Answers
    store: Store
    means: Means = field(default_factory=Means)
    clock: Clock = field(default_factory=SystemClock)
    later: Later = on_loop
    pulse: Pulse = field(default_factory=lambda: Pulse(SystemClock().mono_ms))
