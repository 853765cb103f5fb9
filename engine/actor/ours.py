"""Whether a call is still in the hands of this process."""

import structlog

from engine.store.port import Hold, StoreAway

log = structlog.get_logger()


async def seems_ours(hold: Hold, call_id: str) -> bool:
    """Say whether nobody has taken a call over; it counts as ours when nobody can tell."""
    try:
        return await hold.is_ours()
    except StoreAway as error:
        log.error("store.away", call_id=call_id, pii_error=str(error))
        return True
