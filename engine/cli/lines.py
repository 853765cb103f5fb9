"""A line of a call: when something was said or happened, and by whom."""


def timed(since_s: float, who: str, text: str) -> str:
    """Return a line with how many seconds after the beginning of the call it belongs to."""
    return f"{_since(since_s):>7}  {who:>6}  {_printable(text)}".rstrip()


def _since(seconds: float) -> str:
    minutes, left = divmod(max(round(seconds, 1), 0), 60)
    return f"{int(minutes)}:{left:04.1f}"


def _printable(text: str) -> str:
    """Return text on one line, without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
