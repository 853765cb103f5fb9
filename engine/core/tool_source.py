"""Where a tool comes from: what is to be called when the core wants it run."""

from dataclasses import dataclass

NONE_THERE = "none"
"""What a look-up says in the place of an outcome when there was no earlier write."""


@dataclass(frozen=True, slots=True)
class PythonFunction:
    """A function of an importable module."""

    reference: str
    """`module:function`."""

    def __str__(self) -> str:
        return self.reference


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that callers can be told: what it is about, and what there is to say."""

    about: str
    """Its heading, or the question that it answers."""
    text: str
    """In sentences that can be spoken."""
    asked: tuple[str, ...] = ()
    """Other ways in which callers ask for it."""
    within: tuple[str, ...] = ()
    """The headings above its own, the outermost first."""


@dataclass(frozen=True, slots=True)
class Passages:
    """What is said in files that the flow names.

    It holds the passages and not only the files' names: a file that has changed is another source, and a
    call goes on with what its flow was loaded with.
    """

    files: tuple[str, ...]
    passages: tuple[Passage, ...]

    def __str__(self) -> str:
        return ", ".join(self.files)


@dataclass(frozen=True, slots=True)
class Argument:
    """What a request is filled in with: a slot's value, or what the model gives."""

    name: str
    kind: str
    """The word for its type in a flow, such as `number`: how its value is written in JSON."""
    schema: str
    """Its JSON Schema, as text."""
    required: bool = True
    """Whether nothing is sent without it; the part of the request that names it is left out otherwise."""


@dataclass(frozen=True, slots=True)
class StatusRule:
    """Which outcome an answer of some status means."""

    path: tuple[str, ...] = ()
    """The way to what decides in the answer's JSON; empty: the status alone does."""
    cases: tuple[tuple[str, str], ...] = ()
    """What may be there, each with its outcome."""
    otherwise: str | None = None
    """The outcome when nothing of that is there; None: such an answer is not expected."""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request to a server. Its texts have places to fill in, as `engine.core.request_text` reads them."""

    method: str
    url: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    """A JSON object, as text; its own texts have places, too."""
    arguments: tuple[Argument, ...] = ()
    outcomes: tuple[tuple[str, StatusRule], ...] = ()
    """By status, such as `404`, or by class of status, such as `2xx`."""
    writes: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.url}"


ToolSource = PythonFunction | HttpRequest | Passages
"""Every kind of source. Each has its own module in `engine.tools`."""
