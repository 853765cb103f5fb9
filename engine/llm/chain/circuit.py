"""Whether a provider is asked: one that failed is left out for a while, and then tried with one request."""

from dataclasses import dataclass

SHORTEST_S = 10.0
"""How long a provider is left out after its first failure; twice as long after each that follows on it."""
LONGEST_S = 120.0
HOPELESS_S = 60.0
"""The same for one that an operator has to see to: a refused key is not accepted ten seconds later."""
MOST_ASKED_FOR_S = 600.0
"""What a provider may ask for itself, as with a 429."""
SLOW_ONES = 2
"""Answers in a row that came too late, before that counts as a failure."""
ODD_ONES = 3
"""Requests in a row that a provider refused one by one: then it may be all of them."""


@dataclass(slots=True)
class Circuit:
    """The failures of one provider, and until when it is left out."""

    failures: int = 0
    open_until_ms: int = 0
    probing: bool = False
    """Whether one request is out that decides whether it is asked again."""
    slow: int = 0
    odd: int = 0

    def lets_through(self, now_ms: int) -> bool:
        """Say whether a request may be made now."""
        if not self.failures:
            return True
        return now_ms >= self.open_until_ms and not self.probing

    def asked(self) -> None:
        """Note that a request is made: after failures it is the only one until it has ended."""
        self.probing = self.failures > 0

    def left_alone(self) -> None:
        """Note that a request ended and told nothing: the caller spoke, or another model was faster."""
        self.probing = False

    def answered(self) -> None:
        """Note an answer: what was before is forgotten."""
        self.failures = self.slow = self.odd = 0
        self.probing = False

    def failed(self, now_ms: int, *, hopeless: bool = False, retry_after_s: float | None = None) -> float:
        """Note a failure, and return for how many seconds the provider is left out."""
        self.slow = self.odd = 0
        self.probing = False
        seconds = min(retry_after_s or 0.0, MOST_ASKED_FOR_S)
        if not self.failures or now_ms >= self.open_until_ms:  # else it is one of many that were under way
            doubled = 2 ** min(self.failures, 10)
            self.failures += 1
            seconds = max(seconds, min((HOPELESS_S if hopeless else SHORTEST_S) * doubled, LONGEST_S))
        self.open_until_ms = max(self.open_until_ms, now_ms + round(seconds * 1000))
        return self.open_for_s(now_ms)

    def was_slow(self, now_ms: int) -> float:
        """Note an answer that came too late; return for how many seconds it is left out, if at all."""
        self.slow += 1
        self.probing = False
        return self.failed(now_ms) if self.slow >= SLOW_ONES else 0.0

    def refused(self, now_ms: int) -> float:
        """Note that one request was refused for what stood in it; return as `was_slow` does."""
        self.odd += 1
        self.probing = False
        return self.failed(now_ms, hopeless=True) if self.odd >= ODD_ONES else 0.0

    def open_for_s(self, now_ms: int) -> float:
        """Return for how many seconds more the provider is left out."""
        return max(self.open_until_ms - now_ms, 0) / 1000 if self.failures else 0.0
