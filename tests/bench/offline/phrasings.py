"""How simulated callers say what they want: every value in many ways, typed or as it comes out of speech-to-text."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

TODAY = date(2026, 11, 23)
"""The day on which the test kit's calls take place, a Monday."""

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = {2: "twenty", 3: "thirty", 4: "forty", 5: "fifty"}
NTH = {
    1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth",
    10: "tenth", 11: "eleventh", 12: "twelfth", 20: "twentieth", 30: "thirtieth",
}  # fmt: skip

SERVICES = {
    "cleaning": ("a cleaning", "cleaning", "a teeth cleaning", "to have my teeth cleaned", "a regular cleaning", "just a cleaning"),
    "check-up": ("a check-up", "a checkup", "a check up", "an exam", "a regular check-up", "an examination", "just a check up"),
    "filling": ("a filling", "filling", "to get a cavity filled", "a filling for a cavity", "a new filling", "a cavity"),
}  # fmt: skip
FIRST_NAMES = (
    "Maria", "James", "Linda", "Carlos", "Priya", "Kevin", "Susan", "Ahmed", "Grace", "Oliver", "Hannah", "Diego",
    "Fatima", "Peter", "Nancy", "Brian", "Sofia", "Marcus", "Teresa", "Will", "April", "Mark", "Rose", "Jack",
)  # fmt: skip
LAST_NAMES = (
    "Lopez", "Miller", "Johnson", "Patel", "Nguyen", "Garcia", "Smith", "Baker", "Okafor", "Schmidt", "Rossi",
    "Kowalski", "Turner", "Brooks", "Friday", "Young", "Harris", "Cohen", "Silva", "Hughes", "Bennett", "Wright",
)  # fmt: skip


