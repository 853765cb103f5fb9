"""What is to be seen of a flow, before it is drawn."""

from collections.abc import Iterator

from engine.core.flow import Flow
from engine.flow.draw.arrows import arrows_from, arrows_from_everywhere
from engine.flow.draw.boxes import box_of, staying
from engine.flow.draw.outcomes import tool_in_words
from engine.flow.draw.parts import Picture


def picture_of(flow: Flow) -> Picture:
    """Return what is to be seen of a flow. What `always` adds is there once, not in each state."""
    everywhere = tuple(_everywhere(flow))
    return Picture(
        title=f"{flow.name}, version {flow.version}",
        initial=flow.initial,
        boxes=tuple(box_of(flow, state) for state in flow.states.values()),
        arrows=(
            *(arrow for state in flow.states.values() for arrow in arrows_from(flow, state)),
            *arrows_from_everywhere(flow),
        ),
        everywhere=everywhere if everywhere or flow.always else None,
        tools=tuple((tool.name, tool_in_words(tool)) for tool in flow.tools.values()),
    )


def _everywhere(flow: Flow) -> Iterator[str]:
    """Yield what every state has that leads nowhere else."""
    busy = {state.name for state in flow.states.values() if state.run is not None or state.action is not None}
    for tool, excepted in flow.tools_everywhere.items():
        without = [name for name in flow.states if name in excepted - busy]
        yield f"may use {tool}" + (f", not in {', '.join(without)}" if without else "")
    yield from staying((rule.transition for rule in flow.always.values()), {}, lambda _: "")
