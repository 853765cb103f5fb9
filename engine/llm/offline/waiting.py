"""What a caller needs before the answer comes: to hear it once more, or a moment."""

from engine.core.slots.signs import signed
from engine.core.speech import TextDelta
from engine.llm.offline.acts import Act
from engine.llm.offline.asked import TAKE_TIME, last_said
from engine.llm.offline.replies import Reply, say
from engine.llm.offline.situation import Situation

FETCHES = signed(
    r"^(?:(?:oh|well|sure|ok|okay|um|sorry|yes|,) )*(?:(?:hold on|hang on|wait) )?(?:, )?let me"
    r"(?: just| quickly| first)?"
    r" (?:get|grab|find|fetch|check|ask|look (?:at|for|in)|put on|turn|pull up|open)"
    r" (?:my|the|a|an|some)\b",
    "let",
)
"""Says what is fetched or looked up before the answer."""
APOLOGY = "Sorry, I didn't get that. "


def repeat(now: Situation) -> Reply | None:
    """Say it again: "Sorry, what was that?"."""
    if Act.REPEAT not in now.acts:
        return None
    said = _without_filler(now, last_said(now.request).removeprefix(APOLOGY))
    return [TextDelta(said)] if said else None


def _without_filler(now: Situation, said: str) -> str:
    """Return a line without the words that were only to pass the time: "Let me look."."""
    fillers = (
        tool.filler.text(now.request.language) for tool in now.request.flow.tools.values() if tool.filler
    )
    found = next((filler for filler in fillers if said.startswith(f"{filler} ")), "")
    return said.removeprefix(found).strip()


def fetches(now: Situation) -> Reply | None:
    """Wait for "let me get my glasses", which is no name, whatever was asked."""
    if not FETCHES.search(now.words.text) or now.lost:
        return None
    gives = any(kind not in {"name", "text"} for kind in now.kinds(now.changes).values())
    return None if gives else say(TAKE_TIME)


def hold_on(now: Situation) -> Reply | None:
    """Wait for "let me check my calendar"."""
    return say(TAKE_TIME) if Act.HOLD_ON in now.acts else None