def number(n: int) -> str:
    """Return a number below sixty in words."""
    if n < 20:
        return ONES[n]
    return f"{TENS[n // 10]} {ONES[n % 10]}" if n % 10 else TENS[n // 10]


def nth(n: int) -> str:
    """Return a day of the month in words."""
    if n in NTH:
        return NTH[n]
    return f"{TENS[n // 10]} {NTH[n % 10]}" if n > 20 else f"{ONES[n]}th"


def suffixed(n: int) -> str:
    """Return a day of the month as it is typed: 21st."""
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


@dataclass(frozen=True)
class Voice:
    """One caller's way to put things: chosen anew each time, by the caller's own dice."""

    dice: Random
    typed: bool

    def value(self, slot: str, value: str, *, plain: bool = False) -> str:
        """Return a value as this caller says it; `plain` is how one says it to who has not understood."""
        ways = {
            "service": lambda: (value,) if plain else SERVICES[value],
            "day": lambda: self._day(date.fromisoformat(value), plain=plain),
            "time": lambda: self._time(int(value[:2]), int(value[3:]), plain=plain),
            "name": lambda: (value,) if plain else self._name(value),
            "phone": lambda: self._phone(value[-10:], plain=plain),
        }[slot]()
        return self.finish(self.dice.choice(ways))

    def finish(self, words: str) -> str:
        """Return words as they arrive: speech has no capitals and no marks."""
        if self.typed:
            return words
        kept = words.lower().translate(str.maketrans("-", " ", ",.?!;:"))
        return " ".join(kept.split())

    def _day(self, day: date, *, plain: bool) -> tuple[str, ...]:
        weekday, month = f"{day:%A}", f"{day:%B}"
        short = suffixed(day.day) if self.typed else nth(day.day)
        dated = (f"{weekday}, {month} {short}", f"{month} {short}", f"{weekday} the {short}")
        if plain:
            return dated[:2]
        ways = [*dated, *dated, f"the {short} of {month}", f"the {short}"]
        ahead = (day - TODAY).days
        if ahead == 1:
            ways += ["tomorrow", "tomorrow"]
        if ahead == 2:
            ways += ["the day after tomorrow"]
        if 1 < ahead < 7:
            ways += [weekday, f"this {weekday}", f"in {number(ahead)} days"]
        if 7 <= ahead < 14:
            ways += [f"{weekday} next week", f"next week {weekday}"]
        if 8 <= ahead < 12:
            ways += [f"a week from {weekday}"]
        if self.typed:
            ways += [f"{day.month}/{day.day}", f"{day:%b} {day.day}", f"{month} {day.day}"]
        return tuple(ways)

    def _time(self, hour: int, minute: int, *, plain: bool) -> tuple[str, ...]:
        twelve, half = (hour - 1) % 12 + 1, "am" if hour < 12 else "pm"
        part = "in the morning" if hour < 12 else "in the afternoon"
        h, m = (str(twelve), f"{minute:02}") if self.typed else (number(twelve), number(minute))
        if minute == 0:
            exact = (f"{h} {half}", f"{h} {part}") if hour != 12 else (f"{h} pm", "noon")
            loose: tuple[str, ...] = (h, f"{h} o'clock") if hour != 12 else ("noon", "twelve")
        else:
            clock = f"{h}:{m}" if self.typed else f"{h} {m}"
            exact, loose = (f"{clock} {half}", f"{clock} {part}"), (clock,)
        if plain:
            return exact
        spoken = {15: f"quarter past {h}", 30: f"half past {h}"}
        if minute == 45:
            spoken[45] = f"quarter to {twelve % 12 + 1 if self.typed else number(twelve % 12 + 1)}"
        return (*exact, *exact, *loose, *loose, *([spoken[minute]] if minute in spoken else []))

    @staticmethod
    def _name(name: str) -> tuple[str, ...]:
        first, last = name.split()
        return (
            name, name, f"it's {name}", f"my name is {name}", f"this is {name}", f"{name}, please", f"sure, it's {name}",
            f"the name is {name}", f"{name}, that's me", f"yes, {name}", f"first name {first}, last name {last}",
            f"um, {name}", f"you can put it under {name}", f"I'm {name}",
        )  # fmt: skip

    def _phone(self, digits: str, *, plain: bool) -> tuple[str, ...]:
        parts = digits[:3], digits[3:6], digits[6:]
        if self.typed:
            dashed = "-".join(parts)
            ways: tuple[str, ...] = (
                dashed,
                f"({parts[0]}) {parts[1]}-{parts[2]}",
                digits,
                " ".join(parts),
                f"+1 {dashed}",
            )
        else:
            ways = tuple(", ".join(self._digits(part, oh) for part in parts) for oh in ("oh", "zero"))
        if plain:
            return ways[:1]
        return (*ways, *(f"it's {way}" for way in ways), *(f"sure, my number is {way}" for way in ways))

    def _digits(self, digits: str, oh: str) -> str:
        said: list[str] = []
        at = 0
        while at < len(digits):
            twice = digits[at : at + 2] == 2 * digits[at] and self.dice.random() < 0.2
            one = oh if digits[at] == "0" else ONES[int(digits[at])]
            said.append(f"double {one}" if twice else one)
            at += 2 if twice else 1
        return " ".join(said)


def a_day(dice: Random) -> str:
    """Return a weekday of the next three weeks."""
    while True:
        day = TODAY + timedelta(dice.randint(1, 18))
        if day.weekday() < 5:
            return day.isoformat()


def a_time(dice: Random) -> str:
    """Return a time within office hours, usually at the full or the half hour."""
    hour = dice.choice((9, 9, 10, 10, 11, 12, 13, 14, 14, 15, 15, 16))
    return f"{hour:02}:{dice.choice((0, 0, 0, 30, 30, 15, 45)):02}"


def a_goal(dice: Random) -> dict[str, str]:
    """Return what a caller wants."""
    exchange = f"{dice.randint(2, 9)}{dice.randint(0, 9)}{dice.randint(0, 9)}"
    if exchange.endswith("11"):
        exchange = "555"
    return {
        "service": dice.choice(tuple(SERVICES)),
        "day": a_day(dice),
        "time": a_time(dice),
        "name": f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)}",
        "phone": f"+1{dice.choice(('202', '212', '415', '718', '305', '617'))}{exchange}{dice.randint(0, 9999):04}",
    }
