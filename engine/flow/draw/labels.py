"""When a way is taken, in few words."""

from collections.abc import Iterator
from textwrap import shorten

from engine.core.reminders import SILENCE
from engine.core.states import COLLECTED, FAILED, TOO_OFTEN, Silence, State, Transition, Way
from engine.flow.draw.guards import in_words

MOST_LETTERS = 78
"""What is shown of a `when`: more of it would push the states apart."""


def conditions(transition: Transition, way: Way, fired: str = "") -> Iterator[str]:
    """Yield when a way is taken; `fired` says when the engine fires its transition by itself."""
    first = way is transition.ways[0]
    if first and transition.when is not None:
        yield shorten(transition.when, MOST_LETTERS, placeholder=" …")
    elif first and fired:
        yield fired
    if first and transition.key is not None:
        yield f"or key {transition.key}"
    if way.guard is not None:
        yield f"if {in_words(way.guard)}"
    elif not first:
        yield "otherwise"
    if way.language is not None:
        yield f"speaks {way.language} from here on"
    if way.digresses:
        yield "and comes back"


def fired_in(state: State, name: str) -> str:
    """Say when the engine fires a transition of a state; nothing, when its name alone says it."""
    if name == SILENCE and state.silence is not None:
        return silent_for(state.silence)
    said = {
        COLLECTED: "all of it is set",
        FAILED: "it does not take effect",
        TOO_OFTEN: f"instead, after {state.max_visits} visits",
    }
    return said.get(name, "")


def silent_for(silence: Silence) -> str:
    """Say how long the caller must be silent."""
    return f"nobody speaks for {', then '.join(f'{after_ms / 1000:g}s' for after_ms in silence.after_ms)}"
