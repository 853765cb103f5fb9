"""Logs are events with fields, not sentences; one processor keeps personal data out of them."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

PERSONAL = "pii_"
"""Fields whose names begin so hold what callers said, or who they are."""
MASK = "***"


def configure(stream: TextIO | None = None, *, level: int = logging.INFO) -> None:
    """Set up the logs of the process: readable in a terminal, a JSON object a line elsewhere.

    They go to standard error unless another `stream` is given.
    """
    out = stream or sys.stderr
    readable = out.isatty()
    renderer: Any = structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            mask,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(out),
    )
    # The clients' own lines, one for each request, would put addresses and timings among our events.
    for name in ("httpx", "httpx2", "openai", "websockets"):
        logging.getLogger(name).setLevel(logging.WARNING)


def bug(where: str, error: Exception, **fields: object) -> None:
    """Log an error that nobody expected, without what it says, which may be what a caller said."""
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-4:]]
    structlog.get_logger().error(
        "engine.bug", **fields, where=where, error=type(error).__name__, at=frames, pii_error=str(error)
    )


def mask(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace the value of every personal field, whatever it is."""
    for name in event:
        if name.startswith(PERSONAL):
            event[name] = MASK
    return event
