"""PostgreSQL is away for ten seconds: calls go on, nobody hears silence, and afterwards nothing is lost.

It is away in two ways at once, for a node each: one finds its connections cut and new ones refused, for the
other they stay and nothing comes through. A third node takes calls over at the end.
"""

import asyncio
import json
import time
from collections import Counter
from contextlib import ExitStack

import psycopg

from tests.nodes.caller import Caller
from tests.nodes.conftest import StartNodes
from tests.nodes.flows import BOOKED, FAILED
from tests.nodes.meeting import Meeting, eventually
from tests.nodes.node import Node
from tests.nodes.office import Office
from tests.nodes.proxy import Trouble, between

AWAY_S = 10.0
LONGEST_SILENCE_S = 4.0
"""A database that hangs is waited for a second at the first word; under a claim, which may take three, a filler
has been said. The rest is for a machine that is busy."""
WAYS: tuple[Trouble, ...] = ("cut", "hangs")


def written(database: str) -> dict[str, tuple[str, bool]]:
    """Return the state in which each call is written down, and whether it knows the day by then."""
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "select id, state, snapshot from calls where snapshot is not null"
        ).fetchall()
    return {id_: (state, "day" in json.loads(snapshot)["talk"]["slots"]) for id_, state, snapshot in rows}


def bookings_done(database: str) -> set[str]:
    """Return the calls whose booking stands in the ledger with its end."""
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "select call_id from tool_calls where state = 'done' and happened"
        ).fetchall()
    return {id_ for (id_,) in rows}


def test_calls_go_on_while_the_database_is_away(
    start: StartNodes, booking: Office, postgresql_url: str
) -> None:
    """In memory, with all that reads; a booking that can not be claimed is not sent, and the caller is told."""
    with ExitStack() as stack:
        ways = [stack.enter_context(between(postgresql_url)) for _ in WAYS]
        nodes = start(3, *(url for _, url in ways), postgresql_url)

        async def line(way: Trouble, node: Node) -> list[Caller]:
            proxy = ways[WAYS.index(way)][0]
            moments = {f"{way}_talks": "asked", f"{way}_agrees": "read back", f"{way}_sent": "sent"}
            before = Meeting(moments, booking)
            after = Meeting({f"{way}_talks": "read back", f"{way}_new": "read back"}, booking)
            killed = Meeting({f"{way}_kept": "read back"}, booking)

            async def at(caller: Caller, moment: str) -> None:
                for meeting in (before, after, killed):
                    await meeting.at(caller, moment)

            def called(name: str, policy: str = "never") -> tuple[Caller, "asyncio.Task[str]"]:
                caller = Caller(f"{way}_{name}", policy, nodes, at)
                return caller, asyncio.create_task(caller.call(node))

            talks, agrees, sent = called("talks"), called("agrees", "repeat"), called("sent")
            await before.complete([talks[0], agrees[0], sent[0]], [talks[1], agrees[1], sent[1]])

            proxy.go_away(way)
            back_at = time.monotonic() + AWAY_S
            before.over.set()
            booking.door.set()
            new, kept = called("new"), called("kept", "lookup")
            assert (await agrees[1]).endswith(FAILED), agrees[0].story
            assert (await sent[1]).endswith(BOOKED), sent[0].story
            await after.complete([talks[0], new[0]], [talks[1], new[1]])
            await killed.complete([kept[0]], [kept[1]])
            assert time.monotonic() < back_at, "all of this has happened while the database was away"
            await asyncio.sleep(back_at - time.monotonic())

            proxy.come_back()
            waiting = {f"{way}_{name}" for name in ("talks", "new", "kept")}
            await eventually(
                lambda: all(written(postgresql_url).get(id_) == ("confirm", True) for id_ in waiting),
                lambda: str(written(postgresql_url)),
            )
            await eventually(lambda: f"{way}_sent" in bookings_done(postgresql_url))
            after.over.set()
            assert (await talks[1]).endswith(BOOKED), talks[0].story
            assert (await new[1]).endswith(BOOKED), new[0].story
            node.kill()
            killed.over.set()
            assert (await kept[1]).endswith(BOOKED), kept[0].story
            return [talks[0], agrees[0], sent[0], new[0], kept[0]]

        async def happen() -> list[Caller]:
            lines = await asyncio.gather(
                *(line(way, node) for way, node in zip(WAYS, nodes.all, strict=False))
            )
            return [caller for callers in lines for caller in callers]

        callers = asyncio.run(happen())
    assert [caller.story for caller in callers if caller.greeted != 1] == []
    assert [caller.story for caller in callers if "can't see" in caller.story] == []
    assert booking.booked == booking.asked == Counter(c.id for c in callers if not c.id.endswith("_agrees"))
    silences = {caller.id: round(max(caller.silences), 2) for caller in callers}
    print(f"longest silences, in seconds: {silences}")
    assert max(silences.values()) < LONGEST_SILENCE_S
