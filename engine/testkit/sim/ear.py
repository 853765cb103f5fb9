"""What a caller makes of the agent's words: which of the flow's own questions they end with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.core.flow import Flow
from engine.core.template import Template
from engine.core.wording import Wording


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked last."""

    kind: str
    """`ask`, `confirm`, `open`, `there` (are you?) or `none`."""
    slots: tuple[str, ...] = ()
    end: int = 0


class Ear:
    """Knows what a flow may ask."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._known = sorted(self._patterns(), key=lambda known: -len(known[0].pattern))

    def question(self, heard: str) -> Question:
        """Return what an utterance asks last; `none` when it asks nothing that is known."""
        text = " ".join(heard.split())
        best = Question("none")
        for pattern, kind, slots in self._known:
            for found in pattern.finditer(text):
                if found.end() > best.end:
                    best = Question(kind, slots, found.end())
        last = text.rfind("?")
        if last < 0 or best.end > last:
            return best
        sentence = re.split(r"(?<=[.?!])\s", text[: last + 1])[-1]
        named = tuple(name for name in self._flow.slots if self._names(name, sentence))
        return Question("ask" if named else "open", named, last + 1)

    def _patterns(self) -> Iterator[tuple[re.Pattern[str], str, tuple[str, ...]]]:
        flow = self._flow
        for name, slot in flow.slots.items():
            for template in _templates(slot.ask):
                yield _pattern(template), "ask", (name,)
        for state in flow.states.values():
            for template in _templates(state.say):
                if state.confirms:
                    yield _pattern(Template(template.sentences[-1:])), "confirm", state.confirms
            silence = flow.silence_in(state.name)
            for say in silence.say if silence is not None else ():
                for template in _templates(say):
                    yield _pattern(template), "there", ()
        for template in _templates(flow.lines.again):
            yield _pattern(template), "confirm", ()

    def _names(self, name: str, sentence: str) -> bool:
        slot = self._flow.slots[name]
        if slot.by_tool:
            return False
        labels = [t.render(lambda _: None)[0] for t in _templates(slot.label)]
        short = [label.split() for label in labels if len(label.split()) < 3]  # "order number", "new time"
        words = {name.replace("_", " "), *(word for label in short for word in label)}
        return any(word and re.search(rf"\b{re.escape(word)}\b", sentence, re.IGNORECASE) for word in words)


def _templates(wording: Wording | None) -> tuple[Template, ...]:
    if wording is None:
        return ()
    language = next((each for each in wording.by_language if each.startswith("en")), None)
    return wording.by_language[language] if language is not None else ()


def _pattern(template: Template) -> re.Pattern[str]:
    """Return what finds a line, whatever stands in the place of its slots."""
    parts = (part for sentence in template.sentences for part in [*sentence, " "])
    written = "".join(re.escape(part) if isinstance(part, str) else r".+?" for part in parts)
    return re.compile(re.sub(r"(\\ |\s)+", " ", written).strip() or r"(?!)")
