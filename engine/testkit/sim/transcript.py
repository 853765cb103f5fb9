"""What was really said, as Retell tells it: an utterance for each stretch of speech."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Transcript:
    """Grows word by word."""

    utterances: list[dict[str, str]] = field(default_factory=list)

    def agent(self, words: Sequence[str], *, anew: bool) -> None:
        """Add words of the agent; `anew` begins another utterance."""
        self._add("agent", " ".join(words), anew=anew)

    def caller(self, word: str, *, anew: bool) -> None:
        """Add a word of the caller."""
        self._add("user", word, anew=anew)

    def _add(self, role: str, words: str, *, anew: bool) -> None:
        last = self.utterances[-1] if self.utterances else None
        if last is None or last["role"] != role or anew:
            self.utterances.append({"role": role, "content": words})
        else:
            last["content"] += f" {words}"
