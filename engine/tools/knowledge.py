"""The built-in knowledge: a read that finds the few passages that answer a caller's question."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from engine.core.signature import Signature
from engine.core.tool import Parameter
from engine.core.tool_source import Passage, Passages
from engine.errors import NotDone
from engine.tools.circumstances import Circumstances
from engine.tools.means import Means
from engine.tools.outcome import Outcome
from engine.tools.passage_index import PassageIndex
from engine.tools.spoken_answer import spoken_answer

QUESTION = "question"
MOST_TOLD = 3
MOST_LETTERS_TOLD = 2_000
"""Characters of all the passages that a model is given for one question; the best one comes in any case."""
MOST_KEPT = 64
"""Sets of files whose index is kept: more than anyone serves at once, and those of older versions go."""
UNKNOWN = "I don't know that, I'm afraid."

ASKED = "What the caller asks, in their own words. Answer it from what is returned, and from nothing else."
SIGNATURE = Signature(
    description="",  # what is known here, the flow says best
    parameters=(Parameter(QUESTION, {"type": "string", "description": ASKED}),),
    takes_key=False,
)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Passages that can be looked up."""

    source: Passages

    @property
    def signature(self) -> Signature:
        """One question in the caller's words."""
        return SIGNATURE

    async def call(
        self, arguments: Mapping[str, object], circumstances: Circumstances, means: Means
    ) -> Outcome:
        """Find what answers the question. It takes a fraction of a millisecond, and so no thread.

        Raises NotDone when there is no question.
        """
        question = arguments.get(QUESTION)
        if not isinstance(question, str):
            raise NotDone("there is no question")
        return self.answer(question)

    async def look_up(
        self, arguments: Mapping[str, object], circumstances: Circumstances, means: Means
    ) -> Outcome | None:
        """Find nothing: a read leaves nothing behind to look for."""
        return None

    def answer(self, question: str) -> Outcome:
        """Return the passages that answer a question, the best one first, and a sentence or two to say."""
        found = _index(self.source).search(question, MOST_TOLD)
        if not found:
            return Outcome("nothing", say=UNKNOWN)
        passages = [{"about": _title(passage), "text": passage.text} for passage in _told(found)]
        return Outcome("found", {"passages": passages}, say=spoken_answer(found[0].text))

    def make_ready(self) -> None:
        """Build the index before the first call. Raises ToolError when this Python can not search."""
        _index(self.source)


def find(source: Passages) -> Knowledge:
    """Return the tool that knows these passages."""
    return Knowledge(source)


@functools.lru_cache(maxsize=MOST_KEPT)
def _index(source: Passages) -> PassageIndex:
    return PassageIndex(source.passages)


def _told(found: tuple[Passage, ...]) -> list[Passage]:
    """Return the best passages, as many as a model is to read while the caller waits."""
    told: list[Passage] = []
    left = MOST_LETTERS_TOLD
    for passage in found:
        left -= len(passage.text)
        if told and left < 0:
            break
        told.append(passage)
    return told


def _title(passage: Passage) -> str:
    return ": ".join((*passage.within, passage.about))
