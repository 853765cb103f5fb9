"""A flow in the language of Graphviz, which makes SVG and PNG of it."""

from collections.abc import Iterable, Iterator
from html import escape
from textwrap import wrap

from engine.flow.draw.parts import EVERYWHERE, LEGEND, Arrow, Box, Kind, Label, Picture

COLOURS = {
    Kind.TALKS: "#f3f4f6",
    Kind.COLLECTS: "#dbeafe",
    Kind.READS_BACK: "#fef3c7",
    Kind.RUNS: "#fed7aa",
    Kind.ENDS: "#e5e7eb",
}
FAINT = "#4b5563"
GAP = "&#160;&#160;"
"""Between an arrow and what stands beside it."""
BOX_LETTERS = 30
LABEL_LETTERS = 26
FONT = 'fontname="Helvetica,Arial,sans-serif"'
HEAD = f"""\
  graph [rankdir=TB, nodesep=0.45, ranksep=0.5, labelloc=t, labeljust=l, {FONT}]
  node [shape=box, style="rounded,filled", margin="0.16,0.09", fontsize=12, color="#6b7280", {FONT}]
  edge [fontsize=10, color="#374151", arrowsize=0.7, {FONT}]"""


def dot(picture: Picture) -> str:
    """Return the text that `dot` draws."""
    return "\n".join(["digraph flow {", HEAD, *_body(picture), "}\n"])


def _body(picture: Picture) -> Iterator[str]:
    yield f"  label=<{_heading(picture)}>"
    yield '  " start" [shape=circle, label="", width=0.16, fillcolor="#111827", color="#111827"]'
    yield f'  " start" -> "{picture.initial}"'
    for box in picture.boxes:
        yield f'  "{box.name}" [{_box(box)}]'
    if picture.everywhere is not None:
        style = 'shape=box, style="rounded,dashed", fontcolor="#4b5563"'
        rows = [EVERYWHERE, *_small(picture.everywhere)]
        yield f'  " everywhere" [{style}, label=<{"<BR/>".join(rows)}>]'
    for arrow in picture.arrows:
        yield f"  {_arrow(arrow)}"


def _heading(picture: Picture) -> str:
    rows = [f'<FONT POINT-SIZE="16"><B>{escape(picture.title)}</B></FONT>']
    for name, outcomes in picture.tools:
        rows.append(f'<FONT POINT-SIZE="11"><B>{name}</B> {escape(outcomes)}</FONT>')
    if picture.writes:
        rows.append(f'<FONT POINT-SIZE="10" COLOR="{FAINT}">{LEGEND}</FONT>')
    return "".join(f'{row}<BR ALIGN="LEFT"/>' for row in rows)


def _box(box: Box) -> str:
    rows = [f"<B>{box.name}</B>", *_small(box.lines)]
    border = ", peripheries=2" if box.kind is Kind.ENDS else ""
    return f'label=<{"<BR/>".join(rows)}>, fillcolor="{COLOURS[box.kind]}"{border}'


def _small(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from (f'<FONT POINT-SIZE="10">{escape(part)}</FONT>' for part in wrap(line, BOX_LETTERS))


def _arrow(arrow: Arrow) -> str:
    origin, style = (" everywhere", ", style=dashed") if arrow.origin is None else (arrow.origin, "")
    rows = [row for label in arrow.labels for row in _label(label)]
    return f'"{origin}" -> "{arrow.to}" [label=<{"".join(rows)}>{style}]'


def _label(label: Label) -> Iterator[str]:
    for part in wrap(label.name, LABEL_LETTERS):
        yield f'{GAP}<B>{escape(part)}</B><BR ALIGN="LEFT"/>'
    for part in (part for condition in label.conditions for part in wrap(condition, LABEL_LETTERS)):
        yield f'{GAP}<FONT POINT-SIZE="9" COLOR="{FAINT}">{escape(part)}</FONT><BR ALIGN="LEFT"/>'
