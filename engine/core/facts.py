"""What the guards of a flow may go by, taken from a call."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.core.call import Call
from engine.core.entry import CANCELLED
from engine.core.guards import Facts


def facts(call: Call, given: Mapping[str, str] = MappingProxyType({})) -> Facts:
    """Return the facts of a call as it stands, once `given` values of slots were set."""
    talk = call.talk
    ended = (e for e in call.line.entries.values() if e.outcome is not None and e.outcome != CANCELLED)
    return Facts(
        slots={**talk.slots, **given},
        outcomes={entry.tool: entry.outcome or "" for entry in ended},
        details=call.line.details or {},
        visits=talk.visited.get(talk.state, 0),
        misses=talk.misses,
    )
