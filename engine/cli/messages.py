"""`turnstile messages`: what callers have left for the people of the house."""

import argparse

from engine.settings import data_folder
from engine.tools.messages import messages


def run(_options: argparse.Namespace) -> int:
    """Print one line for each message."""
    found = messages()
    for message in found:
        print("{taken_at}  {name}  {phone}  {note}".format(**message))
    if not found:
        print(f"no messages yet in {data_folder() / 'calendar.db'}")
    return 0
