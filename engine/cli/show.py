"""`turnstile show`: one call as a dialogue, with its states, its tools and how long everything took."""

import argparse
from collections.abc import Iterator

from engine.cli.calls import moment, took
from engine.cli.dialogue import Part, dialogue
from engine.errors import SettingsError
from engine.settings import from_environment
from engine.store.records import Record, Records, records

MOST_NAMED = 5


def run(options: argparse.Namespace) -> int:
    """Print the call: it needs no flow."""
    with records(from_environment()) as written:
        call = _the_one(options.call, written)
        if written is None:  # then there was none to be found
            return 1
        journal = written.journal(call.id)
        parts = dialogue(journal, written.writes(call.id), written.snapshot(call.id))
    began = min([call.began_at, *(part.at for part in parts)])
    print("\n".join(_head(call, began)))
    for part in parts:
        print(_line(part, began))
    if not journal:
        print("Nothing of what was said was written down.")
    return 0


def _the_one(prefix: str, written: Records | None) -> Record:
    """Return the call that is meant. Raises SettingsError when there is none, or several are."""
    found = written.named(prefix) if written is not None else []
    if not found:
        raise SettingsError(f"there is no call `{prefix}`; `turnstile calls` lists those that there are")
    if len(found) > 1:
        some = ", ".join(call.id for call in found[:MOST_NAMED])
        more = ", ..." if len(found) > MOST_NAMED else ""
        raise SettingsError(f"{len(found)} calls begin with `{prefix}`; write more of one: {some}{more}")
    return found[0]


def _head(call: Record, began: float) -> Iterator[str]:
    yield f"{call.id}  {call.flow} {call.version}"
    yield f"began {moment(began)}, {call.standing.value}, {took(call)}, in `{call.state}`"
    yield ""


def _line(part: Part, began: float) -> str:
    return f"{_since(part.at - began):>7}  {part.who:>6}  {_printable(part.text)}".rstrip()


def _since(seconds: float) -> str:
    minutes, left = divmod(max(round(seconds, 1), 0), 60)
    return f"{int(minutes)}:{left:04.1f}"


def _printable(text: str) -> str:
    """Return text on one line, without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
