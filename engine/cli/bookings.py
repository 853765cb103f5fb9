"""`turnstile bookings`: what is in the built-in calendar, and which tables are reserved."""

import argparse

from engine.settings import data_folder
from engine.tools.calendar import bookings
from engine.tools.restaurant import reservations


def run(_options: argparse.Namespace) -> int:
    """Print one line for each appointment and each table."""
    booked, tables = bookings(), reservations()
    for booking in booked:
        print("{day} {time}  {minutes} min  {service}  {name}  {phone}".format(**booking) + _became(booking))
    for table in tables:
        noted = f"  ({table['notes']})" if table["notes"] else ""
        print("{day} {time}  {minutes} min  table for {party}  {name}  {phone}".format(**table) + noted)
    if not booked and not tables:
        print(f"no appointments yet in {data_folder() / 'calendar.db'}")
    return 0


def _became(booking: dict[str, object]) -> str:
    match booking["state"]:
        case "cancelled":
            return "  (cancelled)"
        case "moved":
            return f"  (moved from {booking['was']})"
        case _:
            return ""
