"""What a model is asked: the call as it stands, the flow, and the functions it may call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.core.call import Call, Line
from engine.core.events import Speaker, Utterance
from engine.core.flow import Flow
from engine.core.functions import Function
from engine.core.heard import MASK, WORD
from engine.core.states import State
from engine.core.talk import LastWords


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model. A model with language reads its prompt; the offline one reads its fields."""

    flow: Flow
    call: Call
    functions: tuple[Function, ...]
    now: datetime
    """In the flow's time zone."""
    words: str
    """What the caller has said that nobody has acted upon yet."""
    broken_off: str = ""
    """What has been spoken of a reply to this that broke off: it is to be gone on with, not begun anew."""

    @property
    def state(self) -> State:
        """The state in which the question is asked."""
        return self.flow.states[self.call.talk.state]

    @property
    def language(self) -> str:
        """The language that is spoken."""
        return self.call.talk.language or self.flow.language

    @property
    def known(self) -> Mapping[str, str]:
        """The canonical values of the slots that are set."""
        return self.call.talk.slots

    @property
    def missing(self) -> tuple[str, ...]:
        """The slots that this state collects and does not have yet, in the order of the flow."""
        return tuple(slot for slot in self.state.collect if slot not in self.known)

    @property
    def greeting_unheard(self) -> bool:
        """Whether the caller spoke before anything of the greeting was heard."""
        return self.call.line.turn is not None and self.call.line.turn.greeting_unheard

    @property
    def may_say_nothing(self) -> bool:
        """Whether a reply without a word is one: the farewell was spoken, or all of a broken sentence was."""
        return self.state.ends or ends_a_sentence(self.broken_off)


def ends_a_sentence(text: str) -> bool:
    """Whether a text stops where a sentence does."""
    return text.rstrip("\"')\N{RIGHT DOUBLE QUOTATION MARK} ").endswith((".", "?", "!"))


def unanswered(transcript: tuple[Utterance, ...], answered: LastWords) -> str:
    """Return the caller's words since those that were `answered`.

    An utterance may grow after it was acted upon ("yes" becomes "yes, no wait"): then what was added
    counts. If it reads differently the second time, all of it does.
    """
    said = []
    for index in range(max(answered.index, 0), len(transcript)):
        utterance = transcript[index]
        if utterance.speaker is Speaker.CALLER:
            before = answered.text if index == answered.index else ""
            said.append(_added(utterance.text, before))
    return " ".join(words for words in map(str.strip, said) if words)


def unknown(line: Line, answered: LastWords) -> bool:
    """Whether the caller has said something since that was not written down, and has not come again yet."""
    return line.wordless and any(u.speaker is Speaker.CALLER for u in line.transcript[answered.index + 1 :])


def last_words(transcript: tuple[Utterance, ...]) -> LastWords:
    """Return the caller's last utterance."""
    for index in range(len(transcript) - 1, -1, -1):
        if transcript[index].speaker is Speaker.CALLER:
            return LastWords(index, transcript[index].text)
    return LastWords()


def _added(text: str, before: str) -> str:
    known = [word.casefold() for word in WORD.findall(before)]
    if not known:
        return text
    found = list(WORD.finditer(text))
    if len(found) < len(known) or any(
        before not in {MASK, word[0].casefold()} for before, word in zip(known, found, strict=False)
    ):
        return text
    return text[found[len(known)].start() :] if len(found) > len(known) else ""
