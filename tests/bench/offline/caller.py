"""A caller who wants an appointment, listens to what the agent says, and answers as cooperative people do."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from engine.core.slots.slot import Slot
from tests.bench.offline import sentences
from tests.bench.offline.phrasings import Voice, a_day, a_goal, a_time

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
QUESTIONS_OF = {
    "cleaning, a check-up": "service",
    "Which day": "day",
    "What time would|Which other time": "time",
    "your name": "name",
    "best number|rest of the number|area code": "phone",
}
"""What the agent asks, and for which value."""
READ_BACK = re.compile(
    r"So that is an? (?P<service>.*?) on (?P<day>.*?) at (?P<time>.*?), for (?P<name>.*?), and I can reach you"
    r" at (?P<phone>.*?)\. Shall I book it\?$"
)
"""What the agent has understood, as the caller hears it."""


@dataclass
class Caller:
    """Wants a `goal`, which may change while they talk."""

    dice: Random
    slots: dict[str, Slot]
    typed: bool = False
    goal: dict[str, str] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    """The times that the agent has just offered, as the calendar writes them."""
    afterthought: str | None = None
    """What comes after a yes, before anything has been answered to it."""
    _asked: dict[str, int] = field(default_factory=dict)
    _wrong: tuple[str, ...] = ()
    _last: str = ""
    _read: str = ""
    _slipped: str | None = None

    def __post_init__(self) -> None:
        self.goal = self.goal or a_goal(self.dice)
        self.voice = Voice(self.dice, self.typed)

    def opening(self) -> str:
        """Return what they begin with: a greeting, a wish, or all they want at once."""
        said = [slot for slot in self.goal if self._luck(0.3)]
        if not said:
            return self.voice.finish(self.dice.choice(sentences.OPENINGS))
        service = self._say("service") if "service" in said else "an appointment"
        details = "".join(self._link(slot) for slot in said if slot != "service")
        return self.voice.finish(self.dice.choice(sentences.WISHES).format(service=service) + details)

    def reply(self, said: str) -> str:
        """Return what they say to what they hear."""
        if "Shall I book it?" in said and "So that is" in said:
            self._read = said
            return self._to_read_back(said)
        if "Which would you like?" in said and self.offered:
            return self._to_offer()
        if "Take your time" in said or "go ahead" in said:
            return self._to_read_back(self._read) if self._read else self._last
        question = self._question(said)
        if question is not None:
            self._read = ""
        if question == "change":
            wrong = [slot for slot in self.goal if slot in self._wrong]
            return self._remember(
                self._frame(wrong[0], plain=True) if wrong else self._pick(sentences.NOTHING)
            )
        if question is None:
            return self.voice.finish("no" if "leave it there" in said else self._pick(sentences.AGAIN))
        return self._to_question(question, said)

    def _question(self, said: str) -> str | None:
        """Return what the agent asks for last."""
        asked = [
            (found.start(), slot)
            for words, slot in {**QUESTIONS_OF, "should I change": "change", "help you": "wish"}.items()
            for found in re.finditer(words, said)
        ]
        return max(asked)[1] if asked else None

    def _to_question(self, slot: str, said: str) -> str:
        if slot == "wish":
            return self._remember(
                self.voice.finish(self._pick(sentences.WISHES).format(service=self._say("service")))
            )
        self._asked[slot] = asked = self._asked.get(slot, 0) + 1
        if "Which other time" in said:
            return self._another_time()
        if asked > 1:
            return self._remember(self._frame(slot, plain=True))
        if self._luck(0.06):
            return self.voice.finish(
                self._pick((*sentences.QUESTIONS, *sentences.HESITATIONS, *sentences.AGAIN, "mhm", "mm hmm"))
            )
        if slot == "time" and self._luck(0.15):
            return self.voice.finish(self._pick(sentences.WHATS_FREE))
        if slot in {"day", "time"} and self._luck(0.08):
            return self._slip(slot)
        more = next((other for other in self.goal if other not in self._asked and other != slot), None)
        added = self._link(more) if more is not None and more != "service" and self._luck(0.15) else ""
        mended = ""
        if self._slipped is not None and self._slipped != slot:
            mended = f" {self._pick(sentences.ADDED)} {self._say(self._slipped, plain=True)}"
            self._slipped = None
        return self._remember(self.voice.finish(self._frame(slot) + added + mended))

    def _slip(self, slot: str) -> str:
        """Say something else than what is wanted, and notice it: at once, or a turn later."""
        wrong = self.voice.value(slot, self._other(slot))
        if self._luck(0.6):
            return self._remember(
                self.voice.finish(self._pick(sentences.SLIPS).format(wrong=wrong, right=self._say(slot)))
            )
        self._slipped = slot
        return self._remember(self.voice.finish(wrong))

    def _to_read_back(self, said: str) -> str:
        """Agree only if all of it is right; otherwise say no, and what is wrong."""
        read = READ_BACK.search(said)
        heard = read.groupdict() if read is not None else {}
        self._wrong = tuple(
            slot for slot, value in self.goal.items() if self._spoken(slot, value) != heard.get(slot)
        )
        if self._wrong:
            told = self._wrong[: 1 if self._luck(0.7) else 2]
            tries = self._asked[f"wrong {told[0]}"] = self._asked.get(f"wrong {told[0]}", 0) + 1
            if self._luck(0.15) and tries == 1:
                return self.voice.finish(self._pick(sentences.NOES))
            first = self._correction(told[0], plain=tries > 1)
            return self.voice.finish(first + "".join(self._link(slot) for slot in told[1:]))
        if self._luck(0.08):
            return self.voice.finish(
                self._pick(
                    (
                        *sentences.QUESTIONS,
                        *sentences.HESITATIONS,
                        *sentences.AGAIN,
                        "mhm" if self.typed else "um",
                    )
                )
            )
        if self._luck(0.12):
            slot = self._changes_their_mind()
            return self.voice.finish(
                self._pick(sentences.MINDS).format(right=self._say(slot), label=self._label(slot))
            )
        if self._luck(0.05):
            slot = self._changes_their_mind()
            self.afterthought = self.voice.finish(
                f"oh wait, no, {self._label(slot)} should be {self._say(slot, plain=True)}"
            )
        return self.voice.finish(self._pick(sentences.YESES))

    def _changes_their_mind(self) -> str:
        slot = self.dice.choice(("service", "day", "time", "phone"))
        self.goal[slot] = self._other(slot)
        return slot

    def _to_offer(self) -> str:
        """Take the time that was wanted, or one of those that are there; or insist."""
        if self.goal["time"] not in self.offered:
            self.goal["time"] = self.dice.choice(self.offered)
        place = self.offered.index(self.goal["time"])
        by_place = ("the first one", "the second one", "the third one")[place]
        said = self._pick(sentences.TAKES).format(right=self._say("time"), place=by_place)
        return self._remember(self.voice.finish(said))

    def _another_time(self) -> str:
        if self._luck(0.5):
            return self.voice.finish(self._pick(sentences.WHATS_FREE))
        self.goal["time"] = self._other("time")
        return self._remember(self._frame("time"))

    def _correction(self, slot: str, *, plain: bool) -> str:
        right = self._say(slot, plain=plain or slot in {"name", "phone"})
        return self._pick(sentences.CORRECTIONS).format(right=right, label=self._label(slot))

    def _frame(self, slot: str, *, plain: bool = False) -> str:
        value = self._say(slot, plain=plain)
        return (
            value
            if plain or slot in {"name", "phone"}
            else self.voice.finish(self._pick(sentences.FRAMES[slot]).format(value))
        )

    def _link(self, slot: str) -> str:
        return " " + self._pick(sentences.LINKS[slot]).format(
            self._say(slot, plain=slot in {"name", "phone"})
        )

    def _label(self, slot: str) -> str:
        return {
            "service": "the service",
            "day": "the day",
            "time": "the time",
            "name": "my name",
            "phone": "my number",
        }[slot]

    def _say(self, slot: str, *, plain: bool = False) -> str:
        return self.voice.value(slot, self.goal[slot], plain=plain)

    def _other(self, slot: str) -> str:
        while True:
            other = (
                a_goal(self.dice)[slot]
                if slot not in {"day", "time"}
                else {"day": a_day, "time": a_time}[slot](self.dice)
            )
            if other != self.goal[slot]:
                return other

    def _spoken(self, slot: str, value: str) -> str:
        return self.slots[slot].type.spoken(value, NOON, "en-US")

    def _remember(self, said: str) -> str:
        self._last = self.voice.finish(said)
        return self._last

    def _pick(self, ways: tuple[str, ...]) -> str:
        return self.dice.choice(ways)

    def _luck(self, share: float) -> bool:
        return self.dice.random() < share
