"""Measures how long callers wait when their node is killed: `python -m tests.nodes CALLS`.

From dialling another node to its first word, for callers who were just waiting for an answer. It needs what the
tests need: TURNSTILE_TEST_DATABASE, or the programs of a PostgreSQL server.
"""

import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

from tests.nodes import flows, office
from tests.nodes.caller import Caller
from tests.nodes.flows import POLICIES
from tests.nodes.meeting import Meeting
from tests.nodes.node import Nodes, started
from tests.nodes.office import Office
from tests.support import postgresql


async def taken_over(nodes: Nodes, booking: Office, calls: int) -> list[float]:
    """Kill a node whose callers have all just spoken; return how long each waited, in seconds."""
    moments = {f"call_{i}": "has answered asked" for i in range(calls)}
    meeting = Meeting(moments, booking)
    callers = [Caller(id_, POLICIES[i % 3], nodes, meeting.at) for i, id_ in enumerate(moments)]
    talking = [asyncio.create_task(caller.call(nodes[0])) for caller in callers]
    await meeting.complete(callers, talking)
    nodes[0].kill()
    meeting.over.set()
    await asyncio.gather(*talking)
    return sorted(seconds for caller in callers for seconds in caller.first_words)


def main(calls: int) -> None:
    """Measure, and print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgresql.server() as database,
        postgresql.schema(database) as url,
        office.opened() as booking,
    ):
        path = Path(folder)
        files = [*flows.written(path, "30s", "1s")]
        environment = {"OFFICE_URL": booking.url, "NO_PROXY": "127.0.0.1"}
        with started([url] * 3, files, path, environment) as nodes:
            waits = asyncio.run(taken_over(nodes, booking, calls))
    print(
        f"take-over to first word: median {statistics.median(waits) * 1000:.0f} ms, "
        f"longest {waits[-1] * 1000:.0f} ms, {len(waits)} calls at once"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
