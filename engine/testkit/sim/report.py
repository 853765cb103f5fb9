"""What came of many calls, as a table, and of each broken rule one call that shows it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.testkit.sim.rules import Rule
from engine.testkit.sim.run import Result

ALWAYS = (Rule.LEFT_OPEN, Rule.OLD_ID, Rule.DUPLICATE_WRITE, Rule.SILENCE)
"""Rules that are counted in the table even when nobody has broken them."""
NAMES = {Rule.LEFT_OPEN: "responses left open", Rule.DUPLICATE_WRITE: "duplicate writes"}
OF_OURS = frozenset({Rule.DUPLICATE_WRITE, Rule.SILENCE, Rule.ENGINE_BUG})
"""Rules that no platform has."""


@dataclass(frozen=True, slots=True)
class Report:
    """All results of one run."""

    results: Sequence[Result]

    @property
    def broken(self) -> dict[Rule, Result]:
        """Of each rule that was broken, the shortest call that shows it."""
        found: dict[Rule, Result] = {}
        for result in sorted(self.results, key=lambda result: len(result.played)):
            for rule in result.rules:
                found.setdefault(rule, result)
        return found

    @property
    def table(self) -> str:
        """The table."""
        counts = Counter(violation.rule for result in self.results for violation in result.violations)
        rows = [("calls", str(len(self.results)))]
        rows.append(("protocol violations", str(sum(n for rule, n in counts.items() if rule not in OF_OURS))))
        rows += [(NAMES.get(rule, rule.title), str(counts[rule])) for rule in ALWAYS]
        rows += [(rule.title, str(counts[rule])) for rule in Rule if counts[rule] and rule not in ALWAYS]
        waits = sorted(ms for result in self.results for ms in result.waits_ms)
        told = f"p50 {_share(waits, 0.5)} ms, p95 {_share(waits, 0.95)} ms" if waits else "none"
        rows.append(("time to first sentence", told))
        if any(result.wished for result in self.results):
            made = sum(result.made for result in self.results)
            wished = sum(result.wished for result in self.results)
            rows.append(("bookings made of wished", f"{made} of {wished}"))
        width = max(len(name) for name, _ in rows)
        return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)


def _share(sorted_ms: Sequence[int], share: float) -> int:
    return sorted_ms[min(int(len(sorted_ms) * share), len(sorted_ms) - 1)]
