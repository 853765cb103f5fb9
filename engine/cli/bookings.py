"""`turnstile bookings`: what is in the built-in calendar."""

import argparse

from engine.settings import data_folder
from engine.tools.calendar import bookings


def run(_options: argparse.Namespace) -> int:
    """Print one line for each appointment."""
    found = bookings()
    for booking in found:
        print("{day} {time}  {minutes} min  {service}  {name}  {phone}".format(**booking))
    if not found:
        print(f"no appointments yet in {data_folder() / 'calendar.db'}")
    return 0
