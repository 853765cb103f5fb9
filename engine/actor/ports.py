"""What a call needs of the world around it."""

from dataclasses import dataclass, field

from engine.actor.timers import Later, on_loop
from engine.clock import Clock, SystemClock
from engine.llm.model import Model
from engine.store.port import Store
from engine.tools.means import Means


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside, behind its interface."""

    model: Model
    store: Store
    means: Means = field(default_factory=Means)
    clock: Clock = field(default_factory=SystemClock)
    later: Later = on_loop
