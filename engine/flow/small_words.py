"""What the CLDR does not have, or Babel does not give: small words of a language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The small words of one language."""

    yes: str
    no: str
    at: str = ","
    """Stands between a day and a time on it."""
    at_one: str = ""
    """The same before an hour that is one, where it differs."""
    first: str = "1"
    """The number of a month's first day."""


WORDS = {
    "ar": Words("نعم", "لا"),
    "ca": Words("sí", "no", " a les", " a la"),
    "cs": Words("ano", "ne", " v"),
    "da": Words("ja", "nej", " klokken"),
    "de": Words("ja", "nein", " um"),
    "el": Words("ναι", "όχι", " στις"),
    "es": Words("sí", "no", " a las", " a la"),
    "fi": Words("kyllä", "ei", " kello"),
    "fil": Words("oo", "hindi"),
    "fr": Words("oui", "non", " à", first="1er"),
    "he": Words("כן", "לא"),
    "hi": Words("हाँ", "नहीं"),
    "hu": Words("igen", "nem"),
    "id": Words("ya", "tidak", " pukul"),
    "it": Words("sì", "no", " alle", first="1º"),
    "ja": Words("はい", "いいえ", ""),
    "ko": Words("네", "아니요", ""),
    "nb": Words("ja", "nei", " klokken"),
    "nl": Words("ja", "nee", " om"),
    "no": Words("ja", "nei", " klokken"),
    "pl": Words("tak", "nie", " o"),
    "pt": Words("sim", "não", " às", " à", "1º"),
    "ro": Words("da", "nu", " la"),
    "ru": Words("да", "нет", " в"),
    "sv": Words("ja", "nej", " klockan"),
    "tr": Words("evet", "hayır", " saat"),
    "uk": Words("так", "ні", " о"),
    "vi": Words("có", "không", " lúc"),
    "zh": Words("是", "否", ""),
}
ENGLISH = Words("yes", "no")
"""Said where nothing better is known."""
