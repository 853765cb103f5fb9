"""`turnstile show`: one call as a dialogue, with its states, its tools and how long everything took."""

import argparse
from collections.abc import Iterator

from engine.cli.calls import moment, took
from engine.cli.dialogue import dialogue
from engine.cli.lines import timed
from engine.cli.stored import the_one
from engine.settings import from_environment
from engine.store.records import Record, records


def run(options: argparse.Namespace) -> int:
    """Print the call: it needs no flow."""
    with records(from_environment()) as written:
        call = the_one(options.call, written)
        if written is None:  # then there was none to be found
            return 1
        journal = written.journal(call.id)
        parts = dialogue(journal, written.writes(call.id), written.snapshot(call.id))
    began = min([call.began_at, *(part.at for part in parts)])
    print("\n".join(_head(call, began)))
    for part in parts:
        print(timed(part.at - began, part.who, part.text))
    if not journal:
        print("Nothing of what was said was written down.")
    return 0


def _head(call: Record, began: float) -> Iterator[str]:
    yield f"{call.id}  {call.flow} {call.version}"
    yield f"began {moment(began)}, {call.standing.value}, {took(call)}, in `{call.state}`"
    yield ""
