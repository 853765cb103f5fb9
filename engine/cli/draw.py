"""`turnstile draw`: a picture of a flow."""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from engine.app import load_flow
from engine.core.flow import Flow
from engine.errors import SettingsError
from engine.flow.draw.dot import dot
from engine.flow.draw.mermaid import mermaid
from engine.flow.draw.picture import picture_of

PATIENCE_S = 60
"""Graphviz draws twelve states in a tenth of a second."""
BY_SUFFIX = {".mmd": "mermaid", ".svg": "svg", ".png": "png", ".dot": "dot", ".gv": "dot"}


def run(options: argparse.Namespace) -> int:
    """Draw a flow, to a file or to standard output. Raises SettingsError when that can not be done."""
    output: Path | None = options.output
    kind = options.format or (_meant_by(output) if output is not None else "mermaid")
    drawn = _drawn(load_flow(options.flow), kind)
    if output is not None:
        _write(output, drawn)
    elif kind == "png" and sys.stdout.isatty():
        raise SettingsError("a PNG is nothing to read in a terminal; name a file with --output")
    elif kind == "mermaid":
        print(drawn.decode(), end="")
    else:
        sys.stdout.buffer.write(drawn)
    return 0


def _meant_by(output: Path) -> str:
    kind = BY_SUFFIX.get(output.suffix.lower())
    if kind is None:
        mend = f"give --format, or a name that ends in {', '.join(BY_SUFFIX)}"
        raise SettingsError(f"`{output}` does not say what to draw; {mend}")
    return kind


def _drawn(flow: Flow, kind: str) -> bytes:
    picture = picture_of(flow)
    match kind:
        case "mermaid":
            return mermaid(picture).encode()
        case "dot":
            return dot(picture).encode()
        case _:
            return _by_graphviz(dot(picture), kind)


def _by_graphviz(text: str, kind: str) -> bytes:
    """Let Graphviz draw what it is told."""
    program = shutil.which("dot")
    if program is None:
        mend = "install it (apt install graphviz, brew install graphviz), or use --format mermaid"
        raise SettingsError(f"Graphviz makes the {kind.upper()}, and it is not installed; {mend}")
    resolution = ["-Gdpi=144"] if kind == "png" else []
    try:
        done = subprocess.run(  # noqa: S603 - nothing in it is the author's
            [program, f"-T{kind}", *resolution],
            input=text.encode(), capture_output=True, timeout=PATIENCE_S, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise SettingsError(
            f"Graphviz has not drawn it in {PATIENCE_S} seconds; use --format mermaid"
        ) from None
    except (subprocess.CalledProcessError, OSError) as error:
        said = getattr(error, "stderr", None) or str(error).encode()
        why = said.decode(errors="replace").strip().partition("\n")[0]
        raise SettingsError(f"Graphviz could not draw it ({why}); use --format mermaid") from error
    return done.stdout


def _write(path: Path, drawn: bytes) -> None:
    try:
        path.write_bytes(drawn)
    except OSError as error:
        raise SettingsError(f"`{path}` can not be written ({error.strerror}); name another file") from error
