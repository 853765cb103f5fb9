"""Every error the engine raises, by who can mend it.

    TurnstileError
    ├── FlowError        the author of a flow: carries every problem found, with its place
    ├── SettingsError    the operator: an argument or an environment variable
    ├── FrameError       the platform: a frame that can not be read
    ├── ModelError       the provider of a language model
    └── ToolError        the author of a tool
        └── NotDone      raised by a tool: the write certainly did not happen

Their texts are for authors, operators and logs. None is ever spoken to a caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import indent


class TurnstileError(Exception):
    """Anything the engine raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file; lines and columns count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with a flow: where, what, and how to mend it."""

    place: Place
    what: str
    mend: str
    code: str = ""
    """The rule that is broken, as `turnstile check --explain` knows it; empty where no rule is."""
    call: str = ""
    """The shortest call that shows it, as a dialogue; empty where no call does."""

    def __str__(self) -> str:
        told = f"{self.place}: {self.what}; {self.mend}"
        told += f" [{self.code}]" if self.code else ""
        return (
            f"{told}\n  The shortest call that breaks it:\n{indent(self.call, '    ')}" if self.call else told
        )


class FlowError(TurnstileError):
    """A flow that can not be served. Its text says each problem, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class SettingsError(TurnstileError):
    """An argument or an environment variable that can not be used."""


class FrameError(TurnstileError):
    """A frame that can not be read; the call goes on without it."""


class ModelError(TurnstileError):
    """A language model that could not answer.

    Its text says what kind of failure it was; `detail` is in the provider's own words, which may quote what
    was said in the call. `retryable` says whether the same request may fare better later: a refused key will
    not. `retry_after_s` is how many seconds the provider wants to be left alone, where it says so. `odd` says
    that it is this request that can not be answered, whatever becomes of others.
    """

    def __init__(
        self,
        text: str,
        *,
        detail: str = "",
        retryable: bool = True,
        retry_after_s: float | None = None,
        odd: bool = False,
    ) -> None:
        self.detail = detail
        self.retryable = retryable
        self.retry_after_s = retry_after_s
        self.odd = odd
        super().__init__(text)


class ToolError(TurnstileError):
    """A tool that can not be used as the flow says: no such function, or not these parameters."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(f"{what}; {mend}")


class NotDone(ToolError):
    """For a tool to raise: what it was asked to write certainly did not happen, so it may be tried again."""

    def __init__(self, why: str = "it was not done") -> None:
        super().__init__(why, "it may be tried again")
