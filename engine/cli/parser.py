"""What can be written on the command line: a verb, and what belongs to it."""

import argparse
from pathlib import Path

from engine.cli import values
from engine.server.worker import Tie


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    whole = argparse.ArgumentParser(prog="turnstile", description="A conversation engine for voice agents.")
    verbs = whole.add_subparsers(dest="verb", required=True, metavar="VERB")
    _serve(verbs.add_parser("serve", help="serve flows to a telephony platform"))
    _chat(verbs.add_parser("chat", help="hold a call with a flow in this terminal"))
    _sim(verbs.add_parser("sim", help="hold simulated calls with flows, and say which rules were broken"))
    _check(verbs.add_parser("check", help="say what is wrong with flows"))
    _test(verbs.add_parser("test", help="play the calls that files of calls hold, as tests"))
    _draw(verbs.add_parser("draw", help="draw a flow: Mermaid, or SVG and PNG by Graphviz"))
    _prompt(verbs.add_parser("prompt", help="show what a language model reads, and its functions"))
    verbs.add_parser("schema", help="print the JSON Schema of the flow language, for editors")
    _new(verbs.add_parser("new", help="write a small working flow with its tool and its test"))
    _calls(verbs.add_parser("calls", help="list live and past calls"))
    show = verbs.add_parser("show", help="print one call as a dialogue")
    show.add_argument("call", metavar="CALL", type=values.named, help="its id, or what that begins with")
    _replay(
        verbs.add_parser("replay", help="hold a stored call once more, and say what was decided, and why")
    )
    _export(
        verbs.add_parser("export", help="write a stored call into a file; all that was said stands in it")
    )
    _prune(verbs.add_parser("prune", help="delete what was written down of calls that are long over"))
    verbs.add_parser("bookings", help="list the appointments in the built-in calendar")
    verbs.add_parser("messages", help="list the messages that callers have left")
    return whole


def _serve(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "flows", nargs="+", type=Path, metavar="FLOW", help="a flow file; the first is the default"
    )
    serve.add_argument(
        "--host", default="127.0.0.1", type=values.named, help="address to listen on (default %(default)s)"
    )
    serve.add_argument(
        "--port", default=8080, type=values.port, help="port to listen on (default %(default)s)"
    )
    serve.add_argument(
        "--drain",
        default=30.0,
        type=values.seconds,
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
    serve.add_argument("--workers", default=1, type=values.workers, metavar="N", help=helped)
    serve.add_argument("--supervised", type=Tie.read, help=argparse.SUPPRESS)
    _model(serve)


def _chat(chat: argparse.ArgumentParser) -> None:
    chat.add_argument("flow", type=Path, metavar="FLOW", help="a flow file")
    chat.add_argument("--from-number", metavar="NUMBER", help="the number that the caller seems to call from")
    helped = (
        "what time it seems to be, such as 2026-11-23T10:00 in the flow's time zone (default: the present)"
    )
    chat.add_argument("--now", type=values.moment, metavar="TIME", help=helped)
    _model(chat)


def _sim(sim: argparse.ArgumentParser) -> None:
    sim.add_argument(
        "flows", nargs="+", type=Path, metavar="FLOW", help="a flow file; several share the calls"
    )
    helped = "how many calls (default 10; of a caller's file each once)"
    sim.add_argument("--calls", type=values.count, metavar="N", help=helped)
    helped = "who calls: a file with `says`, `calls`, `wants` or `persona` (default: drawn for the flow)"
    sim.add_argument("--caller", type=Path, metavar="FILE", help=helped)
    helped = "draw barge-ins, pauses, silence, broken lines, slow and failing tools, too"
    sim.add_argument("--hostile", action="store_true", help=helped)
    sim.add_argument("--seed", default="1", metavar="S", help="what is drawn follows from it (default 1)")
    helped = "a server to call in real time, as Retell would, such as ws://127.0.0.1:8080/llm-websocket"
    sim.add_argument("--url", metavar="URL", help=helped)
    helped = "folder for calls that break a rule (default: this one)"
    sim.add_argument("--save", type=Path, default=Path(), metavar="FOLDER", help=helped)


def _check(check: argparse.ArgumentParser) -> None:
    check.add_argument("flows", nargs="*", type=Path, metavar="FLOW", help="a flow file")
    helped = "say what a rule asks for, by its code, which stands behind each problem in brackets"
    check.add_argument("--explain", metavar="CODE", help=helped)
    helped = "write the calls that break a flow as tests into a new file"
    check.add_argument("--save-test", type=Path, metavar="PATH", help=helped)


def _test(test: argparse.ArgumentParser) -> None:
    helped = "a file of calls, or a folder with such files (default: tests/calls)"
    test.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=helped)
    helped = "tell what the calls have taken of their flows, and what of them never"
    test.add_argument("--coverage", action="store_true", help=helped)
    helped = "exit with 1 when less than this share of the flows, in percent, was taken"
    test.add_argument("--fail-under", type=values.percent, metavar="PERCENT", help=helped)
    helped = "how many processes play (default: as many as there are processors, where that pays)"
    test.add_argument("--jobs", type=values.count, metavar="N", help=helped)


