"""`turnstile prune`: what was written down of calls that are long over goes."""

import argparse
import time

from engine.cli.calls import moment
from engine.settings import from_environment
from engine.store.prune import Pruned, prune
from engine.store.records import records


def run(options: argparse.Namespace) -> int:
    """Delete it, or only say what would go, and print how much that was."""
    before = time.time() - options.older_than.total_seconds()
    with records(from_environment(), to_change=not options.dry_run) as written:
        gone = prune(written, before, dry=options.dry_run) if written is not None else Pruned()
    would = "would be deleted" if options.dry_run else "deleted"
    parts = (_many(gone.calls, "call"), _many(gone.events, "event"), _many(gone.writes, "write"))
    print(f"{parts[0]} of before {moment(before)} {would}, with {parts[1]} and {parts[2]}")
    return 0


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
