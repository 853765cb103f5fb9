"""A small server for Retell, written by hand and right; and the same with one bug or another."""

import asyncio
import json
from collections.abc import Callable
from enum import Enum, auto
from typing import Any

from engine.testkit.sim.steps import Trouble

Send = Callable[[str | bytes], None]


class Bug(Enum):
    """What can be wrong with it."""

    NEVER_COMPLETE = auto()
    OLD_ID = auto()
    PONG_DROPPED = auto()
    NO_LEDGER = auto()
    GREETS_AGAIN = auto()
    REMINDER_IGNORED = auto()
    SLOW = auto()
    GOODBYE_LOST = auto()
    INTERRUPTS_CALLER = auto()
    CONFIG_LATE = auto()
    GOES_ON_AFTER_THE_END = auto()
    NO_JSON = auto()
    WRONG_TYPE = auto()
    HANGS_UP_TWICE = auto()
    NO_GREETING = auto()
    UNASKED_ID = auto()
    RESULT_OF_NOTHING = auto()
    CLOSES_WITHOUT_A_CODE = auto()
    SAYS_NOTHING = auto()


class Desk:
    """Books what callers ask for and says goodbye to who says it."""

    def __init__(self, bug: Bug | None = None) -> None:
        self.bug = bug
        self.greeted = False
        self.booked: set[str] = set()
        self.tool_calls = 0
        self.hanging_up = False
        self.newest = 0

    async def dial(self, on_frame: Send, on_close: Callable[[int], None]) -> "DeskLine":
        """Take a connection."""
        line = DeskLine(self, on_frame, on_close)
        asyncio.get_running_loop().call_soon(line.open)
        return line

    def arm(self, trouble: Trouble) -> None:
        """Have no tools that could be in trouble."""

    async def end(self) -> None:
        """Be done."""


class DeskLine:
    """One connection."""

    def __init__(self, desk: Desk, on_frame: Send, on_close: Callable[[int], None]) -> None:
        self._desk = desk
        self._on_frame = on_frame
        self._on_close = on_close
        self._gone = False
        self._spoke_over = False

    async def send(self, frame: str) -> None:
        """Read a frame of the platform."""
        read = json.loads(frame)
        match read["interaction_type"]:
            case "ping_pong" if not self._has(Bug.PONG_DROPPED):
                self._say(response_type="ping_pong", timestamp=read["timestamp"])
            case "response_required":
                self._answer(read["response_id"], read["transcript"][-1]["content"].lower())
            case "reminder_required":
                self._desk.newest = read["response_id"]
                if not self._has(Bug.REMINDER_IGNORED):
                    self._respond("Are you still there?")
            case "update_only" if read.get("turntaking") == "user_turn" and self._has(Bug.INTERRUPTS_CALLER):
                self._later(1.0, self._interrupt)
            case _:
                pass

    async def drop(self) -> None:
        """Be cut off."""
        self._gone = True

    async def hang_up(self) -> None:
        """Be closed."""
        self._gone = True

    def open(self) -> None:
        """Begin: configuration and greeting; or, when it is not the first connection, the configuration."""
        config = {"auto_reconnect": True, "call_details": False}
        if not self._has(Bug.CONFIG_LATE):
            self._say(response_type="config", config=config)
        first, self._desk.greeted = not self._desk.greeted, True
        if (first or self._has(Bug.GREETS_AGAIN)) and not self._has(Bug.NO_GREETING):
            self._say(
                response_type="response", response_id=0, content="Hello, this is the front desk. What can I do?",
                content_complete=True,
            )  # fmt: skip
        if self._has(Bug.CONFIG_LATE):
            self._say(response_type="config", config=config)

    def _answer(self, number: int, words: str) -> None:
        old, self._desk.newest = self._desk.newest, number
        if self._has(Bug.OLD_ID) and number > 1:
            self._later(0.6, lambda: self._respond("And as I was saying.", number=old))
        if self._has(Bug.SLOW):
            self._later(3.5, lambda: self._respond("Let me see.") if self._desk.newest == number else None)
        elif self._has(Bug.NO_JSON):
            self._raw("Certainly!")
            self._respond("Certainly!")
        elif self._has(Bug.CLOSES_WITHOUT_A_CODE):
            self._gone = True
            self._on_close(1005)
        elif "book" in words:
            self._book()
        elif "bye" in words or (self._desk.hanging_up and not self._has(Bug.GOODBYE_LOST)):
            self._goodbye()
        else:
            self._respond("" if self._has(Bug.SAYS_NOTHING) else "All right. What else can I do for you?")

    def _book(self) -> None:
        if "a table" not in self._desk.booked or self._has(Bug.NO_LEDGER):
            self._desk.booked.add("a table")
            self._desk.tool_calls += 1
            id_ = f"tool_{self._desk.tool_calls}"
            if not self._has(Bug.RESULT_OF_NOTHING):
                arguments = json.dumps({"what": "a table"})
                self._say(
                    response_type="tool_call_invocation", tool_call_id=id_, name="book", arguments=arguments
                )
            self._say(response_type="tool_call_result", tool_call_id=id_, content="booked", successful=True)
        self._respond("It is booked for you. Is there anything else?")

    def _goodbye(self) -> None:
        again = self._desk.hanging_up
        self._desk.hanging_up = True
        if self._has(Bug.HANGS_UP_TWICE):
            self._respond("Thank you.", end_call=True, complete=False)
        text = "" if again else "Thank you for calling, and have a very nice day. Goodbye!"
        self._respond(text, end_call=True)

    def _interrupt(self) -> None:
        if not self._spoke_over:
            self._spoke_over = True
            self._say(
                response_type="agent_interrupt", interrupt_id=1, content="By the way, we are closed tomorrow.",
                content_complete=True,
            )  # fmt: skip

    def _respond(
        self, text: str, *, number: int | None = None, end_call: bool = False, complete: bool = True
    ) -> None:
        number = self._desk.newest if number is None else number
        if self._has(Bug.UNASKED_ID):
            number += 7
        end: Any = {"end_call": True} if end_call else {}
        done: Any = complete and not self._has(Bug.NEVER_COMPLETE)
        if self._has(Bug.WRONG_TYPE):
            done = "true"
        self._say(response_type="response", response_id=number, content=text, content_complete=done, **end)
        if self._has(Bug.GOES_ON_AFTER_THE_END):
            self._say(response_type="response", response_id=number, content=" Oh, and", content_complete=True)

    def _has(self, bug: Bug) -> bool:
        return self._desk.bug is bug

    def _later(self, seconds: float, work: Callable[[], object]) -> None:
        asyncio.get_running_loop().call_later(seconds, work)

    def _say(self, **frame: object) -> None:
        self._raw(json.dumps(frame))

    def _raw(self, frame: str) -> None:
        if not self._gone:
            self._on_frame(frame)
