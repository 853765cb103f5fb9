"""A node is killed while it holds calls at every moment of a booking: the calls go on at the other two."""

import asyncio
import statistics
from collections import Counter

from tests.nodes.caller import Caller
from tests.nodes.conftest import StartNodes
from tests.nodes.flows import BOOKED, POLICIES, UNKNOWN
from tests.nodes.meeting import Meeting
from tests.nodes.office import Office

MOMENTS = ("greeted", "asked", "read back", "agreed", "sent", "done", "told")


def test_a_node_is_killed_in_every_phase_of_fifty_bookings(start: StartNodes, booking: Office) -> None:
    """Every call goes on. What was agreed to is booked once, unless nobody can tell: then that is told."""
    nodes = start()
    held = [f"{moment} {policy}" for moment in MOMENTS for policy in POLICIES]
    moments = {f"call_{i}": name.rpartition(" ")[0] for i, name in enumerate(held)}
    policies = {f"call_{i}": name.rpartition(" ")[2] for i, name in enumerate(held)}
    meeting = Meeting(moments, booking)

    async def happen() -> list[Caller]:
        on_the_first = [Caller(id_, policies[id_], nodes, meeting.at) for id_ in moments]
        others = [
            Caller(f"other_{i}", POLICIES[i % 3], nodes, meeting.at) for i in range(50 - len(on_the_first))
        ]
        calls = [asyncio.create_task(caller.call(nodes[0])) for caller in on_the_first]
        calls += [asyncio.create_task(caller.call(nodes[1 + i % 2])) for i, caller in enumerate(others)]

        await meeting.complete(on_the_first, calls)
        nodes[0].kill()
        meeting.over.set()
        await asyncio.gather(*calls)
        return [*on_the_first, *others]

    callers = asyncio.run(happen())
    told = {caller.id: caller.told for caller in callers}
    in_doubt = {id_ for id_ in moments if moments[id_] in {"sent", "done"} and policies[id_] == "never"}
    assert {id_ for id_, words in told.items() if UNKNOWN in words} == in_doubt
    assert {id_ for id_, words in told.items() if BOOKED in words} == told.keys() - in_doubt
    assert [caller.story for caller in callers if caller.greeted != 1] == []
    nothing = {id_ for id_ in in_doubt if moments[id_] == "sent"}
    assert booking.booked == Counter(told.keys() - nothing)
    again = {id_ for id_ in moments if moments[id_] == "sent"} | {
        id_ for id_ in moments if moments[id_] == "done" and policies[id_] == "repeat"
    }
    assert {id_ for id_, count in booking.asked.items() if count > 1} == again - in_doubt
    assert max(booking.asked.values()) == 2
    assert all(caller.reconnects == 1 for caller in callers if caller.id in moments)
    first_words = [seconds for caller in callers for seconds in caller.first_words]
    print(
        f"from dialling to the first word after a take-over: median {statistics.median(first_words) * 1000:.0f} ms of {len(first_words)}"
    )
