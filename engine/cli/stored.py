"""The call that somebody means, among those that were written down."""

from engine.errors import SettingsError
from engine.store.records import Record, Records

MOST_NAMED = 5


def the_one(prefix: str, written: Records | None) -> Record:
    """Return the call that is meant. Raises SettingsError when there is none, or several are."""
    found = written.named(prefix) if written is not None else []
    if not found:
        raise SettingsError(f"there is no call `{prefix}`; `turnstile calls` lists those that there are")
    if len(found) > 1:
        some = ", ".join(call.id for call in found[:MOST_NAMED])
        more = ", ..." if len(found) > MOST_NAMED else ""
        raise SettingsError(f"{len(found)} calls begin with `{prefix}`; write more of one: {some}{more}")
    return found[0]
