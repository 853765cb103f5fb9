"""When workers are started. Seconds pass as the tests say."""

from engine.server.crew import LONGEST_PAUSE_S, PAUSE_S, TRIES, YOUNG_S, Crew


def started(crew: Crew, now_s: float) -> list[int]:
    """Start every worker that is due, and return their numbers."""
    numbers = []
    while (number := crew.due(now_s)) is not None:
        crew.started(number, now_s)
        numbers.append(number)
    return numbers


def running(size: int) -> Crew:
    """Return a crew of which all are at work, since time 0."""
    crew = Crew(size)
    for _ in ("the first", "the others"):
        for number in started(crew, 0):
            crew.ready(number)
    return crew


def test_the_first_worker_is_a_trial() -> None:
    """A flow that is broken is told of once, not by each of four workers."""
    crew = Crew(4)
    assert started(crew, 0) == [1]
    assert started(crew, 3) == []
    crew.ready(1)
    assert started(crew, 3) == [2, 3, 4]


def test_when_the_first_can_not_start_there_is_no_use_in_another() -> None:
    """It has told why; nothing will have changed in half a second."""
    crew = Crew(4)
    started(crew, 0)
    crew.ended(1, 2)
    assert crew.hopeless


def test_a_worker_that_dies_after_a_while_is_replaced_at_once() -> None:
    """Also when all of them die together, for want of memory."""
    crew = running(3)
    for number in (1, 2, 3):
        crew.ended(number, YOUNG_S)
    assert not crew.hopeless
    assert started(crew, YOUNG_S) == [1, 2, 3]


def test_the_pause_grows_while_workers_die_young() -> None:
    """And only one at a time finds out whether it is over; the others serve meanwhile."""
    crew = running(3)
    now = 1.0
    crew.ended(2, now)
    crew.ended(3, now)
    for pause in (PAUSE_S * 2, PAUSE_S * 4, PAUSE_S * 8):
        assert crew.pause_s(now) == pause
        assert started(crew, now) == []
        now += pause
        assert started(crew, now) == [2]
        assert crew.pause_s(now) is None
        crew.ended(2, now)
    for _ in range(20):
        now += crew.pause_s(now) or 0
        assert started(crew, now) == [2]
        crew.ended(2, now)
    assert crew.pause_s(now) == LONGEST_PAUSE_S
    assert not crew.hopeless, "one still serves"


def test_one_that_lasts_ends_the_pauses() -> None:
    """What was wrong has been mended: a death hours later is another matter."""
    crew = running(2)
    crew.ended(2, 1)
    assert started(crew, 1 + PAUSE_S) == [2]
    crew.ready(2)
    crew.ended(1, 10_000)
    crew.ended(2, 10_000)
    assert started(crew, 10_000) == [1, 2]


def test_when_none_is_left_and_none_can_start_it_is_given_up() -> None:
    """Not at the first: the machine may have been short of something for a moment."""
    crew = running(2)
    crew.ended(1, 100)
    crew.ended(2, 100)
    now = 100.0
    assert started(crew, now) == [1, 2]
    crew.ended(1, now)
    crew.ended(2, now)
    for _ in range(TRIES - 2):
        assert not crew.hopeless
        now += crew.pause_s(now) or 0
        assert started(crew, now) == [1]
        crew.ended(1, now)
    assert crew.hopeless


def test_one_that_can_start_after_all_is_a_new_beginning() -> None:
    """The tries are counted in a row."""
    crew = running(1)
    now = 100.0
    crew.ended(1, now)
    for _ in range(TRIES - 1):
        now += crew.pause_s(now) or 0
        assert started(crew, now) == [1]
        crew.ended(1, now)
    now += crew.pause_s(now) or 0
    assert started(crew, now) == [1]
    crew.ready(1)
    crew.ended(1, now + 1)
    assert not crew.hopeless
