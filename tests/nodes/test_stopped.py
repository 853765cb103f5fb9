"""A node stands still for five seconds, and others take its calls over: when it moves again, it does no harm."""

import asyncio
import json
import time
from collections import Counter

from tests.nodes.caller import Caller, heard_from
from tests.nodes.calls import all_over, rows
from tests.nodes.conftest import StartNodes
from tests.nodes.flows import BOOKED, POLICIES, UNKNOWN
from tests.nodes.meeting import Meeting
from tests.nodes.node import until
from tests.nodes.office import Office

STANDS_STILL_S = 5.0
"""How long Retell waits for the answer to a keepalive, before it connects again."""
TIMEOUT = "2s"
"""How long a booking may take: who hangs is not waited for longer."""
MOMENTS = ("asked", "read back", "agreed", "sent")
"""At `read back` the caller agrees, and the node stands still before it can know."""


def forgotten(log: str, call_id: str) -> bool:
    """Whether a node has learnt that another one has a call, and has let go of it."""
    events = [json.loads(line) for line in log.splitlines() if f'"{call_id}"' in line]
    names = [event["event"] for event in events]
    return "call.superseded" in names and "call.ended" in names


def test_a_node_that_stood_still_does_no_harm(
    start: StartNodes, booking: Office, postgresql_url: str
) -> None:
    """Nothing that it writes counts, it speaks to nobody, and it forgets the calls that others have."""
    nodes = start(timeout=TIMEOUT)
    held = [(moment, policy) for moment in MOMENTS for policy in POLICIES]
    moments = {f"call_{i}": moment for i, (moment, _) in enumerate(held)}
    sent = {id_ for id_, moment in moments.items() if moment == "sent"}
    meeting = Meeting(moments, booking)

    async def happen() -> list[Caller]:
        callers = [Caller(f"call_{i}", policy, nodes, meeting.at) for i, (_, policy) in enumerate(held)]
        calls = [asyncio.create_task(caller.call(nodes[0])) for caller in callers]
        await meeting.complete(callers, calls)
        nodes[0].stop()
        stopped_at = time.monotonic()
        meeting.over.set()
        for caller in callers:
            if moments[caller.id] == "read back":
                await caller.says("yes")
            caller.leave()
            if moments[caller.id] in {"asked", "read back"}:
                assert caller.socket is not None
                caller.socket.transport.abort()
        await asyncio.gather(*calls)
        await asyncio.sleep(max(0, stopped_at + STANDS_STILL_S - time.monotonic()))
        before = all_over(postgresql_url, len(held))
        booking.door.set()
        nodes[0].go_on()
        listened = [caller for caller in callers if moments[caller.id] in {"agreed", "sent"}]
        last = await asyncio.gather(*(heard_from(caller.left[0]) for caller in listened))
        assert last == [([], 1001)] * len(listened)
        knows = [id_ for id_, moment in moments.items() if moment != "asked"]
        until(lambda: all(forgotten(nodes[0].log, id_) for id_ in knows), why=nodes[0].log[-4000:])
        assert rows(postgresql_url) == before
        nodes[0].open = True
        assert BOOKED in await Caller("afterwards", "never", nodes).call(nodes[0])
        return callers

    callers = asyncio.run(happen())
    told = {caller.id: caller.told for caller in callers}
    assert {id_ for id_, words in told.items() if UNKNOWN in words} == sent  # it hung, and was not waited for
    assert {id_ for id_, words in told.items() if BOOKED in words} == told.keys() - sent
    assert booking.booked == booking.asked == Counter([*moments, "afterwards"])
