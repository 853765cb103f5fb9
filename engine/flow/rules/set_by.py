"""Whether each slot can come by its value, and only from whom the flow says."""

from collections.abc import Iterator

from engine.flow.language.schema import FlowPart
from engine.flow.rules.findings import Finding
from engine.flow.rules.names import Names


def unsettable(flow: FlowPart, names: Names) -> Iterator[Finding]:
    """Yield what is wrong with who sets which slot, and with what follows when one changes."""
    by_tool = {name for name, slot in flow.slots.items() if slot.set_by == "tool"}
    set_by_flow = {name for tool in flow.tools.values() for name in tool.sets}
    set_by_flow |= {
        name for state in flow.states.values() for _, _, way in state.each_way() for name in way.set
    }
    set_by_flow |= {name for _, _, way in flow.always.each_way() for name in way.set}
    for name in sorted(by_tool - set_by_flow):
        rests = (("tools",), ("states",), ("always",), ("slots", name))
        what = f"only tools set `{name}`, and none does"
        mend = f"add `sets: {{{name}: PATH}}` to a tool, or let the caller tell it"
        yield Finding(("slots", name, "set_by"), what, mend, True, rests_on=rests)
    for state_name, state in flow.states.items():
        told = (("collect", state.collect), ("also", state.also))
        for key, index, name in ((key, i, name) for key, names in told for i, name in enumerate(names)):
            if name in by_tool:
                where = ("states", state_name, key, index)
                what = f"no caller can tell `{name}`: it is set by a tool"
                yield Finding(where, what, "remove it here, or remove `set_by: tool`")
        for index, name in enumerate(state.also):
            if name in state.collect:
                what = f"`{name}` is collected here in any case"
                yield Finding(("states", state_name, "also", index), what, "remove it from one of the two")
    for name, slot in flow.slots.items():
        if slot.on_change is not None and name in slot.on_change.clear:
            at = ("slots", name, "on_change", "clear", slot.on_change.clear.index(name))
            yield Finding(at, f"`{name}` would be cleared by what it is set to", "remove it here")
        if slot.set_by == "tool" and slot.ask is not None:
            what = f"nobody asks for `{name}`: it is set by a tool"
            yield Finding(("slots", name, "ask"), what, "remove it", True)
    for name in flow.always.tools:
        if name in flow.tools and flow.tools[name].writes:
            what = f"{name} writes, and would be offered everywhere"
            yield Finding(("always", "tools", name), what, "offer it in the state that reads back", True)
