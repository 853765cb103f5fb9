"""How the agent is heard: text comes in pieces, is spoken a sentence at a time, and word by word."""

import re
from collections import deque
from dataclasses import dataclass, field

SENTENCE = re.compile(r"[.?!…:;][\"')]*(?=\s|$)")
"""The end of what can be spoken: Retell begins with the first complete sentence."""
WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Voice:
    """The agent's voice. Times are milliseconds of the call."""

    word_ms: int
    """How long a word takes."""
    interruptible: bool = True
    _text: str = ""
    """What has come and is not a whole sentence yet."""
    _words: deque[str] = field(default_factory=deque)
    _next_ms: int = 0
    """When the word that is being spoken has been heard."""

    @property
    def speaking(self) -> bool:
        """Whether there is anything that the caller hears now."""
        return bool(self._words)

    @property
    def rest(self) -> str:
        """What has not been heard."""
        return " ".join([*self._words, *WORD.findall(self._text)])

    def take(self, text: str, now_ms: int, *, complete: bool) -> bool:
        """Take a piece of text; say whether that lets the voice begin or go on after a pause."""
        self._text += text
        ends = [found.end() for found in SENTENCE.finditer(self._text)]
        ready = len(self._text) if complete else (ends[-1] if ends else 0)
        words = WORD.findall(self._text[:ready])
        self._text = self._text[ready:]
        begins = bool(words) and not self._words
        if begins:
            self._next_ms = now_ms + self.word_ms
        self._words += words
        return begins

    def heard(self, now_ms: int) -> list[str]:
        """Return the words that were heard until now, since the last time."""
        words = []
        while self._words and self._next_ms <= now_ms:
            words.append(self._words.popleft())
            self._next_ms += self.word_ms
        return words

    def stop(self) -> str:
        """Say nothing more; return what is cut."""
        cut = self.rest
        self._text = ""
        self._words.clear()
        return cut

    @property
    def done_ms(self) -> int | None:
        """When everything that can be spoken will have been heard; None when nothing is being said."""
        return self._next_ms + (len(self._words) - 1) * self.word_ms if self._words else None

    def after_words(self, count: int) -> int | None:
        """Return when so many more words will have been heard; None when there are not as many."""
        return self._next_ms + (count - 1) * self.word_ms if 0 < count <= len(self._words) else None
