"""How many values of typed and spoken sentences are read right, wrongly or not at all, and how fast.

Each line of a table is what was asked ("-": nothing), what is said, and the value ("-": there is none to take).
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

from engine.core.flow import Flow
from engine.core.request import Request
from engine.core.slots.answers import YesNo
from engine.core.slots.choices import Choice
from engine.core.slots.dates import Date
from engine.core.slots.names import Name
from engine.core.slots.phones import Phone
from engine.core.slots.times import Time
from engine.core.slots.type import SlotType
from engine.flow.load import load
from engine.flow.phones import dialable
from engine.llm.offline.listen import hear
from engine.llm.offline.model import OfflineModel
from engine.testkit import Call
from engine.tools.find import inspect_tool
from tests.bench.offline.spoken import spoken

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
"""A Wednesday."""
TABLES = {
    "dates": "day",
    "times": "time",
    "phones": "phone",
    "names": "name",
    "answers": "agreed",
    "choices": "service",
}
"""The slot that each table is about."""
OPTIONS = {"haircut": ("cut", "trim"), "color": ("colour", "highlights", "dye"), "shave": ("beard trim",)}
SLOTS: Mapping[str, SlotType] = {
    "service": Choice(OPTIONS),
    "day": Date(),
    "time": Time(),
    "name": Name(),
    "phone": Phone(lambda digits: dialable(digits, "US")),
    "agreed": YesNo(),
}
FLOW = "flows/appointment.yaml"
KNOWN = {
    "service": "cleaning",
    "day": "2026-12-04",
    "time": "10:00",
    "name": "Maria Lopez",
    "phone": "+12025550123",
}
TURNS = (
    "hi this is maria lopez calling i need a cleaning next tuesday at half past ten",
    "a check-up please",
    "what days do you have",
    "not thursday friday",
    "in the morning",
    "two thirty",
    "um it's kathy",
    "two oh two five five five oh one two three",
    "can you repeat that",
    "no the time is wrong",
    "i'd rather not say",
    "yes that sounds good",
)
"""What callers say at any moment of a call."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and what is to be understood of it."""

    table: str
    asked: str | None
    said: str
    value: str | None

    @property
    def slot(self) -> str:
        """The slot that it is about."""
        return TABLES[self.table]

    def heard(self, *, as_speech: bool) -> str | None:
        """Return the value that the offline model hears."""
        said = spoken(self.said, by_digit=self.table == "phones") if as_speech else self.said
        return hear(said, SLOTS, [self.asked] if self.asked else [], NOW).values.get(self.slot)

    def outcome(self, *, as_speech: bool) -> str:
        """Return whether it is understood: right, wrong or none."""
        heard = self.heard(as_speech=as_speech)
        if _plain(heard) == _plain(self.value):
            return "right"
        return "none" if heard is None else "wrong"


def _plain(value: str | None) -> str | None:
    """Return a value without what nobody hears: the hyphen and the capitals of a name."""
    return None if value is None else value.replace("-", " ").casefold()


def lines() -> Iterator[Line]:
    """Yield the lines of all tables."""
    for table in TABLES:
        text = Path(__file__).with_name(f"{table}.tsv").read_text()
        for line in text.splitlines():
            asked, said, value = (None if part == "-" else part for part in line.split("\t"))
            yield Line(table, asked, said or "", value)


def counted(*, as_speech: bool) -> Mapping[str, Counter[str]]:
    """Return how often each outcome occurs in each table."""
    counts = {table: Counter[str]() for table in TABLES}
    for line in lines():
        counts[line.table][line.outcome(as_speech=as_speech)] += 1
    return counts


def _request(flow: Flow, known: int, words: str) -> Request:
    """Return what the model is asked when so many values are known and a caller says this."""
    call = Call(flow).caller("hello")
    if known:
        call.model("Sure.", wants_appointment=dict(list(KNOWN.items())[:known]))
    else:
        call.model("How can I help?")
    return call.caller(words).request


def turn_ms(rounds: int = 40) -> list[list[float]]:
    """Return the milliseconds of CPU of each reply of the offline model, round by round of the same turns."""
    flow = load(Path(FLOW), inspect_tool)
    requests = [_request(flow, known, words) for known in range(len(KNOWN) + 1) for words in TURNS]
    model = OfflineModel()
    spent: list[list[float]] = []
    for at in range(rounds):
        spent.append([])
        for request in requests:
            anew = replace(request, words=request.words + " " * at)  # nothing kept of the last round helps
            began = time.thread_time_ns()
            model.reply(anew)
            spent[-1].append((time.thread_time_ns() - began) / 1e6)
    return spent


def main() -> None:
    """Print the tables."""
    for as_speech in (False, True):
        print(f"{'spoken' if as_speech else 'typed':10}{'right':>8}{'wrong':>8}{'none':>8}{'of':>8}")
        for table, count in counted(as_speech=as_speech).items():
            row = "".join(f"{count[outcome]:8}" for outcome in ("right", "wrong", "none"))
            print(f"{table:10}{row}{count.total():8}")
    spent = turn_ms()
    best = min(map(fmean, spent))  # of all rounds the one that other work on the machine has disturbed least
    each = sorted(ms for round_ in spent for ms in round_)
    print(
        f"\na turn: {best:.2f} ms of CPU in the best of {len(spent)} rounds, {fmean(each):.2f} ms in all,"
        f" 99 of 100 within {each[len(each) * 99 // 100]:.2f} ms"
    )
