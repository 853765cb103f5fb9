"""What is known of a rule beside how to check it."""

from dataclasses import dataclass
from textwrap import dedent, indent


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that a flow may break, in the form in which `turnstile check --explain` prints it."""

    code: str
    what: str
    """What must hold, in a sentence or two."""
    why: str
    """What a caller would meet if it did not."""
    wrong: str
    """A piece of a flow that breaks it."""
    right: str
    """The same piece, mended."""
    warns: bool = False
    """Whether breaking it is a warning only: the flow is served all the same."""

    def __str__(self) -> str:
        kind = "a warning" if self.warns else "an error"
        parts = [f"{self.code} ({kind})", f"{self.what}\n{self.why}", "Wrong:", _set_in(self.wrong)]
        return "\n\n".join([*parts, "Right:", _set_in(self.right)])


def _set_in(piece: str) -> str:
    return indent(dedent(piece).strip("\n"), "  ")
