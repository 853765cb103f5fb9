"""A write runs where it may: confirmed, once, and not again when nobody knows."""

from tests.support.proven_flow import BOOKED_UP_TO, PUT_THROUGH, flaws, told

MORE = (
    'done: {say: "See you on {day}!", hang_up: true}',
    'done: {say: "See you on {day}!", hang_up: true, transitions: {more: {to: asking, when: The caller wants more.}}}',
)


def test_a_write_that_nobody_agreed_to_is_told() -> None:
    """ "No, another time" leads to the booking by mistake."""
    [flaw] = flaws(("changed: {to: asking", "changed: {to: booking"))
    assert told(flaw) == (
        "x.yaml:23:10: book is run where the caller may not have heard and agreed to `day` and `time`; "
        "lead here by the yes of a state that confirms it, or write `needs: nothing` [unconfirmed-write]"
    )
    assert flaw.call.endswith(f"Caller: (changed: wants another time)\n{PUT_THROUGH}")


def test_what_has_changed_since_the_yes_is_not_confirmed() -> None:
    """The caller agrees, and a question in between lets them change the day."""
    asks = "  sure:\n    say: Anything else?\n    collect: [day]\n    transitions: {collected: booking, no_more: {to: booking, when: Nothing more.}}\n"
    [flaw] = flaws(("agreed: {to: booking", "agreed: {to: sure"), ("  booking:\n", f"{asks}  booking:\n"))
    assert flaw.code == "unconfirmed-write"
    assert flaw.call.splitlines()[-4:-1] == [
        "Agent:  Anything else?",
        "Caller: (day: Friday, December fourth)",
        "Agent:  ... I put you through.",
    ]


def test_a_second_write_that_would_be_refused_is_told() -> None:
    """The caller wants another day as well, and hears that it failed."""
    [flaw] = flaws(MORE)
    assert told(flaw) == (
        "x.yaml:23:10: book is run where it may have been done already, and would be refused; "
        "lead elsewhere once it was done, or raise its `at_most` [write-again]"
    )
    assert flaw.call.startswith(f"{BOOKED_UP_TO}(book: booked)\n")
    assert flaw.call.endswith(
        "Caller: (more: wants more; day: Friday, December fourth)\n"
        "Agent:  ... So Friday, December fourth at three PM?\n"
        f"Caller: (agreed: agrees)\n{PUT_THROUGH}"
    )


def test_a_write_that_was_taken_back_was_not_done() -> None:
    """ "Wait, no" before it is sent: the same booking may follow, and so it may after `full`."""
    assert flaws() == ()


def test_a_write_that_is_asked_for_again_after_unknown_is_told() -> None:
    """Nobody knows whether the first one happened: a person may find out, a second booking may not."""
    [flaw] = flaws(("unknown: person", "unknown: asking"))
    assert told(flaw) == (
        "x.yaml:23:10: book may be asked for again when nobody knows whether it happened; "
        "lead `unknown` to a person or to the end of the call, and from there not back here [again-after-unknown]"
    )
    assert flaw.call.startswith(f"{BOOKED_UP_TO}(book: unknown)\n")


def test_a_second_write_after_unknown_is_told_even_where_several_are_allowed() -> None:
    """Then it is not refused, but sent."""
    several = ("happened: [booked]", "happened: [booked], at_most: 3")
    [flaw] = flaws(several, ("unknown: person", "unknown: asking"))
    assert flaw.code == "again-after-unknown"
    assert flaw.call.count("Agent:  One moment.") == 2


def test_a_tool_that_is_offered_where_it_can_never_run_is_told() -> None:
    """Nothing is confirmed there: the model would call it in vain."""
    [flaw] = flaws(
        ("tools: [look]", "tools: [book]"),
        (
            "{collected: reading}",
            "{collected: reading, booked: done, full: asking, error: person, unknown: person}",
        ),
    )
    assert told(flaw) == (
        "x.yaml:14:12: book is offered here, and refused whenever the model calls it for lack of `day` and `time`; "
        "offer it where what it needs is set and, for a write, confirmed; or run it with `run:` [never-runs]"
    )
    assert flaw.call.splitlines()[-2:] == ["Caller: (book)", "Agent:  ... ..."]


def test_a_transfer_that_depends_on_a_slot_has_it() -> None:
    """Otherwise the caller would be put through to nobody."""
    [flaw] = flaws(
        ("slots: {", "slots: {office: {type: choice, options: [north, south]}, "),
        (
            'transfer: "+12025550100"',
            'transfer: {by: office, to: {north: "+12025550100", south: "+12025550101"}}',
        ),
    )
    assert told(flaw) == (
        "x.yaml:26:49: `office`, which says to whom the caller goes, may be unset here; "
        "collect it on every way here [unset-in-transfer]"
    )
    assert flaw.call.startswith(f"{BOOKED_UP_TO}(book: error)\n")
