"""An office that notes whom to call back: each note is a file in the folder that `OFFICE` names."""

import os
from pathlib import Path


def note(phone: str, *, idempotency_key: str) -> str:
    """Note a number."""
    call_id = idempotency_key.partition(":")[0]
    with (Path(os.environ["OFFICE"]) / call_id).open("a", encoding="utf-8") as notes:
        notes.write(f"{phone}\n")
    return "noted"
