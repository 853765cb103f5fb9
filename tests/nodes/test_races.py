"""Calls with a booking under way are connected with three nodes at once: whoever has them, it books once."""

import asyncio
from collections import Counter

from tests.nodes.caller import Caller
from tests.nodes.conftest import StartNodes
from tests.nodes.flows import BOOKED, GREETING, POLICIES, UNKNOWN
from tests.nodes.meeting import Meeting, eventually
from tests.nodes.node import Nodes
from tests.nodes.office import Office

CALLS = 20


async def raced(nodes: Nodes, booking: Office, kind: str, *, sender_lives: bool) -> list[Caller]:
    """Hold calls with the first node; in the middle of the booking, the three others race for each of them."""
    booking.door.clear()
    ids = [f"{kind}_{i}" for i in range(CALLS)]
    meeting = Meeting(dict.fromkeys(ids, "sent"), booking)
    callers = [Caller(id_, POLICIES[i % 3], nodes, meeting.at) for i, id_ in enumerate(ids)]
    nodes[0].open = True
    calls = [asyncio.create_task(caller.call(nodes[0])) for caller in callers]
    await meeting.complete(callers, calls)
    nodes[0].open = False
    for caller in callers:
        caller.races = True
        caller.leave()
    if not sender_lives:
        nodes[0].kill()
    await eventually(lambda: all(len(caller.left) == 3 for caller in callers))
    booking.door.set()
    await asyncio.gather(*calls)
    await asyncio.gather(*(socket.close() for caller in callers for socket in caller.left))
    return callers


def test_twenty_bookings_under_way_are_taken_over_by_three_nodes_at_once(
    start: StartNodes, booking: Office
) -> None:
    """While who sent them lives, they are waited for; once it is gone, one node asks after each of them."""
    nodes = start(4)

    async def happen() -> tuple[list[Caller], list[Caller]]:
        return (
            await raced(nodes, booking, "lives", sender_lives=True),
            await raced(nodes, booking, "gone", sender_lives=False),
        )

    lives, gone = asyncio.run(happen())
    sent_again = [caller for caller in gone if caller.policy != "never"]
    in_doubt = [caller for caller in gone if caller.policy == "never"]
    assert booking.booked == Counter(caller.id for caller in [*lives, *sent_again])
    assert booking.asked == booking.booked + Counter(caller.id for caller in gone)
    assert [c.story for c in [*lives, *sent_again] if not c.told.endswith(BOOKED)] == []
    assert [c.story for c in in_doubt if not c.told.endswith(UNKNOWN)] == []
    assert [c.story for c in [*lives, *gone] if c.story.count(GREETING) != 1] == []
