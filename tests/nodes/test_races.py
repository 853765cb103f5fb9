"""Calls with a booking under way are connected with three nodes at once: whoever has them, it books once."""

import asyncio
from collections import Counter
from copy import deepcopy
from datetime import timedelta

from tests.nodes.caller import Caller, heard_from
from tests.nodes.calls import all_over, rows
from tests.nodes.conftest import StartNodes
from tests.nodes.flows import BOOKED, POLICIES, UNKNOWN
from tests.nodes.meeting import Meeting, eventually
from tests.nodes.node import Nodes
from tests.nodes.office import Office
from tests.support.held import now

CALLS = 20
SUPERSEDED = 1001


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
    await eventually(lambda: all(len(caller.left) == 3 and caller.taken >= 2 for caller in callers))
    booking.door.set()
    await asyncio.gather(*calls)
    if sender_lives:
        ends = await asyncio.gather(*(heard_from(caller.left[0]) for caller in callers))
        assert [(spoken, code) for spoken, code in ends if BOOKED in str(spoken) or code != SUPERSEDED] == []
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
    assert [c.story for c in [*lives, *gone] if c.greeted != 1] == []


def test_what_a_caller_takes_back_elsewhere_is_not_sent_by_the_node_before(
    start: StartNodes, booking: Office, postgresql_url: str
) -> None:
    """It knows nothing of their second thoughts, and its own write is due: but it has lost the call.

    One that was at rest finds out when it is spoken to through the old connection.
    """
    nodes = start(2, settle="4s")  # shorter than it may be quiet: nothing else tells it
    meeting = Meeting({f"call_{policy}": "agreed" for policy in POLICIES} | {"at_rest": "read back"}, booking)

    async def happen() -> list[Caller]:
        callers = [Caller(f"call_{policy}", policy, nodes, meeting.at) for policy in POLICIES]
        callers.append(Caller("at_rest", "never", nodes, meeting.at))
        calls = [asyncio.create_task(caller.call(nodes[0])) for caller in callers]
        await meeting.complete(callers, calls)
        nodes[0].open = False
        as_it_was = deepcopy(callers[-1].platform)
        meeting.over.set()
        for caller in callers:
            caller.second_thoughts = "No, the day after tomorrow" if caller.id != "at_rest" else ""
            caller.leave()
        await asyncio.gather(*calls)
        before = all_over(postgresql_url, len(callers))
        await callers[-1].left[0].send(as_it_was.reminder())
        ends = await asyncio.gather(*(heard_from(caller.left[0]) for caller in callers))
        assert [code for _, code in ends] == [SUPERSEDED] * len(callers)
        assert [spoken for spoken, _ in ends if BOOKED in str(spoken)] == []
        assert rows(postgresql_url) == before
        return callers

    callers = asyncio.run(happen())
    assert [caller.story for caller in callers if not caller.told.endswith(BOOKED)] == []
    tomorrow, day_after = ((now().date() + timedelta(days)).isoformat() for days in (1, 2))
    assert booking.days == {("at_rest", tomorrow), *((caller.id, day_after) for caller in callers[:-1])}
    assert booking.booked == Counter(caller.id for caller in callers)