def _draw(draw: argparse.ArgumentParser) -> None:
    draw.add_argument("flow", type=Path, metavar="FLOW", help="a flow file")
    helped = "what to draw it in (default: what FILE ends in, else mermaid); svg and png need Graphviz"
    draw.add_argument("--format", choices=["mermaid", "svg", "png", "dot"], help=helped)
    draw.add_argument(
        "--output", type=Path, metavar="FILE", help="where to write it (default: standard output)"
    )


def _prompt(prompt: argparse.ArgumentParser) -> None:
    prompt.add_argument("flow", type=Path, metavar="FLOW", help="a flow file")
    helped = "in this state, in the shortest call that comes there (default: when it is first asked)"
    prompt.add_argument("--state", metavar="STATE", help=helped)
    prompt.add_argument("--functions", action="store_true", help="only the functions")


def _new(new: argparse.ArgumentParser) -> None:
    new.add_argument("name", metavar="NAME", help="its name, such as front_desk")


def _calls(calls: argparse.ArgumentParser) -> None:
    calls.add_argument(
        "--limit", default=50, type=values.count, help="how many, the newest first (default %(default)s)"
    )
    calls.add_argument("--live", action="store_true", help="only those that are held by a process that lives")


def _replay(replay: argparse.ArgumentParser) -> None:
    helped = "its id, or what that begins with, or a file of turnstile export"
    replay.add_argument("call", nargs="?", metavar="CALL", type=values.named, help=helped)
    helped = (
        "a flow file (default: the one in flows/ that has the name and the version); of another version, or "
        "with --all, it is said where the call would have gone otherwise with it"
    )
    replay.add_argument("--flow", type=Path, metavar="FLOW", action="append", default=[], help=helped)
    replay.add_argument("--all", action="store_true", help="all the calls that were written down")
    helped = "with --all: only those that began in this time, such as 7d, 36h"
    replay.add_argument("--since", type=values.ago, metavar="TIME", help=helped)


def _export(export: argparse.ArgumentParser) -> None:
    helped = "its id, or what that begins with, or a file of turnstile export"
    export.add_argument("call", metavar="CALL", type=values.named, help=helped)
    helped = "write it for turnstile test, with made-up names and numbers; read it before you share it"
    export.add_argument("--as-test", action="store_true", help=helped)
    helped = "with --as-test: its flow file (default: the one in flows/ that has the name and the version)"
    export.add_argument("--flow", type=Path, metavar="FLOW", action="append", default=[], help=helped)
    helped = "where to write it (default: standard output)"
    export.add_argument("--output", type=Path, metavar="FILE", help=helped)


def _prune(prune: argparse.ArgumentParser) -> None:
    helped = "calls that ended, or were heard of last, so long ago: such as 30d, 36h; a day at least"
    prune.add_argument("--older-than", required=True, type=values.long_ago, metavar="TIME", help=helped)
    prune.add_argument("--dry-run", action="store_true", help="only say what would go")


def _model(parser: argparse.ArgumentParser) -> None:
    helped = (
        "a model of the flow's, of OpenAI's or of OPENAI_BASE_URL, or `offline` (the default without "
        "OPENAI_API_KEY); given several times, they are asked in that order when one fails"
    )
    parser.add_argument(
        "--model", metavar="NAME", type=values.named, action="append", default=[], help=helped
    )
