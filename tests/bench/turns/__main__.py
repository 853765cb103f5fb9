"""What a turn costs, and what keeping calls adds to it, as tables: `python -m tests.bench.turns`.

Every server is measured in three rounds, one after the other in each round, so that what else goes on on the
machine meets all of them; the table tells the medians.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from statistics import median, quantiles
from typing import Any

from tests.bench.turns import takeover
from tests.bench.turns.servers import no_postgresql, provider, server

ROUNDS = 3
COLUMNS = ("CPU ms/turn", "x limit", "paced ms/turn", "first p50", "p95", "p99", "idle call kB")


def seen(name: str, model: Mapping[str, str]) -> dict[str, Any]:
    """Measure one server, once."""
    with server(name, model) as running:
        load = [sys.executable, "-m", "tests.bench.turns.load", running.url, str(running.process.pid)]
        done = subprocess.run(load, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def row(rounds: list[dict[str, Any]], limits: list[dict[str, Any]]) -> list[str]:
    """Return the medians of a server's rounds; it is compared with the limit round by round."""
    ratio = median(own["turn_ms"] / limit["turn_ms"] for own, limit in zip(rounds, limits, strict=True))
    cuts = [quantiles(own["firsts"], n=100) for own in rounds]
    return [
        f"{median(own['turn_ms'] for own in rounds):.2f}",
        f"{ratio:.2f}",
        f"{median(own['paced_ms'] for own in rounds):.2f}",
        *(f"{median(cut[percent - 1] for cut in cuts):.1f}" for percent in (50, 95, 99)),
        f"{median(own['idle_kb'] for own in rounds):.0f}",
    ]


def main() -> None:
    """Measure, and print."""
    lacking = no_postgresql()
    databases = ["SQLite"] if lacking else ["SQLite", "PostgreSQL"]
    names = ["limit", "off", *databases]
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    with provider() as model:
        for _ in range(ROUNDS):
            for name in names:
                found[name].append(seen(name, model))
        table("persistence", COLUMNS, {name: row(found[name], found["limit"]) for name in names})
        table("take-over", takeover.COLUMNS, {name: takeover.row(name, model) for name in databases})
    if lacking:
        print(f"PostgreSQL is left out: {lacking}.")


def table(first: str, columns: tuple[str, ...], rows: Mapping[str, list[str]]) -> None:
    """Print a table; times are in ms."""
    print(f"| {first} | {' | '.join(columns)} |\n| --- |{' ---: |' * len(columns)}")
    for name, cells in rows.items():
        print(f"| {name} | {' | '.join(cells)} |")
    print(flush=True)


if __name__ == "__main__":
    main()
