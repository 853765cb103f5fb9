"""An amount is taken only when it is exact, and of the slot's own currency: nobody may be charged by a guess."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.currencies import CURRENCIES
from engine.core.slots.money import Money
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
DOLLARS, POUNDS, EUROS, YEN = (Money(CURRENCIES[code]) for code in ("USD", "GBP", "EUR", "JPY"))


def heard(money: Money, said: str, *, expected: bool) -> list[str]:
    return [found.value for found in money.find(normalise(said), expected=expected, now=NOW)]


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("twenty dollars and fifty cents", "20.50"),
        ("$20.50", "20.50"),
        ("it's $1,250.75, I think", "1250.75"),
        ("twenty bucks", "20.00"),
        ("a dollar fifty", "1.50"),
        ("20 dollars 50", "20.50"),
        ("fifty cents", "0.50"),
        ("two and a half thousand dollars", "2500.00"),
        ("2 million dollars", "2000000.00"),
        ("usd 20", "20.00"),
        ("20 us dollars please", "20.00"),
        ("not 20 dollars, 30 dollars", "30.00"),
        ("minus twenty dollars", "-20.00"),
        ("-$20", "-20.00"),
    ],
)
def test_an_amount_with_its_currency_is_heard_at_any_time(said: str, amount: str) -> None:
    """Nothing else is said that way."""
    assert heard(DOLLARS, said, expected=False) == [amount]


@pytest.mark.parametrize(
    ("said", "amount"),
    [("twenty", "20.00"), ("it's 20.5", "20.50"), ("five grand", "5000.00"), ("20 dollars, no, 30", "30.00")],
)
def test_without_it_only_in_answer_to_the_question(said: str, amount: str) -> None:
    """A number alone may be anything."""
    assert heard(DOLLARS, said, expected=True)[-1] == amount
    assert amount not in heard(DOLLARS, said, expected=False)


@pytest.mark.parametrize(
    "said",
    [
        "about twenty bucks", "around $20", "twenty-ish", "20 dollars or so", "up to 20 dollars", "maybe 20",
        "between 20 and 30 dollars", "20 to 30 dollars", "20 or 30 dollars", "twenty fifty", "20,50",
        "20.505", "20 percent", "at 3:30", "20 people", "", "$", "1e5", "9" * 40,
    ],
)  # fmt: skip
def test_what_is_not_exact_is_refused(said: str) -> None:
    """ "Twenty fifty" may be 20.50 or 2050, and about twenty is no amount at all."""
    assert not heard(DOLLARS, said, expected=True)
    with pytest.raises(NotAValue, match="exact amount of dollars"):
        DOLLARS.parse(said, NOW)


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (DOLLARS, "20 euros"),
        (DOLLARS, "€20"),
        (DOLLARS, "£20"),
        (DOLLARS, "$20 canadian"),
        (EUROS, "twenty dollars and fifty cents"),
        (EUROS, "$20"),
        (POUNDS, "20 euros"),
        (YEN, "20 dollars"),
    ],
)
def test_other_money_is_no_amount(money: Money, said: str) -> None:
    """Nobody here changes money; the number alone would be another amount."""
    assert not heard(money, said, expected=True)


@pytest.mark.parametrize(
    ("money", "said", "amount", "spoken"),
    [
        (DOLLARS, "$20.50", "20.50", "20 dollars and 50 cents"),
        (DOLLARS, "one dollar", "1.00", "1 dollar"),
        (DOLLARS, "one cent", "0.01", "1 cent"),
        (DOLLARS, "-20", "-20.00", "minus 20 dollars"),
        (POUNDS, "£20", "20.00", "20 pounds"),
        (POUNDS, "twenty quid", "20.00", "20 pounds"),
        (POUNDS, "20 pounds and 5 pence", "20.05", "20 pounds and 5 pence"),
        (EUROS, "€1.50", "1.50", "1 euro and 50 cents"),
        (YEN, "two thousand yen", "2000", "2000 yen"),
    ],
)
def test_an_amount_is_said_in_the_words_of_its_currency(
    money: Money, said: str, amount: str, spoken: str
) -> None:
    """With all the digits that it has, so that equal amounts are equal texts."""
    assert money.parse(said, NOW) == amount
    assert money.spoken(amount, NOW, "en") == spoken


@pytest.mark.parametrize("written", ["20.5", "20.50", "020.50", " 20.500 "])
def test_equal_amounts_are_equal_texts(written: str) -> None:
    """The key of a write is made of them."""
    assert DOLLARS.parse(written, NOW) == "20.50"


@given(
    st.decimals(min_value=Decimal(-99999), max_value=Decimal(999999), places=2),
    st.sampled_from(["USD", "GBP", "EUR"]),
)
def test_every_amount_survives_being_written_and_said(amount: Decimal, code: str) -> None:
    """A value goes through the journal and back, and a caller may repeat what we said."""
    money = Money(CURRENCIES[code])
    value = f"{amount + 0:.2f}"
    assert money.parse(value, NOW) == value
    assert money.parse(money.spoken(value, NOW, "en"), NOW) == value


@given(
    st.lists(
        st.sampled_from(
            [
                "$",
                "£",
                "20",
                ".50",
                "1,000",
                "dollars",
                "cents",
                "and",
                "a",
                "half",
                "no",
                "or",
                "to",
                "about",
                "-",
                "minus",
                "k",
            ]
        )
    )
)
def test_any_words_are_an_amount_or_none(words: list[str]) -> None:
    """What comes near an amount must not raise."""
    said = " ".join(words)
    for found in DOLLARS.find(normalise(said), expected=True, now=NOW):
        assert DOLLARS.parse(found.value, NOW) == found.value


def test_two_currencies_are_two_types() -> None:
    """What is read as the one is no value of the other."""
    assert DOLLARS != EUROS
    assert Money(CURRENCIES["USD"]) == DOLLARS
    assert "EUR" in str(EUROS.schema()["description"])
