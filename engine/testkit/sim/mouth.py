"""How the caller is heard: word by word, with pauses after which Retell asks."""

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Mouth:
    """What the caller says, and is about to say. Times are milliseconds of the call."""

    word_ms: int
    endpoint_ms: int
    word_at: int = 0
    """When the next word has been heard."""
    ask_at: int | None = None
    """When their pause counts as the end of what they say."""
    said: str = ""
    """What they have said since the last request."""
    told_at: int | None = None
    """When the server was told that they speak; None when they do not."""
    _words: deque[str] = field(default_factory=deque)

    @property
    def speaks(self) -> bool:
        """Whether there are words to come."""
        return bool(self._words)

    @property
    def holds_the_floor(self) -> bool:
        """Whether they speak, or have just stopped and nothing was asked yet."""
        return bool(self._words) or self.ask_at is not None

    def begin(self, words: str, now: int) -> None:
        """Let them say something, or go on."""
        self._words += words.split()
        self.word_at = now + self.word_ms
        self.ask_at = None

    def word(self, now: int) -> str:
        """Return the word that was just heard."""
        word = self._words.popleft()
        self.said = f"{self.said} {word}".strip()
        self.word_at = now + self.word_ms
        if not self._words:
            self.ask_at = now + self.endpoint_ms
        return word

    def asked(self) -> str:
        """Return what they have said up to a request."""
        said, self.said = self.said, ""
        self.ask_at = None
        return said
