"""Reading the command line. Each verb's own file is imported when it is used."""

import argparse
import importlib
import io
import re
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from engine.errors import TurnstileError
from engine.server.worker import Tie

BAD_USE = 2
INTERRUPTED = 130
MOST_WORKERS = 64

LONG_TIME = re.compile("([0-9]+) *([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
MOST_DIGITS = 6
A_DAY = timedelta(days=1)
"""What is kept at least: a call is gone on with for so long after it was heard of last."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 1 when something is wrong, 2 when it was called wrongly."""
    _write_anything()
    options = _parser().parse_args(arguments)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="turnstile", description="A conversation engine for voice agents.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    serve = verbs.add_parser("serve", help="serve flows to a telephony platform")
    serve.add_argument(
        "flows", nargs="+", type=Path, metavar="FLOW", help="a flow file; the first is the default"
    )
    serve.add_argument(
        "--host", default="127.0.0.1", type=_named, help="address to listen on (default %(default)s)"
    )
    serve.add_argument("--port", default=8080, type=_port, help="port to listen on (default %(default)s)")
    serve.add_argument(
        "--drain",
        default=30.0,
        type=_seconds,
        metavar="SECONDS",
        help="how long a stopping server waits for busy calls (default %(default)s)",
    )
    helped = (
        "load a flow again when its file changes, or one that it is made of: for new calls only, and only if "
        "it is sound; the Python code of its tools is not loaded again"
    )
    serve.add_argument("--reload", action="store_true", help=helped)
    helped = (
        "how many processes serve, such as one for each core; one that dies is replaced, and its calls go on "
        "in another (default %(default)s)"
    )
    serve.add_argument("--workers", default=1, type=_workers, metavar="N", help=helped)
    serve.add_argument("--supervised", type=Tie.read, help=argparse.SUPPRESS)
    _model(serve)

    chat = verbs.add_parser("chat", help="hold a call with a flow in this terminal")
    chat.add_argument("flow", type=Path, metavar="FLOW", help="a flow file")
    chat.add_argument("--from-number", metavar="NUMBER", help="the number that the caller seems to call from")
    helped = (
        "what time it seems to be, such as 2026-11-23T10:00 in the flow's time zone (default: the present)"
    )
    chat.add_argument("--now", type=_moment, metavar="TIME", help=helped)
    _model(chat)

    check = verbs.add_parser("check", help="say what is wrong with flows")
    check.add_argument("flows", nargs="*", type=Path, metavar="FLOW", help="a flow file")
    helped = "say what a rule asks for, by its code, which stands behind each problem in brackets"
    check.add_argument("--explain", metavar="CODE", help=helped)
    helped = "write the calls that break a flow as tests into a new file"
    check.add_argument("--save-test", type=Path, metavar="PATH", help=helped)

    test = verbs.add_parser("test", help="play the calls that files of calls hold, as tests")
    helped = "a file of calls, or a folder with such files (default: tests/calls)"
    test.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=helped)
    helped = "tell what the calls have taken of their flows, and what of them never"
    test.add_argument("--coverage", action="store_true", help=helped)
    helped = "exit with 1 when less than this share of the flows, in percent, was taken"
    test.add_argument("--fail-under", type=_percent, metavar="PERCENT", help=helped)
    helped = "how many processes play (default: as many as there are processors, where that pays)"
    test.add_argument("--jobs", type=_count, metavar="N", help=helped)

    draw = verbs.add_parser("draw", help="draw a flow: Mermaid, or SVG and PNG by Graphviz")
    draw.add_argument("flow", type=Path, metavar="FLOW", help="a flow file")
    helped = "what to draw it in (default: what FILE ends in, else mermaid); svg and png need Graphviz"
    draw.add_argument("--format", choices=["mermaid", "svg", "png", "dot"], help=helped)
    draw.add_argument(
        "--output", type=Path, metavar="FILE", help="where to write it (default: standard output)"
    )

    prompt = verbs.add_parser("prompt", help="show what a language model reads, and its functions")
    prompt.add_argument("flow", type=Path, metavar="FLOW", help="a flow file")
    helped = "in this state, in the shortest call that comes there (default: when it is first asked)"
    prompt.add_argument("--state", metavar="STATE", help=helped)
    prompt.add_argument("--functions", action="store_true", help="only the functions")

    verbs.add_parser("schema", help="print the JSON Schema of the flow language, for editors")

    new = verbs.add_parser("new", help="write a small working flow with its tool and its test")
    new.add_argument("name", metavar="NAME", help="its name, such as front_desk")

    calls = verbs.add_parser("calls", help="list live and past calls")
    calls.add_argument(
        "--limit", default=50, type=_count, help="how many, the newest first (default %(default)s)"
    )
    calls.add_argument("--live", action="store_true", help="only those that are held by a process that lives")

    show = verbs.add_parser("show", help="print one call as a dialogue")
    show.add_argument("call", metavar="CALL", type=_named, help="its id, or what that begins with")

    prune = verbs.add_parser("prune", help="delete what was written down of calls that are long over")
    helped = "calls that ended, or were heard of last, so long ago: such as 30d, 36h; a day at least"
    prune.add_argument("--older-than", required=True, type=_long_ago, metavar="TIME", help=helped)
    prune.add_argument("--dry-run", action="store_true", help="only say what would go")

    verbs.add_parser("bookings", help="list the appointments in the built-in calendar")
    verbs.add_parser("messages", help="list the messages that callers have left")
    return parser


def _model(parser: argparse.ArgumentParser) -> None:
    helped = (
        "a model of the flow's, of OpenAI's or of OPENAI_BASE_URL, or `offline` (the default without "
        "OPENAI_API_KEY); given several times, they are asked in that order when one fails"
    )
    parser.add_argument("--model", metavar="NAME", type=_named, action="append", default=[], help=helped)


def _named(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty; give a name, or leave it out")
    return text.strip()


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else -1
    if not 0 <= port < 2**16:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 0 to 65535")
    return port


def _workers(text: str) -> int:
    workers = int(text) if text.isdecimal() else -1
    if not 1 <= workers <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no number of workers; give one from 1 to {MOST_WORKERS}, such as that of the cores"
        )
    return workers


def _count(text: str) -> int:
    count = int(text) if text.isdecimal() else 0
    if not 0 < count < 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is no count; give a whole number above zero")
    return count


def _long_ago(text: str) -> timedelta:
    found = LONG_TIME.fullmatch(text.strip())
    if found is None or len(found[1]) > MOST_DIGITS:
        raise argparse.ArgumentTypeError(f"{text!r} is no duration; write one such as 30d, 36h or 2880m")
    time = timedelta(**{UNITS[found[2]]: int(found[1])})
    if time < A_DAY:
        raise argparse.ArgumentTypeError(
            f"{text!r} is less than a day, in which a call may still be gone on with; write 1d or more"
        )
    return time


def _percent(text: str) -> float:
    try:
        percent = float(text)
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no share; give percent, from 0 to 100")
    return percent


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write one such as 2026-11-23T10:00") from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no duration; give seconds, such as 30")
    return seconds
