"""Where a tool comes from: what is to be called when the core wants it run."""

from dataclasses import dataclass


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


ToolSource = PythonFunction | Passages
"""Every kind of source. Each has its own module in `engine.tools`."""
