"""A flow as a Mermaid flowchart, which GitHub and many editors draw where it stands in a text."""

import json
from collections.abc import Iterator
from textwrap import wrap

from engine.flow.draw.parts import EVERYWHERE, LEGEND, Arrow, Box, Kind, Label, Picture

LETTERS = 24
"""In a line. Mermaid itself breaks lines at 200 pixels: breaking them twice would fray them."""
SIGNS = {
    "#": "#35;",
    '"': "#quot;",
    "&": "#amp;",
    "<": "#lt;",
    ">": "#gt;",
    "`": "#96;",
    "\\": "#92;",
    "%": "#37;",
}
"""What would end a text or mean something in it, as Mermaid wants it written."""
STYLES = {
    Kind.TALKS: "fill:#f3f4f6,stroke:#6b7280,color:#111827",
    Kind.COLLECTS: "fill:#dbeafe,stroke:#6b7280,color:#111827",
    Kind.READS_BACK: "fill:#fef3c7,stroke:#6b7280,color:#111827",
    Kind.RUNS: "fill:#fed7aa,stroke:#6b7280,color:#111827",
    Kind.ENDS: "fill:#e5e7eb,stroke:#6b7280,stroke-width:3px,color:#111827",
}


def mermaid(picture: Picture) -> str:
    """Return the text of the flowchart.

    What is a state's begins with `s_` there, since `end` and other names mean something to Mermaid.
    """
    return "\n".join(
        ["---", f"title: {json.dumps(picture.title)}", "---", "flowchart TB", *_body(picture), ""]
    )


def _body(picture: Picture) -> Iterator[str]:
    yield f"  start(( )) --> s_{picture.initial}"
    for box in picture.boxes:
        yield f"  {_box(box)}"
    if picture.everywhere is not None:
        rows = [EVERYWHERE, *(part for line in picture.everywhere for part in _wrapped(line))]
        yield f'  everywhere(["{"<br/>".join(rows)}"])'
        yield "  style everywhere stroke-dasharray:5"
    for arrow in picture.arrows:
        yield f"  {_arrow(arrow)}"
    if picture.tools:
        yield f'  tools["{"<br/>".join(_tools(picture))}"]'
        yield "  style tools fill:none,stroke:none,text-align:left"
    for kind in dict.fromkeys(box.kind for box in picture.boxes):
        yield f"  classDef {_style(kind)} {STYLES[kind]}"


def _box(box: Box) -> str:
    rows = [f"<b>{box.name}</b>", *(part for line in box.lines for part in _wrapped(line))]
    return f's_{box.name}("{"<br/>".join(rows)}"):::{_style(box.kind)}'


def _style(kind: Kind) -> str:
    return kind.value.replace(" ", "_")


def _arrow(arrow: Arrow) -> str:
    origin, line = ("everywhere", "-.->") if arrow.origin is None else (f"s_{arrow.origin}", "-->")
    text = "<br/>".join(row for label in arrow.labels for row in _label(label))
    return f'{origin} {line}|"{text}"| s_{arrow.to}'


def _label(label: Label) -> Iterator[str]:
    yield from (f"<b>{part}</b>" for part in _wrapped(label.name))
    for condition in label.conditions:
        yield from _wrapped(condition)


def _tools(picture: Picture) -> Iterator[str]:
    for name, outcomes in picture.tools:
        yield f"<b>{name}</b> {_written(outcomes)}"
    if picture.writes:
        yield LEGEND


def _wrapped(text: str) -> list[str]:
    return [_written(part) for part in wrap(text, LETTERS)]


def _written(text: str) -> str:
    return "".join(SIGNS.get(sign, sign) for sign in text)
