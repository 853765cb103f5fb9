"""Values of the command line: read from text, or refused with what to write instead."""

import argparse
import re
from datetime import datetime, timedelta

MOST_WORKERS = 64

LONG_TIME = re.compile("([0-9]+) *([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
MOST_DIGITS = 6
A_DAY = timedelta(days=1)
"""What is kept at least: a call is gone on with for so long after it was heard of last."""


def named(text: str) -> str:
    """Read a name. Raises ArgumentTypeError."""
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty; give a name, or leave it out")
    return text.strip()


def port(text: str) -> int:
    """Read the number of a port; 0 stands for any. Raises ArgumentTypeError."""
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number < 2**16:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 0 to 65535")
    return number


def workers(text: str) -> int:
    """Read how many processes serve. Raises ArgumentTypeError."""
    number = int(text) if text.isdecimal() else -1
    if not 1 <= number <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no number of workers; give one from 1 to {MOST_WORKERS}, such as that of the cores"
        )
    return number


def count(text: str) -> int:
    """Read how many. Raises ArgumentTypeError."""
    number = int(text) if text.isdecimal() else 0
    if not 0 < number < 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is no count; give a whole number above zero")
    return number


def ago(text: str) -> timedelta:
    """Read how long ago something was. Raises ArgumentTypeError."""
    found = LONG_TIME.fullmatch(text.strip())
    if found is None or len(found[1]) > MOST_DIGITS:
        raise argparse.ArgumentTypeError(f"{text!r} is no duration; write one such as 30d, 36h or 2880m")
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def long_ago(text: str) -> timedelta:
    """Read how long ago something was: a day at least. Raises ArgumentTypeError."""
    time = ago(text)
    if time < A_DAY:
        raise argparse.ArgumentTypeError(
            f"{text!r} is less than a day, in which a call may still be gone on with; write 1d or more"
        )
    return time


def percent(text: str) -> float:
    """Read a share in percent. Raises ArgumentTypeError."""
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no share; give percent, from 0 to 100")
    return share


def moment(text: str) -> datetime:
    """Read a moment. Raises ArgumentTypeError."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write one such as 2026-11-23T10:00") from None


def seconds(text: str) -> float:
    """Read a duration in seconds. Raises ArgumentTypeError."""
    try:
        duration = float(text)
    except ValueError:
        duration = -1.0
    if not 0 <= duration < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no duration; give seconds, such as 30")
    return duration
