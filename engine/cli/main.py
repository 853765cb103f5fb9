"""Reading the command line. Each verb's own file is imported when it is used."""

import argparse
import importlib
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.cli.parser import parser
from engine.errors import TurnstileError

BAD_USE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 1 when something is wrong, 2 when it was called wrongly."""
    _write_anything()
    options = parser().parse_args(arguments)
    _look_last_in(Path.cwd())
    try:
        verb = importlib.import_module(f"engine.cli.{_file(options)}")
        code: int = verb.run(options)
    except TurnstileError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return 1
    return code


def _file(options: argparse.Namespace) -> str:
    """Return which file carries a verb out: a supervisor needs nothing of all that a server is made of."""
    supervises = options.verb == "serve" and options.workers > 1 and options.supervised is None
    return "workers" if supervises else str(options.verb)


def _write_anything() -> None:
    """Let what this terminal has no letters for be written as escapes: names, and what callers say."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _look_last_in(folder: Path) -> None:
    """Look for the modules of a flow's tools in a folder, but for nothing that is found elsewhere.

    A file called json.py or email.py there must not take the place of the one that the engine needs.
    """
    sys.path[:] = [*(entry for entry in sys.path if Path(entry).resolve() != folder), str(folder)]
