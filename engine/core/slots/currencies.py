"""What English speakers call the money of a country."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency (ISO 4217) and its words."""

    code: str
    one: str
    many: str
    cent: str = ""
    """A hundredth, where people count in them; elsewhere amounts are said with a point."""
    cents: str = ""
    places: int = 2
    """Digits behind the point."""
    sign: str = ""
    others: tuple[str, ...] = ()
    """What else callers say for it."""

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that means it, in lower case."""
        return (self.one.lower(), self.many.lower(), self.code.lower(), *self.others)

    @property
    def parts(self) -> tuple[str, ...]:
        """The words for a hundredth of it."""
        return tuple(word for word in (self.cent, self.cents) if word)


_DOLLARS = ("dollar", "dollars", "cent", "cents", 2, "$")
CURRENCIES = {
    currency.code: currency
    for currency in (
        Currency(
            "USD", *_DOLLARS, ("us dollars", "us dollar", "american dollars", "american", "bucks", "buck")
        ),
        Currency("CAD", *_DOLLARS, ("canadian dollars", "canadian dollar", "canadian", "bucks", "buck")),
        Currency(
            "AUD", *_DOLLARS, ("australian dollars", "australian dollar", "australian", "bucks", "buck")
        ),
        Currency("NZD", *_DOLLARS, ("new zealand dollars", "new zealand dollar", "bucks", "buck")),
        Currency("GBP", "pound", "pounds", "penny", "pence", 2, "£", ("quid", "pounds sterling")),
        Currency("EUR", "euro", "euros", "cent", "cents", 2, "€"),
        Currency("INR", "rupee", "rupees", "paisa", "paise", 2, "₹", ("indian rupees",)),
        Currency("MXN", "peso", "pesos", "centavo", "centavos", 2, "$", ("mexican pesos", "mexican")),
        Currency("CHF", "Swiss franc", "Swiss francs", "", "", 2, "", ("franc", "francs")),
        Currency("JPY", "yen", "yen", "", "", 0, "¥", ("japanese yen",)),
    )
}
"""Those whose everyday words are known. Of any other, the name that a library of languages gives is said."""
SIGNS = frozenset(currency.sign for currency in CURRENCIES.values() if currency.sign)
WORDS = frozenset(word for currency in CURRENCIES.values() for word in (*currency.words, *currency.parts))
"""Words that show which money is meant: beside those of another, a number is no amount of this one."""
